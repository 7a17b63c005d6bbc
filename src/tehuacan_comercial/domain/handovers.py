"""Handover between two cashiers, item by item (relevo, H9, H21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from tehuacan_comercial.domain.cash import denominations_payload
from tehuacan_comercial.domain.custody import Pieces
from tehuacan_comercial.domain.lifecycles import WithdrawalState
from tehuacan_comercial.domain.tendering import TenderKind


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """A card slip, cheque or proof of transfer: the form of payment that it proves."""

    payment_id: int
    line: int


@dataclass(frozen=True, slots=True)
class HandoverCommand:
    """What leaves one drawer for another: cash by piece, and each proof by itself."""

    command_id: UUID
    session_id: int
    to_session_id: int
    pieces: Pieces
    proofs: tuple[Proof, ...] = ()
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``send_handover`` takes it."""
        return {
            "command_id": str(self.command_id),
            "session_id": self.session_id,
            "to_session_id": self.to_session_id,
            "denominations": denominations_payload(self.pieces),
            "proofs": [
                {"payment_id": proof.payment_id, "line": proof.line}
                for proof in sorted(self.proofs)
            ],
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class HandedItem:
    """Where one item of a handover stands; pesos."""

    item_id: int
    line: int
    tender: TenderKind
    amount: Decimal
    state: WithdrawalState


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A handover as PostgreSQL answered it."""

    handover_id: int
    folio: str
    from_session_id: int
    to_session_id: int
    items: tuple[HandedItem, ...]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> HandedOver:
        """From the function's answer."""
        items = tuple(
            HandedItem(
                int(row["item_id"]),
                int(row["line"]),
                TenderKind(row["tender"]),
                Decimal(row["amount"]),
                WithdrawalState(row["state"]),
            )
            for row in answer["items"]
        )
        return cls(
            int(answer["handover_id"]),
            str(answer["folio"]),
            int(answer["from_session_id"]),
            int(answer["to_session_id"]),
            items,
        )

    @property
    def in_transit(self) -> tuple[HandedItem, ...]:
        """Items that nobody answered yet."""
        return tuple(item for item in self.items if item.state is WithdrawalState.IN_TRANSIT)
