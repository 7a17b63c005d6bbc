"""What is read about an account: search, banner, open items, statement, bills, readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one
from tehuacan_comercial.domain.open_items import OpenItem

SEARCH_LIMIT = 50


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One account found; ``debt`` in pesos, tax included."""

    account_id: int
    account_number: str
    holder_name: str
    address: str
    neighbourhood: str
    meter_serial: str | None
    state: str
    debt: Decimal


_HIT = """
    SELECT d.account_id, d.account_number, d.holder_name, d.address, d.neighbourhood,
           d.meter_serial, d.state,
           (SELECT coalesce(sum(c.total - c.settled), 0.00) FROM charge c
            WHERE c.account_id = d.account_id AND c.settled < c.total) AS debt
"""


def search_by_terms(
    connection: Connection, terms: tuple[str, ...], limit: int = SEARCH_LIMIT
) -> list[SearchHit]:
    """Accounts whose text holds every term, accents and word order aside (B2).

    Short texts match thousands of accounts, so nothing is sorted for them: the first matches are
    enough to go on typing (D14). Debt is looked up only for the rows that are shown.
    """
    patterns = {f"term{index}": f"%{term}%" for index, term in enumerate(terms)}
    where = " AND ".join(f"search_text LIKE :{name}" for name in patterns)
    ordered = max(len(term) for term in terms) >= 3
    order = "ORDER BY sort_key, account_number" if ordered else ""
    return fetch(
        connection,
        SearchHit,
        f"{_HIT} FROM (SELECT * FROM account_directory WHERE {where} {order} LIMIT :limit) d",
        limit=limit,
        **patterns,
    )


def search_by_number(connection: Connection, number: str) -> list[SearchHit]:
    """The account of exactly that number, with or without its dashes."""
    return fetch(
        connection,
        SearchHit,
        f"{_HIT} FROM account_directory d"
        " WHERE d.account_number = :number OR replace(d.account_number, '-', '') = :number"
        " ORDER BY d.account_number LIMIT 5",
        number=number,
    )


def search_by_folio(connection: Connection, folio: str) -> list[SearchHit]:
    """The account that a receipt was issued to."""
    return fetch(
        connection,
        SearchHit,
        f"{_HIT} FROM receipt r JOIN account_directory d ON d.account_id = r.account_id"
        " WHERE r.folio = :folio",
        folio=folio,
    )


@dataclass(frozen=True, slots=True)
class AccountCard:
    """The banner of an account: who, where, how it is charged, since when. Money in pesos."""

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
    debt: Decimal
    overdue: Decimal
    overdue_periods: int
    oldest_due: date | None
    credit: Decimal
    last_payment_on: date | None
    estimated_in_a_row: int
    demonstration: bool


