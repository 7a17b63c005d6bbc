"""Files that are no registry are refused whole, with a clear reason and without harm."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import InvalidImport
from tests.support.registry_files import GOOD, account, plan, write_csv, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def refused(path: Path) -> str:
    with pytest.raises(InvalidImport) as caught:
        plan(path)
    assert caught.value.path == str(path)
    return " ".join(caught.value.problems)


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_missing_file(tmp_path: Path) -> None:
    assert "No se pudo abrir" in refused(tmp_path / "nada.csv")


@pytest.mark.parametrize("name", ["p.csv", "p.xlsx"])
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    assert refused(_file(tmp_path / name, b"")) == "El archivo está vacío."


def test_text_called_xlsx(tmp_path: Path) -> None:
    assert "aunque se llame .xlsx" in refused(_file(tmp_path / "p.xlsx", b"CUENTA,NOMBRE\n1,A\n"))


def test_the_old_excel_format(tmp_path: Path) -> None:
    path = _file(tmp_path / "p.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "97-2003" in refused(path)


def test_a_libreoffice_sheet(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.xlsx", "w") as package:
        package.writestr("content.xml", "<x/>")
    assert "LibreOffice" in refused(tmp_path / "p.xlsx")


def test_a_picture_called_csv(tmp_path: Path) -> None:
    path = _file(tmp_path / "p.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    assert "no es de texto" in refused(path)


def test_a_cut_workbook(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "entero.xlsx", [account()]).read_bytes()
    assert "dañado" in refused(_file(tmp_path / "p.xlsx", whole[: len(whole) // 2]))


def _with_sheet(path: Path, xml: bytes, name: str = SHEET) -> Path:
    """A good workbook with one part of its package replaced."""
    good = write_xlsx(path.with_name("bueno.xlsx"), [account()])
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, xml if info.filename == name else old.read(info))
    return path


def _sheet_xml(path: Path) -> bytes:
    with zipfile.ZipFile(write_xlsx(path / "molde.xlsx", [account()])) as package:
        return package.read(SHEET)


def test_broken_xml(tmp_path: Path) -> None:
    path = _with_sheet(tmp_path / "p.xlsx", _sheet_xml(tmp_path)[:-60])
    assert "dañado" in refused(path)


def test_a_sheet_that_swells(tmp_path: Path) -> None:
    path = _with_sheet(tmp_path / "p.xlsx", b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>")
    assert "crece demasiado" in refused(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert "nunca escribe" in refused(_with_sheet(tmp_path / "p.xlsx", bomb))


def test_absurd_dimensions_are_not_believed(tmp_path: Path) -> None:
    xml = _sheet_xml(tmp_path)
    declared = xml.replace(b'<dimension ref="A1:K2"/>', b'<dimension ref="A1:XFD1048576"/>')
    assert declared != xml
    found = plan(_with_sheet(tmp_path / "p.xlsx", declared))
    assert (len(found.rows), found.blank_rows) == (1, 0)


def test_a_row_beyond_excel_s_last(tmp_path: Path) -> None:
    xml = _sheet_xml(tmp_path)
    far = xml.replace(b"</sheetData>", b'<row r="99999999"><c r="A99999999"/></row></sheetData>')
    assert "más renglones que Excel admite" in refused(_with_sheet(tmp_path / "p.xlsx", far))


def test_a_cell_beyond_excel_s_last_column(tmp_path: Path) -> None:
    far = _sheet_xml(tmp_path).replace(b'<c r="B2"', b'<c r="ZZZZZZ2"')
    assert "fuera de lo que Excel admite" in refused(_with_sheet(tmp_path / "p.xlsx", far))


@pytest.mark.parametrize("name", ["p.csv", "p.xlsx"])
def test_only_a_header(tmp_path: Path, name: str) -> None:
    if name == "p.csv":
        path = _file(tmp_path / name, ",".join(GOOD).encode())
    else:
        path = write_xlsx(tmp_path / name, [dict.fromkeys(GOOD, "")])
    assert refused(path) == "El archivo no tiene ninguna cuenta bajo el encabezado."


def test_a_single_column(tmp_path: Path) -> None:
    said = refused(_file(tmp_path / "p.csv", b"CUENTA\n1\n2\n"))
    assert "No se encontró la columna de «nombre del titular»" in said
    assert "renglón 1" in said


def test_a_column_twice(tmp_path: Path) -> None:
    rows = [account(USUARIO="OTRO")]
    assert "«nombre del titular» aparece en varias columnas: B y L." in refused(
        write_csv(tmp_path / "p.csv", rows)
    )


def test_a_letter_without_limits(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [account(NOMBRE="A" * 200_000)])
    assert "no se puede leer" in refused(path)


def test_a_mapping_for_another_file_stops_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tehuacan_comercial.services.registry_import.control.MOST_FAULTS", 50)
    rows = [account(CUENTA=str(number), USO="?") for number in range(1, 100)]
    said = refused(write_csv(tmp_path / "p.csv", rows))
    assert "Casi todos los renglones tienen fallas" in said
    assert "Renglón 2, USO (F)" in said


def test_a_refused_file_is_closed_while_its_refusal_is_still_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tehuacan_comercial.services.registry_import.control.MOST_FAULTS", 50)
    rows = [account(CUENTA=str(number), USO="?") for number in range(1, 100)]
    path = write_csv(tmp_path / "p.csv", rows)
    with pytest.raises(InvalidImport) as held:
        plan(path)
    assert held.value.__traceback__ is not None
    descriptors = Path("/proc/self/fd")
    assert path not in [entry.resolve() for entry in descriptors.iterdir()]
