"""Rows of an Excel workbook, streamed, with exact numbers and the results of formulas."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Protocol, cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - zlib names its class in lower case

from openpyxl import load_workbook

from tehuacan_comercial.domain.refusals import InvalidImport

from .cells import UNCACHED, Cell, RawRow, RawTable
from .mapping import ColumnMapping
from .texts import tidy
from .xlsx_safety import SheetMarks, check_package, sheet_marks

_DAMAGE = (
    BadZipFile,
    ParseError,
    ZlibError,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    IndexError,
    OverflowError,
)
_LAST_ROW = 1_048_576
_BATCH = 512


_Values = Generator[tuple[object, ...], None, None]


class _Sheet(Protocol):
    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> _Values: ...


@contextmanager
def open_xlsx(path: Path, mapping: ColumnMapping) -> Iterator[RawTable]:
    """The rows of the chosen sheet; the workbook is closed at the end.

    Raises:
        InvalidImport: it is no workbook, is damaged, too large, or has no such sheet.
    """
    with ExitStack() as opened:
        with _told(path), _quiet():
            # One stream of ours, so that nothing stays open whatever goes wrong within openpyxl.
            stream = opened.enter_context(path.open("rb"))
            package = opened.enter_context(ZipFile(stream))
            check_package(path, package)
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            opened.callback(book.close)
            sheet = _sheet(path, [cast("_Sheet", s) for s in book.worksheets], mapping.sheet)
            # openpyxl keeps the sheet's place in the package to itself
            marks = sheet_marks(path, package, str(vars(sheet)["_worksheet_path"]))
            # The dimensions a file declares may be absurd (or a trap): rows end where they end.
            sheet.reset_dimensions()
            values = sheet.iter_rows(values_only=True)
            opened.callback(values.close)
        yield RawTable(_rows(path, values, marks), book.epoch.date(), merged_down=marks.merged_down)


def _sheet(path: Path, sheets: list[_Sheet], wanted: str) -> _Sheet:
    chosen = [sheet for sheet in sheets if not wanted or tidy(sheet.title) == tidy(wanted)]
    if not chosen:
        names = ", ".join(f"«{sheet.title}»" for sheet in sheets) or "ninguna"
        raise InvalidImport(str(path), (f"No existe la hoja «{wanted}»; el libro tiene: {names}.",))
    return chosen[0]


def _rows(path: Path, rows: _Values, marks: SheetMarks) -> Iterator[RawRow]:
    line = 0
    while batch := _batch(path, rows):
        for values in batch:
            line += 1
            if line > _LAST_ROW:
                raise InvalidImport(str(path), ("El libro tiene más renglones que Excel admite.",))
            cells = [_cell(value) for value in values]
            for index in range(len(cells)) if marks.uncached else ():
                if cells[index] is None and (line, index) in marks.uncached:
                    cells[index] = UNCACHED
            yield RawRow(line, tuple(cells))


def _batch(path: Path, rows: _Values) -> list[tuple[object, ...]]:
    with _told(path), _quiet():
        return list(islice(rows, _BATCH))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep openpyxl from warning of styles and odd dates; the rows are judged later."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        problem = "El libro está dañado o no es de Excel; ábralo y guárdelo de nuevo como .xlsx."
        raise InvalidImport(str(path), (problem,)) from error


def _cell(value: object) -> Cell:
    """A value of openpyxl as ours."""
    if value is None:
        return None
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, bool):
        return "VERDADERO" if value else "FALSO"
    if isinstance(value, float):
        return _exact(value) if isfinite(value) else str(value)
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)


def _exact(value: float) -> Decimal:
    """A binary number without its noise: sums such as 1234.1 − 1233.8 leave 0.29999999999995.

    Less than half a millionth is noise below 10⁹; above, Excel itself keeps but 15 digits.
    """
    return Decimal(format(value, ".6f" if abs(value) < 1e9 else ".15g"))
