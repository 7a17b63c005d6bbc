"""Measures what must be fast, each figure beside a limit of the same run; JSON lines."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from benches import (
    billing,
    charges,
    crowd,
    dashboard,
    decisions,
    gate,
    paper,
    search,
    server,
    window,
)
from benches.measure import Line, note
from benches.office import Office, open_office
from benches.town import PERIODS, build_town, settle_down


@dataclass(frozen=True, slots=True)
class Size:
    """How much a run measures."""

    towns: tuple[int, ...]
    charges: int
    crowd_rounds: int
    crowd_seconds: float
    crowd_charges: int
    searches: int
    billed: int
    papers: int
    bills: int
    starts: int
    day: int
    dashboard_seconds: float
    decisions: int


FULL = Size((10_000, 100_000), 800, 3, 2.0, 300, 2000, 3, 40, 1000, 7, 200, 8.0, 12)
QUICK = Size((300,), 15, 1, 0.2, 20, 60, 2, 3, 20, 1, 2, 0.5, 1)
PARTS = ("charge", "crowd", "search", "billing", "paper", "window", "dashboard", "decisions")
NEED_DEBTS = frozenset({"charge", "crowd", "billing", "search", "window", "dashboard", "decisions"})


def main() -> int:
    """Exit 1 when a charge takes more round trips or commits than it may, whatever the speed."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server is stopped all the same
    size = QUICK if asked.quick else FULL
    kept = True
    if "paper" in asked.only:
        _say(paper.measure(size.papers, size.bills))
    if NEED_DEBTS.isdisjoint(asked.only):
        return 0
    with open_office() as office:
        for accounts in asked.accounts or size.towns:
            kept &= _town(office, accounts, size, asked.only, asked.seed)
    return 0 if kept else 1


def _town(office: Office, accounts: int, size: Size, parts: list[str], seed: int) -> bool:
    town = build_town(office, f"town_{accounts}", accounts, seed)
    if "billing" in parts:
        note("billing")
        _say(billing.measure(town, PERIODS[: size.billed]))
    owed = PERIODS[-3:]
    for period in owed:
        billing.bill(town, period)
    billing.accrue(town)
    with town.admin() as connection:
        settle_down(connection)
    kept = True
    if "charge" in parts:
        counted = gate.count(town, owed[0], seed)
        counted.say()
        kept = counted.kept
        _say(charges.measure(town, owed[1], size.charges, seed))
    if "crowd" in parts:
        note("eight tills")
        _say(crowd.measure(town, (owed[0], owed[2]), size.crowd_rounds, size.crowd_seconds, seed))
        note("eight clients of the server alone")
        _say(server.measure(town, owed[1], size.crowd_rounds, size.crowd_charges))
    if "search" in parts:
        _say(search.measure(town, size.searches, seed))
    if "window" in parts:
        _say(window.measure(town, size.starts, size.day, seed))
    if "dashboard" in parts:
        _say(dashboard.measure(town, owed[2], size.dashboard_seconds, seed))
    if "decisions" in parts:
        _say(decisions.measure(town, owed[1], size.decisions, seed))
    return kept


def _say(lines: Iterator[Line] | list[Line]) -> None:
    for line in lines:
        line.say()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke test of about a minute")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--accounts", nargs="+", type=int, help="sizes of the towns")
    parser.add_argument("--seed", type=int, default=2026)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
