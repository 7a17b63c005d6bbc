"""A window with the tab Caja on a small committed town, and a way to answer its sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.cash import OpenSessionCommand, new_command_id
from tehuacan_comercial.domain.custody import Withdrawn
from tehuacan_comercial.domain.refusals import PrinterTrouble
from tehuacan_comercial.domain.shortages import ReceiveShortageCommand, Repaid
from tehuacan_comercial.services.accounts import AccountCard
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.custody_on_the_spot import (
    Receipt,
    receive_on_the_spot,
    receive_shortage_on_the_spot,
)
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tehuacan_comercial.ui.actions import Actions
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.cash.context import CashContext, CashPlace
from tehuacan_comercial.ui.cash.tab import CashTab
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeStrip
from tests.support import town as towns
from tests.support.server import TestServer
from tests.support.town import PASSWORD, Town

Sheet = TypeVar("Sheet", bound=QDialog)


@dataclass
class FakePrinter:
    """Keeps what it was given; ``broken`` makes it refuse."""

    name: str = "Térmica"
    broken: bool = False
    sheets: list[str] = field(default_factory=list)

    def print_pdf(self, title: str, pdf: bytes, copies: int) -> str:  # noqa: ARG002
        if self.broken:
            raise PrinterTrouble(self.name, "no tiene papel")
        assert pdf.startswith(b"%PDF")
        self.sheets.append(title)
        return self.name


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = towns.build_town(test_server, new_database())
    yield made
    made.close()


def sit_down(town: Town, username: str, home: Path) -> Desk:
    tries = FailedTries(home / "tries.json")
    return Desk(sign_in(town.login, username, PASSWORD, "E1", tries), home)


@pytest.fixture
def desk(town: Town, tmp_path: Path) -> Iterator[Desk]:
    made = sit_down(town, "rosa", tmp_path / "rosa")
    yield made
    made.close()


@pytest.fixture
def other_desk(town: Town, tmp_path: Path) -> Iterator[Desk]:
    made = sit_down(town, "lupe", tmp_path / "lupe")
    yield made
    made.close()


class Station(QWidget):
    """What a main window does for the tab: search box, notices, actions, routing."""

    def __init__(self, desk: Desk, tasks: Tasks, settings: QSettings, town: Town) -> None:
        super().__init__()
        self.town = town
        self.days_later = timedelta(0)
        self.desk, self.printer = desk, FakePrinter()
        self.tray = PrintTray(tasks, {self.printer.name: self.printer}, self)
        self.search, self.notices = QLineEdit(), NoticeStrip()
        self.actions_table = Actions(self, lambda _permission: True)
        self.bus: Bus[Changes] = Bus()
        forms = dict.fromkeys(("80mm", "half-letter", "letter"), self.printer.name)
        self.paper = Paper(desk.receipts, tasks, self.tray, self.notices, forms)
        self.cards: list[AccountCard] = []
        self.sessions: list[SessionRow | None] = []
        self.numbers: list[str] = []
        self.reopened: list[int] = []
        self.differences: list[int] = []
        self.waivers: list[int] = []
        self.voids: list[int] = []
        self.transfers: list[tuple[int, str]] = []
        context = CashContext(
            desk,
            tasks,
            self.bus,
            self.paper,
            self.notices,
            self.actions_table,
            settings,
            CashPlace("E1", "C1", "80mm"),
            self.day,
            lambda: desk.signed_in.now + self.days_later,
            self.receive_here,
            self.repay_here,
            self.reopened.append,
            self.differences.append,
            self.waivers.append,
            self.voids.append,
            lambda receipt, number: self.transfers.append((receipt, number)),
        )
        self.tab = CashTab(context)
        column = QVBoxLayout(self)
        for part in (self.search, self.notices, self.tab):
            column.addWidget(part)
        self.tab.account_read.connect(self.cards.append)
        self.tab.session_read.connect(self.sessions.append)
        self.tab.account_requested.connect(self.numbers.append)
        self.tab.focus_search_requested.connect(self._focus_search)
        self.search.returnPressed.connect(self._found)
        self.resize(1200, 780)

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _found(self) -> None:
        hit = self.desk.accounts.search(self.search.text())[0]
        self.tab.open_account(hit.account_id)

    def receive_here(self, user: str, password: str, receipt: Receipt) -> Withdrawn:
        """As the program does it: the receiver's own connection."""
        return receive_on_the_spot(
            self.town.login, (user, password), "E1", FailedTries(self.desk.home / "t.json"), receipt
        )

    def repay_here(self, user: str, password: str, command: ReceiveShortageCommand) -> Repaid:
        """Into the drawer of that person, on a connection of their own."""
        return receive_shortage_on_the_spot(
            self.town.login, (user, password), "E1", FailedTries(self.desk.home / "t.json"), command
        )

    def trigger(self, name: str) -> None:
        self.actions_table[name].trigger()

    def day(self) -> date:
        """The server's day as a main window would tell it."""
        return self.desk.signed_in.today + self.days_later

    def notice_titles(self) -> list[str]:
        return [notice.title.text() for notice in self.shown_notices()]

    def press_notice(self, text: str) -> None:
        """Press the act of whichever notice offers it."""
        buttons = [each for each in self.notices.findChildren(KeyButton) if each.isVisible()]
        next(each for each in buttons if each.text() == text).click()

    def shown_notices(self) -> list[InlineNotice]:
        found = self.notices.findChildren(InlineNotice)
        return [notice for notice in found if not notice.isHidden()]


