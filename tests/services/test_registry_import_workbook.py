"""The workbook of faults, opened again with another library."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tehuacan_comercial.services.registry_import.control import ImportPlan
from tehuacan_comercial.services.registry_import.fault_workbook import write_fault_workbook
from tehuacan_comercial.services.registry_import.records import Reference
from tests.support import registry_sample as sample
from tests.support.registry_files import account, plan, write_csv


@pytest.fixture(scope="module")
def found() -> ImportPlan:
    return plan(sample.FOLDER / "ejemplo_padron.csv", Reference(tuple(sample.NEIGHBOURHOODS)))


@pytest.fixture(scope="module")
def book(found: ImportPlan, tmp_path_factory: pytest.TempPathFactory) -> Any:
    target = tmp_path_factory.mktemp("fallas") / "fallas.xlsx"
    write_fault_workbook(found, target)
    return openpyxl.load_workbook(target)


def test_every_fault_is_a_row_sorted_and_typed(book: Any, found: ImportPlan) -> None:
    rows = list(book["Fallas"].iter_rows(values_only=True))
    assert rows[0] == ("Renglón", "Columna", "Valor", "Motivo")
    assert rows[1:] == [(f.line, f.column, f.value, f.reason) for f in found.faults]
    assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])
    assert all(isinstance(row[0], int) for row in rows[1:])


def test_the_header_stays_and_filters(book: Any) -> None:
    sheet = book["Fallas"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D31"
    assert sheet.print_title_rows == "$1:$1"


def test_the_summary_adds_up(book: Any) -> None:
    cells = list(book["Resumen"].iter_rows(min_row=5, max_row=8, values_only=True))
    assert cells == [
        ("Totales", "Cuentas", "Saldo inicial", "Saldo a favor"),
        ("En el archivo", 200, 361454.56, 1779.67),
        ("Sin fallas", 170, 301006.25, 1779.67),
        ("Con fallas", 30, 60448.31, 0),
    ]


def test_the_summary_tells_what_was_left_out_and_why_rows_fail(book: Any) -> None:
    told = {row[0]: row[1] for row in book["Resumen"].iter_rows(values_only=True) if row[0]}
    assert told["Renglones con fallas"] == 30
    assert told["Renglones en blanco omitidos"] == 1
    assert told["Encabezado repetido, omitido: renglones 105"] == 1
    assert told["Renglón de totales, omitido: renglones 206"] == 1
    assert told["El medidor está repetido o ya está en el sistema."] == 2
    assert told["Importes que no se pudieron leer (no están en los totales)"] == 1


def test_a_value_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    rows = [account(CORREO='=HYPERLINK("http://malo","clic")', TELÉFONO="+1+1", CP="@a")]
    target = tmp_path / "fallas.xlsx"
    write_fault_workbook(plan(write_csv(tmp_path / "p.csv", rows)), target)
    cells = [row[2] for row in openpyxl.load_workbook(target)["Fallas"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == ['=HYPERLINK("http://malo","clic")', "@a", "+1+1"]


def test_a_clean_file_gives_an_empty_list(tmp_path: Path) -> None:
    rows = [account(FECHA__CONTRATO=f"{date(2020, 1, 1):%d/%m/%Y}")]
    target = tmp_path / "fallas.xlsx"
    write_fault_workbook(plan(write_csv(tmp_path / "p.csv", rows)), target)
    assert openpyxl.load_workbook(target)["Fallas"].max_row == 1
