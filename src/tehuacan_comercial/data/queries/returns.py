"""Cheques that tills took and banks gave back, accounts without cheques, payments that moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class ChequeRow:
    """A cheque of a receipt that stands. Pesos; ``would_charge`` is the fee before tax by the rule
    of today, ``reopened`` and ``fee`` what its return made.

    ``account_number`` is the account that the payment counts for today.
    """

    receipt_id: int
    line: int
    folio: str
    posted_at: datetime
    business_date: date
    account_id: int
    account_number: str
    holder: str
    bank: str
    reference: str
    amount: Decimal
    cashier_name: str
    session_folio: str
    session_closed: bool
    would_charge: Decimal
    returned_on: date | None
    bank_reason: str
    notice: str
    reopened: Decimal | None
    fee: Decimal | None
    recorded_by_name: str
    recorded_at: datetime | None

    @property
    def key(self) -> str:
        """One row of a table."""
        return f"{self.receipt_id}/{self.line}"


_CHEQUE = """
    SELECT r.id AS receipt_id, t.line, r.folio, p.posted_at, p.business_date, d.account_id,
           d.account_number, d.holder_name AS holder, t.bank, t.reference, t.applied AS amount,
           r.content ->> 'cashier_name' AS cashier_name,
           r.content ->> 'session_folio' AS session_folio,
           s.state IN ('closed', 'verified') AS session_closed,
           cheque_fee(t.applied, f.rule) AS would_charge, x.returned_on,
           coalesce(x.bank_reason, '') AS bank_reason, coalesce(x.reference, '') AS notice,
           x.reopened, x.fee, coalesce(m.full_name, '') AS recorded_by_name, x.recorded_at
    FROM payment_tender t
    JOIN payment p ON p.id = t.payment_id
    JOIN receipt r ON r.payment_id = p.id
    JOIN cash_session s ON s.id = p.session_id
    LEFT JOIN tender_return x ON x.payment_id = t.payment_id AND x.line = t.line
    LEFT JOIN staff_member m ON m.username = x.recorded_by
    LEFT JOIN receipt_void v ON v.receipt_id = r.id
    CROSS JOIN cheque_fee_rule(office_today()) f
    JOIN account_directory d ON d.account_id = coalesce(x.account_id, (
        SELECT k.to_account_id FROM payment_transfer k WHERE k.payment_id = p.id
        ORDER BY k.transfer_number DESC LIMIT 1), p.account_id)
"""


def cheques(connection: Connection, days: int) -> list[ChequeRow]:
    """Cheques charged in the last days, newest first; not those of void receipts."""
    return fetch(
        connection,
        ChequeRow,
        f"{_CHEQUE} WHERE t.kind = 'cheque' AND v.id IS NULL"
        " AND p.business_date > office_today() - :days"
        " ORDER BY p.posted_at DESC, t.line LIMIT 2000",
        days=days,
    )


@dataclass(frozen=True, slots=True)
class BanRow:
    """An account that pays without cheques; ``lifted_at`` when that ended."""

    ban_id: int
    account_id: int
    account_number: str
    holder: str
    placed_at: datetime
    folio: str
    amount: Decimal
    bank_reason: str
    returns: int
    placed_by_name: str
    lifted_at: datetime | None
    lifted_by_name: str
    lift_reason: str


def bans(connection: Connection) -> list[BanRow]:
    """Those in force first, then newest first."""
    return fetch(
        connection,
        BanRow,
        """
        SELECT b.id AS ban_id, b.account_id, d.account_number, d.holder_name AS holder, b.placed_at,
               r.folio, x.amount, x.bank_reason,
               (SELECT count(*) FROM tender_return n WHERE n.account_id = b.account_id) AS returns,
               m.full_name AS placed_by_name, b.lifted_at,
               coalesce(l.full_name, '') AS lifted_by_name,
               coalesce(b.lift_reason, '') AS lift_reason
        FROM cheque_ban b
        JOIN tender_return x ON x.id = b.return_id
        JOIN receipt r ON r.id = x.receipt_id
        JOIN account_directory d ON d.account_id = b.account_id
        JOIN staff_member m ON m.username = b.placed_by
        LEFT JOIN staff_member l ON l.username = b.lifted_by
        ORDER BY b.lifted_at IS NOT NULL, b.placed_at DESC LIMIT 1000
        """,
    )


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A payment that moved; pesos."""

    transfer_id: int
    folio: str
    transferred_at: datetime
    receipt_id: int
    receipt_folio: str
    from_number: str
    from_holder: str
    to_number: str
    to_holder: str
    amount: Decimal
    settled: Decimal
    advance: Decimal
    reason: str
    requested_by_name: str
    transferred_by_name: str


