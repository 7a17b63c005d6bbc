"""Tells when nobody has touched the station for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication


class IdleWatch(QObject):
    """Tells when nobody touched keyboard or mouse for some minutes; zero never tells."""

    idle = Signal()

    def __init__(self, minutes: float, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(minutes * 60_000))
        self._timer.timeout.connect(self.idle)
        if minutes > 0:
            application = QApplication.instance()
            if application is not None:
                application.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Start over at every touch."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return False


_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
