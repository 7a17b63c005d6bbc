"""A cashier's shortage put back, whole or in part (H20), or condoned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

WAIVE_SHORTAGE = "waive_shortage"
"""The kind of authorisation that condones what is still owed of a session."""


class SettlementWay(StrEnum):
    """Where the money comes from; only cash goes through a drawer."""

    BANK = "bank"
    PAYROLL = "payroll"
    CASH = "cash"


WAY_LABELS: dict[SettlementWay, str] = {
    SettlementWay.BANK: "Depositó en el banco",
    SettlementWay.PAYROLL: "Descuento por nómina",
    SettlementWay.CASH: "Efectivo, a una caja",
}


@dataclass(frozen=True, slots=True)
class SettleShortageCommand:
    """Pesos that a cashier put back at the bank or through payroll, with the paper that proves it.

    The sheet makes its UUID.
    """

    command_id: UUID
    session_id: int
    amount: Decimal
    way: SettlementWay
    reference: str
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``settle_shortage`` takes it; the same command gives the same payload."""
        return {
            "command_id": str(self.command_id),
            "session_id": self.session_id,
            "amount": str(self.amount),
            "way": self.way.value,
            "reference": self.reference.strip(),
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class ReceiveShortageCommand:
    """Pesos in cash that a cashier puts back, into the open drawer of whoever receives them."""

    command_id: UUID
    session_id: int
    into_session_id: int
    amount: Decimal
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``receive_shortage`` takes it; the same command gives the same payload."""
        return {
            "command_id": str(self.command_id),
            "session_id": self.session_id,
            "into_session_id": self.into_session_id,
            "amount": str(self.amount),
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class Repaid:
    """Cash put back: its number, by which its paper is printed, and its folio."""

    settlement_id: int
    folio: str

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Repaid:
        """From the answer of ``receive_shortage``."""
        return cls(int(answer["id"]), str(answer["folio"]))
