"""Preferential people first, and nobody starves: generated lines and arrivals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.queue_fairness import (
    Waiting,
    calling_order,
    next_in_line,
    run_after,
)

OPENS = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
MOST = st.integers(1, 4)
ARRIVALS = st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=30)


def person(key: int, preferential: bool, minute: int = 0) -> Waiting:
    return Waiting(key, preferential, OPENS + timedelta(minutes=minute))


def people(arrivals: Sequence[tuple[bool, int]]) -> list[Waiting]:
    return [person(key, first, minute) for key, (first, minute) in enumerate(arrivals)]


def test_two_preferential_then_one_who_waits_longest() -> None:
    line = people([(False, 0), (True, 5), (True, 6), (True, 7), (False, 1)])
    assert [each.key for each in calling_order(line, 0, 2)] == [1, 2, 0, 3, 4]


def test_without_others_the_run_does_not_grow() -> None:
    alone = [person(1, True)]
    assert run_after(alone[0], alone, 1) == 0
    assert next_in_line([], 0, 2) is None
    assert next_in_line(alone, 2, 2) == alone[0]


@given(ARRIVALS, st.integers(0, 4), MOST)
def test_everybody_is_called_once_each_lane_by_seniority(
    arrivals: list[tuple[bool, int]], run: int, most: int
) -> None:
    line = people(arrivals)
    order = calling_order(line, run, most)
    assert sorted(each.key for each in order) == [each.key for each in line]
    for lane in (True, False):
        called = [(e.seniority, e.key) for e in order if e.preferential is lane]
        assert called == sorted(called)


@given(ARRIVALS, MOST, st.integers(0, 29))
def test_nobody_waits_for_more_calls_than_promised(
    arrivals: list[tuple[bool, int]], most: int, place: int
) -> None:
    """However many preferential people come at every call: (n + 1) × (most + 1) calls at most."""
    line = people(arrivals)
    plain = sorted((e for e in line if not e.preferential), key=lambda e: (e.seniority, e.key))
    if not plain:
        return
    ahead = place % len(plain)
    mine, run, calls = plain[ahead], most, 0
    while mine in line:
        line.append(person(1000 + calls, preferential=True, minute=-1))
        chosen = next_in_line(line, run, most)
        assert chosen is not None
        run = run_after(chosen, line, run)
        line.remove(chosen)
        calls += 1
    assert calls <= (ahead + 1) * (most + 1)


@given(ARRIVALS, MOST)
def test_preference_is_real(arrivals: list[tuple[bool, int]], most: int) -> None:
    """Of the first n calls, while preferential people wait, at most one in (most + 1) is not."""
    line = people(arrivals)
    order = calling_order(line, 0, most)
    left = sum(each.preferential for each in line)
    passed = 0
    for number, chosen in enumerate(order, start=1):
        if not left:
            break
        passed += not chosen.preferential
        left -= chosen.preferential
        assert passed <= number // (most + 1)
