"""How long a test of a broken link waits: short where nobody answers, long where somebody does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tehuacan_comercial.domain.refusals import TroubleRefusal
from tests.support.proxy import Fault

T = TypeVar("T")

PATIENCE = 200
"""How often somebody asks again before the test says that the office stands still."""

SILENT = (Fault.BLACK_HOLE_REQUEST, Fault.BLACK_HOLE_ANSWER)


def deadline_for(fault: Fault) -> float:
    """Seconds: only a link that stays open and silent has to be waited for to its end."""
    return 0.7 if fault in SILENT else 5.0


def until_answered(act: Callable[[], T]) -> T:
    """As a person who presses again: a busy machine may be slower than a test's deadline.

    Only for acts that do no harm twice, and never for the one that meets the fault.
    """
    for _ in range(PATIENCE):
        try:
            return act()
        except TroubleRefusal:
            continue
    raise TimeoutError("no answer comes")
