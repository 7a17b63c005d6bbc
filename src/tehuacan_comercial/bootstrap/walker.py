"""Walks through the real windows as a person would, one step at a time, without blocking Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

TICK_MILLISECONDS = 15
PATIENCE_SECONDS = 60.0

Until = Callable[[], object]
Steps = Generator[tuple[str, Until], None, None]
"""A walk yields (what it waits for, in Spanish; the condition) and goes on when it is true."""

W = TypeVar("W", bound=QWidget)


class Walker(QObject):
    """Runs a walk from a timer. Keys are pressed by ``later``, never inside the walk itself, since
    a key may open a sheet whose own loop must be able to run the next step.
    """

    def __init__(self, steps: Steps, finished: Callable[[str], None]) -> None:
        super().__init__()
        self._steps, self._finished = steps, finished
        self._waiting: tuple[str, Until] = ("empezar", lambda: True)
        self._since = monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin."""
        self._since = monotonic()
        self._timer.start()

    def _tick(self) -> None:
        what, until = self._waiting
        if until():
            self._advance()
        elif monotonic() - self._since > PATIENCE_SECONDS:
            self._end(f"se agotó la espera de «{what}»")

    def _advance(self) -> None:
        self._since = monotonic()
        try:
            self._waiting = next(self._steps)
        except StopIteration:
            self._end("")

    def _end(self, trouble: str) -> None:
        self._timer.stop()
        self._steps.close()
        self._finished(trouble)


def later(act: Callable[[], object]) -> None:
    """Do it from the event loop."""
    QTimer.singleShot(0, act)


class _Keyboard:
    """Keys in the order they were asked, each once the window in front has the focus."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[QWidget], object]] = deque()

    def add(self, key: Callable[[QWidget], object]) -> None:
        """One more key after those that wait."""
        self._waiting.append(key)
        if len(self._waiting) == 1:
            later(self._next)

    def _next(self) -> None:
        place = _focus()
        if place is None:
            QTimer.singleShot(TICK_MILLISECONDS, self._next)
            return
        key = self._waiting.popleft()
        if self._waiting:
            later(self._next)  # before the key, which may open a sheet and wait in its loop
        key(place)


_keyboard = _Keyboard()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    _keyboard.add(lambda place: QTest.keyClick(place, key, modifiers))


def type_text(text: str) -> None:
    """Type where the focus is."""
    _keyboard.add(lambda place: QTest.keyClicks(place, text))


def _focus() -> QWidget | None:
    """Where a key goes; None until the window in front is active.

    Where no desktop gives a window the focus back when a sheet closes, it is given here.
    """
    found = QApplication.focusWidget()
    if found is not None and found.window().isActiveWindow():
        return found
    active = QApplication.activeWindow()
    if active is not None and active.isVisible():
        return active
    for window in (QApplication.activeModalWidget(), *QApplication.topLevelWidgets()):
        if window is not None and window.isVisible() and window.isWindow():
            window.activateWindow()
            break
    return None


def sheet(kind: type[W]) -> W | None:
    """The open sheet of a kind, or None."""
    modal = QApplication.activeModalWidget()
    return modal if isinstance(modal, kind) else None
