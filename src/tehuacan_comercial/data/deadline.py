"""The client's own deadline: when it passes, the connection's socket is shut down (decision D9).

TCP keepalives and ``tcp_user_timeout`` notice a dead machine, not a hung server whose kernel still
acknowledges; only a clock on this side does. One thread watches all connections of the process.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Deadline:
    """A moment (seconds from now) after which the attached socket is shut down."""

    def __init__(self, seconds: float) -> None:
        self.moment = time.monotonic() + seconds
        self.passed = False
        self._over = False
        self._plug: socket.socket | None = None
        self._lock = threading.Lock()

    def attach(self, plug: socket.socket) -> None:
        """Names the socket to shut; at once if the moment has already passed."""
        with self._lock:
            self._plug = plug
            if self.passed:
                _shut(plug)

    def detach(self) -> None:
        """The connection goes back to the pool, where somebody else may take it."""
        with self._lock:
            self._plug = None

    def finish(self) -> None:
        """The work ended; the socket is left alone from here on."""
        with self._lock:
            self._over = True
            self._plug = None

    def expire(self) -> None:
        """The moment came: shuts the socket unless the work has ended."""
        with self._lock:
            if self._over:
                return
            self.passed = True
            if self._plug is not None:
                _shut(self._plug)


def _shut(plug: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side was faster
        plug.shutdown(socket.SHUT_RDWR)


class _Watchdog:
    """The thread that lets deadlines expire; started with the first of them."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Deadline]] = []
        self._number = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def watch(self, deadline: Deadline) -> None:
        with self._changed:
            heapq.heappush(self._heap, (deadline.moment, next(self._number), deadline))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif self._heap[0][2] is deadline:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            self._next().expire()

    def _next(self) -> Deadline:
        """Waits for the earliest moment and takes its deadline out."""
        with self._changed:
            while True:
                if not self._heap:
                    self._changed.wait()
                elif (wait := self._heap[0][0] - time.monotonic()) > 0:
                    self._changed.wait(wait)
                else:
                    return heapq.heappop(self._heap)[2]


_watchdog = _Watchdog()
_current = threading.local()


@contextmanager
def deadline(seconds: float | None) -> Iterator[Deadline | None]:
    """Within the block every connection this thread opens or takes is under the deadline.

    ``None`` means no deadline. The caller sees a lost connection when it passes.
    """
    if seconds is None:
        yield None
        return
    made = Deadline(seconds)
    outer: Deadline | None = getattr(_current, "deadline", None)
    _current.deadline = made
    _watchdog.watch(made)
    try:
        yield made
    finally:
        made.finish()
        _current.deadline = outer


def attach(plug: socket.socket) -> None:
    """Puts a socket under the deadline of this thread, where there is one."""
    made: Deadline | None = getattr(_current, "deadline", None)
    if made is not None:
        made.attach(plug)


def detach() -> None:
    """Takes the connection that this thread gives back out of its deadline."""
    made: Deadline | None = getattr(_current, "deadline", None)
    if made is not None:
        made.detach()


def plug_of(descriptor: int) -> socket.socket:
    """A second handle of a connection's socket, safe to shut down whatever becomes of the first.

    The caller closes it.
    """
    return socket.fromfd(descriptor, socket.AF_INET, socket.SOCK_STREAM)
