"""The m³ of a period: from two readings, or estimated from the readings that were real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tehuacan_comercial.domain.refusals import InvalidCommand

NOISE = 10
"""m³ of a period that come and go without a cause."""

ESTIMATE_FROM = 6
"""Real consumptions that an estimate averages (CAPAT Taxco; the usual practice)."""


@dataclass(frozen=True, slots=True)
class AnomalyCode:
    """What the reader met at the meter, and whether it excuses a missing reading."""

    code: str
    name: str
    allows_missing: bool


@dataclass(frozen=True, slots=True)
class Consumption:
    """Whole m³ of a period and how they are known.

    *known* is false for an estimate without any real reading behind it: it says 0 and asks for a
    look at the account.
    """

    m3: int
    estimated: bool = False
    known: bool = True
    rolled_over: bool = False


def metered_consumption(previous: int, current: int, digits: int) -> Consumption:
    """m³ between two readings of a meter with so many *digits*.

    A lower reading means that the meter passed its last figure and began again, as long as less
    than half its range was used; otherwise somebody misread it.

    Raises:
        InvalidCommand: when a reading does not fit the meter, or goes back.
    """
    capacity = 10**digits
    for reading in (previous, current):
        if not 0 <= reading < capacity:
            raise InvalidCommand(field="reading", problem="does_not_fit_meter")
    if current >= previous:
        return Consumption(current - previous)
    rolled = current + capacity - previous
    if 2 * rolled >= capacity:
        raise InvalidCommand(field="reading", problem="lower_than_previous")
    return Consumption(rolled, rolled_over=True)


def estimated_consumption(actual: Sequence[int]) -> Consumption:
    """Average of the last six real consumptions (m³, oldest first), halves up to the whole m³.

    SQL says the same with ``round(avg(m3))``.
    """
    last = actual[-ESTIMATE_FROM:]
    if not last:
        return Consumption(0, estimated=True, known=False)
    return Consumption((2 * sum(last) + len(last)) // (2 * len(last)), estimated=True)


def period_consumption(
    previous: int | None, current: int | None, digits: int, actual: Sequence[int]
) -> Consumption:
    """m³ to bill: between the readings where both exist, otherwise estimated.

    Raises:
        InvalidCommand: as :func:`metered_consumption`.
    """
    if previous is None or current is None:
        return estimated_consumption(actual)
    return metered_consumption(previous, current, digits)


def unusual_consumption(m3: int, average: int, percent: int) -> bool:
    """Whether *m3* is so many percent over the usual, and by more than the noise of a household.

    A jump from 1 to 5 m³ is no leak: up to ten m³ over the usual nobody is sent.
    """
    return m3 - average > NOISE and 100 * (m3 - average) > percent * average


def check_capture(current: int | None, anomaly: AnomalyCode | None) -> None:
    """Accept a reading sheet row: a figure, or an anomaly that excuses its absence.

    Raises:
        InvalidCommand: when the reading is missing without such an anomaly.
    """
    if current is None and not (anomaly and anomaly.allows_missing):
        raise InvalidCommand(field="reading", problem="missing_without_anomaly")
