"""Void receipts: what a sheet must confess, and the patterns that deserve a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one
from tehuacan_comercial.domain.voids import Flag, VoidTrace, flags_of


@dataclass(frozen=True, slots=True)
class VoidRow:
    """A void of a receipt as of a moment; ``replaced_by`` is empty while nothing took its place."""

    voided_at: datetime
    kind: str
    reason: str
    voided_by_name: str
    replaced_by: str


def void_as_of(connection: Connection, receipt_id: int, at: datetime | None) -> VoidRow | None:
    """The void that a sheet issued at that moment must show; None means now."""
    return fetch_one(
        connection,
        VoidRow,
        """
        SELECT v.voided_at, v.kind, v.reason, m.full_name AS voided_by_name,
               coalesce((SELECT n.folio FROM receipt_replacement p
                         JOIN receipt n ON n.id = p.receipt_id
                         WHERE p.replaced_id = v.receipt_id AND p.linked_at <= t.at), '')
                   AS replaced_by
        FROM receipt_void v
        JOIN staff_member m ON m.username = v.voided_by
        CROSS JOIN (SELECT coalesce(CAST(:at AS timestamptz), clock_timestamp()) AS at) t
        WHERE v.receipt_id = :receipt_id AND v.voided_at <= t.at
        """,
        receipt_id=receipt_id,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class RadarRow:
    """A void with what makes it worth a look; ``minutes`` from charge to request, pesos.

    ``same_reason`` counts voids of the same cashier and reason in the days looked at,
    ``same_hour`` those of the same cashier and hour of the day. ``reissued`` is the total of the
    receipt that took its place, or of the next one of the account that day; None without one.
    """

    receipt_id: int
    folio: str
    business_date: date
    charged_at: datetime
    requested_at: datetime
    voided_at: datetime
    kind: str
    cashier: str
    cashier_name: str
    requester_name: str
    voided_by_name: str
    reason: str
    account_id: int
    account_number: str
    holder: str
    amount: Decimal
    cash: Decimal
    minutes: int
    same_reason: int
    same_hour: int
    reissued_folio: str
    reissued: Decimal | None
    printed: bool

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Why it deserves a look."""
        return flags_of(
            VoidTrace(
                self.amount, self.cash, self.minutes, self.same_reason, self.same_hour,
                self.reissued,
            )
        )  # fmt: skip


def radar(connection: Connection, days: int) -> list[RadarRow]:
    """Voids of the last days, newest first."""
    return fetch(
        connection,
        RadarRow,
        """
        SELECT v.receipt_id, r.folio, v.business_date, p.posted_at AS charged_at, a.requested_at,
               v.voided_at, v.kind, p.posted_by AS cashier,
               r.content ->> 'cashier_name' AS cashier_name, q.full_name AS requester_name,
               d.full_name AS voided_by_name, v.reason, v.account_id,
               r.content ->> 'account_number' AS account_number, r.content ->> 'holder' AS holder,
               v.amount, coalesce((SELECT sum(t.applied) FROM payment_tender t
                                   WHERE t.payment_id = p.id AND t.kind = 'cash'), 0.00) AS cash,
               (extract(epoch FROM a.requested_at - p.posted_at) / 60)::integer AS minutes,
               count(*) OVER (PARTITION BY p.posted_by, v.reason) AS same_reason,
               count(*) OVER (PARTITION BY p.posted_by, extract(
                   hour FROM a.requested_at AT TIME ZONE 'America/Mexico_City')) AS same_hour,
               coalesce(n.folio, '') AS reissued_folio, n.applied AS reissued,
               (a.facts ->> 'printed')::boolean AS printed
        FROM receipt_void v
        JOIN receipt r ON r.id = v.receipt_id
        JOIN payment p ON p.id = v.payment_id
        JOIN authorisation a ON a.id = v.authorisation_id
        JOIN staff_member q ON q.username = v.requested_by
        JOIN staff_member d ON d.username = v.voided_by
        LEFT JOIN LATERAL (
            SELECT c.folio, y.applied
            FROM receipt c JOIN payment y ON y.id = c.payment_id
            LEFT JOIN receipt_replacement s ON s.receipt_id = c.id
            WHERE s.replaced_id = v.receipt_id
               OR (s.receipt_id IS NULL AND y.account_id = v.account_id AND y.id > p.id
                   AND y.business_date = v.business_date)
            ORDER BY s.replaced_id NULLS LAST, c.id LIMIT 1) n ON true
        WHERE v.business_date > office_today() - :days
        ORDER BY v.voided_at DESC LIMIT 1000
        """,
        days=days,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    document_id: int


def voided_since(connection: Connection, document_id: int) -> bool:
    """Whether a sheet of a receipt says that it stands, and it was voided after that, or its
    payment was transferred, or its cheque came back.
    """
    found = fetch_one(
        connection,
        _Sheet,
        "SELECT d.id AS document_id FROM issued_document d"
        " WHERE d.kind = 'receipt' AND d.id = :document_id AND ("
        " EXISTS (SELECT FROM receipt_void v"
        " WHERE v.receipt_id = d.subject_id AND v.voided_at > d.issued_at)"
        " OR EXISTS (SELECT FROM payment_transfer t"
        " WHERE t.receipt_id = d.subject_id AND t.transferred_at > d.issued_at)"
        " OR EXISTS (SELECT FROM tender_return x"
        " WHERE x.receipt_id = d.subject_id AND x.recorded_at > d.issued_at))",
        document_id=document_id,
    )
    return found is not None
