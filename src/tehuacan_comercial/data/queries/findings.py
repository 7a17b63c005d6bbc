"""Payments that look like a mistake: twice, on an old proof, on a look-alike account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch
from tehuacan_comercial.domain.clarifications import (
    DOUBLE_DAYS,
    NEIGHBOUR_MINUTES,
    REFERENCE_DAYS,
    FindingKind,
)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A receipt and why it deserves a look, beside the other receipt or account; pesos.

    ``other_receipt_id`` is None where the other account was not charged: it owes ``other_amount``.
    ``detail`` is the proof that came twice.
    """

    kind: str
    receipt_id: int
    folio: str
    posted_at: datetime
    account_id: int
    account_number: str
    holder: str
    amount: Decimal
    cashier_name: str
    other_receipt_id: int | None
    other_folio: str
    other_posted_at: datetime | None
    other_account_id: int
    other_account_number: str
    other_holder: str
    other_amount: Decimal
    detail: str

    @property
    def key(self) -> str:
        """One row of a table."""
        return f"{self.kind}/{self.receipt_id}/{self.other_receipt_id}/{self.other_account_id}"

    @property
    def reason(self) -> FindingKind:
        """Why, as a value."""
        return FindingKind(self.kind)


# What still stands where it was charged: void, transferred and returned payments are cleared up.
_STANDING = """
    standing AS MATERIALIZED (
        SELECT p.id, p.account_id, p.session_id, p.posted_at, p.applied, p.advance, r.id AS receipt,
               r.folio, r.content, r.content ->> 'account_number' AS number
        FROM payment p JOIN receipt r ON r.payment_id = p.id
        WHERE p.business_date > office_today() - :days - :before
          AND NOT EXISTS (SELECT FROM receipt_void v WHERE v.receipt_id = r.id)
          AND NOT EXISTS (SELECT FROM payment_transfer t WHERE t.payment_id = p.id)
          AND NOT EXISTS (SELECT FROM tender_return x WHERE x.payment_id = p.id)),
    recent AS MATERIALIZED (
        SELECT s.* FROM standing s
        WHERE s.posted_at >= (office_today() - :days + 1)::timestamp
            AT TIME ZONE 'America/Mexico_City')
"""

_PAIR = """
    {kind} AS kind, n.receipt AS receipt_id, n.folio, n.posted_at, n.account_id,
    n.number AS account_number, n.content ->> 'holder' AS holder, n.applied AS amount,
    n.content ->> 'cashier_name' AS cashier_name, o.receipt AS other_receipt_id,
    o.folio AS other_folio, o.posted_at AS other_posted_at, o.account_id AS other_account_id,
    o.number AS other_account_number, o.content ->> 'holder' AS other_holder,
    o.applied AS other_amount, {detail} AS detail
"""

DOUBLES = f"""
    WITH {_STANDING}
    SELECT {_PAIR.format(kind="'double'", detail="''")}
    FROM recent n
    JOIN standing o ON o.account_id = n.account_id AND o.applied = n.applied AND o.id < n.id
        AND o.posted_at > n.posted_at - make_interval(days => :double_days)
    ORDER BY n.posted_at DESC LIMIT 500
"""

REFERENCES = f"""
    WITH {_STANDING},
    proof AS MATERIALIZED (
        SELECT t.payment_id, t.kind, upper(regexp_replace(t.reference, '[^[:alnum:]]', '', 'g'))
                   AS reference, CASE WHEN t.kind = 'cheque' THEN upper(t.bank) ELSE '' END AS bank
        FROM payment_tender t JOIN standing s ON s.id = t.payment_id
        WHERE t.kind IN ('card', 'transfer', 'cheque') AND length(t.reference) >= 4)
    SELECT DISTINCT ON (n.posted_at, n.id, o.id)
           {_PAIR.format(kind="'reference'", detail="a.reference")}
    FROM recent n
    JOIN proof a ON a.payment_id = n.id
    JOIN proof b ON (b.kind, b.reference, b.bank) = (a.kind, a.reference, a.bank)
        AND b.payment_id < a.payment_id
    JOIN standing o ON o.id = b.payment_id
    ORDER BY n.posted_at DESC, n.id, o.id LIMIT 500
"""

