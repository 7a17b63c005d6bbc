"""One process per station's folder: a second start brings the first one's window to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MILLISECONDS = 400


class SingleInstance(QObject):
    """``claim`` is True for the first; ``asked_to_show`` when a later one knocks."""

    asked_to_show = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
        self._name = f"tehuacan-comercial-{digest}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._knocked)

    def claim(self) -> bool:
        """Become the station's process, or knock at the one that is.

        Where no door can be made, because the temporary folder's path is too long for one or its
        disk is full, a station that opens twice is better than one that never opens.
        """
        if self._knock():
            return False
        QLocalServer.removeServer(self._name)  # what a crashed process left behind
        return self._server.listen(self._name) or not self._knock()

    def _knock(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(WAIT_MILLISECONDS)
        socket.abort()
        return answered

    def _knocked(self) -> None:
        while (waiting := self._server.nextPendingConnection()) is not None:
            waiting.deleteLater()
            self.asked_to_show.emit()
