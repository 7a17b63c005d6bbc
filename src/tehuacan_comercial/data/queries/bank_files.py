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


@dataclass(frozen=True, slots=True)
class ChannelName:
    """A bank or shop that takes payments."""

    code: str
    name: str


def channels(connection: Connection) -> list[ChannelName]:
    """In use, by their code."""
    return fetch(
        connection, ChannelName, "SELECT code, name FROM channel WHERE active ORDER BY code"
    )


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that came in. Pesos; ``done`` is paid or matched, ``open`` unidentified or loose."""

    kind: str
    file_id: int
    origin: str
    file_name: str
    imported_by_name: str
    imported_at: datetime
    first_day: date
    last_day: date
    rows: int
    credits: Decimal
    debits: Decimal
    done: int
    open: int
    repeated: int


def files(connection: Connection, limit: int) -> list[FileRow]:
    """Statements and files of payments, the newest first."""
    return fetch(
        connection,
        FileRow,
        """
        SELECT f.kind, f.file_id, f.origin, f.file_name,
               coalesce(m.full_name, f.imported_by) AS imported_by_name, f.imported_at,
               f.first_day, f.last_day, f.rows, f.credits, f.debits, f.done, f.open, f.repeated
        FROM (
            SELECT 'statement' AS kind, b.id AS file_id, b.bank_account AS origin, b.file_name,
                   b.imported_by, b.imported_at, x.first_day, x.last_day, x.rows, x.credits,
                   x.debits, x.done, x.open, x.repeated
            FROM (SELECT * FROM bank_statement ORDER BY id DESC LIMIT :limit) b
            CROSS JOIN LATERAL (
                SELECT min(l.day) AS first_day, max(l.day) AS last_day, count(*)::integer AS rows,
                       coalesce(sum(l.amount) FILTER (WHERE l.amount > 0), 0.00) AS credits,
                       coalesce(-sum(l.amount) FILTER (WHERE l.amount < 0), 0.00) AS debits,
                       count(s.line_id)::integer AS done, count(l.repeats_id)::integer AS repeated,
                       (count(*) FILTER (WHERE l.amount > 0 AND l.repeats_id IS NULL
                                         AND s.line_id IS NULL))::integer AS open
                FROM bank_statement_line l LEFT JOIN slip_match s ON s.line_id = l.id
                WHERE l.statement_id = b.id) x
            UNION ALL
            SELECT 'channel', c.id, k.name, c.file_name, c.imported_by, c.imported_at,
                   x.first_day, x.last_day, c.rows, c.amount, 0.00, x.done, x.open, x.repeated
            FROM (SELECT * FROM channel_file ORDER BY id DESC LIMIT :limit) c
            JOIN channel k ON k.code = c.channel
            CROSS JOIN LATERAL (
                SELECT min(r.paid_on) AS first_day, max(r.paid_on) AS last_day,
                       (count(*) FILTER (WHERE r.state = 'posted'
                                         OR u.account_id IS NOT NULL))::integer AS done,
                       (count(*) FILTER (WHERE u.id IS NOT NULL
                                         AND u.account_id IS NULL))::integer AS open,
                       (count(*) FILTER (WHERE r.state = 'repeated'))::integer AS repeated
                FROM channel_row r LEFT JOIN unidentified_payment u ON u.row_id = r.id
                WHERE r.file_id = c.id) x) f
        LEFT JOIN staff_member m ON m.username = f.imported_by
        ORDER BY f.imported_at DESC LIMIT :limit
        """,
        limit=limit,
    )
