"""Payments of an account or of a cash session, with their receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment of the account with its receipt; pesos.

    ``voided`` is None while it stands, else ``void`` or ``reversal``. ``void_pending`` when the
    caller sees a request to void it that waits for a decision. ``transferred_to`` is the number of
    the account that it counts for since its last transfer, ``transferred_from`` where it came from
    when it was charged elsewhere; ``returned`` what its cheques that came back amounted to.
    """

    receipt_id: int
    folio: str
    posted_at: datetime
    business_date: date
    periods: str
    tenders: str
    applied: Decimal
    cashier_name: str
    till: str
    voided: str | None = None
    void_reason: str = ""
    replaced_by: str = ""
    replaces: str = ""
    void_pending: bool = False
    transferred_to: str = ""
    transferred_from: str = ""
    transfer_folio: str = ""
    returned: Decimal = Decimal("0.00")

    @property
    def counted(self) -> Decimal:
        """What still counts of it, pesos."""
        return Decimal("0.00") if self.voided else self.applied


_PAYMENT = """
    SELECT r.id AS receipt_id, r.folio, y.posted_at, y.business_date,
           (SELECT coalesce(string_agg(p.name, ', ' ORDER BY p.place), '')
            FROM (SELECT l.value ->> 'period' AS name, min(l.ordinality) AS place
                  FROM jsonb_array_elements(r.content -> 'lines') WITH ORDINALITY l
                  GROUP BY 1) p
            WHERE p.name <> '') AS periods,
           (SELECT string_agg(t.kind, ',' ORDER BY t.line) FROM payment_tender t
            WHERE t.payment_id = y.id) AS tenders,
           y.applied, r.content ->> 'cashier_name' AS cashier_name, r.content ->> 'till' AS till,
           v.kind AS voided, coalesce(v.reason, '') AS void_reason,
           coalesce(n.folio, '') AS replaced_by, coalesce(r.content ->> 'replaces', '') AS replaces,
           v.id IS NULL AND EXISTS (
               SELECT FROM authorisation a
               WHERE a.kind = 'void_receipt' AND a.subject_id = r.id AND a.state = 'requested'
                 AND a.expires_at > now()) AS void_pending,
           coalesce(k.content ->> 'account_number', '') AS transferred_to,
           CASE WHEN k.id IS NULL THEN '' ELSE r.content ->> 'account_number' END
               AS transferred_from, coalesce(k.folio, '') AS transfer_folio,
           (SELECT coalesce(sum(x.amount), 0.00) FROM tender_return x WHERE x.payment_id = y.id)
               AS returned
    FROM payment y JOIN receipt r ON r.payment_id = y.id
    LEFT JOIN receipt_void v ON v.receipt_id = r.id
    LEFT JOIN receipt_replacement p ON p.replaced_id = r.id
    LEFT JOIN receipt n ON n.id = p.receipt_id
    LEFT JOIN LATERAL (
        SELECT t.id, t.folio, t.content FROM payment_transfer t WHERE t.payment_id = y.id
        ORDER BY t.transfer_number DESC LIMIT 1) k ON true
"""


def payments(connection: Connection, account_id: int) -> list[PaymentRow]:
    """Charged on the account or moved to it, newest first."""
    return fetch(
        connection,
        PaymentRow,
        f"{_PAYMENT} WHERE y.id IN (SELECT z.id FROM payment z WHERE z.account_id = :account_id"
        " UNION SELECT z.payment_id FROM payment_transfer z WHERE z.to_account_id = :account_id)"
        " ORDER BY y.posted_at DESC, y.id DESC",
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
    """A receipt as the closing report lists it; ``voided`` before the session closed. Pesos."""

    folio: str
    posted_at: datetime
    account_number: str
    holder: str
    tenders: str
    applied: Decimal
    voided: bool


def session_receipts(connection: Connection, session_id: int) -> list[SessionReceipt]:
    """Receipts of one cash session in order of their number."""
    return fetch(
        connection,
        SessionReceipt,
        """
        SELECT r.folio, y.posted_at, r.content ->> 'account_number' AS account_number,
               r.content ->> 'holder' AS holder,
               (SELECT string_agg(t.kind, ',' ORDER BY t.line) FROM payment_tender t
                WHERE t.payment_id = y.id) AS tenders, y.applied,
               EXISTS (SELECT FROM receipt_void v
                       WHERE v.receipt_id = r.id AND v.kind = 'void') AS voided
        FROM receipt r JOIN payment y ON y.id = r.payment_id
        WHERE y.session_id = :session_id ORDER BY r.number
        """,
        session_id=session_id,
    )
