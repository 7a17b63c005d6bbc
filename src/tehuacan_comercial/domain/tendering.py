"""What is handed over at the till: forms of payment, change, and the notes to give back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from tehuacan_comercial.domain.money import ZERO, round_cash, round_money, total_of
from tehuacan_comercial.domain.refusals import ChangeOnlyFromCash, InvalidCommand, TenderShort


class TenderKind(StrEnum):
    """Form of payment (*forma de pago*)."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    CHEQUE = "cheque"
    CREDIT = "credit"


TENDER_LABELS: dict[TenderKind, str] = {
    TenderKind.CASH: "Efectivo",
    TenderKind.CARD: "Tarjeta",
    TenderKind.TRANSFER: "Transferencia",
    TenderKind.CHEQUE: "Cheque",
    TenderKind.CREDIT: "Saldo a favor",
}


class DenominationKind(StrEnum):
    """Paper or metal."""

    NOTE = "note"
    COIN = "coin"


@dataclass(frozen=True, slots=True)
class Denomination:
    """A note (*billete*) or coin (*moneda*) in circulation; value in pesos."""

    value: Decimal
    kind: DenominationKind


def _in_circulation() -> tuple[Denomination, ...]:
    notes = ("1000", "500", "200", "100", "50", "20")
    coins = ("20", "10", "5", "2", "1", "0.50", "0.20", "0.10")
    return (
        *(Denomination(round_money(value), DenominationKind.NOTE) for value in notes),
        *(Denomination(round_money(value), DenominationKind.COIN) for value in coins),
    )


MXN_DENOMINATIONS: tuple[Denomination, ...] = _in_circulation()
"""Mexican notes and coins, largest first; the 20 pesos exist as both."""

QUICK_STEPS: tuple[int, ...] = (5, 10, 50, 100, 200, 500, 1000)
MOST_QUICK_AMOUNTS = 6


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many pieces of one value; value in pesos."""

    value: Decimal
    count: int

    @property
    def amount(self) -> Decimal:
        """Pesos that the pieces make."""
        return self.value * self.count


@dataclass(frozen=True, slots=True)
class ChangeBreakdown:
    """The pieces to hand over, and the pesos for which there is no coin small enough."""

    pieces: tuple[Pieces, ...]
    remainder: Decimal


def change_breakdown(
    amount: Decimal, denominations: Sequence[Denomination] = MXN_DENOMINATIONS
) -> ChangeBreakdown:
    """The fewest pieces that make *amount* pesos, largest first.

    Taking the largest piece each time gives the fewest for Mexican money (a test compares it with
    the exhaustive answer); for another set it gives a correct sum, perhaps with more pieces.

    Raises:
        ValueError: when the amount is negative.
    """
    if amount < 0:
        raise ValueError(amount)
    left = round_money(amount)
    pieces: list[Pieces] = []
    for value in sorted({each.value for each in denominations}, reverse=True):
        count = int((left / value).to_integral_value(ROUND_FLOOR))
        if count:
            pieces.append(Pieces(value, count))
            left -= value * count
    return ChangeBreakdown(tuple(pieces), left)


def quick_amounts(total: Decimal) -> tuple[Decimal, ...]:
    """What a person is likely to hand over for *total* pesos: exact, then the next round sums."""
    if total <= 0:
        return ()
    amounts = {round_money(total)}
    for step in QUICK_STEPS:
        # Not -(-total // step): Decimal's // truncates toward zero and would round down.
        amounts.add(round_money((total / step).to_integral_value(ROUND_CEILING) * step))
    return tuple(sorted(amounts)[:MOST_QUICK_AMOUNTS])


@dataclass(frozen=True, slots=True)
class Tender:
    """One form of payment as offered; amount in pesos, reference of the voucher or cheque."""

    kind: TenderKind
    amount: Decimal
    reference: str = ""


@dataclass(frozen=True, slots=True)
class AppliedTender:
    """What a form of payment brought, gave back and paid: received − change = applied. Pesos."""

    kind: TenderKind
    received: Decimal
    change: Decimal
    applied: Decimal
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The tender sheet as it stands. Pesos; the tenders pay total + rounding − missing."""

    total: Decimal
    rounding: Decimal
    tenders: tuple[AppliedTender, ...]
    missing: Decimal

    @property
    def received(self) -> Decimal:
        """Everything handed over."""
        return total_of(tender.received for tender in self.tenders)

    @property
    def change(self) -> Decimal:
        """What goes back to the person, always in cash."""
        return total_of(tender.change for tender in self.tenders)

    @property
    def applied(self) -> Decimal:
        """What stays: received − change."""
        return total_of(tender.applied for tender in self.tenders)

    def require_covered(self) -> Settlement:
        """Itself.

        Raises:
            TenderShort: when something is still missing.
        """
        if self.missing:
            raise TenderShort(self.missing)
        return self


def settle(total: Decimal, tenders: Iterable[Tender], cash_step: Decimal = ZERO) -> Settlement:
    """Match what is handed over with *total* pesos; only cash gives change.

    Everything that is not cash pays in full, in the order given; cash pays the rest, rounded to
    *cash_step* (C7) when cash is used, and several cash lines count as one.

    Raises:
        ChangeOnlyFromCash: when the other forms of payment exceed the total.
        InvalidCommand: when an amount is negative.
    """
    offered = [tender for tender in tenders if _worth(tender)]
    left = total
    applied: list[AppliedTender] = []
    for tender in offered:
        if tender.kind is TenderKind.CASH:
            continue
        if tender.amount > left:
            raise ChangeOnlyFromCash(tender=tender.kind.value)
        left -= tender.amount
        applied.append(
            AppliedTender(tender.kind, tender.amount, ZERO, tender.amount, tender.reference)
        )
    cash = total_of(tender.amount for tender in offered if tender.kind is TenderKind.CASH)
    return _with_cash(total, left, cash, applied, cash_step)


def _worth(tender: Tender) -> bool:
    if tender.amount < 0:
        raise InvalidCommand(field="tender", problem="negative")
    return tender.amount > 0


def _with_cash(
    total: Decimal, left: Decimal, cash: Decimal, applied: list[AppliedTender], step: Decimal
) -> Settlement:
    if not cash:
        return Settlement(total, ZERO, tuple(applied), left)
    due = round_cash(left, step)
    paid = min(cash, due)
    cash_line = AppliedTender(TenderKind.CASH, cash, cash - paid, paid)
    return Settlement(total, due - left, (*applied, cash_line), due - paid)
