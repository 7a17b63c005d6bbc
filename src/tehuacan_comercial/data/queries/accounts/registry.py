"""Readings of an account and its dated history: holder, terms, state, meter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading, m³; ``kind`` is actual, estimated or missing."""

    period_code: str
    period_name: str
    read_on: date
    meter_serial: str
    previous_value: int | None
    value: int | None
    consumption: int | None
    kind: str
    anomaly: str


def readings(connection: Connection, account_id: int) -> list[ReadingRow]:
    """Newest first."""
    return fetch(
        connection,
        ReadingRow,
        """
        SELECT r.period_code, p.name AS period_name, r.read_on,
               coalesce(m.serial_number, '') AS meter_serial, r.previous_value, r.value,
               r.consumption, r.kind, coalesce(r.anomaly, '') AS anomaly
        FROM meter_reading r
        JOIN billing_period p ON p.code = r.period_code
        LEFT JOIN meter m ON m.id = r.meter_id
        WHERE r.account_id = :account_id ORDER BY r.read_on DESC, r.segment DESC
        """,
        account_id=account_id,
    )


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One dated fact of "who is this account": holder, terms, state or meter (B1)."""

    subject: str
    detail: str
    since: date | None
    until: date | None


def history(connection: Connection, account_id: int) -> list[HistoryRow]:
    """Newest first; ``until`` is the last day it held, None while it holds."""
    return fetch(
        connection,
        HistoryRow,
        """
        SELECT x.subject, x.detail, lower(x.valid) AS since, upper(x.valid) - 1 AS until
        FROM (
            SELECT h.role AS subject, k.full_name || coalesce(' · RFC ' || k.rfc, '')
                   || coalesce(' · CURP ' || k.curp, '') AS detail, h.valid
            FROM account_holding h JOIN customer_card k ON k.id = h.customer_id
            WHERE h.account_id = :account_id
            UNION ALL
            SELECT 'state', s.state, s.valid FROM account_state s WHERE s.account_id = :account_id
            UNION ALL
            SELECT 'terms', concat_ws(' · ', u.name, z.name, t.modality,
                   CASE WHEN t.water THEN 'water' END, CASE WHEN t.sewerage THEN 'sewerage' END,
                   CASE WHEN t.sanitation THEN 'sanitation' END), t.valid
            FROM account_terms t JOIN use_class u ON u.code = t.use_class
            JOIN zone z ON z.code = t.zone WHERE t.account_id = :account_id
            UNION ALL
            SELECT 'meter', m.serial_number || coalesce(' · ' || m.brand, ''), i.valid
            FROM account a JOIN meter_installation i ON i.tap_id = a.tap_id
            JOIN meter m ON m.id = i.meter_id WHERE a.id = :account_id) x
        ORDER BY lower(x.valid) DESC NULLS LAST, x.subject
        """,
        account_id=account_id,
    )
