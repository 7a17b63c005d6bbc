"""Void receipts: what their request says, and the patterns that deserve a look (*radar*)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

VOID_RECEIPT = "void_receipt"
"""The kind of authorisation that voids a receipt."""


class Paper(StrEnum):
    """Where the paper receipt is when its void is asked for (H12)."""

    IN_HAND = "in_hand"
    NEVER_PRINTED = "never_printed"


class Refund(StrEnum):
    """Where the cash of a reversal comes from; a void always comes out of its own drawer."""

    DRAWER = "drawer"
    PAYABLE = "payable"


class Flag(StrEnum):
    """Why a void deserves a look."""

    SAME_REASON = "same_reason"
    SAME_HOUR = "same_hour"
    LOWER = "lower"
    CASH_LATE = "cash_late"
    NOT_REISSUED = "not_reissued"


FLAG_LABELS: dict[Flag, str] = {
    Flag.SAME_REASON: "Mismo motivo",
    Flag.SAME_HOUR: "Misma hora",
    Flag.LOWER: "Se cobró menos",
    Flag.CASH_LATE: "Efectivo, mucho después",
    Flag.NOT_REISSUED: "No se volvió a cobrar",
}

REPEATED = 3
"""Voids of one cashier that make a pattern of their reason or hour."""
LATE_MINUTES = 30
"""After so many minutes the person has left the window with the receipt."""


@dataclass(frozen=True, slots=True)
class VoidTrace:
    """What is known of one void: pesos, minutes from charge to request, how many are alike."""

    amount: Decimal
    cash: Decimal
    minutes: int
    same_reason: int
    same_hour: int
    reissued: Decimal | None


def flags_of(trace: VoidTrace) -> tuple[Flag, ...]:
    """Everything about a void that deserves a look; none is an accusation."""
    wrong = {
        Flag.SAME_REASON: trace.same_reason >= REPEATED,
        Flag.SAME_HOUR: trace.same_hour >= REPEATED,
        Flag.LOWER: trace.reissued is not None and trace.reissued < trace.amount,
        Flag.CASH_LATE: trace.cash > 0 and trace.minutes >= LATE_MINUTES,
        Flag.NOT_REISSUED: trace.reissued is None and trace.cash > 0,
    }
    return tuple(flag for flag, found in wrong.items() if found)
