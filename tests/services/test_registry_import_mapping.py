"""The mapping file: what it can say, and that every slip in it is told in Spanish."""

from __future__ import annotations

from pathlib import Path

import pytest

from tehuacan_comercial.assets import resource
from tehuacan_comercial.domain.refusals import InvalidImport
from tehuacan_comercial.services.registry_import.control import plan_import
from tehuacan_comercial.services.registry_import.fields import SPECS
from tehuacan_comercial.services.registry_import.mapping import ColumnMapping, load_mapping
from tests.support.registry_files import REFERENCE, TODAY, account, write_csv

ENOUGH = """
[columnas]
cuenta = {letra = "a"}
titular = "NOMBRE"
calle = ["DIRECCIÓN", "CALLE"]
colonia = "COLONIA"
saldo_inicial = "SALDO"
[constantes]
uso = "DOM"
zona = "POP"
modalidad = "fija"
servicios = "agua y drenaje"
estado = "activa"
adeudo_desde = "01/03/2026"
"""


def _load(tmp_path: Path, text: str) -> ColumnMapping:
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


def _problems(tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(InvalidImport) as refused:
        _load(tmp_path, text)
    return refused.value.problems


def test_letters_alternatives_and_constants(tmp_path: Path) -> None:
    rows = [account(SALDO="50") | {"USO": "", "ESTADO": ""}]
    path = write_csv(tmp_path / "p.csv", rows)
    found = plan_import(path, _load(tmp_path, ENOUGH), REFERENCE, today=TODAY)
    (row,) = found.rows
    assert (row.account_number, row.use_class, row.state) == ("00000007", "DOM", "active")
    assert row.services == {"water", "sewerage"}
    assert f"{row.opening_balance_since}" == "2026-03-01"


def test_a_mapped_column_that_is_absent_stops_everything(tmp_path: Path) -> None:
    text = ENOUGH.replace('saldo_inicial = "SALDO"', 'saldo_inicial = "SALDO TOTAL"')
    path = write_csv(tmp_path / "p.csv", [account()])
    with pytest.raises(InvalidImport) as refused:
        plan_import(path, _load(tmp_path, text), REFERENCE, today=TODAY)
    assert "No se encontró la columna de «saldo inicial»: «SALDO TOTAL»." in refused.value.problems


def test_two_fields_from_one_column_are_a_slip(tmp_path: Path) -> None:
    text = ENOUGH.replace('titular = "NOMBRE"', 'titular = "CUENTA"')
    path = write_csv(tmp_path / "p.csv", [account()])
    with pytest.raises(InvalidImport) as refused:
        plan_import(path, _load(tmp_path, text), REFERENCE, today=TODAY)
    expected = "«número de cuenta» y «nombre del titular» salen de la misma columna A."
    assert expected in refused.value.problems


def test_a_header_row_that_is_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account()])
    path.write_text("CUENTA,NOMBRE,CALLE,COLONIA,SALDO\n" + path.read_text("utf-8"), "utf-8")
    told = _load(tmp_path, "[archivo]\nrenglon_encabezado = 2\n" + ENOUGH)
    assert [row.line for row in plan_import(path, told, REFERENCE, today=TODAY).rows] == [3]
    beyond = _load(tmp_path, "[archivo]\nrenglon_encabezado = 9\n" + ENOUGH)
    with pytest.raises(InvalidImport) as refused:
        plan_import(path, beyond, REFERENCE, today=TODAY)
    assert refused.value.problems == ("El archivo no tiene renglón 9 para el encabezado.",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[archivo]\nhoja = \nx", "hay un error de escritura en la línea 2"),
        ("[otra]\n", "No existe la sección [otra]."),
        ("archivo = 3\n", "[archivo] debe ser una sección."),
        ("[archivo]\ncolor = 1\n", "[archivo] no conoce «color»."),
        ("[archivo]\nhoja = 1\n", "[archivo] hoja no tiene la clase de valor esperada."),
        ("[archivo]\nancho_cuenta = true\n", "ancho_cuenta no tiene la clase"),
        ("[archivo]\nancho_cuenta = 40\n", "ancho_cuenta debe estar entre 1 y 20."),
        ("[archivo]\nrenglon_encabezado = -1\n", "no puede ser negativo"),
        ('[archivo]\ncodificacion = "ebcdic"\n', "codificacion debe ser una de: utf-8"),
        ('[archivo]\nseparador = "x"\n', "separador debe ser"),
        ('[archivo]\ndecimales = "raro"\n', "decimales debe ser auto, punto o coma."),
        ('[archivo]\nfechas = ["dd/aaaa"]\n', "la forma de fecha «dd/aaaa» no se entiende."),
        ('[archivo]\nopcionales = ["foto"]\n', "opcionales: no existe el dato «foto»."),
        ('[archivo]\nopcionales = ["cuenta"]\n', "la cuenta no puede faltar."),
        ('[columnas]\nfoto = "FOTO"\n', "[columnas] no existe el dato «foto»."),
        ("[columnas]\ncalle = 3\n", "[columnas] calle debe ser un encabezado"),
        ("[columnas]\n", "Falta decir de dónde sale «cuenta» (número de cuenta)."),
        ('[constantes]\ncuenta = "1"\n', "cuenta no puede ser igual para todas"),
        ('[constantes]\nsaldo_inicial = "1"\n', "saldo_inicial no puede ser igual para todas"),
        ("[constantes]\nzona = 1\n", "[constantes] zona debe ir entre comillas."),
        ('[constantes]\nfoto = "1"\n', "[constantes] no existe el dato «foto»."),
        ('[traducciones.calle]\n"A" = "B"\n', "[traducciones.calle] no es un dato"),
        ('[traducciones]\nuso = "A"\n', "[traducciones.uso] debe ser una sección."),
        ('[traducciones.uso]\n"A" = "B"\n', "[traducciones.uso] «B» no es uno de: DOM, COM"),
    ],
)
def test_every_slip_is_told(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in " ".join(_problems(tmp_path, text))


def test_a_mapping_that_is_missing_or_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(InvalidImport) as refused:
        load_mapping(tmp_path / "nada.toml")
    assert "No se pudo leer" in refused.value.problems[0]
    (tmp_path / "m.toml").write_bytes("# año".encode("cp1252"))
    with pytest.raises(InvalidImport) as refused:
        load_mapping(tmp_path / "m.toml")
    assert refused.value.problems == ("El archivo debe estar guardado en UTF-8.",)


def test_the_shipped_mapping_knows_every_field_and_the_manual_explains_it() -> None:
    mapping = load_mapping(resource("import", "registry_mapping.toml"))
    assert set(mapping.columns) == {spec.name for spec in SPECS}
    manual = (resource().parent / "docs" / "manual" / "importar-padron.md").read_text("utf-8")
    assert [spec.key for spec in SPECS if f"`{spec.key}`" not in manual] == []
