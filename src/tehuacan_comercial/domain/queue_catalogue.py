"""What the attention queue is made of: desks, procedures, priority classes and its few limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class QueueDesk:
    """A place where people are attended (*ventanilla* or *caja*)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A *trámite* of the catalogue: its prefix on the ticket, and its targets in minutes.

    *wait_minutes* is how long a person should wait at most, *service_minutes* how long it should
    take at the desk. *documents* is what the person brings; without *desks* every desk serves it.
    """

    code: str
    prefix: str
    name: str
    wait_minutes: int
    service_minutes: int
    documents: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()

    def served_at(self, desk: str) -> bool:
        """Whether people are called to that desk for it."""
        return not self.desks or desk in self.desks


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """Why somebody is attended first (*adulto mayor*, *embarazo*…); the class is the reason."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class QueueCatalogue:
    """The queue's rules of a day.

    *most_preferential* is how many preferential people in a row a desk calls while others wait.
    A person who does not come is marked absent after *no_show_calls* calls and *no_show_seconds*
    since the first, and may come back within *revive_minutes*. *reasons* are offered when somebody
    is called out of turn.
    """

    most_preferential: int
    no_show_calls: int
    no_show_seconds: int
    revive_minutes: int
    desks: tuple[QueueDesk, ...]
    procedures: tuple[Procedure, ...]
    priorities: tuple[PriorityClass, ...]
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> QueueCatalogue:
        """From the rules in force as PostgreSQL keeps them."""
        return cls(
            int(found["most_preferential"]),
            int(found["no_show_calls"]),
            int(found["no_show_seconds"]),
            int(found["revive_minutes"]),
            tuple(QueueDesk(**row) for row in found["desks"]),
            tuple(_procedure(row) for row in found["procedures"]),
            tuple(PriorityClass(**row) for row in found["priorities"]),
            tuple(str(text) for text in found["reasons"]),
        )

    def procedure(self, code: str) -> Procedure | None:
        """The procedure of that code, if there is one."""
        return next((each for each in self.procedures if each.code == code), None)

    def desk(self, code: str) -> QueueDesk | None:
        """The desk of that code, if there is one."""
        return next((each for each in self.desks if each.code == code), None)


def _procedure(row: Mapping[str, Any]) -> Procedure:
    return Procedure(
        str(row["code"]),
        str(row["prefix"]),
        str(row["name"]),
        int(row["wait_minutes"]),
        int(row["service_minutes"]),
        tuple(row["documents"]),
        tuple(row["desks"]),
    )
