"""The manager's window in a process of its own: when each receipt was on screen, and the gaps."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from benches import PASSWORD
from benches.station import Heartbeat, say
from benches.town import MANAGER
from tehuacan_comercial.bootstrap import prepare_home, window_settings
from tehuacan_comercial.bootstrap.another import DASHBOARD
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, Walker, press, type_text
from tehuacan_comercial.config import home
from tehuacan_comercial.ui.application import make_application
from tehuacan_comercial.ui.dashboard.tab import DashboardTab

SETTLE_SECONDS = 3.0
"""After the window is whole: what its start still does is not measured."""


class Screen(QObject):
    """Notes how many receipts the board says each time its figure was painted."""

    def __init__(self, tab: DashboardTab) -> None:
        super().__init__(tab)
        self.seen: list[tuple[float, int]] = []
        self._tab = tab
        tab.board_page.figures["collected"].installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The paint is done when the event loop comes round again."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        board = self._tab.board_page.board
        if board is not None:
            self.seen.append((time.monotonic(), board.receipts))


def run(over: Path) -> int:
    """Sign in, wait until the board is whole, watch until ``over`` is there, say what was seen."""
    prepare_home(home())
    application = make_application(sys.argv[:1], window_settings(DASHBOARD))
    door = FrontDoor(application, window_settings(DASHBOARD), dashboard=True)
    failed: list[str] = []

    def finished(problem: str) -> None:
        failed.append(problem)
        application.exit(0)

    walker = Walker(_watch(door, over), finished)
    walker.setParent(door)
    walker.start()
    door.open()
    application.exec()
    door.close()
    if failed and failed[0]:
        print(failed[0], file=sys.stderr, flush=True)
        return 1
    return 0


def _watch(door: FrontDoor, over: Path) -> Steps:
    window = door.entrance.window
    yield "the server", window.is_ready
    window.again()
    window.fill(MANAGER)
    type_text(PASSWORD)
    yield "the password", lambda: window.password_length() == len(PASSWORD)
    press(Qt.Key.Key_Return)
    yield "the window", lambda: door.station is not None
    yield "the board", lambda: _tab(door).board_page.board is not None
    yield "its start", passed(SETTLE_SECONDS)
    tab = _tab(door)
    board = tab.board_page.board
    screen, heart = Screen(tab), Heartbeat()
    say("ready", receipts=board.receipts if board else 0)
    heart.start()
    yield from until(over)
    heart.stop()
    say("watched", gaps=heart.gaps, seen=screen.seen)


def until(over: Path) -> Steps:
    """What the others do is waited for, not a time: they tell that they are done by this file."""
    while not over.exists():
        yield "the others", passed(0.1)


def passed(seconds: float) -> Callable[[], bool]:
    """Whether so long has gone by since now."""
    then = time.monotonic() + seconds
    return lambda: time.monotonic() >= then


def _tab(door: FrontDoor) -> DashboardTab:
    page = door.station.window.page("dashboard") if door.station else None
    if not isinstance(page, DashboardTab):
        raise LookupError("dashboard")
    return page


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
