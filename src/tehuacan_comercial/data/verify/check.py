"""What an invariant is: one SELECT whose every row is a violation, and one Spanish sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from sqlalchemy import Connection, text

LIMIT = 500
"""Rows told for each invariant; what is broken everywhere need not be listed to the last row."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One fact that contradicts another: what was checked, of what, and what was found instead."""

    check: str
    subject: str
    expected: str
    found: str
    sentence: str


class Invariant(Protocol):
    """Something the books promise; ``title`` says it in Spanish, for the progress line."""

    @property
    def name(self) -> str:
        """The name of the invariant, by which violations and tests call it."""
        ...

    @property
    def title(self) -> str:
        """What is being reviewed, in Spanish."""
        ...

    def violations(self, connection: Connection) -> list[Violation]:
        """Everything that contradicts it, by plain SELECT."""
        ...


@dataclass(frozen=True, slots=True)
class Check:
    """An invariant as one statement: it sees one moment of the books even while tills charge.

    ``sql`` gives ``subject``, ``expected`` and ``found`` for each violation; ``sentence`` names
    them with braces. Amounts are numeric in SQL and pesos in the sentence.
    """

    name: str
    title: str
    sentence: str
    sql: str

    def violations(self, connection: Connection) -> list[Violation]:
        """The rows of ``sql``, and one more when there were too many to tell."""
        query = f"SELECT subject, expected, found FROM ({self.sql}) AS v LIMIT {LIMIT + 1}"
        rows = connection.execute(text(query.replace(":", r"\:"))).all()
        found = [self._told(subject, wanted, seen) for subject, wanted, seen in rows[:LIMIT]]
        if len(rows) > LIMIT:
            found.append(too_many(self.name, self.title))
        return found

    def _told(self, subject: object, expected: object, found: object) -> Violation:
        wanted, seen = spoken(expected), spoken(found)
        sentence = self.sentence.format(subject=subject, expected=wanted, found=seen)
        return Violation(self.name, str(subject), wanted, seen, sentence)


def too_many(name: str, title: str) -> Violation:
    """Said once, in place of what lies beyond the limit."""
    sentence = f"{title}: hay más de {LIMIT} casos; se muestran los primeros {LIMIT}."
    return Violation(name, "", "", "", sentence)


def spoken(value: object) -> str:
    """A value as the sentence says it: pesos with thousands, nothing as a word."""
    if value is None or value == "":
        return "nada"
    if isinstance(value, Decimal):
        return f"-${-value:,.2f}" if value < 0 else f"${value:,.2f}"
    return str(value)
