"""A TCP proxy between station and server that breaks the link at a chosen place."""

from __future__ import annotations

import contextlib
import enum
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class Fault(enum.Enum):
    """Where the link breaks, once, at the next request after ``arm``."""

    BEFORE_REQUEST = "before_request"
    """The request never reaches the server; both sides are cut."""

    AFTER_ANSWER_MADE = "after_answer_made"
    """The server did the work and answered; the station is cut before it hears a byte."""

    WITHIN_ANSWER = "within_answer"
    """The station gets the first half of the answer, then the link is cut."""

    BLACK_HOLE_REQUEST = "black_hole_request"
    """The request disappears; the connections stay open and silent."""

    BLACK_HOLE_ANSWER = "black_hole_answer"
    """The server did the work; its answer disappears; the connections stay open and silent."""


@dataclass
class _Link:
    station: socket.socket
    server: socket.socket
    silent: bool = False
    fault: Fault | None = None

    def cut(self) -> None:
        for end in (self.station, self.server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        self.station.close()
        self.server.close()


@dataclass
class Proxy:
    """Listens on ``port`` and hands everything to the server, until a fault is armed.

    ``arm(fault, skip=n)`` lets ``n`` further messages of the station pass and strikes at the next
    one; ``struck`` is set when it did. ``requests`` counts the messages of all stations: the
    round trips, as long as a station waits for each answer. ``refuse_new`` closes new connections
    at once, ``swallow_new`` accepts them and never answers.
    """

    target: tuple[str, int]
    refuse_new: bool = False
    swallow_new: bool = False
    requests: int = 0
    struck: threading.Event = field(default_factory=threading.Event)
    _fault: Fault | None = None
    _skip: int = 0
    _links: list[_Link] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _listener: socket.socket = field(default_factory=socket.socket)

    @property
    def port(self) -> int:
        found: int = self._listener.getsockname()[1]
        return found

    def arm(self, fault: Fault, skip: int = 0) -> None:
        """The next message of any station (after ``skip`` others) meets the fault, once."""
        with self._lock:
            self.struck.clear()
            self._fault, self._skip = fault, skip

    def cut_all(self) -> None:
        """Cuts every link that exists now."""
        with self._lock:
            for link in self._links:
                link.cut()

    def silence_all(self) -> None:
        """Makes a black hole of every link that exists now."""
        with self._lock:
            for link in self._links:
                link.silent = True

    def start(self) -> None:
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self._spawn(self._accept)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut_all()
        while self._threads:
            self._threads.pop().join()
        for link in self._links:
            link.close()

    def _spawn(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                station, _ = self._listener.accept()
            except OSError:
                return
            if self.refuse_new:
                station.close()
                continue
            try:
                server = socket.create_connection(self.target)
            except OSError:
                station.close()
                continue
            link = _Link(station, server, silent=self.swallow_new)
            with self._lock:
                self._links.append(link)
            self._spawn(self._to_server, link)
            self._spawn(self._to_station, link)

    def _to_server(self, link: _Link) -> None:
        for data in _pieces(link.station):
            if link.silent or not self._request_passes(link):
                continue
            with contextlib.suppress(OSError):
                link.server.sendall(data)
        link.cut()

    def _request_passes(self, link: _Link) -> bool:
        """Decides about one message of the station and carries out a fault on the way there."""
        with self._lock:
            self.requests += 1
            if self._fault is None:
                return True
            if self._skip > 0:
                self._skip -= 1
                return True
            fault, self._fault = self._fault, None
            link.fault = fault
        if fault is Fault.BEFORE_REQUEST:
            self.struck.set()
            link.cut()
            return False
        if fault is Fault.BLACK_HOLE_REQUEST:
            self.struck.set()
            link.silent = True
            return False
        return True

    def _to_station(self, link: _Link) -> None:
        for data in _pieces(link.server):
            if link.silent:
                continue
            passing = self._answer_passing(link, data)
            with contextlib.suppress(OSError):
                link.station.sendall(passing)
            if link.fault is not None:
                self.struck.set()
                if link.fault is Fault.BLACK_HOLE_ANSWER:
                    link.silent = True
                else:
                    link.cut()
        link.cut()

    @staticmethod
    def _answer_passing(link: _Link, data: bytes) -> bytes:
        """How much of the server's answer the station gets to see."""
        if link.fault is None:
            return data
        return data[: len(data) // 2] if link.fault is Fault.WITHIN_ANSWER else b""


def _pieces(end: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            data = end.recv(65536)
        except OSError:
            return
        if not data:
            return
        yield data


@contextmanager
def proxy_to(host: str, port: int) -> Iterator[Proxy]:
    """A proxy in front of a server, gone at the end of the block with all its links."""
    made = Proxy((host, port))
    made.start()
    try:
        yield made
    finally:
        made.stop()
