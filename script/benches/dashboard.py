"""Whether the manager's window keeps up while eight stations charge without pause."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import IO, Any

from benches.desk import account_ids, debtors, open_desk
from benches.measure import Figures, Line, note
from benches.town import TILLS, Town
from benches.window import GAP_MS, environment, station_home
from tehuacan_comercial.data.queries import dashboard as queries

SCREEN_MS = 1000.0
_TAIL = 2.0
"""Seconds that the window is watched after the last charge."""
_STARTING = 12.0
"""Seconds that eight processes may take to come to the line."""
_PATIENCE = 120.0


@dataclass(frozen=True)
class Shift:
    """What one till needs to know; ``starts`` by the clock that all processes share."""

    town: Town
    number: int
    accounts: list[int]
    period: str
    starts: float
    seconds: float


def measure(town: Town, period: str, seconds: float, seed: int) -> Iterator[Line]:
    """``period`` is one whose bills nobody paid; the tills charge for so many seconds."""
    note("the manager's window while eight stations charge")
    home = station_home(town)
    limit = Figures.of(_looks(town))
    commits, said = _day(town, home, period, seconds, seed)
    latencies = _latencies(commits, said["ready"]["receipts"], said["watched"]["seen"])
    longest = max(latencies) * 1000
    yield Line(
        "dashboard: from commit to screen", Figures.of(latencies), limit,
        f"longest_ms <= {SCREEN_MS:g}", longest <= SCREEN_MS, town.accounts, TILLS,
        {"longest_ms": round(longest, 1), "charges": len(commits),
         "charges_per_second": round(len(commits) / seconds)},
    )  # fmt: skip
    gaps: list[float] = said["watched"]["gaps"]
    idle: list[float] = said["idle"]["gaps"]
    gap = max(gaps) * 1000
    yield Line(
        "dashboard: gap of the main thread", Figures.of(gaps), Figures.of(idle),
        f"longest_gap_ms <= {GAP_MS:g}", gap <= GAP_MS, town.accounts, TILLS,
        {"longest_gap_ms": round(gap, 1), "gaps_over_aim": sum(g * 1000 > GAP_MS for g in gaps),
         "longest_gap_of_an_empty_window_ms": round(max(idle) * 1000, 1),
         "gaps_of_an_empty_window_over_aim": sum(g * 1000 > GAP_MS for g in idle)},
    )  # fmt: skip


def _looks(town: Town) -> list[float]:
    """What one whole reading of the day takes while nobody else is there; seconds."""
    database = town.manager()
    taken = []
    for number in range(21):
        begun = time.perf_counter()
        with database.read() as connection:
            queries.day_now(connection, 0, 0, cash=True)
        if number:
            taken.append(time.perf_counter() - begun)
    database.close()
    return taken


def _day(
    town: Town, home: Path, period: str, seconds: float, seed: int
) -> tuple[list[float], dict[str, dict[str, Any]]]:
    """The moments of all commits in order, and what the window said; beside it an empty window
    tells what eight tills and their server leave of this machine to anybody.
    """
    watched = _STARTING + seconds + _TAIL
    over = home / "cobrado"
    window = _window(home, "benches.board", str(over))
    empty = None
    try:
        ready = json.loads(_output(window).readline())
        empty = _window(home, "benches.station", "bare", str(round(watched * 1000)))
        commits = _charge(town, period, seconds, seed)
        time.sleep(_TAIL)
        over.touch()
        texts = [each.communicate(timeout=_PATIENCE)[0] for each in (window, empty)]
    finally:
        for each in filter(None, (window, empty)):
            each.kill()
    lines = [ready, *(json.loads(line) for text in texts for line in text.splitlines())]
    return commits, {line["name"]: line for line in lines}


def _window(home: Path, module: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    )


def _output(process: subprocess.Popen[str]) -> IO[str]:
    if process.stdout is None:
        raise RuntimeError("no output")
    return process.stdout


def _charge(town: Town, period: str, seconds: float, seed: int) -> list[float]:
    accounts = account_ids(town)
    Random(seed).shuffle(accounts)  # noqa: S311 - an order, not a secret
    starts = time.monotonic() + _STARTING
    shifts = [
        Shift(town, number, accounts[number - 1 :: TILLS], period, starts, seconds)
        for number in range(1, TILLS + 1)
    ]
    processes = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(TILLS, processes) as tills:
        moments = tills.map(_work, shifts, timeout=_PATIENCE + seconds)
        return sorted(moment for each in moments for moment in each)


def _work(shift: Shift) -> list[float]:
    """Charge from the common start on, at least once; when each charge was known committed."""
    with shift.town.admin() as connection:
        waiting = list(debtors(connection, shift.accounts, shift.period))
    desk = open_desk(shift.town, shift.number, shift.town.office.home / f"tablero-{shift.number}")
    time.sleep(max(0.0, shift.starts - time.monotonic()))
    moments: list[float] = []
    for debtor in waiting:
        if moments and time.monotonic() >= shift.starts + shift.seconds:
            break  # never before the first, however late this process came
        desk.charge(debtor)
        moments.append(time.monotonic())
    desk.database.close()
    return moments


def _latencies(
    commits: Sequence[float], before: int, seen: Sequence[tuple[float, int]]
) -> list[float]:
    """For each charge, how long until the screen said a count that includes it; seconds.

    Raises:
        LookupError: the screen never showed them all.
    """
    counts = [count for _at, count in seen]
    found = []
    for number, committed in enumerate(commits, start=1):
        at = bisect_left(counts, before + number)
        if at == len(counts):
            raise LookupError(f"{len(commits) + before - max(counts, default=0)} never shown")
        found.append(max(0.0, seen[at][0] - committed))
    return found
