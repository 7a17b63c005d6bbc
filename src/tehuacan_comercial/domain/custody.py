"""Commands and answers about who holds the money of a session (H4, H5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from tehuacan_comercial.domain.cash import denominations_payload
from tehuacan_comercial.domain.lifecycles import WithdrawalState
from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.tendering import TenderKind

CLOSING_TOLERANCE = "closing_tolerance"
"""Kind of request to close a session with a difference beyond the office's tolerance (H7)."""

REOPEN_SESSION = "reopen_session"
"""Kind of request to count a closed session anew."""

Pieces = Mapping[Decimal, int]
"""Value of a note or coin in pesos → how many."""


class CashLevel(StrEnum):
    """How full a drawer is against its till's limit; never the amount, the count is blind."""

    NONE = "none"
    FREE = "free"
    NEAR = "near"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class SendWithdrawalCommand:
    """Cash that leaves the drawer, counted piece by piece."""

    command_id: UUID
    session_id: int
    pieces: Pieces
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``send_withdrawal`` takes it."""
        return {
            "command_id": str(self.command_id),
            "session_id": self.session_id,
            "denominations": denominations_payload(self.pieces),
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class CountCommand:
    """A count by somebody else: by surprise, or of a closing; pesos of what is not cash."""

    command_id: UUID
    session_id: int
    pieces: Pieces
    declared: Mapping[TenderKind, Decimal]
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``count_by_surprise`` and ``verify_session`` take it."""
        return {
            "command_id": str(self.command_id),
            "session_id": self.session_id,
            "denominations": denominations_payload(self.pieces),
            "declared": {kind.value: str(amount) for kind, amount in self.declared.items()},
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A partial delivery as PostgreSQL answered it; pesos."""

    withdrawal_id: int
    session_id: int
    folio: str
    amount: Decimal
    state: WithdrawalState

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Withdrawn:
        """From the function's answer."""
        return cls(
            int(answer["id"]),
            int(answer["session_id"]),
            str(answer["folio"]),
            Decimal(answer["amount"]),
            WithdrawalState(answer["state"]),
        )


@dataclass(frozen=True, slots=True)
class CountLine:
    """What was to be there of a form of payment and what somebody counted; pesos."""

    tender: TenderKind
    expected: Decimal
    counted: Decimal

    @property
    def difference(self) -> Decimal:
        """Counted − expected: positive is *sobrante*."""
        return self.counted - self.expected


@dataclass(frozen=True, slots=True)
class Counted:
    """A signed surprise count."""

    count_id: int
    number: int
    lines: tuple[CountLine, ...]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Counted:
        """From the function's answer."""
        expected, declared = answer["expected"], answer["declared"]
        lines = tuple(
            CountLine(kind, Decimal(expected[kind.value]), Decimal(declared[kind.value]))
            for kind in TenderKind
            if kind.value in expected
        )
        return cls(int(answer["id"]), int(answer["number"]), lines)

    @property
    def difference(self) -> Decimal:
        """Over all forms of payment, pesos."""
        return total_of(line.difference for line in self.lines)


@dataclass(frozen=True, slots=True)
class VerifiedLine:
    """The three figures of a form of payment (H4); the difference is verified − declared."""

    tender: TenderKind
    expected: Decimal
    declared: Decimal
    verified: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Verified:
    """A closing that a second person counted."""

    verification_id: int
    lines: tuple[VerifiedLine, ...]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Verified:
        """From the function's answer."""
        lines = tuple(
            VerifiedLine(
                TenderKind(row["tender"]),
                *(
                    Decimal(row[name])
                    for name in ("expected", "declared", "verified", "difference")
                ),
            )
            for row in answer["tenders"]
        )
        return cls(int(answer["id"]), lines)

    @property
    def difference(self) -> Decimal:
        """Over all forms of payment, pesos."""
        return total_of(line.difference for line in self.lines)
