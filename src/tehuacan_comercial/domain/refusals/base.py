"""What every refusal is: an answer that carries its facts."""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """Base of every known "no". Anything that is not a Refusal is a bug of ours."""

    code: ClassVar[str] = ""


class RuleRefusal(Refusal):
    """A rule of the office forbids it; doing it again will not help."""


class ConflictRefusal(Refusal):
    """Somebody was faster; read again and decide again."""


class TroubleRefusal(Refusal):
    """The machine, the network or the server is in the way; the same act may be tried again."""
