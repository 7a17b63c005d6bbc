"""What an account owes and was billed: open items, statement, bills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.open_items import OpenItem


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
class _Credit:
    credit: Decimal


def credit_balance(connection: Connection, account_id: int) -> Decimal:
    """What was paid ahead and not used yet; pesos."""
    found = fetch_one(
        connection,
        _Credit,
        "SELECT coalesce(sum(amount), 0.00) AS credit FROM credit_movement"
        " WHERE account_id = :account_id",
        account_id=account_id,
    )
    return ZERO if found is None else found.credit


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
    """Charges, what settled them and what the account brought in its favour, oldest first.

    The last running balance is what is owed less the credit balance.
    """
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
            WHERE y.account_id = :account_id
            UNION ALL
            SELECT v.business_date, r.id * 2 + 1, 'void', r.folio,
                   CASE v.kind WHEN 'void' THEN 'Pago cancelado' ELSE 'Pago reversado' END,
                   y.settled - coalesce((
                       SELECT sum(t.applied) FROM payment_tender t
                       WHERE t.payment_id = y.id AND t.kind = 'credit'), 0) + y.advance, 0.00
            FROM receipt_void v
            JOIN receipt r ON r.id = v.receipt_id
            JOIN payment y ON y.id = v.payment_id
            WHERE v.account_id = :account_id
            UNION ALL
            SELECT x.business_date, r.id * 2 + 1, 'return', r.folio,
                   'Cheque devuelto: ' || x.bank_reason, x.amount, 0.00
            FROM tender_return x JOIN receipt r ON r.id = x.receipt_id
            WHERE x.account_id = :account_id
            UNION ALL
            SELECT t.business_date, t.receipt_id * 2 + 1, 'transfer', t.folio,
                   CASE WHEN t.to_account_id = :account_id
                        THEN 'Pago traspasado de la cuenta ' || (t.content ->> 'from_number')
                        ELSE 'Pago traspasado a la cuenta ' || (t.content ->> 'account_number') END,
                   CASE WHEN t.to_account_id = :account_id THEN 0.00 ELSE t.amount END,
                   CASE WHEN t.to_account_id = :account_id THEN t.amount ELSE 0.00 END
            FROM payment_transfer t
            WHERE :account_id IN (t.from_account_id, t.to_account_id)
            UNION ALL
            SELECT (m.created_at AT TIME ZONE 'America/Mexico_City')::date, -m.id * 2, 'opening',
                   '', 'Saldo a favor (saldo inicial)', 0.00, m.amount
            FROM credit_movement m
            WHERE m.account_id = :account_id AND m.amount > 0
              AND NOT EXISTS (SELECT FROM payment y WHERE y.journal_id = m.journal_id)
              AND NOT EXISTS (SELECT FROM receipt_void v WHERE v.journal_id = m.journal_id)
              AND NOT EXISTS (SELECT FROM payment_transfer t WHERE t.journal_id = m.journal_id)
              AND NOT EXISTS (SELECT FROM tender_return x
                              WHERE m.journal_id IN (x.journal_id, x.release_journal_id))
              AND NOT EXISTS (SELECT FROM unidentified_payment u
                              WHERE u.assigned_journal_id = m.journal_id)
            UNION ALL
            SELECT u.assigned_on, u.id * 2 + 1, 'identified', '',
                   'Pago identificado' || CASE WHEN u.amount > u.settled
                       THEN ', con saldo a favor' ELSE '' END, 0.00, u.amount
            FROM unidentified_payment u WHERE u.account_id = :account_id)
        SELECT m.on, m.sequence, m.kind, m.document, m.detail, m.charge, m.payment,
               sum(m.charge - m.payment) OVER (
                   ORDER BY m.on, m.sequence % 2, m.sequence, m.kind) AS balance
        FROM movement m ORDER BY m.on, m.sequence % 2, m.sequence, m.kind
        """,
        account_id=account_id,
    )


@dataclass(frozen=True, slots=True)
class BillRow:
    """A water bill of the account; pesos and m³. ``overdue`` while something of it is owed."""

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
    overdue: bool


def bills(connection: Connection, account_id: int) -> list[BillRow]:
    """Newest first."""
    return fetch(
        connection,
        BillRow,
        """
        SELECT b.id AS bill_id, b.period_code, p.name AS period_name, b.issued_on, b.due_on,
               b.consumption, b.estimated, b.amount, b.tax, b.amount + b.tax AS total,
               o.outstanding, o.outstanding > 0 AND b.due_on < office_today() AS overdue
        FROM bill b JOIN billing_period p ON p.code = b.period_code
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(c.total - c.settled), 0.00) AS outstanding FROM charge c
            WHERE c.account_id = b.account_id AND c.bill_id = b.id) o
        WHERE b.account_id = :account_id ORDER BY b.issued_on DESC, b.id DESC
        """,
        account_id=account_id,
    )


@dataclass(frozen=True, slots=True)
class BillLineRow:
    """One concept of a bill; pesos. ``basis`` holds the steps that made it, as billing wrote them.

    ``tax_rate`` is a fraction (0.16 for 16 %).
    """

    charge_id: int
    concept_name: str
    amount: Decimal
    tax_rate: Decimal
    tax: Decimal
    total: Decimal
    settled: Decimal
    basis: dict[str, Any] | None


def bill_lines(connection: Connection, bill_id: int) -> list[BillLineRow]:
    """What a bill charges, in the order of its concepts."""
    return fetch(
        connection,
        BillLineRow,
        """
        SELECT c.id AS charge_id, k.name AS concept_name, c.amount, c.tax_rate, c.tax, c.total,
               c.settled, c.basis
        FROM charge c JOIN concept k ON k.code = c.concept
        WHERE c.account_id = (SELECT b.account_id FROM bill b WHERE b.id = :bill_id)
          AND c.bill_id = :bill_id
        ORDER BY k.settlement_order, c.id
        """,
        bill_id=bill_id,
    )