def account_card(connection: Connection, account_id: int) -> AccountCard | None:
    """Everything the banner and its alerts need, in one statement."""
    return fetch_one(
        connection,
        AccountCard,
        """
        SELECT d.account_id, d.account_number, d.holder_id, d.holder_name, d.address,
               d.neighbourhood, d.postal_code, d.meter_serial, k.phone, d.state, d.use_class,
               coalesce(u.name, d.use_class) AS use_name, coalesce(u.domestic, false) AS domestic,
               d.zone, coalesce(z.name, d.zone) AS zone_name, d.modality, d.sector, d.route_code,
               d.sequence, a.opened_on, coalesce(t.water, true) AS water,
               coalesce(t.sewerage, true) AS sewerage, coalesce(t.sanitation, true) AS sanitation,
               o.debt, o.overdue, o.overdue_periods, o.oldest_due,
               (SELECT coalesce(sum(m.amount), 0.00) FROM credit_movement m
                WHERE m.account_id = d.account_id) AS credit,
               (SELECT max(p.business_date) FROM payment p WHERE p.account_id = d.account_id)
                   AS last_payment_on,
               (SELECT count(*) FROM meter_reading r WHERE r.account_id = d.account_id
                AND r.kind <> 'actual' AND r.read_on > coalesce(
                    (SELECT max(x.read_on) FROM meter_reading x
                     WHERE x.account_id = d.account_id AND x.kind = 'actual'), '-infinity'))
                   AS estimated_in_a_row,
               a.is_demonstration AS demonstration
        FROM account_directory d
        JOIN account a ON a.id = d.account_id
        LEFT JOIN customer_card k ON k.id = d.holder_id
        LEFT JOIN use_class u ON u.code = d.use_class
        LEFT JOIN zone z ON z.code = d.zone
        LEFT JOIN account_terms t ON t.account_id = d.account_id AND t.valid @> office_today()
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


def open_items(connection: Connection, account_id: int) -> list[OpenItem]:
    """What the account owes, charge by charge, as the domain allocates it."""
    return fetch(
        connection,
        OpenItem,
        """
        SELECT c.id AS charge_id, c.concept, k.name AS concept_name,
               k.settlement_order AS concept_order, c.period_code AS period,
               coalesce(p.name, '') AS period_name, c.issued_on, c.due_on, c.amount, c.tax,
               c.settled, c.parent_charge_id
        FROM charge c
        JOIN concept k ON k.code = c.concept
        LEFT JOIN billing_period p ON p.code = c.period_code
        WHERE c.account_id = :account_id AND c.settled < c.total
        ORDER BY coalesce(c.due_on, c.issued_on), k.settlement_order, c.id
        """,
        account_id=account_id,
    )


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement of the account's statement; pesos, with the balance after it (B4)."""

    on: date
    sequence: int
    kind: str
    document: str
    detail: str
    charge: Decimal
    payment: Decimal
    balance: Decimal


def statement_lines(connection: Connection, account_id: int) -> list[StatementLine]:
    """Charges and what settled them, oldest first, with the running balance."""
    return fetch(
        connection,
        StatementLine,
        """
        WITH movement AS (
            SELECT c.issued_on AS on, c.id * 2 AS sequence, c.source AS kind,
                   coalesce(p.name, '') AS document,
                   k.name || CASE WHEN c.source = 'opening' THEN ' (saldo inicial)' ELSE '' END
                       AS detail, c.total AS charge, 0.00 AS payment
            FROM charge c JOIN concept k ON k.code = c.concept
            LEFT JOIN billing_period p ON p.code = c.period_code
            WHERE c.account_id = :account_id
            UNION ALL
            SELECT y.business_date, r.id * 2 + 1, 'payment', r.folio,
                   CASE WHEN y.advance > 0 THEN 'Pago, con saldo a favor' ELSE 'Pago' END,
                   0.00, y.settled - coalesce((
                       SELECT sum(t.applied) FROM payment_tender t
                       WHERE t.payment_id = y.id AND t.kind = 'credit'), 0) + y.advance
            FROM payment y JOIN receipt r ON r.payment_id = y.id
            WHERE y.account_id = :account_id)
        SELECT m.on, m.sequence, m.kind, m.document, m.detail, m.charge, m.payment,
               sum(m.charge - m.payment) OVER (ORDER BY m.on, m.sequence % 2, m.sequence) AS balance
        FROM movement m ORDER BY m.on, m.sequence % 2, m.sequence
        """,
        account_id=account_id,
    )


@dataclass(frozen=True, slots=True)
class BillRow:
    """A water bill of the account; pesos and m³."""

    bill_id: int
    period_code: str
    period_name: str
    issued_on: date
    due_on: date
    consumption: int
    estimated: bool
    amount: Decimal
    tax: Decimal
    total: Decimal
    outstanding: Decimal


def bills(connection: Connection, account_id: int) -> list[BillRow]:
    """Newest first."""
    return fetch(
        connection,
        BillRow,
        """
        SELECT b.id AS bill_id, b.period_code, p.name AS period_name, b.issued_on, b.due_on,
               b.consumption, b.estimated, b.amount, b.tax, b.amount + b.tax AS total,
               coalesce((SELECT sum(c.total - c.settled) FROM charge c
                         WHERE c.account_id = b.account_id AND c.bill_id = b.id), 0.00)
                   AS outstanding
        FROM bill b JOIN billing_period p ON p.code = b.period_code
        WHERE b.account_id = :account_id ORDER BY b.issued_on DESC, b.id DESC
        """,
        account_id=account_id,
    )


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment of the account with its receipt; pesos."""

    receipt_id: int
    folio: str
    posted_at: datetime
    business_date: date
    periods: str
    tenders: str
    applied: Decimal
    cashier_name: str
    till: str


_PAYMENT = """
    SELECT r.id AS receipt_id, r.folio, y.posted_at, y.business_date,
           (SELECT coalesce(string_agg(DISTINCT nullif(l.value ->> 'period', ''), ', '), '')
            FROM jsonb_array_elements(r.content -> 'lines') l) AS periods,
           (SELECT string_agg(t.kind, ',' ORDER BY t.line) FROM payment_tender t
            WHERE t.payment_id = y.id) AS tenders,
           y.applied, r.content ->> 'cashier_name' AS cashier_name, r.content ->> 'till' AS till
    FROM payment y JOIN receipt r ON r.payment_id = y.id
"""


def payments(connection: Connection, account_id: int) -> list[PaymentRow]:
    """Newest first."""
    return fetch(
        connection,
        PaymentRow,
        f"{_PAYMENT} WHERE y.account_id = :account_id ORDER BY y.posted_at DESC, y.id DESC",
        account_id=account_id,
    )


def session_payments(connection: Connection, session_id: int) -> list[PaymentRow]:
    """Payments of one cash session, newest first."""
    return fetch(
        connection,
        PaymentRow,
        f"{_PAYMENT} WHERE y.session_id = :session_id ORDER BY y.posted_at DESC, y.id DESC",
        session_id=session_id,
    )


@dataclass(frozen=True, slots=True)
class SessionReceipt:
    """A receipt as the closing report lists it; pesos."""

    folio: str
    posted_at: datetime
    account_number: str
    holder: str
    tenders: str
    applied: Decimal


def session_receipts(connection: Connection, session_id: int) -> list[SessionReceipt]:
    """Receipts of one cash session in order of their number."""
    return fetch(
        connection,
        SessionReceipt,
        """
        SELECT r.folio, y.posted_at, r.content ->> 'account_number' AS account_number,
               r.content ->> 'holder' AS holder,
               (SELECT string_agg(t.kind, ',' ORDER BY t.line) FROM payment_tender t
                WHERE t.payment_id = y.id) AS tenders, y.applied
        FROM receipt r JOIN payment y ON y.id = r.payment_id
        WHERE r.session_id = :session_id ORDER BY r.number
        """,
        session_id=session_id,
    )


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
