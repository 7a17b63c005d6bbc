"""Eight tills charging at once, each its own process, against as many bare commits at once."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

from benches.bare import BareCommit, bare_url
from benches.desk import Debtor, MeasuredDesk, account_ids, debtors, open_desk
from benches.measure import Figures, Line, Work, timed
from benches.town import TILLS, Town

_PATIENCE = 120.0
"""Seconds for eight processes to come to the line."""
AIM = 1000.0
"""Charges a second over eight tills."""

Samples = list[list[float]]
"""Durations in seconds of one kind of work, a list for each round."""


@dataclass(frozen=True)
class Shift:
    """What one process needs to know."""

    town: Town
    number: int
    accounts: list[int]
    periods: tuple[str, str]
    rounds: int
    seconds: float
    bare_url: str

    @property
    def intents(self) -> Path:
        """A station's own folder."""
        return self.town.office.home / f"cobros-{self.number}"


def measure(
    town: Town, periods: tuple[str, str], rounds: int, seconds: float, seed: int
) -> Iterator[Line]:
    """Through the service, then the posting function alone, then bare commits; round by round.

    ``periods`` are two whose bills nobody paid: one for the service, one for the function.
    """
    works = _shifts_of(town, periods, rounds, seconds, seed)
    whole, call, limit = (_merged([shift[kind] for shift in works]) for kind in range(3))
    aim = f"ours_per_second >= {AIM:g}"
    rates = [_rate([shift[kind] for shift in works]) for kind in range(3)]
    yield _line("charge", town, whole, limit, (rates[0], rates[2]), aim, rates[0] >= AIM)
    yield _line("charge: the call alone", town, call, limit, (rates[1], rates[2]), "", None)


def _line(
    bench: str,
    town: Town,
    ours: Samples,
    limit: Samples,
    rates: tuple[float, float],
    aim: str,
    met: bool | None,
) -> Line:
    more: dict[str, object] = {
        "ours_per_second": round(rates[0]),
        "limit_per_second": round(rates[1]),
    }
    return Line(bench, _flat(ours), _flat(limit), aim, met, town.accounts, TILLS, more)


def _shifts_of(
    town: Town, periods: tuple[str, str], rounds: int, seconds: float, seed: int
) -> list[list[Samples]]:
    """What each till measured: for each kind of work, its rounds."""
    accounts = account_ids(town)
    Random(seed).shuffle(accounts)  # noqa: S311 - an order, not a secret
    url = bare_url(town)
    shifts = [
        Shift(town, number, accounts[number - 1 :: TILLS], periods, rounds, seconds, url)
        for number in range(1, TILLS + 1)
    ]
    processes = multiprocessing.get_context("spawn")
    # An executor tells when one of its processes dies; a multiprocessing.Pool waits for ever.
    with ProcessPoolExecutor(
        TILLS, processes, initializer=_meet_at, initargs=(processes.Barrier(TILLS),)
    ) as tills:
        return list(tills.map(_work, shifts, timeout=_PATIENCE + rounds * 4 * seconds))


_meeting: list[Barrier] = []
"""Where the tills wait for each other, one to a process; locks can only be handed over at birth."""


def _meet_at(barrier: Barrier) -> None:
    _meeting.append(barrier)


def _work(shift: Shift) -> list[Samples]:
    (barrier,) = _meeting
    with shift.town.admin() as connection:
        first, second = (
            list(debtors(connection, shift.accounts, period)) for period in shift.periods
        )
    desk = open_desk(shift.town, shift.number, shift.intents)
    bare = BareCommit(shift.bare_url)
    works: tuple[Work, ...] = (*_works(desk, first, second), bare)
    taken: list[Samples] = [[], [], []]
    try:
        for number in range(shift.rounds + 1):
            for kind, work in enumerate(works):
                barrier.wait(_PATIENCE)
                durations = _during(work, shift.seconds if number else shift.seconds / 4)
                if number:  # the first round warms up
                    taken[kind].append(durations)
    finally:
        bare.close()
        desk.database.close()
    return taken


def _works(
    desk: MeasuredDesk, first: Sequence[Debtor], second: Sequence[Debtor]
) -> tuple[Work, Work]:
    """The use case, and its call alone with the commands made beforehand."""
    waiting = iter(first)
    payloads = iter([desk.command(debtor).payload() for debtor in second])
    return (
        lambda: desk.charge(next(waiting)),
        lambda: desk.database.call("post_payment", next(payloads)),
    )


def _during(work: Work, seconds: float) -> list[float]:
    """For so long, or until nobody is left in the line."""
    end = time.perf_counter() + seconds
    durations: list[float] = []
    with suppress(StopIteration):
        while time.perf_counter() < end:
            durations.append(timed(work))
    return durations


def _merged(tills: Sequence[Samples]) -> Samples:
    return [[one for durations in each for one in durations] for each in zip(*tills, strict=True)]


def _rate(tills: Sequence[Samples]) -> float:
    """A second, all tills together: the median of the rounds."""
    rounds = [
        sum(len(durations) / sum(durations) for durations in each if durations)
        for each in zip(*tills, strict=True)
    ]
    return float(statistics.median(rounds))


def _flat(rounds: Samples) -> Figures:
    return Figures.of([one for durations in rounds for one in durations])
