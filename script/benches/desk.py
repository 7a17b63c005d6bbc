"""A cashier's desk for measuring: signed in, session open, charges ready to be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benches.town import Admin, Town
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.allocation import allocate
from tehuacan_comercial.domain.cash import (
    ChargeCommand,
    OpenSessionCommand,
    charge_command,
    new_command_id,
)
from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.domain.tendering import Tender, TenderKind, settle
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.cash import CashService
from tehuacan_comercial.services.intents import IntentJournal

STEP = Decimal("0.50")
CONCEPTS = 3

_ITEMS = """
SELECT c.account_id, c.id, c.concept, k.name, k.settlement_order, c.period_code, p.name,
       c.issued_on, c.due_on, c.amount, c.tax, c.settled
FROM charge c
JOIN concept k ON k.code = c.concept
JOIN billing_period p ON p.code = c.period_code
WHERE c.account_id = ANY (%s) AND c.period_code = %s AND c.settled = 0
  AND c.source <> 'surcharge'
ORDER BY c.account_id, c.id
"""


@dataclass(frozen=True, slots=True)
class Debtor:
    """An account at the desk and the three concepts of the bill it brings."""

    account_id: int
    items: tuple[OpenItem, ...]


def debtors(connection: Admin, accounts: Sequence[int], period: str) -> Iterator[Debtor]:
    """What these accounts owe of one period, as the tab *Caja* would have read it."""
    found: dict[int, list[OpenItem]] = {}
    for account, *values in connection.execute(_ITEMS, (list(accounts), period)).fetchall():
        found.setdefault(account, []).append(OpenItem(*values))
    for account, items in found.items():
        if len(items) == CONCEPTS:
            yield Debtor(account, tuple(items))


def account_ids(town: Town) -> list[int]:
    """Every account, in order."""
    with town.admin() as connection:
        rows = connection.execute("SELECT id FROM account ORDER BY id").fetchall()
    return [int(row[0]) for row in rows]


@dataclass(frozen=True)
class MeasuredDesk:
    """One till with its open session."""

    database: Database
    cash: CashService
    session_id: int

    def command(self, debtor: Debtor) -> ChargeCommand:
        """What the tender sheet makes of the debt: allocation, change, rounding."""
        total = sum((item.outstanding for item in debtor.items), Decimal(0))
        parts = allocate(debtor.items, total).parts
        handed = (total // 100 + 2) * 100
        settlement = settle(total, [Tender(TenderKind.CASH, handed)], STEP)
        return charge_command(
            new_command_id(), self.session_id, debtor.account_id, parts, settlement
        )

    def charge(self, debtor: Debtor) -> None:
        """The whole use case: allocate, keep the intent, post, forget the intent."""
        self.cash.charge(self.command(debtor))


def open_desk(town: Town, number: int, home: Path, port: int | None = None) -> MeasuredDesk:
    """Cashier and till of that number; a session that is open already is taken up again."""
    database = town.cashier(number, port)
    actor = Actor(f"caja{number}", f"Caja {number}", "", "cashier")
    cash = CashService(database, actor, IntentJournal(home))
    session = cash.session()
    if session is None:
        float_pieces = {Decimal(100): 5}
        session = cash.open_session(
            OpenSessionCommand(new_command_id(), f"C{number}", float_pieces)
        )
    return MeasuredDesk(database, cash, session.session_id)
