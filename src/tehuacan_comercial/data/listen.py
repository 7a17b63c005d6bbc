"""Hears what other stations committed: one thread, one connection, LISTEN (decision D10)."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, LiteralString

import psycopg
from sqlalchemy import make_url

from tehuacan_comercial.data import exact_json
from tehuacan_comercial.data.deadline import attach, deadline, plug_of

CHANNEL: Final = "tehuacan"
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0
_logger = logging.getLogger(__name__)


class Listener:
    """Calls back, in its own thread, with every notice of the channel and every change of link.

    A notice is a hint: after ``on_connected`` the caller reads again what it shows, because what
    was said while the link was down is lost. Callbacks must be quick and raise nothing.
    ``heartbeat_seconds``: how often a silent link is asked whether it still lives.
    """

    def __init__(
        self,
        url: str,
        *,
        on_notice: Callable[[dict[str, Any]], None],
        on_connected: Callable[[], None],
        on_disconnected: Callable[[], None],
        station: str = "",
        heartbeat_seconds: float = 2.0,
        deadline_seconds: float = 3.0,
    ) -> None:
        self._url = make_url(url).set(drivername="postgresql").render_as_string(False)
        self._application = f"tehuacan/{station}/listen"
        self._on_notice = on_notice
        self._on_connected = on_connected
        self._on_disconnected = on_disconnected
        self._heartbeat = heartbeat_seconds
        self._deadline = deadline_seconds
        self._stopping = threading.Event()
        self._plug: socket.socket | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Starts listening; a server that is down is tried again until ``stop``."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; after this no callback comes."""
        self._stopping.set()
        with self._lock:
            if self._plug is not None:
                with contextlib.suppress(OSError):
                    self._plug.shutdown(socket.SHUT_RDWR)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                self._listen_once()
            except (psycopg.Error, OSError) as error:
                _logger.info("the listener's link ended: %s", error)
            stable = time.monotonic() - began > _LONGEST_PAUSE
            pause = _FIRST_PAUSE if stable else min(pause * 2, _LONGEST_PAUSE)
            self._stopping.wait(pause)

    def _listen_once(self) -> None:
        """From connecting to losing the link."""
        with (
            self._connect() as connection,
            plug_of(connection.fileno()) as plug,
            self._stoppable(plug),
        ):
            self._ask(connection, plug, "LISTEN " + CHANNEL)
            self._tell(self._on_connected)
            try:
                self._hear(connection, plug)
            finally:
                self._tell(self._on_disconnected)

    @contextmanager
    def _stoppable(self, plug: socket.socket) -> Iterator[None]:
        """Within the block ``stop`` can end the wait by shutting the socket."""
        with self._lock:
            self._plug = plug
        try:
            yield
        finally:
            with self._lock:
                self._plug = None

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            self._url,
            autocommit=True,
            application_name=self._application,
            connect_timeout=max(2, int(self._deadline)),
            keepalives_idle=10,
            keepalives_interval=3,
            keepalives_count=3,
            tcp_user_timeout=10_000,
        )

    def _hear(self, connection: psycopg.Connection[Any], plug: socket.socket) -> None:
        while not self._stopping.is_set():
            for notice in connection.notifies(timeout=self._heartbeat):
                self._deliver(notice.payload)
            self._ask(connection, plug, "SELECT 1")

    def _ask(
        self, connection: psycopg.Connection[Any], plug: socket.socket, query: LiteralString
    ) -> None:
        """A statement under the deadline; a hung server counts as a lost link."""
        with deadline(self._deadline):
            attach(plug)
            connection.execute(query)

    def _deliver(self, payload: str) -> None:
        try:
            content = exact_json.loads(payload or "{}")
        except ValueError:
            _logger.warning("a notice that is not JSON was left out: %r", payload[:80])
            return
        if isinstance(content, dict) and not self._stopping.is_set():
            self._on_notice(content)

    def _tell(self, callback: Callable[[], None]) -> None:
        if not self._stopping.is_set():
            callback()
