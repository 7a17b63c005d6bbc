"""Hears of other stations' commits: a hint wakes the poll, the poll is the truth (D10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tehuacan_comercial.domain.refusals import TroubleRefusal
from tehuacan_comercial.services.changes import EVERYTHING
from tehuacan_comercial.services.desk import News
from tehuacan_comercial.ui.tasks import Tasks

POLL_MILLISECONDS = 1000


class NewsFeed(QObject):
    """Tells changes and whether the server answers; ``hint`` may be called from any thread.

    ``every`` so many milliseconds it asks by itself.
    """

    changed = Signal(object)
    reached = Signal()
    lost = Signal(object)
    _hinted = Signal()

    def __init__(
        self,
        ask: Callable[[int], News],
        tasks: Tasks,
        now: datetime,
        parent: QObject | None = None,
        every: int = POLL_MILLISECONDS,
    ) -> None:
        super().__init__(parent)
        self._ask, self._tasks = ask, tasks
        self._mark = 0
        self._server_now, self._heard_at = now, monotonic()
        self._asked_at: float | None = None
        self.connected: bool | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self.poll)
        self._hinted.connect(self.poll, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to poll."""
        self._timer.start()
        self.poll()

    def stop(self) -> None:
        """No more polls."""
        self._timer.stop()

    def hint(self) -> None:
        """Something was committed, or the link came back: look now. From any thread."""
        self._hinted.emit()

    def now(self) -> datetime:
        """The server's clock as of the last poll, carried on by a steady one (D7).

        Setting this machine's clock wrong changes nothing, nor does its time zone: moments come in
        the office's.
        """
        return self._server_now + timedelta(seconds=monotonic() - self._heard_at)

    def poll(self) -> None:
        """Ask once; a poll under way is not doubled."""
        if self._asked_at is not None:
            return
        self._asked_at = monotonic()
        mark = self._mark
        self._tasks.read("news", lambda: self._ask(mark), self._heard, self._failed, self)

    def _heard(self, news: News) -> None:
        self._asked_at = None
        self._server_now, self._heard_at = news.now, monotonic()
        if self.connected is False:
            self.changed.emit(EVERYTHING)
        self.connected = True
        self._mark = news.mark
        self.reached.emit()
        if news.changes:
            self.changed.emit(news.changes)

    def _failed(self, error: Exception) -> None:
        self._asked_at = None
        if not isinstance(error, TroubleRefusal):
            self._timer.stop()
            raise error
        self.connected = False
        self.lost.emit(error)
