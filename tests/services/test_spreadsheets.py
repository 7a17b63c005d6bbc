"""Spreadsheets hold real numbers and dates, and nothing typed becomes a formula."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tehuacan_comercial.services.spreadsheets import to_xlsx


def test_cells_keep_their_kind(tmp_path: Path) -> None:
    file = tmp_path / "ñandú.xlsx"
    rows = [(Decimal("1234.50"), date(2026, 11, 24), 7, "=1+1", None, datetime(2026, 1, 2, 3, 4))]  # noqa: DTZ001
    to_xlsx(("Importe", "Día", "m³", "Nota", "Nada", "Hora"), rows, file, "Estado: [cuenta]")
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert sheet.title == "Estado cuenta"
    line = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.value for cell in line] == [
        1234.5,
        datetime(2026, 11, 24),  # noqa: DTZ001
        7,
        "=1+1",
        None,
        datetime(2026, 1, 2, 3, 4),  # noqa: DTZ001
    ]
    assert line[3].data_type == "s"
    assert line[0].number_format == "#,##0.00"


def test_an_empty_table_is_a_sheet_with_its_header(tmp_path: Path) -> None:
    file = tmp_path / "vacia.xlsx"
    to_xlsx(("A",), [], file)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert [cell.value for cell in next(iter(sheet.iter_rows()))] == ["A"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no-hay"):
        to_xlsx(("A",), [], tmp_path / "no-hay" / "x.xlsx")
