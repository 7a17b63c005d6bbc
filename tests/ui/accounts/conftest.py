"""A town with one long-lived account, and the person at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.allocation import allocate_selected
from tehuacan_comercial.domain.cash import (
    ChargeCommand,
    OpenSessionCommand,
    charge_command,
    new_command_id,
)
from tehuacan_comercial.domain.tendering import Tender, TenderKind, settle
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tehuacan_comercial.ui.accounts.tab import AccountTab
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.printers import FolderPrinter
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import NoticeStrip
from tests.support.history import add_history
from tests.support.server import TestServer
from tests.support.town import PASSWORD, Town, build_town

SitDown = Callable[[str], Desk]
MakeTab = Callable[[Desk], AccountTab]


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(test_server, new_database(), accounts=2)
    with made.admin() as connection:
        add_history(connection, made.account_ids()[0])
    yield made
    made.close()


@pytest.fixture
def account(town: Town) -> int:
    return town.account_ids()[0]


@pytest.fixture
def sit_down(town: Town, tmp_path: Path) -> Iterator[SitDown]:
    opened: list[Desk] = []

    def make(username: str) -> Desk:
        def login(user: str, secret: str) -> str:
            return town.server.login_url(town.database, user, secret)

        tries = FailedTries(tmp_path / "tries.json")
        opened.append(Desk(sign_in(login, username, PASSWORD, "E1", tries), tmp_path))
        return opened[-1]

    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def bus() -> Bus[Changes]:
    return Bus()


@pytest.fixture
def make_tab(qtbot: QtBot, tasks: Tasks, bus: Bus[Changes], tmp_path: Path) -> MakeTab:
    windows: list[QWidget] = []  # qtbot holds them weakly

    def make(desk: Desk) -> AccountTab:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        strip = NoticeStrip()
        strip.setParent(window)
        printer = FolderPrinter(tmp_path / "papel")
        tray = PrintTray(tasks, {printer.name: printer}, window)
        paper = Paper(desk.receipts, tasks, tray, strip, {"letter": printer.name})
        tab = AccountTab(desk, tasks, bus, paper, today=lambda: date(2026, 11, 24))
        tab.setParent(window)
        window.resize(1200, 700)
        tab.resize(1200, 700)
        with qtbot.waitExposed(window):
            window.show()
        return tab

    return make


def pay_oldest(desk: Desk, account: int, session: int) -> str:
    """Pay the oldest charge in cash; gives the folio."""
    item = desk.accounts.file(account).items[0]
    parts = allocate_selected([item], [item.charge_id]).parts
    settlement = settle(item.outstanding, [Tender(TenderKind.CASH, Decimal(1000))], Decimal("0.50"))
    command: ChargeCommand = charge_command(new_command_id(), session, account, parts, settlement)
    return desk.cash.charge(command).charged.folio


def open_till(desk: Desk) -> int:
    opened = desk.cash.open_session(OpenSessionCommand(new_command_id(), "C1", {Decimal(100): 5}))
    return opened.session_id
