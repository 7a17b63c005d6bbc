"""Tests wait out the end of the office's day, and only that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.midnight import until_the_day_is_safe


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (datetime(2026, 11, 24, 5, 55, tzinfo=UTC), 0),
        (datetime(2026, 11, 24, 5, 59, tzinfo=UTC), 61),
        (datetime(2026, 11, 24, 6, 0, 1, tzinfo=UTC), 0),
        (datetime(2026, 11, 24, 23, 59, tzinfo=UTC), 0),
    ],
)
def test_the_last_minutes_of_the_office_s_day_are_waited_out(now: datetime, seconds: int) -> None:
    assert until_the_day_is_safe(now) == seconds
