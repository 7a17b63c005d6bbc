"""What waits for its deposit, batches with their sessions and slips, accounts of the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class BankAccountRow:
    """An account of the office at a bank."""

    code: str
    bank: str
    name: str
    clabe: str


def bank_accounts(connection: Connection) -> list[BankAccountRow]:
    """In use, by their code."""
    return fetch(
        connection,
        BankAccountRow,
        "SELECT code, bank, name, clabe FROM bank_account WHERE active ORDER BY code",
    )


@dataclass(frozen=True, slots=True)
class SessionMoneyRow:
    """A closed session and what it hands over, pesos by form of payment."""

    session_id: int
    folio: str
    till_name: str
    cashier_name: str
    business_date: date
    state: str
    cash: Decimal
    card: Decimal
    transfer: Decimal
    cheque: Decimal

    @property
    def total(self) -> Decimal:
        """Over all forms of payment, pesos."""
        return self.cash + self.card + self.transfer + self.cheque


_SESSION = """
    SELECT s.id AS session_id, s.folio, t.name AS till_name, m.full_name AS cashier_name,
           s.business_date, s.state, d.cash, d.card, d.transfer, d.cheque
    FROM cash_session s
    JOIN till t ON t.code = s.till_code
    JOIN staff_member m ON m.username = s.cashier
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(x.amount) FILTER (WHERE x.tender = 'cash'), 0.00) AS cash,
               coalesce(sum(x.amount) FILTER (WHERE x.tender = 'card'), 0.00) AS card,
               coalesce(sum(x.amount) FILTER (WHERE x.tender = 'transfer'), 0.00) AS transfer,
               coalesce(sum(x.amount) FILTER (WHERE x.tender = 'cheque'), 0.00) AS cheque
        FROM session_deposit(s.id) x) d
"""


def sessions_to_deposit(connection: Connection) -> list[SessionMoneyRow]:
    """Closed and in no batch, oldest first."""
    return fetch(
        connection,
        SessionMoneyRow,
        f"""{_SESSION}
        WHERE s.state IN ('closed', 'verified') AND NOT EXISTS (
            SELECT FROM deposit_batch_session b WHERE b.session_id = s.id)
        ORDER BY s.business_date, s.till_code, s.id""",
    )


def sessions_of(connection: Connection, batch_id: int) -> list[SessionMoneyRow]:
    """Members of a batch."""
    return fetch(
        connection,
        SessionMoneyRow,
        f"""{_SESSION} JOIN deposit_batch_session b ON b.session_id = s.id
        WHERE b.batch_id = :batch_id ORDER BY s.business_date, s.till_code, s.id""",
        batch_id=batch_id,
    )


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the list; ``amount`` is what its sessions hand over, pesos."""

    batch_id: int
    state: str
    note: str
    opened_by_name: str
    opened_at: datetime
    sessions: int
    amount: Decimal
    list_id: int | None
    folio: str


_BATCH = """
    SELECT b.id AS batch_id, b.state, b.note, m.full_name AS opened_by_name, b.opened_at,
           (SELECT count(*) FROM deposit_batch_session s WHERE s.batch_id = b.id) AS sessions,
           (SELECT sum(x.amount) FROM batch_money(b.id) x) AS amount,
           l.id AS list_id, coalesce(l.folio, '') AS folio
    FROM deposit_batch b
    JOIN staff_member m ON m.username = b.opened_by
    LEFT JOIN deposit_list l ON l.batch_id = b.id
"""


def batches(connection: Connection, limit: int) -> list[BatchRow]:
    """What is not finished first, then the newest."""
    return fetch(
        connection,
        BatchRow,
        f"{_BATCH} ORDER BY b.state = 'reconciled', b.id DESC LIMIT :limit",
        limit=limit,
    )


def batch(connection: Connection, batch_id: int) -> BatchRow | None:
    """One batch."""
    return fetch_one(connection, BatchRow, f"{_BATCH} WHERE b.id = :batch_id", batch_id=batch_id)


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A slip of the bank, pesos."""

    slip_id: int
    batch_id: int
    line: int
    bank_account: str
    bank: str
    tender: str
    amount: Decimal
    reference: str
    deposited_on: date | None


def slips_of(connection: Connection, batch_id: int) -> list[SlipRow]:
    """Slips of a batch, in their order."""
    return fetch(
        connection,
        SlipRow,
        """
        SELECT s.id AS slip_id, s.batch_id, s.line, s.bank_account, k.bank, s.tender, s.amount,
               s.reference, s.deposited_on
        FROM deposit_slip s JOIN bank_account k ON k.code = s.bank_account
        WHERE s.batch_id = :batch_id ORDER BY s.line
        """,
        batch_id=batch_id,
    )


def last_count(connection: Connection, batch_id: int) -> dict[str, Any] | None:
    """Pieces and pesos of the last count of a batch, or None."""
    found = connection.execute(
        text(
            "SELECT facts FROM deposit_step WHERE batch_id = :batch_id AND state = 'counting'"
            " ORDER BY id DESC LIMIT 1"
        ),
        {"batch_id": batch_id},
    ).scalar()
    return None if found is None else dict(found)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list of slips, frozen, with its seal."""

    content: dict[str, Any]
    hash: str


def deposit_list(connection: Connection, list_id: int) -> ListRow | None:
    """One list."""
    return fetch_one(
        connection, ListRow, "SELECT content, hash FROM deposit_list WHERE id = :id", id=list_id
    )