def transfers(connection: Connection, days: int) -> list[TransferRow]:
    """Transfers of the last days, newest first."""
    return fetch(
        connection,
        TransferRow,
        """
        SELECT t.id AS transfer_id, t.folio, t.transferred_at, t.receipt_id,
               r.folio AS receipt_folio, t.content ->> 'from_number' AS from_number,
               t.content ->> 'from_holder' AS from_holder,
               t.content ->> 'account_number' AS to_number, t.content ->> 'holder' AS to_holder,
               t.amount, t.settled, t.advance, t.reason, q.full_name AS requested_by_name,
               d.full_name AS transferred_by_name
        FROM payment_transfer t
        JOIN receipt r ON r.id = t.receipt_id
        JOIN staff_member q ON q.username = t.requested_by
        JOIN staff_member d ON d.username = t.transferred_by
        WHERE t.business_date > office_today() - :days
        ORDER BY t.transferred_at DESC LIMIT 2000
        """,
        days=days,
    )


@dataclass(frozen=True, slots=True)
class TransferDocument:
    """The frozen content of a transfer and its seal."""

    transfer_id: int
    folio: str
    content: dict[str, Any]
    hash: str


def transfer_by_folio(connection: Connection, folio: str) -> TransferDocument | None:
    """One transfer by its folio as printed."""
    return fetch_one(
        connection,
        TransferDocument,
        "SELECT id AS transfer_id, folio, content, hash FROM payment_transfer WHERE folio = :folio",
        folio=folio,
    )


def transfer(connection: Connection, transfer_id: int) -> TransferDocument | None:
    """One transfer, for its document."""
    return fetch_one(
        connection,
        TransferDocument,
        "SELECT id AS transfer_id, folio, content, hash FROM payment_transfer"
        " WHERE id = :transfer_id",
        transfer_id=transfer_id,
    )


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What happened to the payment of a receipt: ``transfer`` or ``return``, when, by whom.

    ``document`` is the transfer's folio or the cheque's number, ``account_number`` where it went;
    ``amount`` in pesos.
    """

    kind: str
    at: datetime
    by_name: str
    reason: str
    document: str
    account_number: str
    amount: Decimal


def marks_as_of(connection: Connection, receipt_id: int, at: datetime | None) -> list[MarkRow]:
    """The marks that a sheet issued at that moment must show, newest first; None means now."""
    return fetch(
        connection,
        MarkRow,
        """
        SELECT k.* FROM (
            SELECT 'transfer' AS kind, t.transferred_at AS at, m.full_name AS by_name, t.reason,
                   t.folio AS document, t.content ->> 'account_number' AS account_number, t.amount
            FROM payment_transfer t JOIN staff_member m ON m.username = t.transferred_by
            WHERE t.receipt_id = :receipt_id
            UNION ALL
            SELECT 'return', x.recorded_at, m.full_name, x.bank_reason, c.reference, '', x.amount
            FROM tender_return x
            JOIN staff_member m ON m.username = x.recorded_by
            JOIN payment_tender c ON c.payment_id = x.payment_id AND c.line = x.line
            WHERE x.receipt_id = :receipt_id) k
        WHERE k.at <= coalesce(CAST(:at AS timestamptz), clock_timestamp()) ORDER BY k.at DESC
        """,
        receipt_id=receipt_id,
        at=at,
    )
