"""A Database whose every call stays inside one transaction that the test rolls back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from tehuacan_comercial.data.engine import Database, call_function
from tehuacan_comercial.data.errors import refusing

_ACTING = "acting"


class PinnedDatabase(Database):
    """Acts as ``user`` on the test's own connection; a transaction becomes a savepoint.

    Deferred constraints are checked where a real commit would check them. For tests of races,
    lost connections or real sign-in use a cloned database instead.
    """

    def __init__(self, connection: Connection, user: str | None = None) -> None:
        super().__init__(connection.engine.url, station="P1")
        self.username = user or self.username
        self._connection = connection
        self._user = user

    @contextmanager
    def transaction(
        self, deadline_seconds: float | None = None, *, command_id: str | None = None
    ) -> Iterator[Connection]:
        del deadline_seconds, command_id  # this link is neither slow nor ever lost
        with refusing(None, self.username), self._acting():
            with self._connection.begin_nested():
                yield self._connection
                self._connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            self._connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))

    @contextmanager
    def read(self, deadline_seconds: float | None = None) -> Iterator[Connection]:
        with self.transaction(deadline_seconds) as connection:
            yield connection

    @contextmanager
    def report(self, deadline_seconds: float = 0.0) -> Iterator[Connection]:
        with self.transaction(deadline_seconds) as connection:
            yield connection

    def call(
        self,
        name: str,
        payload: Mapping[str, object],
        *,
        command_id: str | None = None,
        deadline_seconds: float | None = None,
    ) -> dict[str, Any]:
        with self.transaction(deadline_seconds, command_id=command_id) as connection:
            return call_function(connection, name, payload)

    @contextmanager
    def _acting(self) -> Iterator[None]:
        """Session authorization, so that session_user and the grants are the person's."""
        before: str | None = self._connection.info.get(_ACTING)
        self._become(self._user)
        try:
            yield
        finally:
            self._become(before)

    def _become(self, user: str | None) -> None:
        if user is None:
            self._connection.execute(text("RESET SESSION AUTHORIZATION"))
        else:
            quoted = user.replace('"', '""')
            self._connection.execute(text(f'SET SESSION AUTHORIZATION "{quoted}"'))
        self._connection.info[_ACTING] = user