# Account numbers one digit away, or with two neighbouring digits changed over. Of an account that
# paid what it did not owe (something was left over, or a debt stayed open), against what the
# look-alike owes or its last bill asked; and of two charged alike at one till within minutes.
NEIGHBOURS = f"""
    WITH {_STANDING},
    odd AS MATERIALIZED (
        SELECT n.* FROM recent n
        WHERE n.advance > 0 OR (n.content ->> 'balance_after')::numeric > 0),
    alike AS MATERIALIZED (
        SELECT n.id, a.id AS account_id, a.account_number
        FROM recent n
        CROSS JOIN LATERAL (
            SELECT overlay(n.number PLACING d.digit::text FROM i.at FOR 1) AS number
            FROM generate_series(1, length(n.number)) AS i (at),
                 generate_series(0, 9) AS d (digit)
            WHERE substr(n.number, i.at, 1) ~ '[0-9]'
            UNION
            SELECT overlay(n.number PLACING reverse(substr(n.number, i.at, 2)) FROM i.at FOR 2)
            FROM generate_series(1, length(n.number) - 1) AS i (at)
            WHERE substr(n.number, i.at, 2) ~ '^[0-9][0-9]$'
            UNION
            SELECT overlay(n.number PLACING substr(n.number, i.at + 2, 1) || '-'
                           || substr(n.number, i.at, 1) FROM i.at FOR 3)
            FROM generate_series(1, length(n.number) - 2) AS i (at)
            WHERE substr(n.number, i.at, 3) ~ '^[0-9]-[0-9]$') v
        JOIN account a ON a.account_number = v.number AND a.id <> n.account_id)
    SELECT * FROM (
        SELECT 'neighbour' AS kind, n.receipt AS receipt_id, n.folio, n.posted_at, n.account_id,
               n.number AS account_number, n.content ->> 'holder' AS holder, n.applied AS amount,
               n.content ->> 'cashier_name' AS cashier_name, NULL::bigint AS other_receipt_id,
               '' AS other_folio, NULL::timestamptz AS other_posted_at,
               d.account_id AS other_account_id, d.account_number AS other_account_number,
               d.holder_name AS other_holder, n.applied AS other_amount, '' AS detail
        FROM odd n
        JOIN alike a ON a.id = n.id
        JOIN account_directory d ON d.account_id = a.account_id
        WHERE n.applied IN (
            (SELECT sum(c.total - c.settled) FROM charge c
             WHERE c.account_id = d.account_id AND c.settled < c.total),
            (SELECT b.amount + b.tax + b.previous_balance - b.credit_balance FROM bill b
             WHERE b.account_id = d.account_id ORDER BY b.issued_on DESC, b.id DESC LIMIT 1))
          AND EXISTS (SELECT FROM charge c
                      WHERE c.account_id = d.account_id AND c.settled < c.total)
        UNION ALL
        SELECT {_PAIR.format(kind="'neighbour'", detail="''")}
        FROM recent n
        JOIN alike a ON a.id = n.id
        JOIN standing o ON o.account_id = a.account_id AND o.session_id = n.session_id
            AND o.applied = n.applied AND o.id < n.id
            AND o.posted_at > n.posted_at - make_interval(mins => :neighbour_minutes)) f
    ORDER BY f.posted_at DESC, f.other_account_number LIMIT 500
"""


def findings(connection: Connection, days: int) -> list[FindingRow]:
    """Everything found among the payments of the last days, newest first."""
    rows = [
        *fetch(connection, FindingRow, DOUBLES, days=days, before=DOUBLE_DAYS,
               double_days=DOUBLE_DAYS),
        *fetch(connection, FindingRow, REFERENCES, days=days, before=REFERENCE_DAYS),
        *fetch(connection, FindingRow, NEIGHBOURS, days=days, before=1,
               neighbour_minutes=NEIGHBOUR_MINUTES),
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.posted_at, row.key), reverse=True)
