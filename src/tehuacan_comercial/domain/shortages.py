"""A cashier's shortage put back, whole or in part (H20)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class SettlementWay(StrEnum):
    """Where the money comes from; neither goes through a drawer."""

    BANK = "bank"
    PAYROLL = "payroll"


WAY_LABELS: dict[SettlementWay, str] = {
    SettlementWay.BANK: "Depositó en el banco",
    SettlementWay.PAYROLL: "Descuento por nómina",
}


@dataclass(frozen=True, slots=True)
class SettleShortageCommand:
    """Pesos that a cashier put back, with the paper that proves it. The sheet makes its UUID."""

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
