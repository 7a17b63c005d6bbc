"""A registry file opened: its layout and its data rows, with blank, repeated and total rows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

from tehuacan_comercial.domain.refusals import InvalidImport

from .cells import Cell, RawRow, RawTable, as_text
from .csv_table import open_csv
from .layout import SEARCHED_ROWS, Layout, find_layout
from .mapping import ColumnMapping
from .records import Skipped
from .texts import fold
from .xlsx_table import open_xlsx

_TOTAL = re.compile(r"^(gran |sub ?)?total(es)?( (de|del|general|cuentas|por)\b.*)?$|^sumas?$")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass
class RegistrySource:
    """One opened file. ``rows`` can be walked once; the counts fill while they are."""

    layout: Layout
    rows: Iterator[RawRow]
    epoch: date
    ragged_matters: bool
    skipped: list[Skipped] = field(default_factory=list)
    blank_rows: int = 0


@contextmanager
def open_registry(path: Path, mapping: ColumnMapping) -> Iterator[RegistrySource]:
    """Open a CSV or XLSX file, told apart by content, and find its header.

    Raises:
        InvalidImport: the file is missing, is of another kind, damaged, empty or has no header.
    """
    with _table(path, mapping) as table:
        head = list(islice(table.rows, max(SEARCHED_ROWS, mapping.header_row)))
        layout = find_layout(path, head, mapping)
        source = RegistrySource(layout, iter(()), table.epoch, table.ragged_matters)
        body = (row for row in chain(head, table.rows) if row.line > layout.header_line)
        source.rows = _data_rows(_filled_down(body, layout, table), source)
        yield source


def _table(path: Path, mapping: ColumnMapping) -> AbstractContextManager[RawTable]:
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        raise InvalidImport(str(path), (f"No se pudo abrir: {error.strerror}.",)) from error
    suffix = path.suffix.casefold()
    if not start:
        raise InvalidImport(str(path), ("El archivo está vacío.",))
    if start.startswith(_OLD_EXCEL):
        problem = "Es un libro de Excel 97-2003 (.xls) o tiene contraseña; guárdelo como .xlsx."
        raise InvalidImport(str(path), (problem,))
    if start.startswith(b"PK"):
        return open_xlsx(path, mapping)
    if suffix not in (".csv", ".txt", ".tsv"):
        problem = f"No es un libro de Excel ni un CSV, aunque se llame {suffix or 'así'}."
        raise InvalidImport(str(path), (problem,))
    return open_csv(path, mapping)


def _filled_down(rows: Iterator[RawRow], layout: Layout, table: RawTable) -> Iterator[RawRow]:
    """Cells merged over several rows repeat the first one's value, where that is harmless."""
    if not table.merged_down:
        yield from rows
        return
    known = layout.fields.by_name
    speaking = [index for name, index in layout.columns.items() if known[name].fill_down]
    above: dict[int, Cell] = {}
    for row in rows:
        cells = list(row.cells)
        for index in speaking:
            if (row.line, index) in table.merged_down:
                cells += [None] * (index + 1 - len(cells))
                cells[index] = above.get(index)
            above[index] = cells[index] if index < len(cells) else None
        yield RawRow(row.line, tuple(cells))


def _data_rows(rows: Iterator[RawRow], source: RegistrySource) -> Iterator[RawRow]:
    for row in rows:
        if not any(cell is not None for cell in row.cells):
            source.blank_rows += 1
        elif _is_header(row, source.layout):
            source.skipped.append(Skipped(row.line, "header"))
        elif _is_total(row, source.layout):
            source.skipped.append(Skipped(row.line, "total"))
        else:
            yield row


def _is_header(row: RawRow, layout: Layout) -> bool:
    """A page's repeated header: every filled mapped cell says just its own title."""
    said = [(as_text(row.cell(i)), i) for i in layout.columns.values() if row.cell(i) is not None]
    return len(said) > 1 and all(
        index < len(layout.titles) and fold(text) == fold(layout.titles[index])
        for text, index in said
    )


def _is_total(row: RawRow, layout: Layout) -> bool:
    """A row of totals: some cell says so, and there is no account number and no holder's street."""
    words = [fold(cell) for cell in row.cells if isinstance(cell, str)]
    if not any(_TOTAL.match(word) for word in words):
        return False
    account = fold(as_text(row.cell(layout.columns["account_number"])))
    street = layout.columns.get("street")
    has_street = street is not None and row.cell(street) is not None
    return (not account or bool(_TOTAL.match(account))) and (
        not has_street or bool(_TOTAL.match(fold(as_text(row.cell(street or 0)))))
    )
