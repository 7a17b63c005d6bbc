"""Which charges a payment settles: oldest first, then by the concept order of the rules (C9)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.open_items import OpenItem, total_outstanding
from tehuacan_comercial.domain.refusals import ChargeNotOfAccount, NothingToCharge


@dataclass(frozen=True, slots=True)
class Part:
    """Pesos of a payment that settle one charge."""

    charge_id: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Allocation:
    """How a payment is spread, and the pesos that found no charge (an advance, C10)."""

    parts: tuple[Part, ...]
    remainder: Decimal

    @property
    def allocated(self) -> Decimal:
        """Pesos that settle charges."""
        return total_of(part.amount for part in self.parts)


def settlement_order(items: Sequence[OpenItem]) -> tuple[OpenItem, ...]:
    """The items in the order in which money reaches them.

    By deadline, then concept order, then number of the charge. An accessory (surcharge) stands
    with the charge it belongs to, so the rule's concept order, and not the day on which it was
    computed, says whether it is paid before or after it.

    Raises:
        ValueError: when a charge comes twice.
    """
    by_id = {item.charge_id: item for item in items}
    if len(by_id) != len(items):
        raise ValueError("a charge comes twice")

    def key(item: OpenItem) -> tuple[date, int, int]:
        parent = by_id.get(item.parent_charge_id) if item.parent_charge_id is not None else None
        deadline = (parent or item).deadline
        return deadline, item.concept_order, item.charge_id

    return tuple(sorted(items, key=key))


def allocate(items: Sequence[OpenItem], amount: Decimal) -> Allocation:
    """Spread *amount* pesos over the items, oldest first, never over what is outstanding.

    Raises:
        ValueError: when the amount is negative or a charge comes twice.
    """
    if amount < 0:
        raise ValueError(amount)
    left = amount
    parts: list[Part] = []
    for item in settlement_order(items):
        share = min(left, item.outstanding)
        if share > 0:
            parts.append(Part(item.charge_id, share))
            left -= share
    return Allocation(tuple(parts), left)


def allocate_selected(
    items: Sequence[OpenItem], chosen_ids: Collection[int], amount: Decimal | None = None
) -> Allocation:
    """Settle the chosen charges, wholly or as far as *amount* pesos reach.

    Raises:
        ChargeNotOfAccount: when a chosen charge is not among the items.
        NothingToCharge: when the chosen charges owe nothing.
    """
    known = {item.charge_id for item in items}
    for charge_id in chosen_ids:
        if charge_id not in known:
            raise ChargeNotOfAccount(charge_id=charge_id)
    chosen = [item for item in items if item.charge_id in chosen_ids]
    owed = total_outstanding(chosen)
    if not owed:
        raise NothingToCharge
    return allocate(chosen, owed if amount is None else amount)


def tax_within(item: OpenItem, amount: Decimal) -> Decimal:
    """Pesos of tax within the next *amount* pesos paid of the item.

    Counted as a difference of running figures, so the parts add up to the charge's tax exactly,
    however many payments settle it.

    Raises:
        ValueError: when the amount exceeds what is outstanding.
    """
    if not 0 <= amount <= item.outstanding:
        raise ValueError(amount)
    return item.tax_settled_at(item.settled + amount) - item.tax_settled_at(item.settled)
