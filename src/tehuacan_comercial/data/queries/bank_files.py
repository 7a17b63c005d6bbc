"""What the files of banks and shops left to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch


@dataclass(frozen=True, slots=True)
class UnidentifiedRow:
    """Money of a channel; ``account_number`` is '' until somebody says whose it is. Pesos."""

    unidentified_id: int
    channel: str
    paid_on: date
    amount: Decimal
    reference: str
    channel_folio: str
    problem: str
    received_at: datetime
    account_number: str
    assigned_by_name: str
    note: str


def unidentified(connection: Connection, limit: int) -> list[UnidentifiedRow]:
    """What waits first, the oldest first; then what was assigned, the newest first."""
    return fetch(
        connection,
        UnidentifiedRow,
        """
        SELECT u.id AS unidentified_id, c.name AS channel, r.paid_on, u.amount, r.reference,
               r.channel_folio, u.problem, f.imported_at AS received_at,
               coalesce(a.account_number, '') AS account_number,
               coalesce(m.full_name, '') AS assigned_by_name, u.note
        FROM unidentified_payment u
        JOIN channel_row r ON r.id = u.row_id
        JOIN channel_file f ON f.id = r.file_id
        JOIN channel c ON c.code = f.channel
        LEFT JOIN account a ON a.id = u.account_id
        LEFT JOIN staff_member m ON m.username = u.assigned_by
        ORDER BY u.account_id IS NOT NULL, u.assigned_at DESC, r.paid_on, u.id LIMIT :limit
        """,
        limit=limit,
    )


@dataclass(frozen=True, slots=True)
class OpenSlipRow:
    """A slip taken to the bank and not found in any statement; pesos."""

    slip_id: int
    batch_id: int
    folio: str
    bank_account: str
    tender: str
    amount: Decimal
    reference: str
    deposited_on: date


def open_slips(connection: Connection) -> list[OpenSlipRow]:
    """The oldest first."""
    return fetch(
        connection,
        OpenSlipRow,
        """
        SELECT s.id AS slip_id, s.batch_id, l.folio, s.bank_account, s.tender, s.amount,
               s.reference, s.deposited_on
        FROM deposit_slip s JOIN deposit_list l ON l.batch_id = s.batch_id
        WHERE s.deposited_on IS NOT NULL
          AND NOT EXISTS (SELECT FROM slip_match m WHERE m.slip_id = s.id)
        ORDER BY s.deposited_on, s.id
        """,
    )


@dataclass(frozen=True, slots=True)
class LooseLineRow:
    """Money in at the bank that no slip explains; pesos. ``repeated`` came before."""

    line_id: int
    bank_account: str
    day: date
    amount: Decimal
    reference: str
    description: str
    repeated: bool


def loose_lines(connection: Connection, limit: int) -> list[LooseLineRow]:
    """The newest first, also what an earlier statement said already."""
    return fetch(
        connection,
        LooseLineRow,
        """
        SELECT l.id AS line_id, b.bank_account, l.day, l.amount, l.reference, l.description,
               l.repeats_id IS NOT NULL AS repeated
        FROM bank_statement_line l JOIN bank_statement b ON b.id = l.statement_id
        WHERE l.amount > 0 AND NOT EXISTS (SELECT FROM slip_match m WHERE m.line_id = l.id)
        ORDER BY l.day DESC, l.id DESC LIMIT :limit
        """,
        limit=limit,
    )
