"""No test begins shortly before Mexico's midnight: the office's day would change under it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("America/Mexico_City")
LONGEST_TEST = timedelta(minutes=4)


def until_the_day_is_safe(now: datetime) -> float:
    """Seconds to wait: none, or until just past midnight when a test could run across it."""
    here = now.astimezone(OFFICE_ZONE)
    midnight = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), OFFICE_ZONE)
    left = midnight - here
    return left.total_seconds() + 1 if left < LONGEST_TEST else 0.0
