"""Payments that need clearing up (*aclaraciones*): returned cheques, transfers, likely mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

TRANSFER_PAYMENT = "transfer_payment"
"""The kind of authorisation that moves a payment to another account (C11)."""
BANK_REASONS = "returned_cheque"
"""The list of what a bank says when it does not pay a cheque."""

DOUBLE_DAYS = 3
"""The same amount on the same account within so many days is worth a look."""
REFERENCE_DAYS = 60
"""A proof of payment does not come again so soon."""
NEIGHBOUR_MINUTES = 15
"""The same amount on two look-alike accounts, one after the other, at one till."""


class FindingKind(StrEnum):
    """Why a payment may be a mistake; none is an accusation."""

    DOUBLE = "double"
    REFERENCE = "reference"
    NEIGHBOUR = "neighbour"


FINDING_LABELS: dict[FindingKind, str] = {
    FindingKind.DOUBLE: "Mismo importe",
    FindingKind.REFERENCE: "Misma referencia",
    FindingKind.NEIGHBOUR: "Cuenta parecida",
}


@dataclass(frozen=True, slots=True)
class ChequeReturnCommand:
    """The bank did not pay a receipt's cheque. The UUID is made when the sheet opens (D5)."""

    command_id: UUID
    receipt_id: int
    line: int
    returned_on: date
    reason_code: str
    reference: str = ""
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``record_cheque_return`` takes it; the same command gives the same payload."""
        return {
            "command_id": str(self.command_id),
            "receipt_id": self.receipt_id,
            "line": self.line,
            "returned_on": self.returned_on.isoformat(),
            "reason_code": self.reason_code,
            "reference": self.reference.strip(),
            "note": self.note.strip(),
        }
