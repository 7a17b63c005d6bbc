"""What cashiers owe of the shortages of their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch


@dataclass(frozen=True, slots=True)
class DebtRow:
    """A session's shortage, what was put back of it and what is pending; pesos.

    ``how`` are the references of what was put back.
    """

    cashier: str
    cashier_name: str
    session_id: int
    session_folio: str
    till: str
    business_date: date
    state: str
    owed: Decimal
    settled: Decimal
    pending: Decimal
    how: str


def debts(connection: Connection, days: int) -> list[DebtRow]:
    """All that is pending, oldest first, then those of the last days; one's own or all."""
    return fetch(
        connection,
        DebtRow,
        """
        SELECT cashier, cashier_name, session_id, session_folio, till, business_date, state, owed,
               settled, pending, how
        FROM cashier_debt
        WHERE pending > 0 OR business_date >= office_today() - CAST(:days AS integer)
        ORDER BY pending > 0 DESC, business_date, session_id
        """,
        days=days,
    )
