"""How connections are made, guarded by the deadline, found dead, and lent out."""

from __future__ import annotations

import math
import re
import select
import socket
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

import psycopg
from psycopg.pq import ConnStatus
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError, InvalidRequestError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from tehuacan_comercial.data import exact_json
from tehuacan_comercial.data.deadline import attach, detach, plug_of
from tehuacan_comercial.data.errors import refusing
from tehuacan_comercial.domain.refusals import ServerUnreachable

SCHEMA_PATH = "commercial,public"
TIME_ZONE = "America/Mexico_City"
SINGLE: Final = "AUTOCOMMIT"
"""Each statement its own transaction: one round trip, without BEGIN and COMMIT."""

_PLUG = "plug"


def build_engine(
    url: URL,
    station: str,
    statement_seconds: float | None,
    connect_seconds: float,
    *,
    isolation: Literal["READ COMMITTED", "AUTOCOMMIT"] = "READ COMMITTED",
) -> Engine:
    """A pool for one kind of work; it connects when first used.

    ``statement_seconds`` is the deadline the server gets to know, None for long work.
    """
    engine = create_engine(
        url,
        pool_size=4,
        max_overflow=6,
        pool_timeout=connect_seconds,
        pool_use_lifo=True,
        isolation_level=isolation,
        json_serializer=exact_json.dumps,
        json_deserializer=exact_json.loads,
        use_native_hstore=False,
        connect_args=_connect_arguments(station, statement_seconds, connect_seconds),
    )
    _guard(engine)
    return engine


def _connect_arguments(
    station: str, statement_seconds: float | None, connect_seconds: float
) -> dict[str, str | int]:
    return {
        "application_name": f"tehuacan/{station}",
        "options": _session_options(station, statement_seconds),
        "connect_timeout": max(2, math.ceil(connect_seconds)),
        "client_encoding": "UTF8",
        "keepalives": 1,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
    }


def _session_options(station: str, statement_seconds: float | None) -> str:
    # The server gives up a little before we do: a clean refusal is better than a cut connection.
    long = statement_seconds is None
    patience = int((statement_seconds or 0) * 900)
    settings = {
        "search_path": SCHEMA_PATH,
        "tehuacan.station": station,
        "lock_timeout": "10s" if long else "2s",
        "statement_timeout": f"{patience}ms",
        "idle_in_transaction_session_timeout": "120s" if long else "10s",
        "TimeZone": TIME_ZONE,
    }
    return " ".join(f"-c {name}={_escaped(value)}" for name, value in settings.items())


def _escaped(value: str) -> str:
    return re.sub(r"([\\ ])", r"\\\1", value)


@contextmanager
def _reaching(username: str) -> Iterator[None]:
    try:
        with refusing(None, username):
            yield
    except InvalidRequestError as died:  # the pool made new ones, and they died as well
        raise ServerUnreachable(str(died)) from died


@contextmanager
def connected(engine: Engine, username: str, over: Callable[[], bool]) -> Iterator[Connection]:
    """A connection of the pool; trouble in getting it leaves nothing in doubt.

    ``over`` answers whether the person signed out meanwhile: then nobody waits for its return.
    """
    with _reaching(username):
        connection = engine.connect()
    with connection:
        try:
            yield connection
        finally:
            if over():
                connection.invalidate()


@contextmanager
def raw_connection(
    engine: Engine, username: str, over: Callable[[], bool]
) -> Iterator[psycopg.Connection[Any]]:
    """The driver's own connection out of the pool: a third of the time of the whole way."""
    with _reaching(username):
        taken = engine.raw_connection()
    raw = taken.driver_connection
    assert isinstance(raw, psycopg.Connection)  # noqa: S101 - for the type checker
    try:
        yield raw
    finally:
        if raw.closed or over():
            taken.invalidate()
        taken.close()


def _guard(engine: Engine) -> None:
    """Puts every connection under the thread's deadline and drops the ones that died idle."""

    def made(raw: psycopg.Connection[Any], entry: ConnectionPoolEntry) -> None:
        plug = plug_of(raw.fileno())
        entry.info[_PLUG] = plug
        # A link that breaks in the first exchange never reaches "close": no handle is left behind.
        weakref.finalize(raw, plug.close)
        attach(plug)

    def taken(
        raw: psycopg.Connection[Any], entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
    ) -> None:
        plug: socket.socket = entry.info[_PLUG]
        attach(plug)
        if _died(raw, plug):
            raise InvalidatePoolError("the server closed the idle connection")

    def closed(_raw: object, entry: ConnectionPoolEntry, *_more: object) -> None:
        plug: socket.socket | None = entry.info.pop(_PLUG, None)
        if plug is not None:
            plug.close()

    event.listen(engine.pool, "connect", made, insert=True)
    event.listen(engine.pool, "checkout", taken)
    event.listen(engine.pool, "checkin", lambda *_more: detach())
    event.listen(engine.pool, "close", closed)
    event.listen(engine.pool, "invalidate", closed)


def _died(raw: psycopg.Connection[Any], plug: socket.socket) -> bool:
    """Whether the server hung up while the connection lay idle; costs no round trip.

    An idle connection has nothing to read, except the server's goodbye (or a rare notice).
    """
    for _attempt in range(8):
        if not _readable(plug):
            return False
        try:
            raw.pgconn.consume_input()
        except psycopg.OperationalError:
            return True
        if raw.pgconn.status == ConnStatus.BAD:
            return True
    return True


def _readable(plug: socket.socket) -> bool:
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([plug], [], [], 0)[0])
    asked = select.poll()
    asked.register(plug, select.POLLIN)
    return bool(asked.poll(0))
