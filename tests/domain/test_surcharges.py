from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.money import ZERO, round_money
from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.domain.surcharges import (
    SurchargeBase,
    SurchargeQuote,
    SurchargeRule,
    late_months,
    surcharge_base,
    surcharge_due,
)
from tests.domain.strategies import days, pesos

RULE = SurchargeRule(
    monthly_rate=Decimal("0.015"),
    base=SurchargeBase.PRINCIPAL,
    grace_days=0,
    cap_ratio=None,
    month_fraction_counts=True,
)
DUE = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("through", "fraction_counts", "grace", "expected"),
    [
        (date(2026, 1, 15), True, 0, 0),
        (date(2026, 1, 16), True, 0, 1),
        (date(2026, 2, 15), True, 0, 1),
        (date(2026, 2, 16), True, 0, 2),
        (date(2027, 1, 16), True, 0, 13),
        (date(2026, 1, 16), False, 0, 0),
        (date(2026, 2, 15), False, 0, 0),
        (date(2026, 2, 16), False, 0, 1),
        (date(2026, 1, 20), True, 5, 0),
        (date(2026, 1, 21), True, 5, 1),
        (date(2020, 1, 1), True, 0, 0),
    ],
)
def test_months_or_fraction(
    through: date, fraction_counts: bool, grace: int, expected: int
) -> None:
    rule = replace(RULE, month_fraction_counts=fraction_counts, grace_days=grace)
    assert late_months(DUE, rule, through) == expected


def test_a_delay_that_starts_on_the_31st() -> None:
    """First late day 31-Jan: February has no 31st, so the second month begins on March 1."""
    due = date(2026, 1, 30)
    through = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 30), date(2026, 3, 31))
    assert [late_months(due, RULE, day) for day in through] == [1, 2, 2, 3]


def quote(
    through: date, months: int = 0, amount: str = "0.00", rule: SurchargeRule = RULE
) -> SurchargeQuote:
    return surcharge_due(
        Decimal("333.33"), Decimal("400.00"), DUE, months, Decimal(amount), rule, through
    )


def test_three_months_by_hand() -> None:
    """333.33 x 1.5 % x 3 = 14.99985."""
    assert quote(date(2026, 4, 1)) == SurchargeQuote(3, 3, Decimal("15.00"))


def test_only_what_is_new() -> None:
    """333.33 x 1.5 % x 1 = 4.99995."""
    assert quote(date(2026, 4, 1), 2, "10.00") == SurchargeQuote(3, 1, Decimal("5.00"))


def test_again_or_earlier_adds_nothing() -> None:
    assert quote(date(2026, 4, 1), 3, "15.00") == SurchargeQuote(3, 0, ZERO)
    assert quote(date(2026, 2, 1), 3, "15.00") == SurchargeQuote(3, 0, ZERO)


def test_the_cap_leaves_only_its_room() -> None:
    """5 % of 400.00 is 20.00; 18.00 accrued leave 2.00."""
    capped = replace(RULE, cap_ratio=Decimal("0.05"))
    assert quote(date(2026, 4, 1), 2, "18.00", capped) == SurchargeQuote(3, 1, Decimal("2.00"))
    assert quote(date(2026, 4, 1), 2, "21.00", capped) == SurchargeQuote(3, 1, ZERO)


def test_base_with_and_without_tax() -> None:
    item = OpenItem(
        1, "DREN", "Drenaje", 21, None, "", DUE, DUE, Decimal(100), Decimal(16), Decimal(58)
    )
    assert surcharge_base(item, RULE) == (Decimal("50.00"), Decimal("100.00"))
    with_tax = replace(RULE, base=SurchargeBase.PRINCIPAL_AND_TAX)
    assert surcharge_base(item, with_tax) == (Decimal("58.00"), Decimal("116.00"))


RULES = st.builds(
    SurchargeRule,
    monthly_rate=st.decimals(Decimal(0), Decimal("0.1"), places=4),
    base=st.sampled_from(SurchargeBase),
    grace_days=st.integers(0, 40),
    cap_ratio=st.none() | st.decimals(Decimal(0), Decimal(2), places=2),
    month_fraction_counts=st.booleans(),
)


def run(
    principal: Decimal, due_on: date, rule: SurchargeRule, throughs: list[date]
) -> tuple[int, Decimal]:
    months, accrued = 0, ZERO
    for through in throughs:
        quoted = surcharge_due(principal, principal, due_on, months, accrued, rule, through)
        assert quoted.amount >= 0
        assert quoted.months == months + quoted.new_months
        months, accrued = quoted.months, accrued + quoted.amount
    return months, accrued


@given(pesos(), days(), RULES, st.lists(days(), max_size=8))
def test_repeating_runs_changes_nothing(
    principal: Decimal, due_on: date, rule: SurchargeRule, throughs: list[date]
) -> None:
    once = run(principal, due_on, rule, throughs)
    doubled = [through for each in throughs for through in (each, each)]
    assert run(principal, due_on, rule, doubled) == once
    assert run(principal, due_on, rule, [*throughs, *throughs]) == once
    if rule.cap_ratio is not None:
        assert once[1] <= round_money(rule.cap_ratio * principal)


@given(days(), RULES, days(), st.integers(0, 800))
def test_months_never_fall_as_time_passes(
    due_on: date, rule: SurchargeRule, through: date, later: int
) -> None:
    after = through + timedelta(days=later)
    assert late_months(due_on, rule, after) >= late_months(due_on, rule, through) >= 0
    assert late_months(due_on, rule, due_on + timedelta(days=rule.grace_days)) == 0


@given(pesos(), days(), RULES, st.lists(days(), min_size=1, max_size=6))
def test_many_small_runs_cost_what_one_costs_but_for_cents(
    principal: Decimal, due_on: date, rule: SurchargeRule, throughs: list[date]
) -> None:
    months, accrued = run(principal, due_on, rule, sorted(throughs))
    whole_months, whole = run(principal, due_on, rule, [max(throughs)])
    assert months == whole_months
    assert abs(accrued - whole) <= Decimal("0.005") * (len(throughs) + 1)
