"""What the attention queue shows: rules of today, turns, desks, and how long things take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one, statement
from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue


def catalogue(connection: Connection) -> QueueCatalogue | None:
    """The queue's rules of today; None where none were loaded."""
    found: dict[str, Any] | None = connection.execute(statement("SELECT queue_rules()")).scalar()
    return None if found is None else QueueCatalogue.of(found)


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A service of today as the lists show it; targets in minutes, *arrived* when it began."""

    request_id: int
    ticket_id: int
    label: str
    line: int
    procedure: str
    procedure_name: str
    wait_minutes: int
    service_minutes: int
    priority: str
    priority_name: str
    state: str
    seniority: datetime
    arrived: datetime
    since: datetime
    calls: int
    desk: str
    attended_by: str
    attended_name: str
    wanted_desk: str
    in_hand: bool
    account_id: int | None
    account_number: str
    holder_name: str
    note: str


_TURNS = """
    SELECT s.id AS request_id, t.id AS ticket_id, t.label, s.line, s.procedure, s.procedure_name,
           s.wait_minutes, s.service_minutes, t.priority, t.priority_name, s.state,
           s.seniority_at AS seniority, s.created_at AS arrived, p.at AS since, p.calls,
           coalesce(s.desk, '') AS desk, coalesce(s.attended_by, '') AS attended_by,
           coalesce(m.full_name, '') AS attended_name, s.wanted_desk, t.in_hand, s.account_id,
           coalesce(a.account_number, '') AS account_number,
           coalesce(a.holder_name, '') AS holder_name, coalesce(nullif(p.note, ''), s.note) AS note
    FROM queue_ticket t
    JOIN service_request s ON s.ticket_id = t.id
    JOIN LATERAL (
        SELECT last.at, last.note,
               (SELECT count(*) FROM service_period c WHERE c.request_id = s.id
                AND c.state = 'called' AND c.number > (
                    SELECT max(w.number) FROM service_period w
                    WHERE w.request_id = s.id AND w.state = 'waiting')) AS calls
        FROM service_period last WHERE last.request_id = s.id
        ORDER BY last.number DESC LIMIT 1) p ON true
    LEFT JOIN staff_member m ON m.username = s.attended_by
    LEFT JOIN account_directory a ON a.account_id = s.account_id
    WHERE t.business_date = office_today()
"""


def turns_today(connection: Connection) -> list[TurnRow]:
    """Every service of today, by seniority."""
    return fetch(connection, TurnRow, f"{_TURNS} ORDER BY s.seniority_at, s.id")


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """An open desk and who attends there; *passed_over* is its run of preferential people."""

    shift_id: int
    desk: str
    desk_name: str
    staff: str
    staff_name: str
    opened_at: datetime
    passed_over: int


def open_shifts(connection: Connection) -> list[ShiftRow]:
    """By desk."""
    return fetch(
        connection,
        ShiftRow,
        "SELECT d.id AS shift_id, d.desk, d.desk_name, d.staff, m.full_name AS staff_name,"
        " d.opened_at, desk_run(d.desk) AS passed_over"
        " FROM desk_shift d JOIN staff_member m ON m.username = d.staff"
        " WHERE d.closed_at IS NULL ORDER BY d.desk",
    )


@dataclass(frozen=True, slots=True)
class PaceRow:
    """What the attention of a procedure took in the middle case, minutes, lately."""

    procedure: str
    minutes: Decimal


PACE_DAYS = 30
PACE_LEAST = 5
"""Attentions below which the catalogue's own target says more."""


def pace(connection: Connection) -> list[PaceRow]:
    """The median of each procedure that was attended often enough in the last days."""
    return fetch(
        connection,
        PaceRow,
        """
        SELECT x.procedure,
               (percentile_cont(0.5) WITHIN GROUP (ORDER BY x.minutes))::numeric(8, 2) AS minutes
        FROM (SELECT s.id, s.procedure,
                     sum(extract(epoch FROM i.ended_at - i.began_at)) / 60 AS minutes
              FROM service_request s JOIN service_interval i ON i.request_id = s.id
              WHERE s.state = 'done' AND i.state = 'serving' AND i.ended_at IS NOT NULL
                AND s.created_at > now() - :days * interval '1 day'
              GROUP BY s.id, s.procedure) x
        GROUP BY x.procedure HAVING count(*) >= :least
        """,
        days=PACE_DAYS,
        least=PACE_LEAST,
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """The server's moment."""

    now: datetime


def clock(connection: Connection) -> datetime:
    """By the server (D7)."""
    found = fetch_one(connection, Clock, "SELECT now() AS now")
    if found is None:
        raise LookupError("the server has no clock")
    return found.now
