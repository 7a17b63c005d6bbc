"""Waiting and attention of past days, from the rows of time (A10). Minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch

DIMENSIONS = {
    "procedure": "s.procedure_name",
    "desk": "coalesce(s.desk, '')",
    "hour": "to_char(s.created_at AT TIME ZONE 'America/Mexico_City', 'HH24:00')",
    "staff": "coalesce(m.full_name, '')",
}
"""By what the figures are grouped, and the column that says it."""


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """Of one procedure, desk, hour or person.

    *asked* counts services; *attended* those that ended, *no_show* and *abandoned* those that did
    not; *in_time* of those attended waited no longer than their target, *chosen* were called out
    of turn. Waits and attentions are minutes, None where nobody was attended. A pause counts in
    neither.
    """

    group: str
    asked: int
    attended: int
    no_show: int
    abandoned: int
    in_time: int
    chosen: int
    wait_half: Decimal | None
    wait_most: Decimal | None
    service_half: Decimal | None
    service_most: Decimal | None


_FIGURES = """
    SELECT {group} AS "group", count(*) AS asked,
           count(*) FILTER (WHERE x.state = 'done') AS attended,
           count(*) FILTER (WHERE x.state = 'no_show') AS no_show,
           count(*) FILTER (WHERE x.state = 'abandoned') AS abandoned,
           count(*) FILTER (WHERE x.state = 'done' AND x.waited <= x.wait_minutes) AS in_time,
           count(*) FILTER (WHERE x.chosen) AS chosen,
           {wait_half} AS wait_half, {wait_most} AS wait_most,
           {service_half} AS service_half, {service_most} AS service_most
    FROM (SELECT {column} AS label, s.state, s.wait_minutes, i.waited, i.served, i.chosen
          FROM queue_ticket t
          JOIN service_request s ON s.ticket_id = t.id
          LEFT JOIN staff_member m ON m.username = s.attended_by
          CROSS JOIN LATERAL (
              SELECT sum(extract(epoch FROM v.ended_at - v.began_at)) FILTER (
                         WHERE v.state IN ('waiting', 'called')) / 60 AS waited,
                     sum(extract(epoch FROM v.ended_at - v.began_at)) FILTER (
                         WHERE v.state = 'serving') / 60 AS served,
                     coalesce(bool_or(v.act = 'call_chosen'), false) AS chosen
              FROM service_interval v WHERE v.request_id = s.id) i
          WHERE t.business_date BETWEEN :first AND :last) x
    GROUP BY x.label ORDER BY x.label
"""


def _percentile(share: str, column: str) -> str:
    return (
        f"(percentile_cont({share}) WITHIN GROUP (ORDER BY x.{column})"
        " FILTER (WHERE x.state = 'done'))::numeric(8, 1)"
    )


def figures(connection: Connection, dimension: str, first: date, last: date) -> list[QueueFigures]:
    """One row for each group; both days included.

    Raises:
        KeyError: *dimension* is none of ``DIMENSIONS``.
    """
    query = _FIGURES.format(
        column=DIMENSIONS[dimension],
        group="desk_name(x.label)" if dimension == "desk" else "x.label",
        wait_half=_percentile("0.5", "waited"),
        wait_most=_percentile("0.9", "waited"),
        service_half=_percentile("0.5", "served"),
        service_most=_percentile("0.9", "served"),
    )
    return fetch(connection, QueueFigures, query, first=first, last=last)
