from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.allocation import (
    Part,
    allocate,
    allocate_selected,
    settlement_order,
    tax_within,
)
from tehuacan_comercial.domain.open_items import OpenItem, total_outstanding
from tehuacan_comercial.domain.refusals import ChargeNotOfAccount, NothingToCharge
from tests.domain.strategies import open_items, pesos, statements


def item(
    charge_id: int, due: date, amount: str, order: int = 20, parent: int | None = None
) -> OpenItem:
    return OpenItem(
        charge_id=charge_id,
        concept="AGUA",
        concept_name="Agua potable",
        concept_order=order,
        period=None,
        period_name="",
        issued_on=due,
        due_on=due,
        amount=Decimal(amount),
        tax=Decimal("0.00"),
        settled=Decimal("0.00"),
        parent_charge_id=parent,
    )


JULY, SEPTEMBER, NOVEMBER = date(2026, 7, 20), date(2026, 9, 20), date(2026, 11, 20)
OLD_WATER = item(1, JULY, "200.00")
NEW_WATER = item(2, SEPTEMBER, "210.00")
OLD_SEWERAGE = item(3, JULY, "30.00", order=21)
OLD_SURCHARGE = item(4, NOVEMBER, "9.00", order=10, parent=1)
STATEMENT = (NEW_WATER, OLD_SURCHARGE, OLD_SEWERAGE, OLD_WATER)


def test_oldest_first_with_the_surcharge_beside_its_charge() -> None:
    allocation = allocate(STATEMENT, Decimal("300.00"))
    assert allocation.parts == (
        Part(4, Decimal("9.00")),
        Part(1, Decimal("200.00")),
        Part(3, Decimal("30.00")),
        Part(2, Decimal("61.00")),
    )
    assert allocation.remainder == 0


def test_a_surcharge_whose_charge_is_paid_stands_by_its_own_date() -> None:
    order = settlement_order((OLD_SURCHARGE, NEW_WATER))
    assert [each.charge_id for each in order] == [2, 4]


def test_what_finds_no_charge_is_an_advance() -> None:
    allocation = allocate(STATEMENT, Decimal("500.00"))
    assert (allocation.allocated, allocation.remainder) == (Decimal("449.00"), Decimal("51.00"))


def test_chosen_charges_only() -> None:
    assert allocate_selected(STATEMENT, {2, 3}).parts == (
        Part(3, Decimal("30.00")),
        Part(2, Decimal("210.00")),
    )
    assert allocate_selected(STATEMENT, {2, 3}, Decimal("40.00")).parts == (
        Part(3, Decimal("30.00")),
        Part(2, Decimal("10.00")),
    )


def test_a_charge_of_another_account_is_refused() -> None:
    with pytest.raises(ChargeNotOfAccount) as refused:
        allocate_selected(STATEMENT, {2, 99})
    assert refused.value.charge_id == 99


def test_nothing_chosen_or_nothing_owed_is_refused() -> None:
    with pytest.raises(NothingToCharge):
        allocate_selected(STATEMENT, set())
    paid = replace(NEW_WATER, settled=NEW_WATER.total)
    with pytest.raises(NothingToCharge):
        allocate_selected([paid], {2})


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        allocate(STATEMENT, Decimal(-1))
    with pytest.raises(ValueError, match="twice"):
        allocate((OLD_WATER, OLD_WATER), Decimal(1))


@given(statements(), pesos(), st.randoms())
def test_allocation_is_exact_ordered_and_does_not_depend_on_the_order_given(
    items: tuple[OpenItem, ...], amount: Decimal, random: Random
) -> None:
    allocation = allocate(items, amount)
    owed = {each.charge_id: each.outstanding for each in items}
    assert allocation.allocated + allocation.remainder == amount
    assert allocation.allocated == min(amount, total_outstanding(items))
    assert all(0 < part.amount <= owed[part.charge_id] for part in allocation.parts)

    ranks = [each.charge_id for each in settlement_order(items) if each.outstanding]
    touched = [part.charge_id for part in allocation.parts]
    assert touched == ranks[: len(touched)]
    assert all(part.amount == owed[part.charge_id] for part in allocation.parts[:-1])

    shuffled = list(items)
    random.shuffle(shuffled)
    assert allocate(shuffled, amount) == allocation


@given(statements())
def test_the_order_is_oldest_first_among_charges_without_parent(
    items: tuple[OpenItem, ...],
) -> None:
    order = [each for each in settlement_order(items) if each.parent_charge_id is None]
    keys = [(each.deadline, each.concept_order, each.charge_id) for each in order]
    assert keys == sorted(keys)


@given(open_items(charge_id=1), st.lists(st.integers(0, 100), max_size=6))
def test_the_tax_of_all_payments_is_the_tax_of_the_charge(
    charge: OpenItem, shares: list[int]
) -> None:
    owed_tax = charge.outstanding_tax
    paid_tax = Decimal(0)
    left = charge
    amounts = [charge.outstanding * share / 100 for share in shares]
    for asked in [*(each.quantize(Decimal("0.01")) for each in amounts), charge.outstanding]:
        amount = min(asked, left.outstanding)
        tax = tax_within(left, amount)
        assert 0 <= tax <= amount
        paid_tax += tax
        left = replace(left, settled=left.settled + amount)
    assert left.outstanding == left.outstanding_tax == 0
    assert paid_tax == owed_tax


def test_tax_within_refuses_more_than_is_owed() -> None:
    with pytest.raises(ValueError, match=r"200\.01"):
        tax_within(OLD_WATER, Decimal("200.01"))
