"""Vouchers of a day, their lines, and the receipts behind each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one, statement


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A voucher as issued and decided; pesos. ``sheet`` is what the verifier saw."""

    voucher_id: int
    kind: str
    business_date: date
    version: int
    state: str
    folio: str
    debit: Decimal
    note: str
    content: dict[str, Any]
    hash: str
    issued_by: str
    issued_by_name: str
    issued_at: datetime
    decided_by_name: str | None
    decided_at: datetime | None
    decision_note: str
    sheet: dict[str, Any] | None
    exports: int


_VOUCHER = """
    SELECT v.id AS voucher_id, v.kind, v.business_date, v.version, v.state, v.folio, v.debit,
           v.note, v.content, v.hash, v.issued_by,
           v.content ->> 'issued_by_name' AS issued_by_name, v.issued_at,
           v.sheet ->> 'decided_by_name' AS decided_by_name, v.decided_at, v.decision_note, v.sheet,
           (SELECT count(*) FROM voucher_export x WHERE x.voucher_id = v.id) AS exports
    FROM voucher v
"""


def vouchers_of(connection: Connection, day: date) -> list[VoucherRow]:
    """Every version of both kinds, the newest first."""
    return fetch(
        connection,
        VoucherRow,
        f"{_VOUCHER} WHERE v.business_date = :day ORDER BY v.kind, v.version DESC",
        day=day,
    )


def voucher(connection: Connection, voucher_id: int) -> VoucherRow | None:
    """One voucher."""
    return fetch_one(connection, VoucherRow, f"{_VOUCHER} WHERE v.id = :key", key=voucher_id)


@dataclass(frozen=True, slots=True)
class VoucherLineRow:
    """One entry; pesos on one side."""

    line: int
    section: str
    origin: str
    ledger: str
    concept: str | None
    concept_name: str
    account: str
    name: str
    debit: Decimal
    credit: Decimal


def voucher_lines(connection: Connection, voucher_id: int) -> list[VoucherLineRow]:
    """In the order of the voucher."""
    return fetch(
        connection,
        VoucherLineRow,
        """
        SELECT l.line, l.section, l.origin, l.ledger, l.concept,
               coalesce(k.name, '') AS concept_name, l.account, l.name, l.debit, l.credit
        FROM voucher_line l LEFT JOIN concept k ON k.code = l.concept
        WHERE l.voucher_id = :key ORDER BY l.line
        """,
        key=voucher_id,
    )


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A journal behind a line: signed pesos (debit positive) and the receipt it is about."""

    journal_id: int
    posted_at: datetime
    memo: str
    folio: str
    holder: str
    account_number: str
    amount: Decimal


def sources_of(connection: Connection, voucher_id: int, line: int) -> list[SourceRow]:
    """What makes up a line of a voucher as the books stand now, in the order it was posted."""
    return fetch(
        connection,
        SourceRow,
        """
        SELECT j.id AS journal_id, j.posted_at, j.memo, coalesce(r.folio, '') AS folio,
               coalesce(r.content ->> 'holder', '') AS holder,
               coalesce(r.content ->> 'account_number', '') AS account_number,
               CASE WHEN l.section = 'books' THEN f.amount
                    WHEN l.debit > 0 THEN abs(f.net) ELSE -abs(f.net) END AS amount
        FROM voucher v
        JOIN voucher_line l ON l.voucher_id = v.id AND l.line = :line
        JOIN LATERAL voucher_facts(v.kind, v.business_date) f
            ON f.origin = l.origin AND f.ledger = l.ledger
            AND f.concept IS NOT DISTINCT FROM l.concept
        JOIN journal j ON j.id = f.journal_id
        LEFT JOIN payment p ON p.journal_id = j.id
        LEFT JOIN receipt_void x ON x.journal_id = j.id
        LEFT JOIN receipt r ON r.payment_id = p.id OR r.id = x.receipt_id
        WHERE v.id = :key ORDER BY j.id
        """,
        key=voucher_id,
        line=line,
    )


@dataclass(frozen=True, slots=True)
class DayReceiptRow:
    """A receipt of the day, pesos without credit balance; ``voided`` is empty, void or reversal."""

    receipt_id: int
    session_id: int
    account_id: int
    folio: str
    holder: str
    account_number: str
    posted_at: datetime
    voided: str
    money: Decimal


def day_receipts(
    connection: Connection, day: date, session_id: int | None = None
) -> list[DayReceiptRow]:
    """All of a day, or of one of its sessions, in the order of their folios."""
    return fetch(
        connection,
        DayReceiptRow,
        """
        SELECT receipt_id, session_id, account_id, folio, holder, account_number, posted_at,
               voided, money
        FROM day_receipts(:day)
        WHERE CAST(:session AS bigint) IS NULL OR session_id = :session
        ORDER BY series, number
        """,
        day=day,
        session=session_id,
    )


@dataclass(frozen=True, slots=True)
class DayDepositRow:
    """What a closed session hands over for the bank, pesos; ``batch_state`` empty in no batch."""

    session_id: int
    handed: Decimal
    batch_state: str
    list_folio: str


def day_deposits(connection: Connection, day: date) -> list[DayDepositRow]:
    """Of the closed sessions of a day, by their folio."""
    return fetch(
        connection,
        DayDepositRow,
        """
        SELECT s.id AS session_id,
               (SELECT coalesce(sum(d.amount), 0.00) FROM session_deposit(s.id) d) AS handed,
               coalesce(b.state, '') AS batch_state, coalesce(l.folio, '') AS list_folio
        FROM cash_session s
        LEFT JOIN deposit_batch_session m ON m.session_id = s.id
        LEFT JOIN deposit_batch b ON b.id = m.batch_id
        LEFT JOIN deposit_list l ON l.batch_id = b.id
        WHERE s.business_date = :day AND s.state IN ('closed', 'verified')
        ORDER BY s.folio
        """,
        day=day,
    )


def verification_sheet(connection: Connection, day: date) -> dict[str, Any]:
    """The five totals as they stand now."""
    found = connection.execute(statement("SELECT verification_sheet(:day)"), {"day": day}).scalar()
    return dict(found or {})


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day with money or vouchers: how its two vouchers stand, empty where there is none."""

    day: date
    sessions: int
    collection: str
    discount: str


def recent_days(connection: Connection, limit: int) -> list[DayRow]:
    """The newest first."""
    return fetch(
        connection,
        DayRow,
        """
        SELECT d.day, (SELECT count(*) FROM cash_session s WHERE s.business_date = d.day)
                   AS sessions,
               coalesce((SELECT v.state FROM voucher v WHERE v.business_date = d.day
                   AND v.kind = 'collection' ORDER BY v.version DESC LIMIT 1), '') AS collection,
               coalesce((SELECT v.state FROM voucher v WHERE v.business_date = d.day
                   AND v.kind = 'discount' ORDER BY v.version DESC LIMIT 1), '') AS discount
        FROM (SELECT business_date AS day FROM cash_session
              UNION SELECT business_date FROM voucher
              ORDER BY day DESC LIMIT :limit) d
        ORDER BY d.day DESC
        """,
        limit=limit,
    )
