"""What a till needs to know: tills, the session, its receipts, closings, sheets to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class TillRow:
    """A till; float and limit in pesos."""

    code: str
    name: str
    station: str | None
    opening_float: Decimal
    cash_limit: Decimal | None
    tenders: tuple[str, ...]
    active: bool


def tills(connection: Connection) -> list[TillRow]:
    """By code."""
    found = fetch(
        connection,
        TillRow,
        "SELECT code, name, station, opening_float, cash_limit, tenders, active FROM till"
        " WHERE kind = 'drawer' ORDER BY code",
    )
    return [_frozen(till) for till in found]


def _frozen(till: TillRow) -> TillRow:
    return TillRow(
        till.code, till.name, till.station, till.opening_float, till.cash_limit,
        tuple(till.tenders), till.active,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A cash session as its cashier sees it: no expected amounts (H4). Pesos."""

    session_id: int
    folio: str
    till_code: str
    till_name: str
    cashier: str
    cashier_name: str
    business_date: date
    state: str
    opening_counted: Decimal
    opened_at: datetime
    receipts: int
    last_receipt_id: int | None
    last_folio: str | None
    last_applied: Decimal | None
    held_sales: int


def own_open_session(connection: Connection) -> SessionRow | None:
    """The caller's session that is open or being counted."""
    return fetch_one(
        connection,
        SessionRow,
        """
        SELECT s.id AS session_id, s.folio, s.till_code, t.name AS till_name, s.cashier,
               m.full_name AS cashier_name, s.business_date, s.state, s.opening_counted,
               s.opened_at,
               (SELECT count(*) FROM payment y WHERE y.session_id = s.id) AS receipts,
               l.receipt_id AS last_receipt_id, l.folio AS last_folio, l.applied AS last_applied,
               (SELECT count(*) FROM held_sale h WHERE h.session_id = s.id) AS held_sales
        FROM cash_session s
        JOIN till t ON t.code = s.till_code
        JOIN staff_member m ON m.username = s.cashier
        LEFT JOIN LATERAL (
            SELECT r.id AS receipt_id, r.folio, y.applied
            FROM receipt r JOIN payment y ON y.id = r.payment_id
            WHERE y.session_id = s.id ORDER BY r.number DESC LIMIT 1) l ON true
        WHERE s.cashier = session_user AND s.state IN ('open', 'counting')
        """,
    )


@dataclass(frozen=True, slots=True)
class HeldSaleRow:
    """A sale set aside (F6); ``lines`` as the table of charges tells them."""

    held_sale_id: int
    account_id: int
    account_number: str
    holder_name: str
    label: str
    charge_ids: tuple[int, ...]
    lines: int
    held_at: datetime


