"""The banner of an account and what the signed-in person may see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch_one


@dataclass(frozen=True, slots=True)
class Reach:
    """What PostgreSQL lets the signed-in person read of an account (D2)."""

    debt: bool
    payments: bool


def reach(connection: Connection) -> Reach:
    """Asked of the server itself, so that the screen and the grants cannot differ."""
    found = fetch_one(
        connection,
        Reach,
        """
        SELECT has_table_privilege('commercial.charge', 'SELECT')
               AND has_table_privilege('commercial.bill', 'SELECT') AS debt,
               has_table_privilege('commercial.payment', 'SELECT')
               AND has_table_privilege('commercial.credit_movement', 'SELECT') AS payments
        """,
    )
    return found or Reach(debt=False, payments=False)


@dataclass(frozen=True, slots=True)
class AccountOutline:
    """Who an account belongs to, where it is and how it is charged; nothing about money."""

    account_id: int
    account_number: str
    holder_id: int | None
    holder_name: str
    address: str
    neighbourhood: str
    postal_code: str
    meter_serial: str | None
    phone: str | None
    state: str
    use_class: str
    use_name: str
    domestic: bool
    zone: str
    zone_name: str
    modality: str
    sector: str
    route_code: str
    sequence: int
    opened_on: date
    water: bool
    sewerage: bool
    sanitation: bool
    estimated_in_a_row: int
    demonstration: bool


@dataclass(frozen=True, slots=True)
class AccountCard(AccountOutline):
    """The banner of an account: its outline and what it owes. Money in pesos."""

    debt: Decimal
    overdue: Decimal
    overdue_periods: int
    oldest_due: date | None
    credit: Decimal
    last_payment_on: date | None
    no_cheques_since: date | None = None


_OUTLINE = """
        SELECT d.account_id, d.account_number, d.holder_id, d.holder_name, d.address,
               d.neighbourhood, d.postal_code, d.meter_serial, k.phone, d.state, d.use_class,
               coalesce(u.name, d.use_class) AS use_name, coalesce(u.domestic, false) AS domestic,
               d.zone, coalesce(z.name, d.zone) AS zone_name, d.modality, d.sector, d.route_code,
               d.sequence, a.opened_on, coalesce(t.water, true) AS water,
               coalesce(t.sewerage, true) AS sewerage, coalesce(t.sanitation, true) AS sanitation,
               (SELECT count(*) FROM meter_reading r WHERE r.account_id = d.account_id
                AND r.kind <> 'actual' AND r.read_on > coalesce(
                    (SELECT max(x.read_on) FROM meter_reading x
                     WHERE x.account_id = d.account_id AND x.kind = 'actual'), '-infinity'))
                   AS estimated_in_a_row,
               a.is_demonstration AS demonstration
"""
_FROM = """
        FROM account_directory d
        JOIN account a ON a.id = d.account_id
        LEFT JOIN customer_card k ON k.id = d.holder_id
        LEFT JOIN use_class u ON u.code = d.use_class
        LEFT JOIN zone z ON z.code = d.zone
        LEFT JOIN account_terms t ON t.account_id = d.account_id AND t.valid @> office_today()
"""


def account_outline(connection: Connection, account_id: int) -> AccountOutline | None:
    """Who and where, for those who may not see money."""
    return fetch_one(
        connection,
        AccountOutline,
        f"{_OUTLINE} {_FROM} WHERE d.account_id = :account_id",
        account_id=account_id,
    )


def account_card(connection: Connection, account_id: int) -> AccountCard | None:
    """Everything the banner and its alerts need, in one statement."""
    return fetch_one(
        connection,
        AccountCard,
        f"""
        {_OUTLINE},
               o.debt, o.overdue, o.overdue_periods, o.oldest_due,
               (SELECT coalesce(sum(m.amount), 0.00) FROM credit_movement m
                WHERE m.account_id = d.account_id) AS credit,
               (SELECT max(p.business_date) FROM payment p WHERE p.account_id = d.account_id)
                   AS last_payment_on,
               (SELECT (b.placed_at AT TIME ZONE 'America/Mexico_City')::date FROM cheque_ban b
                WHERE b.account_id = d.account_id AND b.lifted_at IS NULL) AS no_cheques_since
        {_FROM}
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(c.total - c.settled), 0.00) AS debt,
                   coalesce(sum(c.total - c.settled) FILTER (WHERE c.due_on < office_today()), 0.00)
                       AS overdue,
                   count(DISTINCT c.period_code) FILTER (WHERE c.due_on < office_today())
                       AS overdue_periods,
                   min(c.due_on) AS oldest_due
            FROM charge c WHERE c.account_id = d.account_id AND c.settled < c.total) o
        WHERE d.account_id = :account_id
        """,
        account_id=account_id,
    )
