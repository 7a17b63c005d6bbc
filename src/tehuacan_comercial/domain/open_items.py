"""A charge that is not wholly paid: what is left of it, and whether its day has passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tehuacan_comercial.domain.money import ZERO, round_money, total_of


class DueState(StrEnum):
    """Whether the last day for paying has passed."""

    OVERDUE = "overdue"
    DUE = "due"


DUE_LABELS: dict[DueState, str] = {DueState.OVERDUE: "Vencido", DueState.DUE: "Por vencer"}


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One charge (*cargo*) of an account; amount before tax, tax and settled in pesos.

    Raises:
        ValueError: when an amount is negative or more is settled than was charged.
    """

    charge_id: int
    concept: str
    concept_name: str
    concept_order: int
    period: str | None
    period_name: str
    issued_on: date
    due_on: date | None
    amount: Decimal
    tax: Decimal
    settled: Decimal
    parent_charge_id: int | None = None

    def __post_init__(self) -> None:
        if min(self.amount, self.tax, self.settled) < 0 or self.settled > self.total:
            raise ValueError(self.charge_id)

    @property
    def total(self) -> Decimal:
        """Pesos charged, tax included."""
        return self.amount + self.tax

    @property
    def outstanding(self) -> Decimal:
        """Pesos still to be paid, tax included."""
        return self.total - self.settled

    @property
    def outstanding_tax(self) -> Decimal:
        """Pesos of tax still to be paid: ``tax - round(tax * settled / total, 2)``.

        Each payment carries the tax in the charge's own proportion.
        """
        return self.tax - self.tax_settled_at(self.settled)

    @property
    def deadline(self) -> date:
        """Last day for paying; a charge without one is payable on the day it is issued."""
        return self.due_on or self.issued_on

    def tax_settled_at(self, settled: Decimal) -> Decimal:
        """Pesos of tax within the first *settled* pesos paid of this charge."""
        return round_money(self.tax * settled / self.total) if self.total else ZERO

    def state(self, today: date) -> DueState:
        """Overdue from the day after the deadline, while something is outstanding."""
        late = self.deadline < today and self.outstanding > 0
        return DueState.OVERDUE if late else DueState.DUE


@dataclass(frozen=True, slots=True)
class OpenLine:
    """What a person chooses as one thing: a charge, or all surcharges of one charge and concept.

    A debt of two years has two dozen monthly surcharges; they are told and chosen as one sum.
    """

    items: tuple[OpenItem, ...]

    @property
    def first(self) -> OpenItem:
        """The oldest; concept, period and parent are those of all."""
        return self.items[0]

    @property
    def charge_ids(self) -> frozenset[int]:
        """The charges that are chosen together."""
        return frozenset(item.charge_id for item in self.items)

    @property
    def outstanding(self) -> Decimal:
        """Pesos still to be paid, tax included."""
        return total_outstanding(self.items)

    @property
    def outstanding_tax(self) -> Decimal:
        """Pesos of tax still to be paid."""
        return total_of(item.outstanding_tax for item in self.items)

    @property
    def settled(self) -> Decimal:
        """Pesos paid before."""
        return total_of(item.settled for item in self.items)


def open_lines(items: Iterable[OpenItem]) -> tuple[OpenLine, ...]:
    """The items as they are shown, each line where its first item stands."""
    grouped: dict[tuple[object, ...], list[OpenItem]] = {}
    for item in items:
        alone = item.parent_charge_id is None
        key = (item.charge_id,) if alone else (item.concept, item.parent_charge_id)
        grouped.setdefault(key, []).append(item)
    return tuple(OpenLine(tuple(each)) for each in grouped.values())


@dataclass(frozen=True, slots=True)
class DebtTotals:
    """What an account owes, in pesos, tax included."""

    overdue: Decimal
    due: Decimal

    @property
    def total(self) -> Decimal:
        """Overdue and not yet due together."""
        return self.overdue + self.due


def debt_totals(items: Iterable[OpenItem], today: date) -> DebtTotals:
    """Add up what is outstanding, overdue and not yet due apart."""
    sums = {DueState.OVERDUE: ZERO, DueState.DUE: ZERO}
    for item in items:
        sums[item.state(today)] += item.outstanding
    return DebtTotals(sums[DueState.OVERDUE], sums[DueState.DUE])


def total_outstanding(items: Iterable[OpenItem]) -> Decimal:
    """Pesos outstanding of all items together."""
    return total_of(item.outstanding for item in items)