def held_sales(connection: Connection, session_id: int) -> list[HeldSaleRow]:
    """Oldest first."""
    found = fetch(
        connection,
        HeldSaleRow,
        """
        SELECT h.id AS held_sale_id, h.account_id, d.account_number, d.holder_name, h.label,
               h.charge_ids, h.held_at,
               (SELECT count(DISTINCT (CASE WHEN c.parent_charge_id IS NULL THEN ''
                                       ELSE c.concept END, coalesce(c.parent_charge_id, c.id)))
                FROM charge c JOIN jsonb_array_elements_text(h.charge_ids) e
                    ON c.id = e.value::bigint) AS lines
        FROM held_sale h JOIN account_directory d ON d.account_id = h.account_id
        WHERE h.session_id = :session_id ORDER BY h.held_at
        """,
        session_id=session_id,
    )
    return [
        HeldSaleRow(
            row.held_sale_id, row.account_id, row.account_number, row.holder_name, row.label,
            tuple(int(key) for key in row.charge_ids), row.lines, row.held_at,
        )
        for row in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt with its frozen content and hash."""

    receipt_id: int
    folio: str
    hash: str
    content: dict[str, Any]


def receipt(connection: Connection, receipt_id: int) -> ReceiptRow | None:
    """By its key."""
    return fetch_one(
        connection,
        ReceiptRow,
        "SELECT id AS receipt_id, folio, hash, content FROM receipt WHERE id = :receipt_id",
        receipt_id=receipt_id,
    )


def receipt_by_folio(connection: Connection, folio: str) -> ReceiptRow | None:
    """By its folio as printed."""
    return fetch_one(
        connection,
        ReceiptRow,
        "SELECT id AS receipt_id, folio, hash, content FROM receipt WHERE folio = :folio",
        folio=folio,
    )


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """A closing with its frozen content."""

    closing_id: int
    session_id: int
    folio: str
    closed_at: datetime
    content: dict[str, Any]


def closing(connection: Connection, closing_id: int) -> ClosingRow | None:
    """By its key; only one's own, unless one supervises."""
    return fetch_one(
        connection,
        ClosingRow,
        "SELECT id AS closing_id, session_id, folio, closed_at, content FROM cash_closing"
        " WHERE id = :closing_id",
        closing_id=closing_id,
    )


def set_aside(connection: Connection, closing_id: int, at: datetime) -> str:
    """Why a closing had been set aside by a moment, or nothing: it stood then."""
    found = fetch_one(
        connection,
        _Reopened,
        "SELECT reason FROM session_reopening"
        " WHERE closing_id = :closing_id AND reopened_at <= :at",
        closing_id=closing_id,
        at=at,
    )
    return found.reason if found else ""


@dataclass(frozen=True, slots=True)
class _Reopened:
    reason: str


def office_settings(connection: Connection, rule_set_id: int | None) -> dict[str, Any]:
    """Letterhead, legends and the rest of one version of the office's settings."""
    found = fetch(
        connection,
        _Setting,
        "SELECT key, value FROM office_setting WHERE rule_set_id = :rule_set_id",
        rule_set_id=rule_set_id,
    )
    return {row.key: row.value for row in found}


def office_settings_today(connection: Connection) -> dict[str, Any]:
    """The same, of the version in force today."""
    found = fetch(
        connection,
        _Setting,
        "SELECT s.key, s.value FROM office_setting s JOIN rule_set r ON r.id = s.rule_set_id"
        " WHERE r.kind = 'office' AND r.valid @> office_today()",
    )
    return {row.key: row.value for row in found}


@dataclass(frozen=True, slots=True)
class _Setting:
    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A sheet that left the program: which copy, who, when, and the hash of its bytes."""

    document_id: int
    kind: str
    subject_id: int
    format: str
    copy_number: int
    sha256: str | None
    reason: str
    issued_by_name: str
    issued_at: datetime


_ISSUED = """
    SELECT d.id AS document_id, d.kind, d.subject_id, d.format, d.copy_number, d.sha256, d.reason,
           coalesce(m.full_name, d.issued_by) AS issued_by_name, d.issued_at
    FROM issued_document d LEFT JOIN staff_member m ON m.username = d.issued_by
"""


def issued_documents(connection: Connection, kind: str, subject_id: int) -> list[IssuedRow]:
    """The original first, then its copies."""
    return fetch(
        connection,
        IssuedRow,
        f"{_ISSUED} WHERE d.kind = :kind AND d.subject_id = :subject_id ORDER BY d.copy_number",
        kind=kind,
        subject_id=subject_id,
    )


def issued_document(connection: Connection, document_id: int) -> IssuedRow | None:
    """By its key."""
    return fetch_one(
        connection, IssuedRow, f"{_ISSUED} WHERE d.id = :document_id", document_id=document_id
    )


@dataclass(frozen=True, slots=True)
class _Frozen:
    content: dict[str, Any]


def issued_content(connection: Connection, document_id: int) -> dict[str, Any] | None:
    """What a sheet of custody said when it was issued."""
    found = fetch_one(
        connection,
        _Frozen,
        "SELECT content FROM issued_content WHERE document_id = :document_id",
        document_id=document_id,
    )
    return found.content if found else None


def unprinted_original(connection: Connection, kind: str, subject_id: int) -> int | None:
    """The original sheet that the caller issued and that no printer reported as printed."""
    found = fetch_one(
        connection,
        _Document,
        """
        SELECT d.id AS document_id FROM issued_document d
        WHERE d.kind = :kind AND d.subject_id = :subject_id AND d.copy_number = 0
          AND d.issued_by = session_user
          AND NOT EXISTS (SELECT FROM print_job p
                          WHERE p.document_id = d.id AND p.state IN ('printed', 'saved'))
        """,
        kind=kind,
        subject_id=subject_id,
    )
    return found.document_id if found else None


@dataclass(frozen=True, slots=True)
class _Document:
    document_id: int


@dataclass(frozen=True, slots=True)
class TrayRow:
    """A sheet that has not come out of the printer yet (O2)."""

    document_id: int
    kind: str
    subject_id: int
    format: str
    copy_number: int
    folio: str
    printer: str
    state: str
    problem: str
    issued_at: datetime


def print_tray(connection: Connection) -> list[TrayRow]:
    """The caller's sheets of the last three days whose last report is not that they came out.

    Without those of receipts that were voided meanwhile.
    """
    return fetch(
        connection,
        TrayRow,
        """
        SELECT d.id AS document_id, d.kind, d.subject_id, d.format, d.copy_number,
               coalesce(r.folio, z.folio, x.content ->> 'folio', '') AS folio,
               coalesce(j.printer, '') AS printer,
               coalesce(j.state, 'pending') AS state, coalesce(j.problem, '') AS problem,
               d.issued_at
        FROM issued_document d
        LEFT JOIN LATERAL (SELECT p.state, p.printer, p.problem FROM print_job p
                           WHERE p.document_id = d.id ORDER BY p.id DESC LIMIT 1) j ON true
        LEFT JOIN receipt r ON d.kind = 'receipt' AND r.id = d.subject_id
        LEFT JOIN cash_closing z ON d.kind = 'closing' AND z.id = d.subject_id
        LEFT JOIN issued_content x ON x.document_id = d.id
        WHERE d.issued_by = session_user AND d.issued_at > now() - interval '3 days'
          AND (d.kind IN ('receipt', 'closing') OR x.document_id IS NOT NULL)
          AND coalesce(j.state, 'pending') IN ('pending', 'failed')
          AND NOT EXISTS (SELECT FROM receipt_void v WHERE d.kind = 'receipt'
                          AND v.receipt_id = d.subject_id AND v.voided_at > d.issued_at)
        ORDER BY d.issued_at
        """,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """Something another station (or this one) committed."""

    topic: str
    subject: str


@dataclass(frozen=True, slots=True)
class _Mark:
    mark: int
    now: datetime


def changes_since(connection: Connection, mark: int) -> tuple[int, datetime, list[Change]]:
    """Changes of transactions not known to be finished at ``mark``; gives the next mark and the
    server's clock. A transaction that commits late is never missed: the mark is the oldest
    transaction still under way, so a change may come twice but not never (D10).
    """
    head = fetch_one(
        connection,
        _Mark,
        "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS mark,"
        " clock_timestamp() AS now",
    )
    if head is None:
        raise LookupError("no snapshot")
    if mark == 0:
        return head.mark, head.now, []
    found = fetch(
        connection,
        Change,
        "SELECT DISTINCT topic, subject FROM change_notice WHERE xid >= :mark",
        mark=mark,
    )
    return head.mark, head.now, found
