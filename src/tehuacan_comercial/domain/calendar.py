"""Working days, deadlines that fall on one, and the Spanish names of billing periods."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
SATURDAY, SUNDAY = 5, 6
_PERIOD_CODE = re.compile(r"(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])")
_LONGEST_CLOSURE = 366


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Which days the office works: every day but its weekly rest and the days it closes.

    *rest_weekdays* counts from Monday = 0. Federal holidays and the office's own days together
    make *non_working*.

    Raises:
        ValueError: when no day of the week is left for work.
    """

    non_working: frozenset[date] = field(default_factory=frozenset)
    rest_weekdays: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def __post_init__(self) -> None:
        if self.rest_weekdays >= frozenset(range(7)):
            raise ValueError("the whole week rests")

    def is_business_day(self, day: date) -> bool:
        """Whether the office works that day."""
        return day.weekday() not in self.rest_weekdays and day not in self.non_working

    def next_business_day(self, day: date) -> date:
        """The day itself when it is worked, otherwise the first worked day after it.

        Raises:
            ValueError: when the office works no day within a year.
        """
        for offset in range(_LONGEST_CLOSURE):
            candidate = day + timedelta(days=offset)
            if self.is_business_day(candidate):
                return candidate
        raise ValueError(day)

    def add_business_days(self, day: date, count: int) -> date:
        """The *count*-th worked day after *day*, which itself does not count (*días hábiles*)."""
        for _ in range(count):
            day = self.next_business_day(day + timedelta(days=1))
        return day

    def due_date(self, issued_on: date, natural_days: int) -> date:
        """Deadline so many natural days after issue, moved to the next worked day."""
        return self.next_business_day(issued_on + timedelta(days=natural_days))


def calendar_of(own_days: Iterable[date], holidays: Iterable[date] = ()) -> BusinessCalendar:
    """The calendar of an office that closes on its own days and on the holidays."""
    return BusinessCalendar(frozenset(own_days) | frozenset(holidays))


@dataclass(frozen=True, slots=True, order=True)
class BillingPeriod:
    """So many whole months from the first one (*bimestre*: two).

    Raises:
        ValueError: when it does not begin on the first of a month or has not 1 to 12 months.
    """

    first_day: date
    months: int = 2

    def __post_init__(self) -> None:
        if self.first_day.day != 1 or not 1 <= self.months <= 12:
            raise ValueError(self.first_day, self.months)

    @property
    def last_day(self) -> date:
        """Last day of the last month."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> BillingPeriod:
        """The period that follows, equally long."""
        return BillingPeriod(_add_months(self.first_day, self.months), self.months)

    @property
    def code(self) -> str:
        """Year and first month, only digits, as in the bill's barcode: ``202609``."""
        return f"{self.first_day:%Y%m}"

    @property
    def name(self) -> str:
        """As on the bill: ``sep–oct 2026``, ``dic 2026–ene 2027``, ``nov 2026``."""
        first, last = self.first_day, self.last_day
        if self.months == 1:
            return f"{MONTHS[first.month - 1]} {first.year}"
        start = MONTHS[first.month - 1]
        if first.year != last.year:
            start = f"{start} {first.year}"
        return f"{start}–{MONTHS[last.month - 1]} {last.year}"


def _add_months(first_day: date, months: int) -> date:
    index = first_day.year * 12 + first_day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def period_containing(day: date, months: int = 2) -> BillingPeriod:
    """The period of that length that a day belongs to; the first of a year begins in January.

    Raises:
        ValueError: when the length does not divide the year.
    """
    if months < 1 or 12 % months:
        raise ValueError(months)
    first_month = (day.month - 1) // months * months + 1
    return BillingPeriod(date(day.year, first_month, 1), months)


def parse_period_code(code: str, months: int = 2) -> BillingPeriod | None:
    """The period of a code such as ``202609``; None if it is none."""
    found = _PERIOD_CODE.fullmatch(code)
    if found is None:
        return None
    return BillingPeriod(date(int(found["year"]), int(found["month"]), 1), months)
