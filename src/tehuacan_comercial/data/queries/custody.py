"""What custody needs to know: deliveries, blockers of a close, sessions under supervision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from tehuacan_comercial.data.queries.fetch import fetch


@dataclass(frozen=True, slots=True)
class WithdrawalRow:
    """A partial delivery; pesos."""

    withdrawal_id: int
    session_id: int
    session_folio: str
    till_name: str
    folio: str
    amount: Decimal
    denominations: dict[str, Any]
    note: str
    state: str
    sent_by_name: str
    sent_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    decision_note: str


_WITHDRAWAL = """
    SELECT w.id AS withdrawal_id, w.session_id, s.folio AS session_folio,
           l.name AS till_name, w.folio,
           w.amount, w.denominations, w.note, w.state, g.full_name AS sent_by_name, w.sent_at,
           coalesce(d.full_name, '') AS decided_by_name, w.decided_at, w.decision_note
    FROM withdrawal w
    JOIN cash_session s ON s.id = w.session_id
    JOIN till l ON l.code = s.till_code
    JOIN staff_member g ON g.username = w.sent_by
    LEFT JOIN staff_member d ON d.username = w.decided_by
"""


def withdrawals(connection: Connection, session_id: int) -> list[WithdrawalRow]:
    """Of a session, newest first."""
    return fetch(
        connection,
        WithdrawalRow,
        f"{_WITHDRAWAL} WHERE w.session_id = :session_id ORDER BY w.number DESC",
        session_id=session_id,
    )


def withdrawals_in_transit(connection: Connection) -> list[WithdrawalRow]:
    """That the caller may see, oldest first."""
    return fetch(
        connection, WithdrawalRow, f"{_WITHDRAWAL} WHERE w.state = 'in_transit' ORDER BY w.sent_at"
    )


@dataclass(frozen=True, slots=True)
class BlockerRow:
    """Something between a session and its close; ``blocking`` refuses it, the rest reminds."""

    code: str
    subject: str
    facts: dict[str, Any]
    blocking: bool


def closing_blockers(connection: Connection, session_id: int) -> list[BlockerRow]:
    """What blocks first, then by age."""
    return fetch(
        connection, BlockerRow, "SELECT * FROM closing_blockers(:session_id)", session_id=session_id
    )


def cash_level(connection: Connection, session_id: int) -> str | None:
    """One of none, free, near, full; None when the session is not the caller's to see."""
    found = connection.execute(
        text("SELECT cash_level(:session_id)"), {"session_id": session_id}
    ).scalar()
    return None if found is None else str(found)


@dataclass(frozen=True, slots=True)
class SupervisedRow:
    """A session as supervision sees it; cash by the books in pesos, without what is in transit."""

    session_id: int
    folio: str
    till_code: str
    till_name: str
    cashier: str
    cashier_name: str
    cashier_active: bool
    business_date: date
    state: str
    opened_at: datetime
    closed_at: datetime | None
    taken_by: str | None
    cash: Decimal
    in_transit: Decimal
    level: str
    closing_id: int | None
    closing_difference: Decimal | None
    last_at: datetime | None


def supervised_sessions(connection: Connection) -> list[SupervisedRow]:
    """What waits for somebody, and what was verified of today; ``last_at`` is a charge."""
    return fetch(
        connection,
        SupervisedRow,
        """
        SELECT s.id AS session_id, s.folio, s.till_code, k.name AS till_name, s.cashier,
               m.full_name AS cashier_name, m.active AS cashier_active, s.business_date, s.state,
               s.opened_at, s.closed_at,
               t.taken_by, (SELECT e.expected FROM session_expected(s.id) e
                            WHERE e.tender = 'cash') - w.pesos AS cash,
               w.pesos AS in_transit, cash_level(s.id) AS level, c.id AS closing_id,
               (SELECT sum(l.difference) FROM cash_closing_line l WHERE l.closing_id = c.id)
                   AS closing_difference,
               (SELECT max(p.posted_at) FROM payment p WHERE p.session_id = s.id) AS last_at
        FROM cash_session s
        JOIN till k ON k.code = s.till_code
        JOIN staff_member m ON m.username = s.cashier
        LEFT JOIN session_takeover t ON t.session_id = s.id
        LEFT JOIN cash_closing c ON c.session_id = s.id AND NOT EXISTS (
            SELECT FROM session_reopening o WHERE o.closing_id = c.id)
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(x.amount), 0.00) AS pesos FROM (
                SELECT d.amount FROM withdrawal d
                WHERE d.session_id = s.id AND d.state = 'in_transit'
                UNION ALL
                SELECT i.amount FROM handover_item i JOIN handover h ON h.id = i.handover_id
                WHERE h.from_session_id = s.id AND i.tender = 'cash'
                  AND i.state = 'in_transit') x) w
        WHERE s.state <> 'verified' OR s.business_date = office_today()
        ORDER BY s.state = 'verified', s.state IN ('open', 'counting') DESC, s.business_date,
                 s.till_code
        """,
    )


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """What a drawer was short (below zero: the cashier's debt) or over, pesos.

    ``source`` is closing or verification.
    """

    cashier: str
    cashier_name: str
    session_id: int
    session_folio: str
    till: str
    business_date: date
    source: str
    closing_folio: str
    tender: str
    amount: Decimal


def cashier_differences(connection: Connection, since: date, until: date) -> list[DifferenceRow]:
    """Of sessions of those days, newest first; a cashier sees their own."""
    return fetch(
        connection,
        DifferenceRow,
        """
        SELECT cashier, cashier_name, session_id, session_folio, till, business_date, source,
               closing_folio, tender, amount
        FROM cashier_difference WHERE business_date BETWEEN :since AND :until
        ORDER BY business_date DESC, session_id DESC, source,
                 array_position(ARRAY['cash', 'card', 'transfer', 'cheque'], tender)
        """,
        since=since,
        until=until,
    )
