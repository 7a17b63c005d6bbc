"""Commands and answers on the way from the drawers to the bank (H8). Amounts in pesos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tehuacan_comercial.domain.cash import denominations_payload
from tehuacan_comercial.domain.custody import CountLine, Pieces
from tehuacan_comercial.domain.lifecycles import DepositState
from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.tendering import TenderKind

DEPOSITABLE = (TenderKind.CASH, TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CHEQUE)
"""Forms of payment that end at the bank; a credit balance never left it."""


@dataclass(frozen=True, slots=True)
class OpenBatchCommand:
    """Closed sessions whose money goes to the bank together."""

    command_id: UUID
    sessions: tuple[int, ...]
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``open_batch`` takes it."""
        return {
            "command_id": str(self.command_id),
            "sessions": list(self.sessions),
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip as it is to be made: account of the office, form of payment, pesos."""

    bank_account: str
    tender: TenderKind
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BalanceCommand:
    """The slips that share a counted batch out."""

    command_id: UUID
    batch_id: int
    slips: tuple[Slip, ...]

    def payload(self) -> dict[str, Any]:
        """As ``balance_batch`` takes it."""
        return {
            "command_id": str(self.command_id),
            "batch_id": self.batch_id,
            "slips": [
                {
                    "bank_account": slip.bank_account,
                    "tender": slip.tender.value,
                    "amount": str(slip.amount),
                }
                for slip in self.slips
            ],
        }


@dataclass(frozen=True, slots=True)
class AtBank:
    """What the bank stamped on a slip."""

    slip_id: int
    reference: str
    deposited_on: date


@dataclass(frozen=True, slots=True)
class BatchDone:
    """How a batch stands after an act; ``lines`` only after a count, ``folio`` once balanced."""

    batch_id: int
    state: DepositState
    lines: tuple[CountLine, ...] = ()
    list_id: int | None = None
    folio: str = ""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> BatchDone:
        """From the function's answer."""
        lines = tuple(
            CountLine(TenderKind(row["tender"]), Decimal(row["expected"]), Decimal(row["counted"]))
            for row in answer.get("tenders", ())
        )
        number = answer.get("list_id")
        return cls(
            int(answer["batch_id"]),
            DepositState(answer.get("state", "balanced")),
            lines,
            None if number is None else int(number),
            str(answer.get("folio", "")),
        )


def count_payload(
    batch_id: int, pieces: Pieces, counted: Mapping[TenderKind, Decimal]
) -> dict[str, Any]:
    """As ``count_batch`` takes it: notes and coins, and pesos of everything else."""
    return {
        "batch_id": batch_id,
        "denominations": denominations_payload(pieces),
        "counted": {kind.value: str(amount) for kind, amount in counted.items()},
    }


def missing_slips(
    money: Mapping[TenderKind, Decimal], slips: Sequence[Slip]
) -> dict[TenderKind, Decimal]:
    """By form of payment, pesos that no slip covers yet; negative where slips are too many."""
    rest = {
        kind: money.get(kind, Decimal("0.00"))
        - total_of(slip.amount for slip in slips if slip.tender is kind)
        for kind in DEPOSITABLE
    }
    return {kind: amount for kind, amount in rest.items() if amount}
