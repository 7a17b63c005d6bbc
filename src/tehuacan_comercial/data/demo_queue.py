"""Writes the queue of the demonstration's past, with the people and moments of then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tehuacan_comercial.data.demo_history import as_owner
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.fetch import statement
from tehuacan_comercial.data.schema import SQL_FOLDER
from tehuacan_comercial.domain.queue_catalogue import Procedure


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """A state from a moment on."""

    act: str
    state: str
    desk: str | None
    staff: str
    at: datetime
    passed_over: int


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A visit for one procedure; its first period is the arrival."""

    day: date
    prefix: str
    number: int
    label: str
    priority: str
    priority_name: str
    procedure: Procedure
    taken_by: str
    periods: tuple[PastPeriod, ...]


@dataclass(frozen=True, slots=True)
class PastShift:
    """Who attended at a desk, from when to when."""

    desk: str
    desk_name: str
    staff: str
    opened_at: datetime
    closed_at: datetime


def add_queue(database: Database, turns: Sequence[PastTurn], shifts: Sequence[PastShift]) -> int:
    """Write them; gives how many turns. Needs the queue's rules."""
    query = (SQL_FOLDER / "demo" / "queue.sql").read_text(encoding="utf-8")
    told = {"turns": [asdict(turn) for turn in turns], "shifts": [asdict(each) for each in shifts]}
    with as_owner(database) as connection:
        connection.execute(
            statement(query), {"told": json.dumps(told, default=_plain, ensure_ascii=False)}
        )
    return len(turns)


def _plain(value: Any) -> str:
    return str(value.isoformat())
