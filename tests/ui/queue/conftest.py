"""A window with the tab Turnos on a small town whose queue has its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.actions import Actions
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.queue.acts import QueueActs, QueuePlace
from tehuacan_comercial.ui.queue.reception_sheet import OpenAccount
from tehuacan_comercial.ui.queue.screen import QueueScreen
from tehuacan_comercial.ui.queue.tab import QueueTab
from tehuacan_comercial.ui.queue.watch import QueueWatch
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import NoticeStrip
from tests.support.queue import load_queue_rules
from tests.support.town import Town
from tests.ui.cash.conftest import FakePrinter, sit_down, town

__all__ = ["town"]


class Window(QWidget):
    """What a station does for the tab: actions, paper, the account that is open."""

    def __init__(self, desk: Desk, tasks: Tasks, settings: QSettings) -> None:
        super().__init__()
        self.desk, self.printer = desk, FakePrinter()
        self.bus: Bus[Changes] = Bus()
        self.notices = NoticeStrip()
        self.actions_table = Actions(self, lambda name: desk.actor.may(name))
        self.open_account: OpenAccount | None = None
        self.brought: list[int] = []
        self.begun: list[int | None] = []
        tray = PrintTray(tasks, {self.printer.name: self.printer}, self)
        forms = dict.fromkeys(("80mm", "half-letter", "letter"), self.printer.name)
        paper = Paper(desk.receipts, tasks, tray, self.notices, forms)
        self.watch = QueueWatch(self, desk, tasks, self.bus, self.now)
        self.acts = QueueActs(
            self, self.watch, tasks, paper, self.notices,
            QueuePlace("Ventanilla 1", lambda: self.open_account),
        )  # fmt: skip
        self.acts.account_requested.connect(self.brought.append)
        self.acts.begun.connect(lambda turn: self.begun.append(turn.account_id))
        for name, act in (
            ("queue.next", self.acts.next),
            ("queue.step", self.acts.step),
            ("queue.take", self.acts.receive),
        ):
            self.actions_table[name].triggered.connect(lambda _on=False, run=act: run())
        self.tab = QueueTab(self.watch, self.acts, tasks, self.actions_table, settings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notices)
        column.addWidget(self.tab, 1)
        self.resize(1180, 640)

    def now(self) -> datetime:
        """The server's moment as of the last board."""
        board = self.watch.board
        return board.now if board else self.desk.signed_in.now

    def shown(self) -> QueueScreen:
        """What the tab shows."""
        screen = self.watch.screen()
        assert screen is not None
        return screen


Make = Callable[..., Window]


@pytest.fixture
def make(
    qtbot: QtBot,
    town: Town,
    tasks: Tasks,
    failures: list[Exception],
    settings: QSettings,
    tmp_path: Path,
) -> Iterator[Make]:
    load_queue_rules(town)
    made: list[Window] = []

    def build(username: str = "beto") -> Window:
        window = Window(sit_down(town, username, tmp_path / username), tasks, settings)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.watch.look()
        qtbot.waitUntil(lambda: window.watch.board is not None)
        made.append(window)
        return window

    yield build
    tasks.close()
    for window in made:
        window.desk.close()
    assert not failures
