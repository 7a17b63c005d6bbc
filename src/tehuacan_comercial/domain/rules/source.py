"""The text of a rules file with its line numbers, and the problems found in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of a table in its file, first and last, counted from 1."""

    first: int
    last: int


@dataclass(slots=True)
class Source:
    """A rules file under examination; problems are Spanish sentences with file, line and reason."""

    name: str
    text: str
    problems: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.splitlines()

    def complain(self, line: int, reason: str) -> None:
        """Note a problem."""
        self.problems.append(f"{self.name}, línea {line}: {reason}")

    def span_of_head(self) -> Span:
        """Everything before the first table."""
        return self._span_from(0)

    def span_of_table(self, name: str, index: int) -> Span:
        """The *index*-th ``[[name]]`` or ``[name]``, counted from 0."""
        header = re.compile(rf"\s*\[\[?\s*{re.escape(name)}\s*\]\]?")
        found = [at for at, line in enumerate(self.lines) if header.match(line)]
        return self._span_from(found[index]) if index < len(found) else self.span_of_head()

    def _span_from(self, first: int) -> Span:
        lines = self.lines
        for at in range(first + 1, len(lines)):
            if re.match(r"\s*\[\[?\s*\w+\s*\]\]?\s*(#.*)?$", lines[at]):
                return Span(first + 1, at)
        return Span(first + 1, max(len(lines), 1))

    def line_of_key(self, span: Span, key: str) -> int:
        """Where ``key =`` stands in the table; its first line when it does not."""
        assignment = re.compile(rf"(.*[{{,])?\s*{re.escape(key)}\s*=")
        for number in range(span.first, span.last + 1):
            if number <= len(self.lines) and assignment.match(self.lines[number - 1]):
                return number
        return span.first

    def span_of_inline(self, span: Span, key: str, index: int) -> Span:
        """The line of the *index*-th ``{ … }`` in the list under *key*."""
        braces = 0
        for number in range(self.line_of_key(span, key), span.last + 1):
            braces += self.lines[number - 1].partition("#")[0].count("{")
            if braces > index:
                return Span(number, number)
        return span
