"""The queue of this station: reads the board whenever it changes, and remembers the newest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.queue import QueueBoard
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.queue.screen import QueueScreen, queue_screen
from tehuacan_comercial.ui.tasks import Tasks

TOPICS = frozenset({"queue", "rules", "staff", "everything"})


class QueueWatch(QObject):
    """``changed`` when the board was read; ``screen`` is its value at the server's moment."""

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self.desk, self._tasks, self.now = desk, tasks, now
        self.board: QueueBoard | None = None
        self.active = True
        bus.subscribe(window, lambda changes: bool(changes.topics & TOPICS), self.look)

    def look(self) -> None:
        """Read the board again; a lost line is told at the foot, and the next poll asks again."""
        if not self.active:
            return  # this window or this person has no queue
        self._tasks.read("queue.board", self.desk.queue.board, self._read, self._failed, self)

    def screen(self) -> QueueScreen | None:
        """What there is to show; None before the first answer."""
        if self.board is None:
            return None
        return queue_screen(self.board, self.desk.actor, self.now())

    def _read(self, board: QueueBoard) -> None:
        self.board = board
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
