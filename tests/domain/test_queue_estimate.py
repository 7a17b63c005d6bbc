"""Estimates of the wait: the queue played forward with the desks that are open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.queue_estimate import (
    EstimatedDesk,
    InLine,
    WaitEstimate,
    estimate_wait,
)
from tehuacan_comercial.domain.queue_fairness import Waiting

OPENS = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def waits(
    key: int, minutes: float = 5, *, first: bool = False, desks: str = "AB", at: int | None = None
) -> InLine:
    arrived = OPENS + timedelta(minutes=key if at is None else at)
    return InLine(Waiting(key, first, arrived), frozenset(desks), minutes)


def test_two_desks_share_the_line() -> None:
    desks = [EstimatedDesk("A", 0), EstimatedDesk("B", 3)]
    line = [waits(1), waits(2), waits(3), waits(4)]
    assert estimate_wait(desks, line, 1, 2) == WaitEstimate(0, 0)
    assert estimate_wait(desks, line, 2, 2) == WaitEstimate(1, 3)
    assert estimate_wait(desks, line, 3, 2) == WaitEstimate(2, 5)
    assert estimate_wait(desks, line, 4, 2) == WaitEstimate(3, 8)


def test_preferential_people_go_before_and_are_counted() -> None:
    desks = [EstimatedDesk("A", 0)]
    line = [waits(1), waits(2, first=True), waits(3, first=True), waits(4, first=True)]
    assert estimate_wait(desks, line, 1, 2) == WaitEstimate(2, 10)
    assert estimate_wait(desks, line, 4, 2) == WaitEstimate(3, 15)


def test_desks_that_do_not_serve_it_take_nobody_away() -> None:
    desks = [EstimatedDesk("A", 0), EstimatedDesk("B", 0)]
    line = [waits(1, desks="A"), waits(2, desks="B")]
    assert estimate_wait(desks, line, 2, 2) == WaitEstimate(0, 0)


def test_without_an_open_desk_there_is_no_estimate_but_a_place() -> None:
    line = [waits(1, desks=""), waits(2, desks="")]
    assert estimate_wait([], line, 2, 2) == WaitEstimate(1, None)
    assert estimate_wait([EstimatedDesk("A", 0)], line, 2, 2) == WaitEstimate(1, None)
    with pytest.raises(KeyError):
        estimate_wait([], line, 9, 2)


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(("A", "B", "AB")), st.integers(1, 30)),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 3),
)
def test_more_desks_never_make_the_line_disappear(
    drawn: list[tuple[bool, str, int]], most: int
) -> None:
    """Whoever has an open desk is called, and after no more people than there are."""
    line = [waits(n, m, first=first, desks=desks) for n, (first, desks, m) in enumerate(drawn)]
    for key in range(len(line)):
        found = estimate_wait([EstimatedDesk("A", 0), EstimatedDesk("B", 1)], line, key, most)
        assert found.minutes is not None
        assert 0 <= found.ahead < len(line)
        assert found.minutes <= 1 + sum(each.minutes for each in line)
