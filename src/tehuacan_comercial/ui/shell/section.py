"""What the shell is given: sections to show and who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

Unlock = Callable[[str], object]
"""Checks a password off the window's thread; raises a Refusal when it is not the person's."""


@dataclass(frozen=True)
class Section:
    """One section of the rail; ``factory`` makes its page when it is first shown.

    ``action`` is the row of the table of actions that opens it and names its key.
    """

    name: str
    title: str
    icon: str
    action: str
    factory: Callable[[], QWidget]
    badge: int = 0


@dataclass(frozen=True)
class Person:
    """Who is signed in at this station, as the window shows it."""

    name: str
    job: str
    username: str

    def initials(self) -> str:
        """First letters of the first two words."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    def short(self) -> str:
        """``R. Hernández`` from ``Rosa Hernández Luna``."""
        words = self.name.split()
        return f"{words[0][0]}. {words[1]}" if len(words) > 1 else self.name


@dataclass(frozen=True)
class House:
    """What the window says about program, office and station."""

    program: str
    office: str
    till: str
    desk: str = ""

    def place(self) -> str:
        """``Caja 2 · Ventanilla 2``."""
        return " · ".join(filter(None, (self.till, self.desk)))
