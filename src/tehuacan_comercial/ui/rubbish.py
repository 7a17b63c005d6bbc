"""Python's cycles are collected on the window's thread only.

A collection that starts by chance on a worker's thread finds Qt objects in its cycles, and Shiboken
then deletes them late on the window's thread: seen here as a crash inside
``BindingManager::runDeletionInMainThread`` with PySide6 6.11. So the automatic collector rests
while there are workers, and a timer of the window does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

MILLISECONDS = 500
"""Pause between two looks; a look that finds little to do costs nothing."""

_resting = 0
_settled = False


class Rubbish(QObject):
    """Rests the automatic collector until ``stop``; several may overlap."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running = True
        self._timer = QTimer(self)
        self._timer.setInterval(MILLISECONDS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()
        _rest(1)

    def stop(self) -> None:
        """Let the automatic collector work again, when nobody else needs it to rest."""
        if self._running:
            self._running = False
            self._timer.stop()
            _rest(-1)


def collect_if_due() -> None:
    """Collect the oldest generation that is due, as the automatic collector would."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return


def settle() -> None:
    """What a station loaded at its start lives to its end and is not looked at again.

    A full collection, which passes over modules, tables and fonts, held the window for 90 ms. Only
    once a process, since the windows of the next person must be collected when they leave.
    """
    global _settled
    if not _settled:
        _settled = True
        gc.freeze()


def _rest(change: int) -> None:
    global _resting
    _resting += change
    if _resting:
        gc.disable()
    else:
        gc.enable()
