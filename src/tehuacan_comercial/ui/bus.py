"""The bus: a write tells what it changed; screens decide what that means to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

C = TypeVar("C")


class Freshness(QObject):
    """Stale is a mark, fresh is a moment: reloads a screen now if seen, else when it is shown."""

    def __init__(self, screen: QWidget, reload: Callable[[], None]) -> None:
        super().__init__(screen)
        self._screen, self._reload = screen, reload
        self.stale = False
        screen.installEventFilter(self)

    def mark(self) -> None:
        """Something the screen shows has changed."""
        if self._screen.isVisible():
            self.stale = False
            self._reload()
        else:
            self.stale = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Reload a stale screen as it is shown."""
        if event.type() == QEvent.Type.Show and self.stale:
            self.stale = False
            self._reload()
        return super().eventFilter(watched, event)


class Bus(Generic[C]):
    """Spreads the changes of a commit, this station's or another's, on the window's thread."""

    def __init__(self) -> None:
        self._subscribers: list[tuple[Freshness, Callable[[C], bool]]] = []

    def subscribe(
        self, screen: QWidget, concerns: Callable[[C], bool], reload: Callable[[], None]
    ) -> Freshness:
        """Have ``reload`` called when changes concern a screen and it is (or gets) visible."""
        freshness = Freshness(screen, reload)
        self._subscribers.append((freshness, concerns))
        return freshness

    def committed(self, changes: C) -> None:
        """Tell every screen; those that are gone are forgotten."""
        self._subscribers = [each for each in self._subscribers if shiboken6.isValid(each[0])]
        for freshness, concerns in tuple(self._subscribers):
            if concerns(changes):
                freshness.mark()

    def all_stale(self) -> None:
        """After a lost connection nothing is known to be fresh."""
        self._subscribers = [each for each in self._subscribers if shiboken6.isValid(each[0])]
        for freshness, _concerns in tuple(self._subscribers):
            freshness.mark()
