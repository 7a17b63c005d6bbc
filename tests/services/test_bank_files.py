"""Reading what banks and shops send: whole, truncated, repeated, in other letters, or nonsense."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tehuacan_comercial.assets import resource
from tehuacan_comercial.domain.check_digits import base10_digit
from tehuacan_comercial.domain.refusals import InvalidImport, InvalidRules
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.bank_files import Control, FileLayout, load_layout, read_file
from tehuacan_comercial.services.bank_files.reading import examine
from tehuacan_comercial.services.bank_files.service import BankFilesService
from tests.support.bank_files import digits_of
from tests.support.server import TestServer
from tests.support.town import Town, build_town

CHANNEL = load_layout(resource("import", "canal_pagos.toml"))
STATEMENT = load_layout(resource("import", "banco_movimientos.toml"))


def detail(account: str, cents: int, folio: str, day: str = "20261120") -> str:
    body = account.zfill(8)
    return f"D{day}{folio:<10}{body}{base10_digit(body)}{cents:010}"


def pay_file(*details: str, cents: int) -> str:
    return "\r\n".join(("HENCABEZADO", *details, f"T{len(details):06}{cents:012}", ""))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def make(content: str | bytes) -> Path:
        path = tmp_path / "pagos.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return make


Write = Callable[[str | bytes], Path]


def problems(path: Path, layout: FileLayout) -> str:
    with pytest.raises(InvalidImport) as refused:
        read_file(path, layout)
    return " ".join(refused.value.problems)


def test_a_file_of_fixed_width(write: Write) -> None:
    path = write(
        pay_file(detail("10000010", 31840, "F1"), detail("10000020", 5, "F2"), cents=31845)
    )
    found = read_file(path, CHANNEL)
    assert [(row.account, row.amount, row.folio, row.line) for row in found.rows] == [
        ("10000010", Decimal("318.40"), "F1", 2),
        ("10000020", Decimal("0.05"), "F2", 3),
    ]
    assert found.control == Control(2, Decimal("318.45"))
    assert len(found.sha256) == 64


def test_a_reference_with_a_typing_mistake_names_no_account(write: Write) -> None:
    wrong = detail("10000010", 100, "F1").replace("10000010", "10000011")
    (row,) = read_file(write(pay_file(wrong, cents=100)), CHANNEL).rows
    assert (row.account, row.problem) == ("", "check_digit")


def test_reading_says_how_far_it_is(write: Write) -> None:
    rows = [f"24/11/2026,DEPOSITO,F{number},1.00," for number in range(1200)]
    told: list[tuple[int, int]] = []
    text = "\n".join(["Fecha,Concepto,Referencia,Abono,Cargo", *rows, ""])
    file, faults = examine(write(text), STATEMENT, lambda done, total: told.append((done, total)))
    assert (len(file.rows), faults) == (1200, ())
    assert told == [(500, 1201), (1000, 1201), (1201, 1201)]


def test_a_truncated_file_is_refused_wherever_it_was_cut(write: Write) -> None:
    text = pay_file(detail("10000010", 31840, "F1"), detail("10000020", 5, "F2"), cents=31845)
    whole = len(text.rstrip())
    read_file(write(text), CHANNEL)
    for cut in range(whole - 19, 0, -1):
        with pytest.raises(InvalidImport):
            read_file(write(text[:cut]), CHANNEL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_of_other_programs(write: Write, encoding: str) -> None:
    text = 'Fecha,Concepto,Referencia,Abono,Cargo\n20/11/2026,DEPÓSITO Ñ,REF1,"1,318.40",\n'
    (row,) = read_file(write(text.encode(encoding)), STATEMENT).rows
    assert (row.description, row.amount) == ("DEPÓSITO Ñ", Decimal("1318.40"))


def test_bytes_that_are_no_text(write: Write) -> None:
    assert "no es texto" in problems(write(b"PK\x03\x04\x00\x00\x00binario"), STATEMENT)
    assert "no tiene ningún renglón" in problems(
        write("Fecha,Concepto,Referencia,Abono,Cargo\n"), STATEMENT
    )


def test_money_out_is_negative(write: Write) -> None:
    text = "Fecha,Concepto,Referencia,Abono,Cargo\n20/11/2026,COMISION,,,11.60\n"
    found = read_file(write(text), STATEMENT)
    assert (found.rows[0].amount, found.credits, found.debits) == (
        Decimal("-11.60"), Decimal(0), Decimal("11.60"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("31/02/2026,X,R,5.00,", "31/02/2026"),
        ("20/11/2026,X,R,mil,", "mil"),
        ("20/11/2026,X,R,,", "cero"),
        ("20/11/2026,X,R,1.234,", "1.234"),
        ("20/11/2026,X,R,99999999999.00,", "grande"),
        ("20/11/2026,X,R", "3 columnas de 5"),
        ('20/11/2026,"X,R,5.00,', "CSV"),
        ("20/11/2026,X,R,NaN,", "NaN"),
        ("20/11/2026,X,R,1e5,", "1e5"),
    ],
)
def test_a_row_of_nonsense_is_named(write: Write, row: str, told: str) -> None:
    text = f"Fecha,Concepto,Referencia,Abono,Cargo\n20/11/2026,A,B,1.00,\n{row}\n"
    assert told in problems(write(text), STATEMENT)


def test_a_missing_column_is_named(write: Write) -> None:
    assert "Abono" in problems(write("Fecha,Concepto,Referencia,Cargo\n"), STATEMENT)


def told(path: Path, layout: FileLayout) -> tuple[object, ...]:
    """Rows, or what is wrong."""
    try:
        return read_file(path, layout).rows
    except InvalidImport as refused:
        return refused.problems


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    path = Path("/dev/shm") / f"tehuacan-{uuid.uuid4().hex}"  # noqa: S108 - removed below
    try:
        path.write_bytes(data)
        for layout in (CHANNEL, STATEMENT, replace(STATEMENT, delimiter=";")):
            assert told(path, layout)
    finally:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = [", "TOML"),
        ('kind = "otro"\nformat = "csv"', "kind"),
        ('kind = "statement"\nformat = "xlsx"', "format"),
        ('kind = "statement"\nformat = "csv"\n[fields]\nday = "F"', "amount"),
        ('kind = "channel"\nformat = "csv"\n[fields]\nday = "F"\namount = "A"', "reference"),
        ('kind = "statement"\nformat = "fixed"\n[fields]\nday = "F"\namount = [1, 0]', "longitud"),
        (
            'kind = "statement"\nformat = "csv"\ncolor = 1\n[fields]\nday = "F"\namount = "A"',
            "color",
        ),
        (
            'kind = "channel"\nformat = "csv"\n[fields]\nday = "F"\namount = "A"\naccount = "C"\n'
            '[reference]\ncheck = "base11"\naccount = [1, 8]',
            "reference",
        ),
    ],
)
def test_a_mapping_says_what_is_wrong_with_it(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "mapa.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRules) as refused:
        load_layout(path)
    assert told in " ".join(refused.value.problems)


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(test_server, new_database())
    yield made
    made.close()


def service(town: Town) -> BankFilesService:
    actor = Actor("gerente", "Gerente", "Gerencia", "manager")
    return BankFilesService(town.sign_in("gerente"), actor, pauses=(0.0,))


def test_a_file_from_the_disk_to_the_accounts(town: Town, write: Write) -> None:
    number = digits_of(town, town.account_ids()[0])
    path = write(pay_file(detail(number, 31840, "F1"), detail("77", 100, "F2"), cents=31940))
    files = service(town)
    tried = files.import_channel(uuid.uuid4(), path, CHANNEL, "OXXO", dry_run=True)
    assert (tried.file_id, tried.posted.amount, tried.unidentified.rows) == (
        None, Decimal("318.40"), 1,
    )  # fmt: skip
    assert files.unidentified() == ()
    done = files.import_channel(uuid.uuid4(), path, CHANNEL, "OXXO")
    assert done.file_id is not None
    (waiting,) = files.unidentified()
    assert (waiting.amount, waiting.channel, waiting.account_number) == (
        Decimal("1.00"), "Tienda OXXO", "",
    )  # fmt: skip
    assigned = files.assign(
        uuid.uuid4(), waiting.unidentified_id, town.account_ids()[1], "Llamó y dio su folio"
    )
    assert assigned.settled == Decimal("1.00")
    assert files.unidentified()[0].account_number == "10-00002-0"


def test_without_totals_a_file_of_payments_is_not_posted(town: Town, write: Write) -> None:
    layout = replace(CHANNEL, control="", control_places={})
    path = write(detail("10000010", 100, "F1"))
    files = service(town)
    with pytest.raises(InvalidImport):
        files.import_channel(uuid.uuid4(), path, layout, "OXXO")
    control = Control(1, Decimal("1.00"))
    done = files.import_channel(uuid.uuid4(), path, layout, "OXXO", control=control)
    assert done.posted.rows == 1


def test_a_statement_is_not_read_as_payments(town: Town, write: Write) -> None:
    path = write("Fecha,Concepto,Referencia,Abono,Cargo\n20/11/2026,A,B,1.00,\n")
    files = service(town)
    with pytest.raises(InvalidImport):
        files.import_channel(uuid.uuid4(), path, STATEMENT, "OXXO")
    read = files.import_statement(uuid.uuid4(), path, STATEMENT, "BBVA")
    assert (read.rows, read.loose) == (1, 1)
    assert files.loose_lines()[0].amount == Decimal("1.00")
    assert files.open_slips() == ()
