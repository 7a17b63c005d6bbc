"""Who is called next: preferential people first, and nobody starves (A2).

A desk calls the preferential person who waits longest, but after *most* of them in a row while
somebody without preference waited, the longest waiting of those is called. So whoever has *n*
people without preference ahead is called to that desk within ``(n + 1) * (most + 1)`` calls,
however many preferential people arrive. The run is counted at each desk by itself: one desk
that attends no preferential people must not use up the turn of those who wait for another.

``data/sql/queue_calls.sql`` orders by the same rule; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits; *seniority* is when they arrived, kept over a transfer."""

    key: int
    preferential: bool
    seniority: datetime


def next_in_line(waiting: Sequence[Waiting], passed_over: int, most: int) -> Waiting | None:
    """Whom a desk calls, or None when nobody waits.

    *waiting* are those whom the desk may call; *passed_over* is its run so far: preferential
    people called in a row while others waited.
    """
    preferential_first = passed_over < most
    return min(
        waiting,
        key=lambda each: (each.preferential != preferential_first, each.seniority, each.key),
        default=None,
    )


def run_after(chosen: Waiting, waiting: Sequence[Waiting], passed_over: int) -> int:
    """The desk's run once it called *chosen* out of *waiting*."""
    others_wait = any(not each.preferential for each in waiting)
    return passed_over + 1 if chosen.preferential and others_wait else 0


def calling_order(waiting: Sequence[Waiting], passed_over: int, most: int) -> tuple[Waiting, ...]:
    """Everybody in the order in which one desk would call them if nobody else came."""
    left, order, run = list(waiting), [], passed_over
    while (chosen := next_in_line(left, run, most)) is not None:
        run = run_after(chosen, left, run)
        left.remove(chosen)
        order.append(chosen)
    return tuple(order)
