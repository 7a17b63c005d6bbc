"""Somebody in front of the page Depósitos, on a small town with one closed session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.deposits.page import DepositsPage
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import NoticeStrip
from tests.support.books import close, open_charges, open_session, pay, pay_all_and_ahead
from tests.support.town import Town
from tests.ui.cash.conftest import FakePrinter, sit_down, town

__all__ = ["town"]


@dataclass
class Seat:
    """Somebody in front of the page."""

    page: DepositsPage
    desk: Desk
    printer: FakePrinter

    def press(self, act: str) -> None:
        button = self.page.batches.buttons[act]
        assert button.isEnabled(), act
        button.click()

    def state(self) -> str:
        rows = self.page.batches.table.model.all_rows()
        return rows[0].state if rows else ""

    def enabled(self) -> set[str]:
        return {name for name, each in self.page.batches.buttons.items() if each.isEnabled()}


MakeSeat = Callable[[str], Seat]


@pytest.fixture
def sit(
    qtbot: QtBot,
    town: Town,
    tasks: Tasks,
    settings: QSettings,
    tmp_path: Path,
    failures: list[Exception],
) -> Iterator[MakeSeat]:
    rosa = town.sign_in("rosa")
    session = open_session(rosa, "C1")
    one, two, _ = town.account_ids()
    pay_all_and_ahead(town, rosa, session, one)
    pay(rosa, session, two, open_charges(town, two)[:1], "card")
    close(rosa, session)
    desks: list[Desk] = []

    def make(username: str) -> Seat:
        desk = sit_down(town, username, tmp_path / username)
        desks.append(desk)
        printer = FakePrinter()
        notices = NoticeStrip()
        qtbot.addWidget(notices)
        tray = PrintTray(tasks, {printer.name: printer}, notices)
        paper = Paper(desk.receipts, tasks, tray, notices, {"letter": printer.name})
        bus: Bus[Changes] = Bus()
        page = DepositsPage(desk, tasks, bus, paper, lambda: desk.signed_in.today, settings)
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: bool(page.waiting.table.model.all_rows()))
        return Seat(page, desk, printer)

    yield make
    tasks.close()  # a reading under way would give its connection back to a desk that left
    for desk in desks:
        desk.close()
    assert not failures
