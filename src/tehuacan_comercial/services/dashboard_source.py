"""Where the manager's window reads: a replica while it keeps up, else the primary (D1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import TypeVar

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.dashboard import Question, ServerMoment, moment_of
from tehuacan_comercial.domain.refusals import TroubleRefusal

T = TypeVar("T")

LATE_SECONDS = 5.0
"""A replica older than this is not shown as now."""
REST_SECONDS = 15.0
"""How long a replica that was late or silent is left alone."""
REPLICA_DEADLINE = 3.0
"""Seconds after which a replica counts as silent."""


class Source(StrEnum):
    """Who answered, and why it was not the replica."""

    PRIMARY = "primary"
    REPLICA = "replica"
    LATE = "late"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who answered. ``age`` in seconds is how far a replica was behind, 0 where nothing is
    missing; None when it could not be told.
    """

    source: Source = Source.PRIMARY
    age: float | None = 0.0


class DashboardSource:
    """Asks the replica first, where the station names one; falls back by itself."""

    def __init__(
        self, database: Database, *, replica: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self._database, self._replica, self._clock = database, replica, clock
        self._rests_until = 0.0
        self._last = Origin()

    def ask(self, question: Question[T]) -> tuple[T, Origin]:
        """The answer and who gave it.

        Raises:
            ServerUnreachable: the primary does not answer either.
        """
        if self._replica and self._clock() >= self._rests_until:
            answer = self._ask_replica(question)
            if answer is not None:
                return answer, self._last
            self._rests_until = self._clock() + REST_SECONDS
        with self._database.read() as connection:
            return question(connection), self._last

    def _ask_replica(self, question: Question[T]) -> T | None:
        """None when it is silent or late; ``_last`` then says so."""
        with self._database.read() as primary:
            truth = moment_of(primary)
        try:
            with self._database.report(REPLICA_DEADLINE) as connection:
                heard = moment_of(connection)
                age = age_of(truth, heard)
                if age is None or age > LATE_SECONDS:
                    self._last = Origin(Source.LATE, age)
                    return None
                answer = question(connection)
        except TroubleRefusal:
            self._last = Origin(Source.SILENT, None)
            return None
        self._last = Origin(Source.REPLICA, age)
        return answer


def age_of(truth: ServerMoment, heard: ServerMoment) -> float | None:
    """Seconds that a replica is behind the primary; ``truth`` was asked first.

    A replica that has every notice the primary had given is not behind, however long ago the last
    one was. None for a server that misses some and cannot say since when.
    """
    if heard.last_notice >= truth.last_notice:
        return 0.0
    if heard.replayed_at is None:
        return None
    return max(0.0, (truth.now - heard.replayed_at).total_seconds())
