"""Rules between cells of a row, and between rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tehuacan_comercial.services.registry_import.records import Reference
from tests.support.registry_files import METERED, account, plan, reasons, write_csv

RULES: list[tuple[dict[str, Any], str, str]] = [
    ({"SALDO": "-1.00"}, "opening_balance", "El saldo inicial no puede ser negativo."),
    ({"SALDO A FAVOR": "-1"}, "credit_balance", "El saldo a favor no puede ser negativo."),
    ({"SALDO": "10"}, "opening_balance_since",
     "Con saldo inicial debe decir desde qué fecha se debe."),
    ({"MODALIDAD": "MEDIDO"}, "meter_serial",
     "El servicio medido debe tener la serie de su medidor."),
    ({**METERED, "DÍGITOS": "2", "LECTURA": "9"}, "meter_digits",
     "Los dígitos del medidor deben estar entre 3 y 9."),
    ({**METERED, "FECHA LECTURA": ""}, "last_reading_on", "La lectura debe llevar su fecha."),
    ({**METERED, "LECTURA": ""}, "last_reading", "Hay fecha de lectura, pero falta la lectura."),
    ({**METERED, "LECTURA": "100000"}, "last_reading",
     "La lectura no cabe en un medidor de 5 dígitos."),
    ({**METERED, "LECTURA": "-5"}, "last_reading",
     "No puede ser negativo ni tener más de 9 dígitos."),
    ({**METERED, "LECTURA": "5.5"}, "last_reading", "Debe ser un número entero, sin decimales."),
    ({**METERED, "FECHA INSTALACIÓN": "02/10/2026"}, "last_reading_on",
     "La lectura es anterior a la instalación del medidor."),
    ({"LECTURA": "5", "FECHA LECTURA": "01/10/2026"}, "meter_serial",
     "Hay una lectura, pero no la serie del medidor."),
    ({"FECHA CONTRATO": "01/01/2020", "SALDO": "5", "ADEUDO DESDE": "01/01/2019"},
     "opening_balance_since", "No puede deber desde antes de su contrato."),
    ({"FECHA CONTRATO": "25/11/2026"}, "contract_on",
     "La fecha del contrato no puede ser posterior a hoy."),
    ({"FECHA CONTRATO": "01/01/1899"}, "contract_on",
     "La fecha del contrato no puede ser anterior a 1900."),
    ({"TIPO DE PERSONA": "MORAL", "RFC": "GODE561231GR8"}, "rfc",
     "El RFC no es del tipo de titular; debe tener 12 caracteres."),
    ({"TIPO DE PERSONA": "F", "RFC": "MAB9307148T4"}, "rfc",
     "El RFC no es del tipo de titular; debe tener 13 caracteres."),
    ({"TIPO DE PERSONA": "MORAL", "CURP": "BOXW310820HNERXN09"}, "curp",
     "Una persona moral no tiene CURP."),
    ({"CURP": "BOXW310820HNERXN09", "RFC": "GODE561231GR8"}, "curp",
     "La CURP y el RFC no tienen la misma fecha de nacimiento."),
    ({"MODALIDAD": "GRATIS"}, "modality",
     "No se conoce este valor de «modalidad»; se admite: fija, medida."),
    ({"ESTADO": "PERDIDA"}, "state",
     "No se conoce este valor de «estado de la toma»; se admite: activa, restringida, "
     "baja temporal, baja definitiva, incobrable."),
    ({"CUENTA": "0"}, "account_number", "El número de cuenta no puede ser cero."),
    ({"MEDIDOR": "A 12?"}, "meter_serial",
     "La serie del medidor sólo puede llevar letras, dígitos y guiones."),
    ({"MEDIDOR": "1.2E+10"}, "meter_serial",
     "Excel cambió la serie por una fecha o notación científica."),
    ({"NOMBRE": "A" * 201}, "holder_name", "No puede tener más de 200 caracteres."),
    ({"SALDO": "99999999999"}, "opening_balance", "El importe es demasiado grande."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "reason"), RULES)
def test_each_rule_alone(tmp_path: Path, changes: dict[str, Any], field: str, reason: str) -> None:
    found = plan(write_csv(tmp_path / "p.csv", [account() | changes]))
    assert reasons(found) == [(2, field, reason)]
    assert list(found.rows) == []


@pytest.mark.parametrize(
    "missing",
    ["NOMBRE", "CALLE", "COLONIA", "USO", "ZONA", "MODALIDAD", "SERVICIOS", "ESTADO"],
)
def test_what_may_not_be_missing(tmp_path: Path, missing: str) -> None:
    (fault,) = plan(write_csv(tmp_path / "p.csv", [account() | {missing: ""}])).faults
    assert fault.reason.startswith("Falta: ")
    assert fault.column.startswith(missing)


def test_all_faults_of_a_row_are_told(tmp_path: Path) -> None:
    row = account(NOMBRE="", USO="?", TELÉFONO="1", SALDO="-3", MODALIDAD="MEDIDO")
    fields = {fault.field for fault in plan(write_csv(tmp_path / "p.csv", [row])).faults}
    assert fields == {"holder_name", "use_class", "phone", "opening_balance", "meter_serial"}


def test_a_cell_at_fault_is_not_also_missing(tmp_path: Path) -> None:
    row = account(**METERED) | {"FECHA LECTURA": "31/02/2026", "MEDIDOR": "¿?"}
    found = plan(write_csv(tmp_path / "p.csv", [row]))
    assert [fault.field for fault in found.faults] == ["last_reading_on", "meter_serial"]


def test_a_meter_removed_for_good_needs_no_serial(tmp_path: Path) -> None:
    row = account(MODALIDAD="MEDIDO", ESTADO="CANCELADA")
    assert len(plan(write_csv(tmp_path / "p.csv", [row])).rows) == 1


def test_the_kind_of_holder_follows_from_the_rfc(tmp_path: Path) -> None:
    rows = [account(CUENTA="1", RFC="MAB9307148T4"), account(CUENTA="2", RFC="GODE561231GR8")]
    rows.append(account(CUENTA="3", RFC="XAXX010101000", TIPO__DE__PERSONA=""))
    kinds = [row.holder_kind for row in plan(write_csv(tmp_path / "p.csv", rows)).rows]
    assert kinds == ["company", "person", "person"]


def test_three_times_the_same_meter(tmp_path: Path) -> None:
    rows = [account(**METERED) | {"CUENTA": str(number)} for number in (1, 2, 3)]
    rows.append(account(CUENTA="4"))
    found = plan(write_csv(tmp_path / "p.csv", rows))
    assert {fault.line for fault in found.faults} == {2, 3, 4}
    assert [row.account_number for row in found.rows] == ["00000004"]
    assert found.totals.rows == 4
    assert found.loadable.rows == 1


def test_a_faulty_row_still_claims_its_account_number(tmp_path: Path) -> None:
    rows = [account(CUENTA="1", USO="?"), account(CUENTA="1")]
    found = plan(write_csv(tmp_path / "p.csv", rows))
    assert list(found.rows) == []
    assert (3, "account_number", "La cuenta 00000001 también está en el renglón 2.") in reasons(
        found
    )


def test_what_the_system_has_already_may_not_come_again(tmp_path: Path) -> None:
    known = Reference(None, frozenset({"00000007"}), frozenset({"A-123"}))
    found = plan(write_csv(tmp_path / "p.csv", [account(**METERED)]), known)
    assert reasons(found) == [
        (2, "account_number", "La cuenta 00000007 ya está en el sistema."),
        (2, "meter_serial", "El medidor A-123 ya está en el sistema."),
    ]
