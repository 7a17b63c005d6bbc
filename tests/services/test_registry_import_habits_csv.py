"""What Excel and old systems do to a CSV file, one habit a test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import InvalidImport
from tehuacan_comercial.services.registry_import.records import Fault, Reference, Skipped
from tests.support.registry_files import GOOD, METERED, account, plan, reasons, write_csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_separator(tmp_path: Path, encoding: str, delimiter: str) -> None:
    found = plan(write_csv(tmp_path / "p.csv", [account()], encoding, delimiter))
    (row,) = found.rows
    assert (row.holder_name, row.neighbourhood) == ("MARÍA MUÑOZ PEÑA", "Tehuacán Centro")


def test_an_encoding_told_wrong_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account()], "cp1252")
    with pytest.raises(InvalidImport) as refused:
        plan(path, encoding="utf-8")
    assert "codificacion" in refused.value.problems[0]


def test_excel_s_sep_line(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account()], delimiter="|")
    path.write_text("sep=|\r\n" + path.read_text("utf-8"), "utf-8")
    assert [row.line for row in plan(path).rows] == [3]


def test_lost_zeros_of_the_account_come_back(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account(CUENTA="7"), account(CUENTA="A-12")])
    assert [row.account_number for row in plan(path).rows] == ["00000007", "A-12"]
    assert [row.account_number for row in plan(path, account_width=6).rows] == ["000007", "A-12"]


@pytest.mark.parametrize("written", ["'00000007", '="00000007"', " 0000 0007 ", "\u00a07"])
def test_tricks_that_keep_zeros(tmp_path: Path, written: str) -> None:
    (row,) = plan(write_csv(tmp_path / "p.csv", [account(CUENTA=written)])).rows
    assert row.account_number == "00000007"


def test_an_account_in_scientific_notation_is_a_fault(tmp_path: Path) -> None:
    found = plan(write_csv(tmp_path / "p.csv", [account(CUENTA="1.23E+07")]))
    reason = "Excel cambió el número de cuenta por una fecha o notación científica."
    assert reasons(found) == [(2, "account_number", reason)]


def test_the_same_account_with_and_without_its_zeros(tmp_path: Path) -> None:
    rows = [account(CUENTA="00000007"), account(CUENTA="8"), account(CUENTA="7")]
    found = plan(write_csv(tmp_path / "p.csv", rows))
    assert [row.account_number for row in found.rows] == ["00000008"]
    start = "Al reponer los ceros, la cuenta 00000007 también está en el renglón"
    assert reasons(found) == [
        (2, "account_number", f"{start} 4."),
        (4, "account_number", f"{start} 2."),
    ]


def test_blank_rows_repeated_headers_and_totals(tmp_path: Path) -> None:
    header = {title: title for title in GOOD}
    total = {"NOMBRE": "TOTAL GENERAL", "SALDO": "900.00"}
    rows = [account(), {}, {"NOMBRE": "  "}, header, account(CUENTA="8"), total]
    found = plan(write_csv(tmp_path / "p.csv", rows))
    assert [row.line for row in found.rows] == [2, 6]
    assert found.blank_rows == 2
    assert found.skipped == (Skipped(5, "header"), Skipped(7, "total"))
    assert not found.faults


def test_a_customer_called_total_is_no_total(tmp_path: Path) -> None:
    found = plan(write_csv(tmp_path / "p.csv", [account(NOMBRE="TOTAL")]))
    assert [row.holder_name for row in found.rows] == ["TOTAL"]


def test_a_row_without_account_that_owes_is_a_fault_not_a_total(tmp_path: Path) -> None:
    rows = [account(), {"SALDO": "900.00"}]
    found = plan(write_csv(tmp_path / "p.csv", rows))
    assert (3, "account_number", "Falta: número de cuenta.") in reasons(found)
    assert found.totals.opening_balance == 900


def test_title_rows_above_the_header(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account()])
    path.write_text("PADRÓN DE USUARIOS\n\n" + path.read_text("utf-8"), "utf-8")
    assert [row.line for row in plan(path).rows] == [4]


@pytest.mark.parametrize(
    ("written", "pesos"), [("1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("$ 1,234", "1234.00")]
)
def test_thousand_separators(tmp_path: Path, written: str, pesos: str) -> None:
    rows = [account(SALDO=written, ADEUDO__DESDE="01/03/2026")]
    (row,) = plan(write_csv(tmp_path / "p.csv", rows)).rows
    assert str(row.opening_balance) == pesos
    assert row.opening_balance_since == date(2026, 3, 1)


def test_a_balance_that_could_be_two_is_a_fault_until_the_style_is_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account(SALDO="1.234", ADEUDO__DESDE="01/03/2026")])
    (fault,) = plan(path).faults
    assert "miles o decimales" in fault.reason
    assert [row.opening_balance for row in plan(path, decimal="coma").rows] == [Decimal(1234)]


def test_quotes_separators_and_line_breaks_within_cells(tmp_path: Path) -> None:
    street = 'CALLE 5, "LA\nESQUINA"'
    rows = [account(CALLE=street), account(CUENTA="8")]
    found = plan(write_csv(tmp_path / "p.csv", rows))
    assert [(row.line, row.street) for row in found.rows] == [
        (2, 'CALLE 5, "LA ESQUINA"'),
        (4, "REFORMA NORTE"),
    ]


def test_a_stray_separator_is_a_fault(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account()])
    path.write_text(path.read_text("utf-8").replace("REFORMA NORTE", "REFORMA, NORTE"), "utf-8")
    found = plan(path)
    first = found.faults[0]
    assert first.column == "(todo el renglón)"
    assert "más columnas que el encabezado" in first.reason


def test_a_quote_left_open_names_its_line(tmp_path: Path) -> None:
    rows = [account(CUENTA=str(number)) for number in range(1, 30)]
    path = write_csv(tmp_path / "p.csv", rows)
    path.write_text(path.read_text("utf-8").replace("3,MARÍA", '3,"MARÍA', 1), "utf-8")
    with pytest.raises(InvalidImport) as refused:
        plan(path)
    assert refused.value.problems == ("Renglón 4: una celda abre comillas que no se cierran.",)


def test_a_house_number_that_became_a_date(tmp_path: Path) -> None:
    found = plan(write_csv(tmp_path / "p.csv", [account(NÚM__EXT="12-may")]))
    reason = "Excel lo convirtió en fecha; escríbalo como texto."
    assert found.faults == (Fault(2, "NÚM EXT (D)", "12-may", reason, "exterior_number"),)


def test_capitals_and_accents_of_names_are_kept(tmp_path: Path) -> None:
    found = plan(write_csv(tmp_path / "p.csv", [account(NOMBRE="  JOSÉ\u00a0  ÑÁÑEZ ")]))
    assert [row.holder_name for row in found.rows] == ["JOSÉ ÑÁÑEZ"]


@pytest.mark.parametrize(
    "written", ["tehuacan centro", "COL. TEHUACÁN CENTRO", "Colonia Tehuacán Centro"]
)
def test_neighbourhoods_without_accents_and_with_their_kind(tmp_path: Path, written: str) -> None:
    found = plan(write_csv(tmp_path / "p.csv", [account(COLONIA=written)]))
    assert [row.neighbourhood for row in found.rows] == ["Tehuacán Centro"]


def test_any_neighbourhood_when_there_is_no_catalogue(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account(COLONIA="LA NUEVA")])
    assert [row.neighbourhood for row in plan(path, Reference()).rows] == ["LA NUEVA"]
    assert plan(path).faults[0].field == "neighbourhood"


def test_dates_as_day_numbers(tmp_path: Path) -> None:
    rows = [account(**METERED) | {"FECHA LECTURA": "46296"}]
    (row,) = plan(write_csv(tmp_path / "p.csv", rows)).rows
    assert row.last_reading_on == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("written", "services"),
    [
        ("AGUA", {"water"}),
        ("Agua Potable, Alcantarillado", {"water", "sewerage"}),
        ("AGUA/DRENAJE/SANEAMIENTO", {"water", "sewerage", "sanitation"}),
        ("todos", {"water", "sewerage", "sanitation"}),
        ("A+D", {"water", "sewerage"}),
    ],
)
def test_services_in_one_cell(tmp_path: Path, written: str, services: set[str]) -> None:
    (row,) = plan(write_csv(tmp_path / "p.csv", [account(SERVICIOS=written)])).rows
    assert row.services == services
