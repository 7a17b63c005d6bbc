"""Several acts at the same instant."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tehuacan_comercial.domain.refusals import Refusal

T = TypeVar("T")


def together(acts: Sequence[Callable[[], T]]) -> list[T | Refusal]:
    """Starts them behind one barrier; gives each one's value, or the refusal it met."""
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Refusal:
        barrier.wait()
        try:
            return act()
        except Refusal as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def side_by_side(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Runs them at once, each at its own pace; what one raises is raised."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(lambda act: act(), acts))
