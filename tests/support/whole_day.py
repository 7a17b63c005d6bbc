"""The people of the demonstration town at work, each with their own connection and drawer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path

from tehuacan_comercial.domain.allocation import allocate
from tehuacan_comercial.domain.cash import (
    Charged,
    CloseSessionCommand,
    OpenSessionCommand,
    SessionClosed,
    charge_command,
    new_command_id,
)
from tehuacan_comercial.domain.tendering import Tender, TenderKind, change_breakdown, settle
from tehuacan_comercial.services.accounts import SearchHit
from tehuacan_comercial.services.demo.staff import PASSWORD
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.paper.printable import Printable
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tests.support.server import TestServer

STEP = Decimal("0.50")
FLOAT = {Decimal(100): 5}
NAMES = (
    "flores",
    "perez",
    "reyes",
    "torres",
    "diaz",
    "ruiz",
    "luna",
    "rosa",
    "ana",
    "luis",
    "av",
    "calle",
)
MOST = Decimal(6000)


@dataclass
class Office:
    """Who is at work; ``close`` sends everybody home."""

    server: TestServer
    database: str
    home: Path
    at_work: dict[str, Desk] = field(default_factory=dict)

    def desk(self, username: str) -> Desk:
        """That person's desk, under their own database role."""
        if username not in self.at_work:
            folder = self.home / username
            signed = sign_in(
                partial(self.server.login_url, self.database),
                username,
                PASSWORD,
                "E1",
                FailedTries(folder / "intentos.json"),
            )
            self.at_work[username] = Desk(signed, folder)
        return self.at_work[username]

    def debtors(self, username: str) -> Iterator[SearchHit]:
        """People who owe a sum that fits a drawer, each once.

        Raises:
            LookupError: the town has too few.
        """
        seen: set[int] = set()
        for name in NAMES:
            for hit in self.desk(username).accounts.search(name):
                if hit.account_id not in seen and hit.debt and hit.debt <= MOST:
                    seen.add(hit.account_id)
                    yield hit
        raise LookupError("debtors")

    def keep(self, name: str, sheet: Printable) -> None:
        """A document of the day, as ``papeles/NN-name.pdf`` in the order they were made."""
        assert sheet.pdf.startswith(b"%PDF")
        folder = self.home / "papeles"
        folder.mkdir(exist_ok=True)
        number = len(tuple(folder.iterdir())) + 1
        (folder / f"{number:02}-{name}.pdf").write_bytes(sheet.pdf)

    def close(self) -> None:
        for desk in self.at_work.values():
            desk.close()


@dataclass
class Drawer:
    """A cashier's session, and what must be in it: kept here from what was handed over, never
    asked of the program. Pesos by form of payment."""

    desk: Desk
    session_id: int
    holds: dict[TenderKind, Decimal]
    charged: list[Charged] = field(default_factory=list)

    @classmethod
    def open(cls, desk: Desk, till: str) -> Drawer:
        """With a counted float of $500.00."""
        session = desk.cash.open_session(OpenSessionCommand(new_command_id(), till, FLOAT))
        holds = dict.fromkeys(
            (TenderKind.CASH, TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CHEQUE), Decimal(0)
        )
        holds[TenderKind.CASH] = session.opening_counted
        return cls(desk, session.session_id, holds)

    def charge(self, hit: SearchHit, kind: TenderKind) -> Charged:
        """Everything the account owes, in one form of payment."""
        debt = self.desk.cash.debt(hit.account_id)
        total = sum((item.outstanding for item in debt.items), Decimal(0))
        reference = "" if kind is TenderKind.CASH else f"{hit.account_id:06}"
        handed = total if reference else (total // 100 + 2) * 100
        settlement = settle(total, [Tender(kind, handed, reference)], STEP)
        command = charge_command(
            new_command_id(),
            self.session_id,
            hit.account_id,
            allocate(debt.items, total).parts,
            settlement,
        )
        charged = self.desk.cash.charge(command).charged
        self.holds[kind] += total + settlement.rounding
        self.charged.append(charged)
        return charged

    def count(
        self, *, short: Decimal = Decimal(0)
    ) -> tuple[dict[Decimal, int], Mapping[TenderKind, Decimal]]:
        """Pieces of cash, without what is missing, and pesos of the proofs of the rest."""
        cash = self.holds[TenderKind.CASH] - short
        rest: dict[TenderKind, Decimal] = dict(self.holds)
        del rest[TenderKind.CASH]
        return pieces(cash), rest

    def close(self, *, short: Decimal = Decimal(0), note: str = "") -> SessionClosed:
        """Count blind and sign."""
        self.desk.cash.begin_count(self.session_id)
        cash, rest = self.count(short=short)
        return self.desk.cash.close_session(
            CloseSessionCommand(new_command_id(), self.session_id, cash, rest, note)
        )


def pieces(amount: Decimal) -> dict[Decimal, int]:
    """The fewest notes and coins of an amount."""
    found: dict[Decimal, int] = {}
    for each in change_breakdown(amount).pieces:
        found[each.value] = found.get(each.value, 0) + each.count
    return found
