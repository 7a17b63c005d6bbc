"""A proxy that counts round trips: how often a station speaks after it was answered."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_TICK = 0.05


@dataclass
class _Link:
    """One connection; ``asked`` while the station waits for an answer."""

    station: socket.socket
    server: socket.socket
    asked: bool = False


@dataclass
class Wire:
    """Passes everything on; ``round_trips`` of all the connections together."""

    target: tuple[str, int]
    round_trips: int = 0
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def port(self) -> int:
        """Where stations connect to."""
        found: int = self._listener.getsockname()[1]
        return found

    def stop(self) -> None:
        """No more."""
        self._over.set()

    def run(self) -> None:
        """Until stopped."""
        with selectors.DefaultSelector() as ready, self._listener:
            ready.register(self._listener, selectors.EVENT_READ)
            while not self._over.is_set():
                for key, _events in ready.select(_TICK):
                    if key.data is None:
                        self._accept(ready)
                    elif key.fd in ready.get_map():  # its other end may just have closed both
                        self._pass(ready, key.data, key.fileobj)

    def _accept(self, ready: selectors.BaseSelector) -> None:
        station, _address = self._listener.accept()
        link = _Link(station, socket.create_connection(self.target))
        for end in (link.station, link.server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ready.register(end, selectors.EVENT_READ, link)

    def _pass(self, ready: selectors.BaseSelector, link: _Link, source: object) -> None:
        asking = source is link.station
        giver, taker = (link.station, link.server) if asking else (link.server, link.station)
        data = giver.recv(65536)
        if not data:
            for end in (link.station, link.server):
                ready.unregister(end)
                end.close()
            return
        self.round_trips += asking and not link.asked
        link.asked = asking
        taker.sendall(data)


@contextmanager
def counting(host: str, port: int) -> Iterator[Wire]:
    """A wire to the server, for the length of the block."""
    wire = Wire((host, port))
    thread = threading.Thread(target=wire.run, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        wire.stop()
        thread.join()
