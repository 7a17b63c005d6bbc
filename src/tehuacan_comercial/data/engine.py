"""The database as one person sees it: transactions, reads and calls, each with a deadline."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, make_url

from tehuacan_comercial.data import exact_json
from tehuacan_comercial.data.connections import SINGLE, build_engine, connected, raw_connection
from tehuacan_comercial.data.deadline import deadline
from tehuacan_comercial.data.errors import refusing

REPORT_SECONDS = 60.0
_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?")


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
        usual, connect = deadline_seconds, deadline_seconds
        self._closed = False
        self.has_replica = read_url is not None
        replica = self.url if read_url is None else make_url(read_url)
        self._transactions = build_engine(self.url, station, usual, connect)
        self._singles = build_engine(self.url, station, usual, connect, isolation=SINGLE)
        self._patient = build_engine(self.url, station, None, connect)
        self._patient_singles = build_engine(self.url, station, None, connect, isolation=SINGLE)
        self._reports = build_engine(replica, station, REPORT_SECONDS, connect, isolation=SINGLE)

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
        long, seconds = self._time_for(deadline_seconds)
        engine = self._patient if long else self._transactions
        with deadline(seconds), connected(engine, self.username, self._over) as connection:
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
        long, seconds = self._time_for(deadline_seconds)
        with self._single(self._patient_singles if long else self._singles, seconds) as connection:
            yield connection

    @contextmanager
    def report(self, deadline_seconds: float = REPORT_SECONDS) -> Iterator[Connection]:
        """For SELECTs that may be long and a moment behind: the replica where there is one."""
        with self._single(self._reports, deadline_seconds) as connection:
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
        long, seconds = self._time_for(deadline_seconds)
        engine = self._patient_singles if long else self._singles
        query, values = _function_query(name), (exact_json.dumps(dict(payload)),)
        with (
            deadline(seconds),
            raw_connection(engine, self.username, self._over) as raw,
            refusing(command_id or "", self.username),
        ):
            row = raw.execute(query.encode(), values).fetchone()
        return _object(name, row and row[0])

    def close(self) -> None:
        """Closes the connections (at sign-out); one at work ends with what it does."""
        self._closed = True
        for engine in (self._transactions, self._singles, self._patient, self._patient_singles):
            engine.dispose()
        self._reports.dispose()

    @contextmanager
    def _single(self, engine: Engine, seconds: float | None) -> Iterator[Connection]:
        with (
            deadline(seconds),
            connected(engine, self.username, self._over) as connection,
            refusing(None, self.username),
        ):
            yield connection

    def _over(self) -> bool:
        return self._closed

    def _time_for(self, seconds: float | None) -> tuple[bool, float | None]:
        """Whether it is long work, without the server's statement timeout, and its deadline."""
        if seconds is None or seconds <= self.deadline_seconds:
            return False, seconds or self.deadline_seconds
        return True, None if math.isinf(seconds) else seconds


def call_function(
    connection: Connection, name: str, payload: Mapping[str, object]
) -> dict[str, Any]:
    """``SELECT name(payload)`` of a function that takes and gives jsonb.

    Money leaves as strings and comes back as Decimal, exactly. Raises what the driver raises;
    inside ``Database.transaction`` that becomes a refusal.
    """
    values = (exact_json.dumps(dict(payload)),)
    answer = connection.exec_driver_sql(_function_query(name), values).scalar_one()
    return _object(name, answer)


def _function_query(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"not the name of a function: {name!r}")
    return f"SELECT {name}(%s::jsonb)"


def _object(name: str, answer: object) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise TypeError(f"{name} must return a jsonb object, not {type(answer).__name__}")
    return answer
