"""Billing periods, what was billed, and what the books hold of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one, statement


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A billing period, and how many routes of all have been billed, at least in part."""

    code: str
    name: str
    starts_on: date
    ends_on: date
    issued_on: date
    due_on: date
    state: str
    routes_billed: int
    routes: int


def periods(connection: Connection) -> list[PeriodRow]:
    """Newest first."""
    return fetch(
        connection,
        PeriodRow,
        "SELECT p.code, p.name, p.starts_on, p.ends_on, p.issued_on, p.due_on, p.state,"
        " (SELECT count(DISTINCT r.route_code) FROM billing_run r WHERE r.period_code = p.code)"
        " AS routes_billed,"
        " (SELECT count(*) FROM route) AS routes FROM billing_period p ORDER BY p.starts_on DESC",
    )


def route_codes(connection: Connection) -> list[str]:
    """Every route, in order."""
    return list(connection.execute(statement("SELECT code FROM route ORDER BY code")).scalars())


@dataclass(frozen=True, slots=True)
class BillingControl:
    """What the bills and the charges of a period add up to, pesos with tax, read from the rows."""

    bills: int
    billed: Decimal
    charged: Decimal


def billing_control(connection: Connection, period: str) -> BillingControl:
    """Recomputed from the bills and the charges themselves; the whole period."""
    found = fetch_one(
        connection,
        BillingControl,
        "SELECT count(*) AS bills, coalesce(sum(b.amount + b.tax), 0.00) AS billed,"
        " (SELECT coalesce(sum(c.total), 0.00) FROM charge c"
        "  WHERE c.period_code = :period AND c.source = 'billing') AS charged"
        " FROM bill b WHERE b.period_code = :period",
        period=period,
    )
    return found or BillingControl(0, Decimal("0.00"), Decimal("0.00"))
