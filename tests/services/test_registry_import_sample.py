"""The shipped sample: 200 accounts, 170 good, and each of its 30 faults by name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tehuacan_comercial.services.registry_import.control import ControlTotals, ImportPlan
from tehuacan_comercial.services.registry_import.records import Reference, Skipped
from tests.support import registry_sample as sample
from tests.support.registry_files import plan

FAULTS = [
    (5, "meter_serial", "El medidor M0000001 también está en el renglón 129."),
    (8, "account_number", "Falta: número de cuenta."),
    (9, "account_number", "La cuenta 00001004 también está en el renglón 15."),
    (15, "account_number", "La cuenta 00001004 también está en el renglón 9."),
    (21, "account_number", "El número de cuenta sólo puede llevar dígitos, letras y guiones."),
    (27, "account_number", "El número de cuenta no puede tener más de 8 caracteres."),
    (33, "holder_name", "Falta: nombre del titular."),
    (40, "holder_name", "Se perdieron acentos o eñes; revise con qué codificación se exportó."),
    (46, "rfc", "El dígito verificador del RFC no corresponde."),
    (52, "rfc", "El RFC está incompleto: le falta la homoclave (3 caracteres)."),
    (59, "curp", "El dígito verificador de la CURP no corresponde."),
    (65, "curp", "La CURP debe tener 18 caracteres."),
    (71, "phone", "El teléfono debe tener 10 dígitos, y sólo un número por celda."),
    (77, "email", "El correo debe tener la forma nombre@dominio, y sólo uno por celda."),
    (84, "street", "Falta: calle."),
    (90, "exterior_number", "Excel lo convirtió en fecha; escríbalo como texto."),
    (96, "neighbourhood", "La colonia no está en el catálogo; corríjala o agregue una traducción."),
    (102, "postal_code", "El código postal debe tener 5 dígitos."),
    (111, "use_class", "No se conoce este valor de «uso»; se admite: DOM, COM, IND, PUB."),
    (117, "zone", "No se conoce este valor de «zona»; se admite: POP, MED, RES."),
    (123, "services", "No se conoce el servicio; se admite: agua, drenaje, saneamiento."),
    (129, "meter_serial", "El medidor M0000001 también está en el renglón 5."),
    (136, "meter_serial", "El servicio medido debe tener la serie de su medidor."),
    (142, "last_reading_on", "La lectura debe llevar su fecha."),
    (148, "last_reading", "La lectura no cabe en un medidor de 5 dígitos."),
    (154, "contract_on", "Esa fecha no existe en el calendario."),
    (161, "last_reading_on", "La fecha de la última lectura no puede ser posterior a hoy."),
    (167, "opening_balance", "El saldo inicial no puede ser negativo."),
    (173, "opening_balance_since", "Con saldo inicial debe decir desde qué fecha se debe."),
    (179, "opening_balance", "No es un número."),
]
ZEROS = "Al reponer los ceros, la"


def read(kind: str) -> ImportPlan:
    known = Reference(tuple(sample.NEIGHBOURHOODS))
    return plan(sample.FOLDER / f"ejemplo_padron.{kind}", known)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exactly_170_good_rows_and_the_30_faults(kind: str) -> None:
    found = read(kind)
    said = [(f.line, f.field, f.reason.replace(ZEROS, "La")) for f in found.faults]
    assert said == FAULTS
    assert len(found.rows) == len(list(found.rows)) == 170
    assert not {row.line for row in found.rows} & {fault.line for fault in found.faults}
    assert found.skipped == (Skipped(105, "header"), Skipped(206, "total"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_totals_of_the_sample(kind: str) -> None:
    found = read(kind)
    assert found.totals == ControlTotals(200, Decimal("361454.56"), Decimal("1779.67"))
    assert found.loadable == ControlTotals(170, Decimal("301006.25"), Decimal("1779.67"))
    assert (found.unread_amounts, found.faulty_lines) == (1, 30)


def test_only_the_lost_zeros_are_blamed_on_zeros() -> None:
    zeros = [f.line for f in read("csv").faults if f.reason.startswith(ZEROS)]
    assert zeros == [9, 15]


def test_both_files_say_the_same() -> None:
    assert list(read("csv").rows) == list(read("xlsx").rows)


def test_the_good_rows_are_the_accounts_that_were_written() -> None:
    good = {row.account_number: row for row in read("xlsx").rows}
    written = [a for n, a in enumerate(sample.accounts()) if a["CUENTA"] in good]
    assert len(written) == 170
    for account in written:
        row = good[account["CUENTA"]]
        assert row.holder_name == account["NOMBRE"]
        assert row.opening_balance == Decimal(account["SALDO"].replace(",", "") or 0)
        assert (row.curp or "", row.rfc or "") == (account["CURP"], account["RFC"])
        assert (row.route, row.postal_code) == (account["RUTA"], account["CP"])
        assert (row.last_reading is None) == (account["LECTURA"] == "")


def test_the_files_are_those_of_the_generator() -> None:
    assert (sample.FOLDER / "ejemplo_padron.csv").read_bytes() == sample.csv_bytes()
    assert (sample.FOLDER / "ejemplo_padron.xlsx").read_bytes() == sample.xlsx_bytes()
