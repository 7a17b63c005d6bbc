from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.consumption import (
    AnomalyCode,
    Consumption,
    check_capture,
    estimated_consumption,
    metered_consumption,
    period_consumption,
)
from tehuacan_comercial.domain.refusals import InvalidCommand


def test_ordinary_reading() -> None:
    assert metered_consumption(1204, 1231, 5) == Consumption(27)


def test_the_meter_passed_its_last_figure() -> None:
    """99 990 → 00 012 on five digits: 10 up to 100 000 and 12 more."""
    assert metered_consumption(99990, 12, 5) == Consumption(22, rolled_over=True)


@pytest.mark.parametrize(
    ("previous", "current", "problem"),
    [
        (1231, 1204, "lower_than_previous"),
        (1231, 100000, "does_not_fit_meter"),
        (-1, 5, "does_not_fit_meter"),
    ],
)
def test_a_wrong_reading_is_refused(previous: int, current: int, problem: str) -> None:
    with pytest.raises(InvalidCommand) as refused:
        metered_consumption(previous, current, 5)
    assert refused.value.problem == problem


def test_average_of_the_last_six_by_hand() -> None:
    """(20 + 21 + 25 + 22 + 24 + 23) / 6 = 22.5 → 23; the 900 is the seventh and too old."""
    assert estimated_consumption([900, 20, 21, 25, 22, 24, 23]) == Consumption(23, estimated=True)
    assert estimated_consumption([10, 11]) == Consumption(11, estimated=True)


def test_nothing_known_is_flagged() -> None:
    assert estimated_consumption([]) == Consumption(0, estimated=True, known=False)


def test_a_period_is_estimated_only_without_a_reading() -> None:
    assert period_consumption(100, 130, 5, [10]) == Consumption(30)
    assert period_consumption(100, None, 5, [10]) == Consumption(10, estimated=True)
    assert period_consumption(None, 130, 5, [10]) == Consumption(10, estimated=True)


def test_a_missing_reading_needs_its_anomaly() -> None:
    closed = AnomalyCode("CERR", "Casa cerrada", allows_missing=True)
    opaque = AnomalyCode("OPAC", "Carátula opaca", allows_missing=False)
    check_capture(None, closed)
    check_capture(12, None)
    for anomaly in (None, opaque):
        with pytest.raises(InvalidCommand):
            check_capture(None, anomaly)


@given(st.integers(3, 8), st.data())
def test_a_meter_shows_what_ran_through_it(digits: int, data: st.DataObject) -> None:
    capacity = 10**digits
    previous = data.draw(st.integers(0, capacity - 1))
    used = data.draw(st.integers(0, capacity // 2 - 1))
    current = (previous + used) % capacity
    assert metered_consumption(previous, current, digits) == Consumption(
        used, rolled_over=previous + used >= capacity
    )


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_an_estimate_is_the_nearest_whole_metre(actual: list[int]) -> None:
    last = actual[-6:]
    exact = Fraction(sum(last), len(last))
    m3 = estimated_consumption(actual).m3
    assert min(last) <= m3 <= max(last)
    assert -Fraction(1, 2) < m3 - exact <= Fraction(1, 2)
