"""A water bill with everything its paper says, one or a route of them in the route's order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, statement

HISTORY = 13
"""Periods of consumption on the bill, the one billed among them."""


@dataclass(frozen=True, slots=True)
class BillRecord:
    """A bill as posted, with the account as it was on the day of issue. Pesos and m³.

    ``lines`` have concept, amount, tax and the basis that billing wrote; ``history`` has period,
    volume and estimated, the oldest first; a reading is known where the meter gave one.
    """

    bill_id: int
    account_number: str
    holder: str
    address: str
    neighbourhood: str
    postal_code: str
    sector: str
    route: str
    sequence: int
    use_name: str
    zone_name: str
    modality: str
    meter: str
    period_code: str
    period_name: str
    starts_on: date
    ends_on: date
    issued_on: date
    due_on: date
    consumption: int
    estimated: bool
    previous_value: int | None
    current_value: int | None
    previous_on: date | None
    current_on: date | None
    history: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    previous_balance: Decimal
    previous_surcharges: Decimal
    previous_periods: int
    credit_applied: Decimal
    office_id: int | None
    demonstration: bool


_RECORD = f"""
    SELECT b.id AS bill_id, a.account_number, coalesce(k.full_name, 'SIN TITULAR') AS holder,
           p.street || ' ' || p.exterior_number || coalesce(' int. ' || p.interior_number, '')
               AS address,
           n.name AS neighbourhood, p.postal_code, r.sector, r.code AS route, t.sequence,
           coalesce(u.name, b.use_class) AS use_name, coalesce(z.name, b.zone) AS zone_name,
           b.modality, coalesce(m.serial_number, '') AS meter, b.period_code,
           bp.name AS period_name, bp.starts_on, bp.ends_on, b.issued_on, b.due_on, b.consumption,
           b.estimated, g.previous_value, g.current_value,
           (SELECT max(x.read_on) FROM meter_reading x WHERE x.account_id = b.account_id
            AND x.read_on < bp.starts_on) AS previous_on,
           g.current_on, h.history, l.lines, b.previous_balance, b.previous_surcharges,
           b.previous_periods, b.credit_balance AS credit_applied,
           (SELECT o.id FROM rule_set o WHERE o.kind = 'office' AND o.valid @> b.issued_on)
               AS office_id,
           a.is_demonstration OR tariff.is_demonstration AS demonstration
    FROM bill b
    JOIN billing_run run ON run.id = b.run_id
    JOIN rule_set tariff ON tariff.id = run.tariff_id
    JOIN billing_period bp ON bp.code = b.period_code
    JOIN account a ON a.id = b.account_id
    JOIN tap t ON t.id = a.tap_id
    JOIN premises p ON p.id = t.premises_id
    JOIN neighbourhood n ON n.id = p.neighbourhood_id
    JOIN route r ON r.code = t.route_code
    LEFT JOIN account_holding ah ON ah.account_id = a.id AND ah.role = 'holder'
        AND ah.valid @> b.issued_on
    LEFT JOIN customer_card k ON k.id = ah.customer_id
    LEFT JOIN use_class u ON u.code = b.use_class
    LEFT JOIN zone z ON z.code = b.zone
    LEFT JOIN meter_installation mi ON mi.tap_id = t.id AND mi.valid @> bp.ends_on
    LEFT JOIN meter m ON m.id = mi.meter_id
    LEFT JOIN LATERAL (
        SELECT (array_agg(s.previous_value ORDER BY s.segment DESC)
                   FILTER (WHERE s.value IS NOT NULL))[1] AS previous_value,
               (array_agg(s.value ORDER BY s.segment DESC)
                   FILTER (WHERE s.value IS NOT NULL))[1] AS current_value,
               max(s.read_on) AS current_on
        FROM meter_reading s
        WHERE s.account_id = b.account_id AND s.period_code = b.period_code
          AND b.modality = 'metered') g ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(jsonb_build_object('period', e.name, 'volume', e.consumption,
                   'estimated', e.estimated) ORDER BY e.starts_on), '[]') AS history
        FROM (SELECT ep.name, ep.starts_on, eb.consumption, eb.estimated
              FROM bill eb JOIN billing_period ep ON ep.code = eb.period_code
              WHERE eb.account_id = b.account_id AND ep.starts_on <= bp.starts_on
                AND b.modality = 'metered'
              ORDER BY ep.starts_on DESC LIMIT {HISTORY}) e) h
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(jsonb_build_object('concept', c.name, 'amount', q.amount::text,
                   'tax', q.tax::text, 'basis', q.basis, 'of', base.name)
                   ORDER BY c.settlement_order), '[]') AS lines
        FROM charge q
        JOIN concept c ON c.code = q.concept
        LEFT JOIN concept base ON base.code = q.basis ->> 'of'
        WHERE q.account_id = b.account_id AND q.bill_id = b.id) l
"""


def bill_record(connection: Connection, bill_id: int) -> BillRecord | None:
    """One bill, or None."""
    found = fetch(connection, BillRecord, f"{_RECORD} WHERE b.id = :bill_id", bill_id=bill_id)
    return found[0] if found else None


def bill_records(connection: Connection, bill_ids: list[int]) -> list[BillRecord]:
    """Several bills in the order in which the route is walked."""
    return fetch(
        connection,
        BillRecord,
        f"{_RECORD} WHERE b.id = ANY (:bill_ids) ORDER BY t.sequence, a.account_number",
        bill_ids=bill_ids,
    )


def bills_of_route(connection: Connection, period: str, route: str) -> list[int]:
    """The bills of a route and period, as the route is walked."""
    found = connection.execute(
        statement(
            "SELECT b.id FROM bill b JOIN billing_run r ON r.id = b.run_id"
            " JOIN account a ON a.id = b.account_id JOIN tap t ON t.id = a.tap_id"
            " WHERE r.period_code = :period AND r.route_code = :route"
            " ORDER BY t.sequence, a.account_number"
        ),
        {"period": period, "route": route},
    )
    return list(found.scalars())
