from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from tehuacan_comercial.domain.open_items import (
    DUE_LABELS,
    DebtTotals,
    DueState,
    OpenItem,
    debt_totals,
    open_lines,
    total_outstanding,
)
from tests.domain.strategies import days, statements

SEWERAGE = OpenItem(
    charge_id=7,
    concept="DREN",
    concept_name="Drenaje",
    concept_order=21,
    period="202609",
    period_name="sep–oct 2026",
    issued_on=date(2026, 11, 3),
    due_on=date(2026, 11, 23),
    amount=Decimal("100.00"),
    tax=Decimal("16.00"),
    settled=Decimal("58.00"),
)


def test_what_is_left_of_a_half_paid_charge() -> None:
    assert SEWERAGE.total == Decimal("116.00")
    assert SEWERAGE.outstanding == Decimal("58.00")
    assert SEWERAGE.outstanding_tax == Decimal("8.00")


def test_overdue_from_the_day_after_the_deadline() -> None:
    assert SEWERAGE.state(date(2026, 11, 23)) is DueState.DUE
    assert SEWERAGE.state(date(2026, 11, 24)) is DueState.OVERDUE
    undated = replace(SEWERAGE, due_on=None)
    assert undated.state(date(2026, 11, 3)) is DueState.DUE
    assert undated.state(date(2026, 11, 4)) is DueState.OVERDUE


def test_a_paid_charge_is_never_overdue() -> None:
    paid = replace(SEWERAGE, settled=Decimal("116.00"))
    assert paid.state(date(2030, 1, 1)) is DueState.DUE


def test_every_state_has_a_spanish_name() -> None:
    assert set(DUE_LABELS) == set(DueState)


@pytest.mark.parametrize("settled", ["-0.01", "116.01"])
def test_settled_beyond_the_charge_is_refused(settled: str) -> None:
    with pytest.raises(ValueError, match="7"):
        replace(SEWERAGE, settled=Decimal(settled))


def test_a_charge_of_nothing_owes_nothing() -> None:
    free = replace(SEWERAGE, amount=Decimal(0), tax=Decimal(0), settled=Decimal(0))
    assert free.outstanding == free.outstanding_tax == 0


def test_totals_apart() -> None:
    current = replace(SEWERAGE, charge_id=8, due_on=date(2027, 1, 20))
    totals = debt_totals([SEWERAGE, current], date(2026, 11, 24))
    assert totals == DebtTotals(overdue=Decimal("58.00"), due=Decimal("58.00"))
    assert totals.total == Decimal("116.00")


def test_surcharges_of_one_charge_and_concept_are_one_line() -> None:
    def late(charge_id: int, parent: int, concept: str = "RECDREN") -> OpenItem:
        return replace(SEWERAGE, charge_id=charge_id, concept=concept, parent_charge_id=parent)

    lines = open_lines([late(1, 7), late(2, 7), late(3, 8), SEWERAGE, late(4, 7), late(5, 7, "R")])
    assert [line.charge_ids for line in lines] == [{1, 2, 4}, {3}, {7}, {5}]
    assert lines[0].first.charge_id == 1
    assert lines[0].outstanding == Decimal("174.00")
    assert lines[0].outstanding_tax == Decimal("24.00")
    assert lines[0].settled == Decimal("174.00")


@given(statements())
def test_lines_hold_every_item_once(items: tuple[OpenItem, ...]) -> None:
    held = [item for line in open_lines(items) for item in line.items]
    assert sorted(item.charge_id for item in held) == sorted(item.charge_id for item in items)
    assert sum(line.outstanding for line in open_lines(items)) == total_outstanding(items)


@given(statements(), days())
def test_overdue_and_due_are_everything(items: tuple[OpenItem, ...], today: date) -> None:
    assert debt_totals(items, today).total == total_outstanding(items)
    for item in items:
        assert 0 <= item.outstanding_tax <= item.tax
        assert item.outstanding_tax <= item.outstanding
