"""What a column is: a header and functions of a row, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from tehuacan_comercial.domain.folding import sort_key as spanish_key
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill

R = TypeVar("R")
Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column. Everything but the header is a function of the row or a plain setting.

    ``sort_key`` defaults to the text in Spanish order; ``value`` is what a spreadsheet gets
    (a Decimal, a date; defaults to the sort key where that is one, or to the text); ``total`` in
    pesos makes the foot add the column up; ``width`` is in pixels at 100 % (0 fits the content);
    ``optional`` starts hidden; ``figures`` gives digits one width (right-aligned columns have it
    anyway).
    """

    header: str
    text: Callable[[R], str]
    sort_key: Callable[[R], Any] | None = None
    align: Align = "left"
    weight: int = 400
    tone: Callable[[R], Tone | None] | None = None
    soft: bool = False
    figures: bool = False
    pill: Callable[[R], Pill | None] | None = None
    strike: Callable[[R], bool] | None = None
    value: Callable[[R], object] | None = None
    total: Callable[[R], Decimal] | None = None
    width: int = 0
    stretch: bool = False
    optional: bool = False

    def key_of(self, row: R) -> tuple[bool, Any]:
        """Sort key of a row; rows without a value come last."""
        key = self.sort_key(row) if self.sort_key else spanish_key(self.text(row))
        return (key is None, 0 if key is None else key)

    def value_of(self, row: R) -> object:
        """The row's cell for a spreadsheet: a real number or date wherever there is one."""
        if self.value:
            return self.value(row)
        key = self.sort_key(row) if self.sort_key else None
        return key if isinstance(key, Decimal | date) else self.text(row)


@dataclass(frozen=True)
class ExportSheet:
    """A table as values, for a spreadsheet: visible columns, filtered rows, in order."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
