"""What people do to an Excel workbook, one habit a test."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from tehuacan_comercial.domain.refusals import InvalidImport
from tests.support.registry_files import GOOD, METERED, account, plan, reasons, write_xlsx


@pytest.mark.parametrize(
    "written",
    [date(2026, 10, 1), datetime(2026, 10, 1, 13, 30), 46296, 46296.75, "46296", "01/10/2026 "],  # noqa: DTZ001
)
def test_dates_of_every_kind(tmp_path: Path, written: object) -> None:
    rows = [account(**METERED) | {"FECHA LECTURA": written}]
    (row,) = plan(write_xlsx(tmp_path / "p.xlsx", rows)).rows
    assert row.last_reading_on == date(2026, 10, 1)


@pytest.mark.parametrize("written", [date(2026, 10, 1), 46296 - 1462])
def test_the_1904_calendar_of_macs(tmp_path: Path, written: object) -> None:
    rows = [account(**METERED) | {"FECHA LECTURA": written}]
    (row,) = plan(write_xlsx(tmp_path / "p.xlsx", rows, epoch_1904=True)).rows
    assert row.last_reading_on == date(2026, 10, 1)


def test_numbers_where_text_belongs(tmp_path: Path) -> None:
    rows = [
        account(CUENTA=7, NÚM__EXT=12.0, TELÉFONO=2381234567, CP=6700, RUTA=3, MEDIDOR=10012345678)
    ]
    (row,) = plan(write_xlsx(tmp_path / "p.xlsx", rows)).rows
    assert (row.account_number, row.exterior_number, row.phone) == ("00000007", "12", "2381234567")
    assert (row.postal_code, row.route, row.meter_serial) == ("06700", "3", "10012345678")


def test_text_where_numbers_belong(tmp_path: Path) -> None:
    rows = [account(**METERED, SALDO="'1,234.50 ", SECUENCIA=" 70", ADEUDO__DESDE="01/03/2026")]
    (row,) = plan(write_xlsx(tmp_path / "p.xlsx", rows)).rows
    assert (row.opening_balance, row.sequence) == (Decimal("1234.50"), 70)
    assert (row.last_reading, row.meter_digits) == (120, 5)


@pytest.mark.parametrize("binary", [0.1 + 0.2, 1234.1 - 1233.8, 0.3])
def test_binary_fractions_are_the_cents_excel_shows(tmp_path: Path, binary: float) -> None:
    (row,) = plan(write_xlsx(tmp_path / "p.xlsx", [account(SALDO__A__FAVOR=binary)])).rows
    assert row.credit_balance == Decimal("0.30")


def test_fractions_of_a_cent_are_a_fault(tmp_path: Path) -> None:
    found = plan(write_xlsx(tmp_path / "p.xlsx", [account(SALDO__A__FAVOR=10.345)]))
    reason = "El importe tiene más de dos decimales; redondéelo a centavos."
    assert reasons(found) == [(2, "credit_balance", reason)]


def _with_formula(path: Path, result: object) -> Path:
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*GOOD, "SALDO A FAVOR"])
        sheet.write_row(1, 0, list(GOOD.values()))
        sheet.write_formula(1, len(GOOD), "=10+2.5", None, result)
    return path


def test_formulas_count_with_their_saved_result(tmp_path: Path) -> None:
    (row,) = plan(_with_formula(tmp_path / "p.xlsx", 12.5)).rows
    assert row.credit_balance == Decimal("12.50")


def test_a_formula_never_calculated_is_a_fault_and_no_zero(tmp_path: Path) -> None:
    path = _with_formula(tmp_path / "p.xlsx", 0)
    book = openpyxl.load_workbook(path)  # keeps formulas, drops their results
    book.save(path)
    found = plan(path)
    reason = "La fórmula no tiene resultado guardado; abra el libro en Excel y guárdelo."
    assert reasons(found) == [(2, "credit_balance", reason)]
    assert found.unread_amounts == 1


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!"])
def test_excel_errors_are_faults(tmp_path: Path, error: str) -> None:
    (fault,) = plan(_with_formula(tmp_path / "p.xlsx", error)).faults
    assert fault.reason == "La celda tiene un error de Excel; corrija la fórmula."


def _merged(path: Path, title: str) -> Path:
    """Three accounts; the cells of ``title`` are merged over all three."""
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 5, "PADRÓN DE USUARIOS")
        sheet.write_row(2, 0, list(GOOD))
        for number in range(3):
            sheet.write_row(3 + number, 0, list(account(CUENTA=f"{number + 1}").values()))
        column = list(GOOD).index(title)
        sheet.merge_range(3, column, 5, column, GOOD[title], book.add_format({"border": 1}))
    return path


def test_a_neighbourhood_merged_over_its_rows_speaks_for_all(tmp_path: Path) -> None:
    found = plan(_merged(tmp_path / "p.xlsx", "COLONIA"))
    assert [row.neighbourhood for row in found.rows] == ["Tehuacán Centro"] * 3


def test_a_merged_holder_is_not_repeated(tmp_path: Path) -> None:
    found = plan(_merged(tmp_path / "p.xlsx", "NOMBRE"))
    missing = "Falta: nombre del titular."
    assert reasons(found) == [(5, "holder_name", missing), (6, "holder_name", missing)]


def test_blank_and_formatted_rows_between_and_after(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    with Workbook(path) as book:
        grey = book.add_format({"bg_color": "#DDDDDD"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(GOOD))
        sheet.write_row(4, 0, list(GOOD.values()))
        for line in range(5, 400):
            sheet.write_blank(line, 0, None, grey)
    found = plan(path)
    assert [row.line for row in found.rows] == [5]
    assert not found.faults


def test_the_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "p.xlsx", [account()])
    assert len(plan(path, sheet="Padrón").rows) == 1
    with pytest.raises(InvalidImport) as refused:
        plan(path, sheet="Hoja9")
    assert refused.value.problems == ("No existe la hoja «Hoja9»; el libro tiene: «Padrón».",)


def test_a_house_number_that_became_a_date(tmp_path: Path) -> None:
    (fault,) = plan(write_xlsx(tmp_path / "p.xlsx", [account(NÚM__EXT=date(2026, 5, 12))])).faults
    assert fault.reason == "Excel lo convirtió en fecha; escríbalo como texto."


def test_a_date_outside_of_excel_s_calendar_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*GOOD, "FECHA CONTRATO"])
        sheet.write_row(1, 0, list(GOOD.values()))
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_number(1, len(GOOD), 99_999_999, day)
    (fault,) = plan(path).faults
    assert fault.field == "contract_on"


def test_notes_beside_the_table_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(GOOD))
        sheet.write_row(1, 0, [*GOOD.values(), "", "ojo: revisar"])
    assert len(plan(path).rows) == 1
