"""Rules between rows: an account number and a meter serial stand only once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .cells import RawRow, as_text
from .records import Fault, Reference
from .validation import CheckedRow, RowValidator


@dataclass
class Duplicates:
    """Watches the rows go by. Both rows of a pair are at fault: nobody knows which is right."""

    validator: RowValidator
    reference: Reference
    account_column: int
    _first: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def check(self, row: CheckedRow) -> Iterator[Fault]:
        """Faults of this row, and of the earlier row it repeats."""
        yield from self._once(row, "account_number", self.reference.accounts)
        yield from self._once(row, "meter_serial", self.reference.meters)

    def _once(self, row: CheckedRow, name: str, existing: frozenset[str]) -> Iterator[Fault]:
        value = row.values.get(name)
        if not isinstance(value, str):
            return
        if value in existing:
            yield self.validator.fault(
                row.raw, name, f"{_subject(name, value)} ya está en el sistema."
            )
        written = as_text(row.raw.cell(self.account_column)) if name == "account_number" else value
        first = self._first.setdefault((name, value), (row.raw.line, written))
        if first[0] != row.raw.line:
            yield self._fault(row.raw, name, value, (first[0], first[1] != written))
            yield self._fault(
                RawRow(first[0], ()), name, value, (row.raw.line, first[1] != written), first[1]
            )

    def _fault(
        self, raw: RawRow, name: str, value: str, other: tuple[int, bool], shown: str | None = None
    ) -> Fault:
        line, zeros = other
        reason = f"{_subject(name, value)} también está en el renglón {line}."
        if zeros:
            reason = f"Al reponer los ceros, {reason[0].lower()}{reason[1:]}"
        return self.validator.fault(raw, name, reason, shown)


def _subject(name: str, value: str) -> str:
    return f"La cuenta {value}" if name == "account_number" else f"El medidor {value}"
