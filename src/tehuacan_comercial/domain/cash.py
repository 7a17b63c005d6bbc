"""Commands and results of a till as values: a charge, an opening, a closing (H1–H18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from tehuacan_comercial.domain.allocation import Part
from tehuacan_comercial.domain.money import ZERO, total_of
from tehuacan_comercial.domain.refusals import AmountsDisagree, NothingToCharge
from tehuacan_comercial.domain.tendering import AppliedTender, Settlement, TenderKind


@dataclass(frozen=True, slots=True)
class TenderProof:
    """What proves a form of payment that is not cash: authorisation, tracking or cheque number."""

    reference: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class ChargeCommand:
    """A whole charge. Its UUID is made when the tender sheet opens and never changes (D5).

    ``parts`` settle charges, ``advance`` goes to the credit balance, ``rounding`` is the cash
    rounding line; all in pesos. parts + advance + rounding = Σ applied. ``replaces`` is the id of
    the void receipt whose place this one takes (H13).
    """

    command_id: UUID
    session_id: int
    account_id: int
    parts: tuple[Part, ...]
    tenders: tuple[AppliedTender, ...]
    advance: Decimal = ZERO
    rounding: Decimal = ZERO
    note: str = ""
    banks: tuple[str, ...] = ()
    replaces: int | None = None

    def __post_init__(self) -> None:
        applied = total_of(tender.applied for tender in self.tenders)
        due = self.settled + self.advance + self.rounding
        if not self.tenders or applied <= 0:
            raise NothingToCharge
        if applied != due:
            raise AmountsDisagree("payment", due, applied)

    @property
    def settled(self) -> Decimal:
        """Pesos that settle charges."""
        return total_of(part.amount for part in self.parts)

    def payload(self) -> dict[str, Any]:
        """As ``post_payment`` takes it; the same command always gives the same payload."""
        successor = {} if self.replaces is None else {"replaces": self.replaces}
        return {
            **successor,
            "command_id": str(self.command_id),
            "session_id": self.session_id,
            "account_id": self.account_id,
            "allocations": [
                {"charge_id": part.charge_id, "amount": str(part.amount)} for part in self.parts
            ],
            "advance": str(self.advance),
            "rounding": str(self.rounding),
            "tenders": [
                {
                    "kind": tender.kind.value,
                    "received": str(tender.received),
                    "change": str(tender.change),
                    "reference": tender.reference,
                    "bank": self.banks[index] if index < len(self.banks) else "",
                }
                for index, tender in enumerate(self.tenders)
            ],
            "note": self.note,
        }


def new_command_id() -> UUID:
    """A fresh UUID for a command: one for each dialog that opens, not for each press."""
    return uuid4()


def charge_command(
    command_id: UUID,
    session_id: int,
    account_id: int,
    parts: Sequence[Part],
    settlement: Settlement,
    *,
    advance: Decimal = ZERO,
    note: str = "",
    banks: Sequence[str] = (),
    replaces: int | None = None,
) -> ChargeCommand:
    """The command of a tender sheet that covers its total.

    Raises:
        TenderShort: something is still missing.
        AmountsDisagree: the parts and the advance are not what the sheet totals.
        NothingToCharge: there is nothing to pay.
    """
    settlement.require_covered()
    return ChargeCommand(
        command_id,
        session_id,
        account_id,
        tuple(parts),
        # Cash that only goes back to the person is no form of payment.
        tuple(tender for tender in settlement.tenders if tender.applied),
        advance,
        settlement.rounding,
        note.strip(),
        tuple(banks),
        replaces,
    )


@dataclass(frozen=True, slots=True)
class Charged:
    """What a charge did, as PostgreSQL answered it; pesos."""

    payment_id: int
    receipt_id: int
    folio: str
    account_id: int
    session_id: int
    applied: Decimal
    change: Decimal
    balance_after: Decimal
    credit_after: Decimal
    issued_at: datetime

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Charged:
        """From the function's answer."""
        return cls(
            int(answer["payment_id"]),
            int(answer["receipt_id"]),
            str(answer["folio"]),
            int(answer["account_id"]),
            int(answer["session_id"]),
            Decimal(answer["applied"]),
            Decimal(answer["change"]),
            Decimal(answer["balance_after"]),
            Decimal(answer["credit_after"]),
            datetime.fromisoformat(str(answer["issued_at"])),
        )


@dataclass(frozen=True, slots=True)
class OpenSessionCommand:
    """Open a session with the float counted piece by piece: value in pesos → pieces."""

    command_id: UUID
    till: str
    pieces: Mapping[Decimal, int] = field(default_factory=dict)

    def payload(self) -> dict[str, Any]:
        """As ``open_session`` takes it."""
        return {
            "command_id": str(self.command_id),
            "till": self.till,
            "denominations": denominations_payload(self.pieces),
        }


@dataclass(frozen=True, slots=True)
class HoldCommand:
    """Set a sale aside (F6): the charges that were chosen, under a name."""

    command_id: UUID
    session_id: int
    account_id: int
    charge_ids: tuple[int, ...]
    label: str

    def payload(self) -> dict[str, Any]:
        """As ``hold_sale`` takes it."""
        return {
            "command_id": str(self.command_id),
            "session_id": self.session_id,
            "account_id": self.account_id,
            "charge_ids": list(self.charge_ids),
            "label": self.label,
        }


@dataclass(frozen=True, slots=True)
class CloseSessionCommand:
    """Sign the count and close: pieces of cash, and what the proofs of the rest add up to."""

    command_id: UUID
    session_id: int
    pieces: Mapping[Decimal, int]
    declared: Mapping[TenderKind, Decimal]
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``close_session`` takes it."""
        return {
            "command_id": str(self.command_id),
            "session_id": self.session_id,
            "denominations": denominations_payload(self.pieces),
            "declared": {kind.value: str(amount) for kind, amount in self.declared.items()},
            "note": self.note.strip(),
        }


def denominations_payload(pieces: Mapping[Decimal, int]) -> dict[str, int]:
    """Pieces by denomination, largest first, without the empty ones."""
    ordered = sorted(pieces.items(), reverse=True)
    return {format(value.normalize(), "f"): count for value, count in ordered if count}


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """Expected, declared and difference of one form of payment, pesos (H4)."""

    tender: TenderKind
    expected: Decimal
    declared: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class SessionClosed:
    """A signed closing: folio, three figures of each form of payment, pieces that were counted."""

    closing_id: int
    folio: str
    lines: tuple[ClosingLine, ...]
    pieces: Mapping[Decimal, int]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> SessionClosed:
        """From the function's answer."""
        lines = tuple(
            ClosingLine(
                TenderKind(row["tender"]),
                Decimal(row["expected"]),
                Decimal(row["declared"]),
                Decimal(row["difference"]),
            )
            for row in answer["tenders"]
        )
        pieces = {Decimal(value): int(count) for value, count in answer["denominations"].items()}
        return cls(int(answer["closing_id"]), str(answer["folio"]), lines, pieces)

    @property
    def difference(self) -> Decimal:
        """Declared − expected over all forms of payment: positive is *sobrante*."""
        return total_of(line.difference for line in self.lines)
