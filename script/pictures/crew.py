"""The tills beside the one that is pictured: who works there and what is in their drawers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pictures import stage
from pictures.sheets import PRINTER
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.config import home
from tehuacan_comercial.documents.receipt import ReceiptFormat
from tehuacan_comercial.domain.allocation import allocate
from tehuacan_comercial.domain.cash import (
    Charged,
    CloseSessionCommand,
    OpenSessionCommand,
    charge_command,
    new_command_id,
)
from tehuacan_comercial.domain.tendering import Tender, TenderKind, change_breakdown, settle
from tehuacan_comercial.services.accounts import SearchHit
from tehuacan_comercial.services.demo.staff import CASHIERS
from tehuacan_comercial.services.desk import Desk

STEP = Decimal("0.50")
KINDS = (
    TenderKind.CASH,
    TenderKind.CARD,
    TenderKind.CASH,
    TenderKind.TRANSFER,
    TenderKind.CHEQUE,
)
NAMES = (
    "flores", "perez", "reyes", "torres", "diaz", "ruiz", "luna", "rosa", "ana", "luis", "av",
    "sanchez", "hernandez", "martinez", "gonzalez", "ramirez", "privada", "oriente",
)  # fmt: skip
MOST, PART = Decimal(4000), Decimal(100)
CHARGES = {"C2": 17, "C3": 9}
"""How much the other tills have done by then."""
FLOAT = {Decimal(100): 5}
THERMAL = ReceiptFormat.THERMAL.value


@dataclass
class Colleague:
    """A cashier's session and what must be in its drawer, in pesos by form of payment."""

    desk: Desk
    session_id: int
    holds: dict[TenderKind, Decimal]
    charged: list[Charged] = field(default_factory=list)

    def charge(self, account_id: int, kind: TenderKind, reference: str, most: Decimal) -> Charged:
        """What an account owes, at most ``most`` pesos of it."""
        items = self.desk.cash.debt(account_id).items
        total = min(sum((item.outstanding for item in items), Decimal(0)), most)
        cash = kind is TenderKind.CASH
        handed = (total // 100 + 2) * 100 if cash else total
        settlement = settle(total, [Tender(kind, handed, "" if cash else reference)], STEP)
        command = charge_command(
            new_command_id(),
            self.session_id,
            account_id,
            allocate(items, total).parts,
            settlement,
        )
        charged = self.desk.cash.charge(command).charged
        self.holds[kind] += total + settlement.rounding
        self.charged.append(charged)
        self._print(charged)
        return charged

    def _print(self, charged: Charged) -> None:
        receipts = self.desk.receipts
        paper = receipts.original(charged.receipt_id, THERMAL)
        receipts.report_print(paper.document_id, PRINTER, "printed")

    def counted(self) -> tuple[dict[Decimal, int], Mapping[TenderKind, Decimal]]:
        """Pieces of cash, and the sums of the proofs."""
        rest = dict(self.holds)
        return pieces(rest.pop(TenderKind.CASH)), rest

    def close(self) -> None:
        """Count what must be there, sign, go home."""
        self.desk.cash.begin_count(self.session_id)
        cash, rest = self.counted()
        self.desk.cash.close_session(
            CloseSessionCommand(new_command_id(), self.session_id, cash, rest)
        )
        self.desk.close()


Crew = Mapping[str, Colleague]
"""By till."""


def at_work(door: FrontDoor, seen: set[int]) -> Crew:
    """The other cashiers open and charge as many people as the table above says."""
    people = _others(door, seen)
    crew = {till: _begin(door, till) for till in CHARGES}
    for till, colleague in crew.items():
        for number in range(CHARGES[till]):
            kind = KINDS[number % len(KINDS)]
            reference = f"{till[1]}{64512 + number}"
            colleague.charge(next(people).account_id, kind, reference, MOST)
    _twice(crew, next(hit for hit in people if (hit.debt or 0) > 2 * PART))
    return crew


def pieces(amount: Decimal) -> dict[Decimal, int]:
    """The fewest notes and coins of an amount."""
    found: dict[Decimal, int] = {}
    for each in change_breakdown(amount).pieces:
        found[each.value] = found.get(each.value, 0) + each.count
    return found


def _begin(door: FrontDoor, till: str) -> Colleague:
    desk = Desk(stage.signed_in(door, CASHIERS[till]), home() / till)
    session = desk.cash.open_session(OpenSessionCommand(new_command_id(), till, FLOAT))
    holds = dict.fromkeys(set(KINDS), Decimal(0))
    holds[TenderKind.CASH] = session.opening_counted
    return Colleague(desk, session.session_id, holds)


def _twice(crew: Crew, person: SearchHit) -> None:
    """Somebody pays a part at one till and the same again at another: worth a look later."""
    for till, colleague in crew.items():
        reference = f"{till[1]}64560"
        colleague.charge(person.account_id, TenderKind.CARD, reference, PART)


def _others(door: FrontDoor, seen: set[int]) -> Iterator[SearchHit]:
    """People who owe and are in no other picture.

    Raises:
        LookupError: the town has too few.
    """
    if door.station is None:
        raise LookupError("station")
    for name in NAMES:
        for hit in door.station.desk.accounts.search(name):
            if hit.account_id not in seen and hit.debt and hit.debt <= MOST:
                seen.add(hit.account_id)
                yield hit
    raise LookupError("debtors")
