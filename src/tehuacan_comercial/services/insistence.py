"""Ask until the server answers, within bounds, and know whether an answer was lost (D5, H18)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tehuacan_comercial.domain.refusals import ResultUnknown, ServerUnreachable, TroubleRefusal

T = TypeVar("T")

PAUSES = (0.0, 0.4, 1.2)
"""Seconds to wait before each try of an act; as many tries as pauses."""


@dataclass
class Insistence:
    """Tries of one command that carries a UUID, so that a second try does no harm.

    ``doubtful`` is True once an answer was lost, now or in an earlier call. From then on only an
    answer of PostgreSQL about this UUID settles the matter: "busy" or "unreachable" then still
    means "unknown".
    """

    command_id: str
    pauses: tuple[float, ...] = PAUSES
    doubtful: bool = False

    def of(self, act: Callable[[], T]) -> T:
        """Try, and try again while the line is in the way.

        Raises:
            ResultUnknown: an answer was lost and none came after it.
            TroubleRefusal: no try reached the server whole.
            Refusal: whatever else the server said.
        """
        trouble: TroubleRefusal | None = None
        for pause in self.pauses:
            if pause:  # to sleep for no time is to go to the end of the line
                time.sleep(pause)
            try:
                return act()
            except ResultUnknown:
                self.doubtful = True
            except ServerUnreachable as refused:
                trouble = refused
            except TroubleRefusal as refused:
                trouble = refused
                break
        if self.doubtful or trouble is None:
            raise ResultUnknown(self.command_id)
        raise trouble
