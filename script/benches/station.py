"""A station in a process of its own: run by benches.window; says what happened as JSON lines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from benches import PASSWORD

HEARTBEAT_MILLISECONDS = 1
IDLE_MILLISECONDS = 1000
_PATIENCE_MS = 60_000
"""Until a start without a window counts as failed."""


class FirstPaint(QObject):
    """Says once when a window of a kind was painted for the first time."""

    def __init__(self, application: QApplication, kind: type[QWidget], name: str) -> None:
        super().__init__()
        self._kind, self._name = kind, name
        self.then: Callable[[], object] = lambda: None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Sees the paint coming; the event loop comes round again when it is done."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, self._kind):
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        say(self._name)
        self.then()


class Heartbeat(QObject):
    """How long the main thread was away, beat by beat, and how long it worked meanwhile; seconds.

    The rest it waited: for Python's lock, or for a processor that other processes had.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.own: list[float] = []
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(HEARTBEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """From here on."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Up to here."""
        self._timer.stop()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps.append(now - self._last)
        self.own.append(worked - self._worked)
        self._last, self._worked = now, worked


def say(name: str, **more: object) -> None:
    """One line; ``at`` by the clock that the process which started us reads too."""
    line = {"name": name, "at": time.monotonic(), **more}
    print(json.dumps(line), flush=True)


def bare(milliseconds: int = IDLE_MILLISECONDS) -> int:
    """The limit: Qt, one empty window; then how regularly it can be woken."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    painted = FirstPaint(application, QMainWindow, "painted")
    painted.then = lambda: _idle(application, milliseconds)
    window.show()
    return application.exec()


def _idle(application: QApplication, milliseconds: int) -> None:
    heart = Heartbeat()
    heart.setParent(application)
    heart.start()

    def over() -> None:
        say("idle", gaps=heart.gaps)
        application.quit()

    QTimer.singleShot(milliseconds, over)


def station(accounts: Sequence[str], *, to_the_end: bool) -> int:
    """The program as its own start does it; then signs in and charges these accounts."""
    from tehuacan_comercial.bootstrap import prepare_home, window_settings
    from tehuacan_comercial.bootstrap.front_door import FrontDoor
    from tehuacan_comercial.config import home
    from tehuacan_comercial.ui.application import make_application
    from tehuacan_comercial.ui.staff.sign_in_window import SignInWindow

    prepare_home(home())
    application = make_application(sys.argv[:1], window_settings())
    painted = FirstPaint(application, SignInWindow, "painted")
    door = FrontDoor(application, window_settings())
    failed: list[str] = []
    if to_the_end:
        from benches.walk import walk

        walk(door, accounts, PASSWORD, lambda problem: _end(application, failed, problem))
    else:
        # Not quit(): it asks every window first, and one that is busy would stay.
        painted.then = lambda: application.exit(0)
        QTimer.singleShot(_PATIENCE_MS, lambda: _end(application, failed, _never_painted()))
    door.open()
    application.exec()
    door.close()
    return 1 if failed and failed[0] else 0


def _end(application: QApplication, failed: list[str], problem: str) -> None:
    failed.append(problem)
    if problem:
        print(problem, file=sys.stderr, flush=True)
    application.exit(0)


def _never_painted() -> str:
    shown = [
        type(widget).__name__ for widget in QApplication.topLevelWidgets() if widget.isVisible()
    ]
    return f"no sign-in window was painted; visible: {shown}"


if __name__ == "__main__":
    mode, *rest = sys.argv[1:]
    if mode == "bare":
        sys.exit(bare(*map(int, rest)))
    sys.exit(station(rest, to_the_end=mode == "day"))
