"""The raw cells both readers give, before anybody knows what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .dates import EPOCH

Cell = str | Decimal | date | None
"""Tidied text, an exact number, a day, or None for an empty cell."""

UNCACHED = "#SIN RESULTADO!"
"""Stands in a cell whose formula was saved without its result."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of the file; ``line`` counts from 1 as the user sees it."""

    line: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """The cell at ``index`` (0 is column A); None beyond the end."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True)
class RawTable:
    """The rows of one sheet or text file, as a stream.

    ``ragged_matters`` says that a row longer than its header betrays a stray separator.
    ``merged_down`` holds, for cells merged over several rows, (row, column index) of each
    covered cell and the row of the first one.
    """

    rows: Iterator[RawRow]
    epoch: date = EPOCH
    ragged_matters: bool = False
    merged_down: frozenset[tuple[int, int]] = frozenset()


def as_text(cell: Cell) -> str:
    """The cell as text: whole numbers without decimals, days as dd/mm/yyyy, nothing as ""."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Decimal):
        return str(int(cell)) if cell == cell.to_integral_value() else format(cell, "f")
    return cell
