"""Where the header of a file is and which column holds which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tehuacan_comercial.domain.refusals import InvalidImport

from .cells import RawRow, as_text
from .fields import REGISTRY, FieldSet
from .mapping import ColumnMapping, ColumnRef
from .texts import fold
from .xlsx_safety import column_index, column_letter

SEARCHED_ROWS = 40


@dataclass(frozen=True)
class Layout:
    """``columns`` are indexes (0 is A) by field name; ``titles`` the header's own words."""

    header_line: int
    columns: dict[str, int]
    titles: tuple[str, ...]
    fields: FieldSet = REGISTRY

    def column_name(self, name: str) -> str:
        """How the user finds the column of a field: its title and letter."""
        index = self.columns.get(name)
        if index is None:
            return f"(sin columna: {self.fields.by_name[name].label})"
        title = self.titles[index] if index < len(self.titles) else ""
        return f"{title} ({column_letter(index)})" if title else column_letter(index)


def find_layout(path: Path, head: Sequence[RawRow], mapping: ColumnMapping) -> Layout:
    """The header among the first rows, and every mapped column in it.

    Raises:
        InvalidImport: the file is empty, or a column that must be there is missing or twice there.
    """
    if not any(any(row.cells) for row in head):
        raise InvalidImport(
            str(path), ("El archivo está vacío, o lo están sus primeros renglones.",)
        )
    header = _header_row(path, head, mapping)
    titles = tuple(as_text(cell) for cell in header.cells)
    labels = {name: spec.label for name, spec in mapping.fields.by_name.items()}
    problems: list[str] = []
    columns: dict[str, int] = {}
    for name, ref in mapping.columns.items():
        found = _find(ref, titles)
        if len(found) == 1:
            columns[name] = found[0]
        elif len(found) > 1:
            where = " y ".join(column_letter(index) for index in found)
            problems.append(f"«{labels[name]}» aparece en varias columnas: {where}.")
        elif name not in mapping.optional and name not in mapping.constants:
            problems.append(f"No se encontró la columna de «{labels[name]}»: {ref}.")
    problems += _shared(columns, labels)
    if problems:
        where = f"El encabezado se leyó en el renglón {header.line}."
        raise InvalidImport(str(path), (where, *problems))
    return Layout(header.line, columns, titles, mapping.fields)


def _header_row(path: Path, head: Sequence[RawRow], mapping: ColumnMapping) -> RawRow:
    if mapping.header_row:
        chosen = [row for row in head if row.line == mapping.header_row]
        if not chosen:
            problem = f"El archivo no tiene renglón {mapping.header_row} para el encabezado."
            raise InvalidImport(str(path), (problem,))
        return chosen[0]
    known = mapping.headers()

    def hits(row: RawRow) -> int:
        return sum(fold(as_text(cell)) in known for cell in row.cells)

    return max(head, key=hits)


def _find(ref: ColumnRef, titles: Sequence[str]) -> list[int]:
    if ref.letter:
        return [column_index(ref.letter)]
    wanted = {fold(header) for header in ref.headers}
    return [index for index, title in enumerate(titles) if title and fold(title) in wanted]


def _shared(columns: dict[str, int], labels: Mapping[str, str]) -> list[str]:
    """Two fields from one column is always a slip of the mapping."""
    problems = []
    seen: dict[int, str] = {}
    for name, index in columns.items():
        if index in seen:
            pair = f"«{labels[seen[index]]}» y «{labels[name]}»"
            problems.append(f"{pair} salen de la misma columna {column_letter(index)}.")
        seen[index] = name
    return problems
