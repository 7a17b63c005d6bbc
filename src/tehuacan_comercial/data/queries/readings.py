"""What a reading sheet is made of and checked against: every meter of the period, and anomalies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class ReadingPeriodRow:
    """The period that is read, its state and the server's day."""

    code: str
    name: str
    starts_on: date
    ends_on: date
    state: str
    today: date


def reading_period(connection: Connection, code: str) -> ReadingPeriodRow | None:
    """The period, or None."""
    return fetch_one(
        connection,
        ReadingPeriodRow,
        "SELECT code, name, starts_on, ends_on, state, office_today() AS today"
        " FROM billing_period WHERE code = :code",
        code=code,
    )


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter at an account within the period; without one, the account alone.

    *segment* counts the meters of the period; readings are whole m³. *average* is that of the last
    six real consumptions, None without any; *after_estimate* says the previous one was supposed.
    """

    account_id: int
    account_number: str
    route_code: str
    sequence: int
    address: str
    neighbourhood: str
    state: str
    modality: str
    segment: int
    serial: str | None
    digits: int | None
    installed_on: date | None
    removed_on: date | None
    previous_value: int | None
    previous_on: date | None
    after_estimate: bool
    average: int | None
    billed: bool
    taken: bool


def meters_of_period(connection: Connection, code: str, route: str = "") -> list[MeterRow]:
    """Every account, or those of a route, as walked; a meter changed within the period gives two.

    *removed_on* is the last day the meter stood there.
    """
    return fetch(
        connection,
        MeterRow,
        """
        SELECT d.account_id, d.account_number, d.route_code, d.sequence, d.address,
               d.neighbourhood, d.state, d.modality,
               row_number() OVER (PARTITION BY a.id ORDER BY mi.valid)::integer AS segment,
               m.serial_number AS serial, m.digits, lower(mi.valid) AS installed_on,
               upper(mi.valid) - 1 AS removed_on,
               coalesce(past.value, mi.initial_value) AS previous_value,
               past.read_on AS previous_on, coalesce(past.kind = 'estimated', false)
                   AS after_estimate,
               usual.m3 AS average,
               EXISTS (SELECT FROM bill b WHERE b.account_id = a.id AND b.period_code = p.code)
                   AS billed,
               EXISTS (SELECT FROM meter_reading t WHERE t.account_id = a.id
                       AND t.period_code = p.code) AS taken
        FROM billing_period p
        CROSS JOIN account_directory d
        JOIN account a ON a.id = d.account_id
        LEFT JOIN meter_installation mi ON mi.tap_id = a.tap_id AND mi.valid && p.days
        LEFT JOIN meter m ON m.id = mi.meter_id
        LEFT JOIN LATERAL (
            SELECT g.value, g.read_on, g.kind FROM meter_reading g
            WHERE g.account_id = a.id AND g.meter_id = m.id AND g.value IS NOT NULL
              AND g.period_code <> p.code AND g.read_on <= p.ends_on
            ORDER BY g.read_on DESC, g.segment DESC LIMIT 1) past ON true
        LEFT JOIN LATERAL (
            SELECT round(avg(h.consumption))::integer AS m3 FROM (
                SELECT g.consumption FROM meter_reading g
                WHERE g.account_id = a.id AND g.kind = 'actual' AND g.period_code <> p.code
                  AND g.read_on < p.ends_on
                ORDER BY g.read_on DESC LIMIT 6) h) usual ON true
        WHERE p.code = :code AND (:route = '' OR d.route_code = :route)
        ORDER BY d.route_code, d.sequence, d.account_number, mi.valid
        """,
        code=code,
        route=route,
    )


@dataclass(frozen=True, slots=True)
class AnomalyRow:
    """What a reader may meet, and whether it excuses a missing reading."""

    code: str
    name: str
    allows_missing: bool


def anomalies_on(connection: Connection, day: date) -> list[AnomalyRow]:
    """The catalogue in force on a day."""
    return fetch(
        connection,
        AnomalyRow,
        """
        SELECT a.code, coalesce(a.name, a.code) AS name, a.allows_missing
        FROM office_setting o
        JOIN rule_set r ON r.id = o.rule_set_id AND r.kind = 'anomalies' AND r.valid @> :day
        CROSS JOIN jsonb_to_recordset(o.value) AS a (code text, name text, allows_missing boolean)
        WHERE o.key = 'anomalies' ORDER BY a.code
        """,
        day=day,
    )