MakeStation = Callable[[], Station]


@pytest.fixture
def make_station(
    qtbot: QtBot,
    desk: Desk,
    tasks: Tasks,
    settings: QSettings,
    failures: list[Exception],
    town: Town,
) -> Iterator[MakeStation]:
    def make() -> Station:
        station = Station(desk, tasks, settings, town)
        qtbot.addWidget(station)
        station.show()
        station.activateWindow()
        qtbot.waitUntil(lambda: bool(station.sessions))
        return station

    yield make
    assert not failures


@pytest.fixture
def session(desk: Desk) -> SessionRow:
    command = OpenSessionCommand(new_command_id(), "C1", {Decimal(100): 5})
    return desk.cash.open_session(command)


@pytest.fixture
def station(make_station: MakeStation, session: SessionRow) -> Station:
    assert session.state == "open"
    return make_station()


def open_account(qtbot: QtBot, station: Station, account_id: int) -> None:
    station.tab.open_account(account_id)
    qtbot.waitUntil(lambda: station.tab.loader.view.account is not None)


def on_sheet(kind: type[Sheet], act: Callable[[Sheet], None], tries: int = 2000) -> list[Sheet]:
    """Have ``act`` run on the next sheet of a kind once it is shown; gives it when it came."""
    came: list[Sheet] = []

    def look(left: int) -> None:
        active = QApplication.activeModalWidget()
        if isinstance(active, kind) and not active.isActiveWindow() and left:
            active.activateWindow()  # offscreen, a sheet that closes does not hand it on
            QTimer.singleShot(5, lambda: look(left - 1))
        elif isinstance(active, kind):
            came.append(active)
            try:
                act(active)
            except BaseException:
                active.done(0)
                raise
        elif left:
            QTimer.singleShot(5, lambda: look(left - 1))

    QTimer.singleShot(0, lambda: look(tries))
    return came


def press(widget: QWidget, *keys: Qt.Key) -> None:
    """Press keys where the focus is, as a person does."""
    for key in keys:
        target = widget.window().focusWidget() or widget
        QTest.keyClick(target, key)


def payments(town: Town) -> Sequence[tuple[object, ...]]:
    """Every payment in the books: applied, advance, rounding."""
    with town.admin() as connection:
        return connection.execute(
            "SELECT applied, advance, rounding FROM payment ORDER BY id"
        ).fetchall()
