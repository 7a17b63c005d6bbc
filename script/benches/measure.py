"""Pairs of samples taken in turn, their medians, and the JSON line they become."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds of many samples."""

    median: float
    p95: float
    samples: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Figures:
        """From durations in seconds; the p95 is the sample that 95 of 100 do not exceed."""
        ordered = sorted(seconds)
        last = min(len(ordered) - 1, int(len(ordered) * 0.95))
        return cls(statistics.median(ordered) * 1000, ordered[last] * 1000, len(ordered))

    def plain(self) -> dict[str, float]:
        """As it is printed."""
        return {"median": round(self.median, 3), "p95": round(self.p95, 3), "n": self.samples}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure against its limit. ``aim`` says in words what ``met`` answers."""

    bench: str
    ours: Figures
    limit: Figures
    aim: str
    met: bool | None
    accounts: int = 0
    stations: int = 1
    more: dict[str, object] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times the limit's median ours is."""
        return ratio(self.ours, self.limit)

    def say(self) -> None:
        """Print it, one JSON object a line."""
        print(
            json.dumps(
                {
                    "bench": self.bench,
                    "accounts": self.accounts,
                    "stations": self.stations,
                    "ours_ms": self.ours.plain(),
                    "limit_ms": self.limit.plain(),
                    "ratio": round(self.ratio, 2),
                    "aim": self.aim,
                    "met": self.met,
                    **self.more,
                },
                ensure_ascii=False,
            ),
            flush=True,
        )


def ratio(ours: Figures, limit: Figures) -> float:
    """How many times the limit's median ours is."""
    return ours.median / limit.median


def timed(work: Work) -> float:
    """Seconds that the work took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(rounds: int, *works: Work, warm_up: int = 0) -> list[Figures]:
    """Runs the works in turn, each time in another order, so that drift meets all of them."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(rounds + warm_up):
        for step in range(len(works)):
            which = (number + step) % len(works)
            seconds = timed(works[which])
            if number >= warm_up:
                taken[which].append(seconds)
    return [Figures.of(each) for each in taken]


def note(text: str) -> None:
    """Progress, for the person; the figures alone go to standard output."""
    print(text, file=sys.stderr, flush=True)
