"""Refusals of the attention queue."""

from __future__ import annotations

from dataclasses import dataclass

from tehuacan_comercial.domain.refusals.base import ConflictRefusal, RuleRefusal


@dataclass(eq=False)
class TurnTaken(ConflictRefusal):
    """The person is in somebody's hands already: ``state``, at ``desk``, by ``by``."""

    code = "TC110"
    label: str = ""
    state: str = ""
    desk: str = ""
    by: str = ""


@dataclass(eq=False)
class DeskTaken(ConflictRefusal):
    """Somebody else attends at the desk."""

    code = "TC111"
    desk: str = ""
    by: str = ""


@dataclass(eq=False)
class NoDesk(RuleRefusal):
    """One calls people to a desk, and this person attends at none."""

    code = "TC112"


@dataclass(eq=False)
class TurnInHand(RuleRefusal):
    """The desk has called or attends somebody; their turn ends first."""

    code = "TC113"
    label: str = ""
    state: str = ""


@dataclass(eq=False)
class RevivalLate(RuleRefusal):
    """A turn that was not answered comes back only within so many minutes, on its own day."""

    code = "TC114"
    label: str = ""
    minutes: int = 0


@dataclass(eq=False)
class CallAgainFirst(RuleRefusal):
    """Nobody is absent before ``needed`` calls and ``seconds`` since the first of them."""

    code = "TC115"
    label: str = ""
    calls: int = 0
    needed: int = 0
    seconds: int = 0


@dataclass(eq=False)
class NotYourTurn(RuleRefusal):
    """Another desk called the person; only that desk, or supervision, goes on with them."""

    code = "TC116"
    label: str = ""
    desk: str = ""
    by: str = ""
