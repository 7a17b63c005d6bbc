from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.calendar import (
    BillingPeriod,
    BusinessCalendar,
    calendar_of,
    parse_period_code,
    period_containing,
)
from tests.domain.strategies import days

REVOLUTION = date(2026, 11, 16)
CALENDAR = calendar_of({date(2026, 12, 24)}, {REVOLUTION})


def test_business_days() -> None:
    assert CALENDAR.is_business_day(date(2026, 11, 24))
    assert not CALENDAR.is_business_day(date(2026, 11, 22))
    assert not CALENDAR.is_business_day(REVOLUTION)
    assert CALENDAR.next_business_day(date(2026, 11, 14)) == date(2026, 11, 17)
    assert CALENDAR.next_business_day(date(2026, 11, 17)) == date(2026, 11, 17)


def test_due_date_moves_to_a_business_day() -> None:
    """20 days after 27-Oct is Monday 16-Nov, a holiday."""
    assert CALENDAR.due_date(date(2026, 10, 27), 20) == date(2026, 11, 17)


def test_five_business_days_of_a_notice() -> None:
    """Wednesday 11-Nov: 12, 13, 17, 18, 19."""
    assert CALENDAR.add_business_days(date(2026, 11, 11), 5) == date(2026, 11, 19)


def test_an_office_that_never_works_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        BusinessCalendar(rest_weekdays=frozenset(range(7)))
    closed = frozenset(date(2026, 1, 1) + timedelta(days=each) for each in range(800))
    with pytest.raises(ValueError, match="2026"):
        BusinessCalendar(closed).next_business_day(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("year", "month", "months", "name", "code"),
    [
        (2026, 9, 2, "sep–oct 2026", "202609"),
        (2026, 12, 2, "dic 2026–ene 2027", "202612"),
        (2026, 11, 1, "nov 2026", "202611"),
        (2026, 1, 12, "ene–dic 2026", "202601"),
    ],
)
def test_period_names(year: int, month: int, months: int, name: str, code: str) -> None:
    period = BillingPeriod(date(year, month, 1), months)
    assert (period.name, period.code) == (name, code)
    assert parse_period_code(code, months) == period


def test_last_day_and_next() -> None:
    period = BillingPeriod(date(2028, 1, 1))
    assert period.last_day == date(2028, 2, 29)
    assert period.next == BillingPeriod(date(2028, 3, 1))


@pytest.mark.parametrize("code", ["", "2026", "202600", "202613", "190001", "2026-9", "20260９"])
def test_what_is_no_period(code: str) -> None:
    assert parse_period_code(code) is None


@pytest.mark.parametrize(("first_day", "months"), [(date(2026, 1, 2), 2), (date(2026, 1, 1), 0)])
def test_a_malformed_period_cannot_be_made(first_day: date, months: int) -> None:
    with pytest.raises(ValueError, match="2026"):
        BillingPeriod(first_day, months)


def test_a_period_that_does_not_divide_the_year_is_refused() -> None:
    with pytest.raises(ValueError, match="5"):
        period_containing(date(2026, 1, 1), 5)


@given(days(), st.sampled_from((1, 2, 3, 4, 6, 12)))
def test_every_day_is_in_its_period_and_in_no_other(day: date, months: int) -> None:
    period = period_containing(day, months)
    assert period.first_day <= day <= period.last_day
    assert period.next.first_day == period.last_day + timedelta(days=1)
    assert period_containing(period.next.first_day, months) == period.next


@given(days(), st.sets(days(), max_size=20), st.integers(0, 40))
def test_deadlines_fall_on_business_days(issued: date, closed: set[date], wait: int) -> None:
    calendar = calendar_of(closed)
    due = calendar.due_date(issued, wait)
    assert calendar.is_business_day(due)
    natural = issued + timedelta(days=wait)
    between = [natural + timedelta(days=each) for each in range((due - natural).days)]
    assert not any(calendar.is_business_day(day) for day in between)


@given(days(), st.sets(days(), max_size=20), st.integers(1, 15))
def test_business_days_are_counted_one_by_one(start: date, closed: set[date], count: int) -> None:
    calendar = calendar_of(closed)
    end = calendar.add_business_days(start, count)
    worked = [
        day
        for offset in range(1, (end - start).days + 1)
        if calendar.is_business_day(day := start + timedelta(days=offset))
    ]
    assert len(worked) == count
    assert worked[-1] == end
