"""Tables as spreadsheets: real numbers and dates, one sheet, the header frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

MONEY, DAY, MOMENT = "#,##0.00", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
WIDEST = 60
"""Widest a column gets, in characters; longer texts are cut on screen, not in the file."""


def to_xlsx(
    headers: Sequence[str], rows: Iterable[Sequence[object]], path: Path, title: str = "Datos"
) -> None:
    """Write a table to ``path``, replacing what was there.

    Amounts become numbers with two decimals, dates dates; a text that begins with ``=`` stays a
    text, so that nothing typed by a stranger becomes a formula.

    Raises:
        OSError: the file cannot be written, or another program holds it open.
    """
    import xlsxwriter  # loaded with the first export

    body = [tuple(row) for row in rows]
    try:
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            _fill(book, _sheet_name(title), headers, body)
    except xlsxwriter.exceptions.FileCreateError as problem:
        raise OSError(str(problem)) from problem


def _fill(book: Any, name: str, headers: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    formats = {form: book.add_format({"num_format": form}) for form in (MONEY, DAY, MOMENT)}
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header, head)
        widths = [len(header), *(len(str(row[column] or "")) for row in rows)]
        sheet.set_column(column, column, min(max(widths) + 2, WIDEST))
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, (line, column), value, formats)
    sheet.freeze_panes(1, 0)
    if headers:
        sheet.autofilter(0, 0, max(len(rows), 1), len(headers) - 1)


def _write(sheet: Any, place: tuple[int, int], value: object, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, Decimal):
        # A spreadsheet knows no other number; two decimals of pesos survive it exactly.
        sheet.write_number(*place, float(value), formats[MONEY])
    elif isinstance(value, datetime):
        sheet.write_datetime(*place, value.replace(tzinfo=None), formats[MOMENT])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, formats[DAY])
    elif isinstance(value, bool):
        sheet.write_string(*place, "sí" if value else "no")
    elif isinstance(value, int):
        sheet.write_number(*place, value)
    else:
        sheet.write_string(*place, str(value))


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of those a sheet's name may not have."""
    return "".join(each for each in title if each not in "[]:*?/\\'")[:31] or "Datos"
