"""One person's connections to one database: session settings, deadlines, transactions, calls."""

from __future__ import annotations

import math
import re
import select
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.pq import ConnStatus
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from tehuacan_comercial.data import exact_json
from tehuacan_comercial.data.deadline import attach, deadline, detach, plug_of
from tehuacan_comercial.data.errors import refusing

SCHEMA_PATH = "commercial,public"
TIME_ZONE = "America/Mexico_City"
REPORT_SECONDS = 60.0
_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?")
_PLUG = "plug"


class Database:
    """The database as one person sees it; every method may be used from any thread.

    ``url`` carries the person's own user and password. ``station`` is written into the server's
    activity list and into every journal. ``read_url`` names a replica for reports.
    ``deadline_seconds`` is how long a call may take before its socket is shut down.
    """

    def __init__(
        self,
        url: str | URL,
        *,
        station: str = "",
        read_url: str | URL | None = None,
        deadline_seconds: float = 3.0,
    ) -> None:
        self.url = make_url(url)
        self.username = self.url.username or ""
        self.station = station
        self.deadline_seconds = deadline_seconds
        self._engine = _engine(self.url, station, deadline_seconds, deadline_seconds)
        self._patient = _engine(self.url, station, None, deadline_seconds)
        replica = self.url if read_url is None else make_url(read_url)
        self._reports = _engine(replica, station, REPORT_SECONDS, deadline_seconds)

    @contextmanager
    def transaction(
        self, deadline_seconds: float | None = None, *, command_id: str | None = None
    ) -> Iterator[Connection]:
        """One READ COMMITTED transaction; committed only when the block ends without exception.

        A ``deadline_seconds`` above the usual one gives long work (a billing run) its time;
        ``math.inf`` takes the deadline away.

        Raises:
            ServerUnreachable: the connection was lost before the commit; nothing is written.
            ResultUnknown: it was lost while committing.
            Refusal: whatever else PostgreSQL said.
        """
        engine, seconds = self._lane(deadline_seconds)
        with deadline(seconds), _connected(engine, self.username) as connection:
            with refusing(None, self.username):
                begun = connection.begin()
                try:
                    yield connection
                except BaseException:
                    begun.rollback()
                    raise
            with refusing(command_id or "", self.username):
                begun.commit()

    @contextmanager
    def read(self, deadline_seconds: float | None = None) -> Iterator[Connection]:
        """For SELECTs: each statement is its own transaction, one round trip, no lock kept."""
        engine, seconds = self._lane(deadline_seconds)
        with self._autocommitting(engine, seconds) as connection:
            yield connection

    @contextmanager
    def report(self, deadline_seconds: float = REPORT_SECONDS) -> Iterator[Connection]:
        """For SELECTs that may be long and a moment behind: the replica where there is one."""
        with self._autocommitting(self._reports, deadline_seconds) as connection:
            yield connection

    def call(
        self,
        name: str,
        payload: Mapping[str, object],
        *,
        command_id: str | None = None,
        deadline_seconds: float | None = None,
    ) -> dict[str, Any]:
        """Runs one posting function as a whole transaction, in a single round trip.

        Raises:
            ServerUnreachable: there was no connection to begin with; nothing is written.
            ResultUnknown: the answer was lost; ask again with the same UUID.
            Refusal: the function said no.
        """
        engine, seconds = self._lane(deadline_seconds)
        with (
            deadline(seconds),
            _connected(engine, self.username, autocommit=True) as connection,
            refusing(command_id or "", self.username),
        ):
            return call_function(connection, name, payload)

    def close(self) -> None:
        """Closes the idle connections (at sign-out)."""
        for engine in (self._engine, self._patient, self._reports):
            engine.dispose()

    @contextmanager
    def _autocommitting(self, engine: Engine, seconds: float | None) -> Iterator[Connection]:
        with (
            deadline(seconds),
            _connected(engine, self.username, autocommit=True) as connection,
            refusing(None, self.username),
        ):
            yield connection

    def _lane(self, seconds: float | None) -> tuple[Engine, float | None]:
        """The connections whose server-side statement timeout suits the deadline."""
        if seconds is None or seconds <= self.deadline_seconds:
            return self._engine, seconds or self.deadline_seconds
        return self._patient, None if math.isinf(seconds) else seconds


def call_function(
    connection: Connection, name: str, payload: Mapping[str, object]
) -> dict[str, Any]:
    """``SELECT name(payload)`` of a function that takes and gives jsonb.

    Money leaves as strings and comes back as Decimal, exactly. Raises what the driver raises;
    inside ``Database.transaction`` that becomes a refusal.
    """
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"not the name of a function: {name!r}")
    query = f"SELECT {name}(%s::jsonb)"
    answer = connection.exec_driver_sql(query, (exact_json.dumps(dict(payload)),)).scalar_one()
    if not isinstance(answer, dict):
        raise TypeError(f"{name} must return a jsonb object, not {type(answer).__name__}")
    return answer


def _engine(
    url: URL, station: str, statement_seconds: float | None, connect_seconds: float
) -> Engine:
    engine = create_engine(
        url,
        pool_size=4,
        max_overflow=6,
        pool_timeout=connect_seconds,
        pool_use_lifo=True,
        isolation_level="READ COMMITTED",
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
    patience = 0 if statement_seconds is None else int(statement_seconds * 900)
    settings = {
        "search_path": SCHEMA_PATH,
        "tehuacan.station": station,
        "lock_timeout": "2s",
        "statement_timeout": f"{patience}ms",
        "idle_in_transaction_session_timeout": "10s",
        "TimeZone": TIME_ZONE,
    }
    return " ".join(f"-c {name}={_escaped(value)}" for name, value in settings.items())


def _escaped(value: str) -> str:
    return re.sub(r"([\\ ])", r"\\\1", value)


@contextmanager
def _connected(engine: Engine, username: str, *, autocommit: bool = False) -> Iterator[Connection]:
    """A connection of the pool; trouble in getting it leaves nothing in doubt."""
    with refusing(None, username):
        connection = engine.connect()
    with connection:
        if autocommit:
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


def _guard(engine: Engine) -> None:
    """Puts every connection under the thread's deadline and drops the ones that died idle."""

    def connected(raw: psycopg.Connection[Any], entry: ConnectionPoolEntry) -> None:
        plug = plug_of(raw.fileno())
        entry.info[_PLUG] = plug
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

    event.listen(engine.pool, "connect", connected, insert=True)
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
    readable, _, _ = select.select([plug], [], [], 0)
    return bool(readable)
