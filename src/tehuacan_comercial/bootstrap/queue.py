"""The attention queue of a station: its watch, its acts and its tab; who hears whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.services.accounts import AccountCard
from tehuacan_comercial.services.cash import ChargeResult
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.main_window import MainWindow
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.queue.acts import QueueActs, QueuePlace
from tehuacan_comercial.ui.queue.reception_sheet import OpenAccount
from tehuacan_comercial.ui.queue.tab import QueueTab
from tehuacan_comercial.ui.queue.watch import QueueWatch
from tehuacan_comercial.ui.tasks import Tasks

QUEUE = "queue"


@dataclass(frozen=True)
class QueueParts:
    """What the station lends the queue."""

    window: MainWindow
    desk: Desk
    tasks: Tasks
    bus: Bus[Changes]
    paper: Paper
    settings: QSettings
    now: Callable[[], datetime]
    likely_desk: str


class QueueWiring(QObject):
    """F8 works in every section. ``account_requested`` wants an account brought, ``section_wanted``
    the section in which a person whose turn begins is attended.
    """

    account_requested = Signal(int)
    section_wanted = Signal(int)

    def __init__(self, parts: QueueParts, *, active: bool) -> None:
        super().__init__(parts.window)
        self._parts, window = parts, parts.window
        self._account: OpenAccount | None = None
        self.watch = QueueWatch(window, parts.desk, parts.tasks, parts.bus, parts.now)
        self.acts = QueueActs(
            window, self.watch, parts.tasks, parts.paper, window.notices,
            QueuePlace(parts.likely_desk, lambda: self._account),
        )  # fmt: skip
        self.watch.changed.connect(self._show_count)
        self.acts.account_requested.connect(self.account_requested)
        self.acts.begun.connect(self._begun)
        actions = window.actions_table
        actions["queue.next"].triggered.connect(lambda: self.acts.next())
        actions["queue.step"].triggered.connect(lambda: self.acts.step())
        actions["queue.take"].triggered.connect(lambda: self.acts.receive())
        actions.enable(dict.fromkeys(("queue.next", "queue.step", "queue.take"), False))
        self.watch.active = active
        self.watch.look()

    def make_tab(self) -> QWidget:
        """The page of the section."""
        parts = self._parts
        tab = QueueTab(
            self.watch, self.acts, parts.tasks, parts.window.actions_table, parts.settings
        )
        tab.card.open_requested.connect(self.section_wanted)
        return tab

    def show_account(self, card: AccountCard) -> None:
        """The account that the station has open."""
        self._account = OpenAccount(card.account_id, f"{card.account_number} · {card.holder_name}")

    def charged(self, result: ChargeResult) -> None:
        """A charge ends the attention it was about."""
        self.acts.charged(result.charged.account_id)

    def _show_count(self) -> None:
        screen = self.watch.screen()
        if screen is not None:
            self._parts.window.actions_table.enable(screen.enabled)
            mine = screen.for_me if screen.shift else len(screen.waiting)
            self._parts.window.rail.set_badge(QUEUE, mine)

    def _begun(self, turn: object) -> None:
        account_id = getattr(turn, "account_id", None)
        if isinstance(account_id, int):
            self.section_wanted.emit(account_id)
