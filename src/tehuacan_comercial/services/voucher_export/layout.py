"""The layout file: which columns a voucher's file has, in which order and in which forms."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tehuacan_comercial.domain.refusals import InvalidRules
from tehuacan_comercial.domain.rules.source import Source
from tehuacan_comercial.domain.rules.table import RuleFile, Table


class Delimiter(StrEnum):
    """What stands between two fields of a CSV."""

    COMMA = "comma"
    SEMICOLON = "semicolon"
    TAB = "tab"
    PIPE = "pipe"


class Encoding(StrEnum):
    """How the letters of a CSV are written."""

    UTF_8 = "utf-8"
    WINDOWS = "cp1252"


class DecimalSign(StrEnum):
    """Between pesos and centavos."""

    POINT = "point"
    COMMA = "comma"


class DateForm(StrEnum):
    """How a day is written."""

    DAY_FIRST = "dd/mm/yyyy"
    ISO = "yyyy-mm-dd"
    COMPACT = "yyyymmdd"


class VoucherField(StrEnum):
    """What a column may hold."""

    FOLIO = "folio"
    DATE = "date"
    KIND = "kind"
    VERSION = "version"
    LINE = "line"
    SECTION = "section"
    ORIGIN = "origin"
    ACCOUNT = "account"
    ACCOUNT_NAME = "account_name"
    CONCEPT = "concept"
    CONCEPT_NAME = "concept_name"
    DESCRIPTION = "description"
    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column's title and what it holds."""

    title: str
    field: VoucherField


@dataclass(frozen=True, slots=True)
class VoucherLayout:
    """A layout as read; *name* is kept with every export."""

    name: str
    delimiter: Delimiter
    encoding: Encoding
    decimal: DecimalSign
    dates: DateForm
    header: bool
    columns: tuple[LayoutColumn, ...]


def load_layout(path: Path) -> VoucherLayout:
    """Read and check a layout file.

    Raises:
        InvalidRules: with every problem in Spanish, by file, line and reason.
    """
    try:
        source = Source(path.name, path.read_text(encoding="utf-8-sig"))
        data = tomllib.loads(source.text)
    except OSError as error:
        raise InvalidRules(path.name, (f"{path.name}: no se pudo leer",)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidRules(path.name, (f"{path.name}: no se entiende lo escrito",)) from error
    file = RuleFile(source, data)
    layout = _layout(file)
    file.finish()
    if source.problems:
        raise InvalidRules(path.name, tuple(source.problems))
    return layout


def _layout(file: RuleFile) -> VoucherLayout:
    head = file.head
    layout = VoucherLayout(
        head.text("name"),
        head.choice("delimiter", Delimiter),
        head.choice("encoding", Encoding),
        head.choice("decimal", DecimalSign),
        head.choice("dates", DateForm),
        head.flag("header"),
        _columns(file.rows("column")),
    )
    if layout.delimiter is Delimiter.COMMA and layout.decimal is DecimalSign.COMMA:
        head.complain("la coma no puede separar columnas y centavos a la vez", "decimal")
    sides = {each.field for each in layout.columns} & {VoucherField.DEBIT, VoucherField.CREDIT}
    if len(sides) < 2:
        head.complain("faltan las columnas de cargo (debit) y abono (credit)")
    return layout


def _columns(tables: Sequence[Table]) -> tuple[LayoutColumn, ...]:
    columns: list[LayoutColumn] = []
    for table in tables:
        column = LayoutColumn(table.text("title"), table.choice("field", VoucherField))
        table.finish()
        if column.title in {each.title for each in columns}:
            table.complain(f"el título {column.title} está repetido", "title")
        columns.append(column)
    return tuple(columns)
