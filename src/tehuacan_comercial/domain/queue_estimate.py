"""How long somebody will wait: the queue played forward with the desks that are open (A1).

The same rule calls as in earnest (``queue_fairness``); nobody else is supposed to come. What an
attention takes is what it took lately, in minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tehuacan_comercial.domain.queue_fairness import Waiting, next_in_line, run_after


@dataclass(frozen=True, slots=True)
class EstimatedDesk:
    """An open desk: minutes until it calls again, and its run of preferential people."""

    code: str
    free_in: float
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits, the open desks that may call them, and minutes of their attention."""

    waiting: Waiting
    desks: frozenset[str]
    minutes: float


@dataclass(frozen=True, slots=True)
class WaitEstimate:
    """*ahead* are called before by desks that serve this person; without open desk no minutes."""

    ahead: int
    minutes: float | None


def estimate_wait(
    desks: Sequence[EstimatedDesk], line: Sequence[InLine], key: int, most: int
) -> WaitEstimate:
    """Play the queue forward until *key* is called.

    Raises:
        KeyError: *key* does not wait.
    """
    people = {each.waiting.key: each for each in line}
    mine = people[key]
    working, ahead = list(desks), 0
    while working:
        desk = min(working, key=lambda each: (each.free_in, each.code))
        may_call = [each.waiting for each in people.values() if desk.code in each.desks]
        chosen = next_in_line(may_call, desk.passed_over, most)
        working.remove(desk)
        if chosen is None:
            continue
        if chosen.key == key:
            return WaitEstimate(ahead, desk.free_in)
        ahead += desk.code in mine.desks
        run = run_after(chosen, may_call, desk.passed_over)
        minutes = people.pop(chosen.key).minutes
        working.append(replace(desk, free_in=desk.free_in + minutes, passed_over=run))
    elder = [each for each in people.values() if _before(each.waiting, mine.waiting)]
    return WaitEstimate(len(elder), None)


def _before(one: Waiting, other: Waiting) -> bool:
    return (one.seniority, one.key) < (other.seniority, other.key)
