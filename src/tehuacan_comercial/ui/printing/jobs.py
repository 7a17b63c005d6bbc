"""A sheet to print and the states it goes through; the document itself is already registered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from uuid import UUID, uuid4


class JobState(Enum):
    """Where a sheet stands, by its Spanish word."""

    PENDING = "pendiente"
    PRINTING = "imprimiendo"
    PRINTED = "impreso"
    FAILED = "falló"


STEPS: frozenset[tuple[JobState, JobState]] = frozenset(
    {
        (JobState.PENDING, JobState.PRINTING),
        (JobState.PRINTING, JobState.PRINTED),
        (JobState.PRINTING, JobState.FAILED),
        (JobState.FAILED, JobState.PENDING),
    }
)
"""Allowed changes of state."""


@dataclass(frozen=True)
class PrintJob:
    """One sheet: what it is, its bytes, where it goes, how it went."""

    title: str
    pdf: bytes
    printer: str
    copies: int = 1
    state: JobState = JobState.PENDING
    problem: str = ""
    key: UUID = field(default_factory=uuid4)

    def step(self, state: JobState, problem: str = "") -> PrintJob:
        """The same job in another state.

        Raises:
            ValueError: the step is not in ``STEPS``.
        """
        if (self.state, state) not in STEPS:
            raise ValueError(f"{self.state.value} → {state.value}")
        return replace(self, state=state, problem=problem)
