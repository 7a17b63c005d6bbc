"""A table as an Excel file: real numbers and real dates, as it stands on the screen."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from xlsxwriter import Workbook

from tehuacan_comercial.domain.refusals import PrinterTrouble
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import Toast
from tehuacan_comercial.ui.widgets.table.column import ExportSheet

_SHEET_NAME = 31
"""Longest name of a sheet that Excel takes, letters."""
_OPTIONS = {"default_date_format": "dd/mm/yyyy", "remove_timezone": True}


def write_xlsx(sheet: ExportSheet, path: Path) -> None:
    """Write one sheet.

    Raises:
        OSError: the file cannot be written.
    """
    with Workbook(str(path), _OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        pesos = book.add_format({"num_format": "#,##0.00"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        page = book.add_worksheet(sheet.name[:_SHEET_NAME])
        page.write_row(0, 0, sheet.headers, bold)
        page.freeze_panes(1, 0)
        for line, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row):
                _write(page, line, column, value, pesos, moment)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)


def _write(page: Any, line: int, column: int, value: object, pesos: Any, moment: Any) -> None:
    if isinstance(value, Decimal):
        page.write_number(line, column, value, pesos)
    elif isinstance(value, datetime):
        page.write_datetime(line, column, value, moment)
    elif isinstance(value, date):
        page.write_datetime(line, column, value)
    elif isinstance(value, int):
        page.write_number(line, column, value)
    else:
        page.write_string(line, column, "" if value is None else str(value))


def _widths(sheet: ExportSheet) -> list[int]:
    columns = zip(sheet.headers, *sheet.rows, strict=True)
    return [min(60, max(len(str(cell)) for cell in column) + 2) for column in columns]


def export(parent: QWidget, tasks: Tasks, sheet: ExportSheet) -> None:
    """Ask where, write it off the window's thread, and say where it is."""
    path = prompts.ask_save_path(parent, "Exportar a Excel", f"{sheet.name}.xlsx", "Excel (*.xlsx)")
    if path is None:
        return
    target = path if path.suffix else path.with_suffix(".xlsx")

    def failed(error: Exception) -> None:
        prompts.show_refusal(parent, PrinterTrouble(target.name, str(error)))

    tasks.read(
        f"export {target}",
        lambda: write_xlsx(sheet, target),
        lambda _none: _tell(parent.window(), target),
        failed,
        parent,
    )


def _tell(window: QWidget, path: Path) -> None:
    Toast(window, "ok", "circle-check", "La tabla está en Excel", str(path))
