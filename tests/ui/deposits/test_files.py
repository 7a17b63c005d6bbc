"""Files of banks and shops on the page Depósitos: tried first, then posted whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.check_digits import base10_digit
from tehuacan_comercial.domain.refusals import ResultUnknown
from tehuacan_comercial.services.bank_files import FileLayout
from tehuacan_comercial.services.bank_files.reading import examine
from tehuacan_comercial.services.bank_files.service import BankFilesService
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.deposits.files.sheet import ImportSheet
from tehuacan_comercial.ui.prompts import RefusalSheet
from tests.support.bank_files import digits_of, movements_of
from tests.support.deposits import deposit
from tests.support.town import Town
from tests.support.vouchers import today
from tests.ui.cash.conftest import on_sheet
from tests.ui.deposits.conftest import MakeSeat, Seat

HEAD = "Fecha,Concepto,Referencia,Abono,Cargo\n"


def pay_file(*payments: tuple[str, int, str]) -> str:
    """A file of the shop: account, cents, folio."""
    lines = ["HENCABEZADO"]
    for account, cents, folio in payments:
        body = account.zfill(8)
        lines.append(f"D20261120{folio:<10}{body}{base10_digit(body)}{cents:010}")
    total = sum(cents for _, cents, _ in payments)
    return "\r\n".join((*lines, f"T{len(payments):06}{total:012}", ""))


Choose = Callable[[str | bytes], Path]


@pytest.fixture
def choose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Write a file and have the dialog of files answer it."""

    def make(content: str | bytes) -> Path:
        path = tmp_path / "banco.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.setattr(prompts, "ask_open_path", lambda *_: path)
        return path

    return make


def open_import(
    qtbot: QtBot, seat: Seat, act: str, use: Callable[[ImportSheet], object]
) -> ImportSheet:
    """Press the button of one kind of file and run ``use`` on the sheet."""
    button = seat.page.files.buttons[act]
    qtbot.waitUntil(button.isEnabled)

    def run(sheet: ImportSheet) -> None:
        sheet.form.choose.click()
        use(sheet)
        sheet.reject()

    came = on_sheet(ImportSheet, run)
    button.click()
    qtbot.waitUntil(lambda: bool(came))
    return came[0]


def told(sheet: ImportSheet) -> str:
    """Everything the notice says."""
    notice = sheet.notice
    return f"{notice.title.text()} {notice.text.text()}" if notice is not None else ""


def ready(qtbot: QtBot, sheet: ImportSheet) -> None:
    qtbot.waitUntil(sheet.act.isEnabled, timeout=20_000)


def number(town: Town, query: str) -> int:
    with town.admin() as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(str(row[0]))


def count(town: Town, table: str) -> int:
    return number(town, f"SELECT count(*) FROM {table}")


def test_a_statement_is_tried_then_kept(
    qtbot: QtBot, sit: MakeSeat, town: Town, choose: Choose
) -> None:
    elena = town.sign_in("elena")
    seat = sit("elena")
    batch = deposit(town, elena, number(town, "SELECT min(id) FROM cash_session"))
    day = f"{today(town)[8:]}/{today(town)[5:7]}/{today(town)[:4]}"
    found = "".join(
        f"{day},DEPOSITO,{reference},{amount},\n"
        for _day, amount, reference in movements_of(town, batch)
    )
    choose(f"{HEAD}{found}{day},COMISION,,,11.60\n")

    def use(sheet: ImportSheet) -> None:
        ready(qtbot, sheet)
        shown = {caption.text(): value.text() for caption, value in sheet.fate.pairs}
        assert shown["Fichas que se concilian"] == str(found.count("\n"))
        totals = {caption.text(): value.text() for caption, value in sheet.totals.pairs}
        assert (totals["Fechas"], totals["Cargos"]) == (day, "$11.60")
        assert (count(town, "bank_statement"), count(town, "slip_match")) == (0, 0)
        sheet.act.click()
        sheet.act.click()
        qtbot.waitUntil(lambda: sheet.outcome is not None)
        assert "conciliada" in told(sheet)

    open_import(qtbot, seat, "statement", use)
    assert count(town, "bank_statement") == 1
    qtbot.waitUntil(lambda: bool(seat.page.files.table.model.all_rows()))
    (file,) = seat.page.files.table.model.all_rows()
    assert (file.kind, file.origin, file.imported_by_name, file.debits, file.open) == (
        "statement", "BBVA", seat.desk.actor.full_name, Decimal("11.60"), 0,
    )  # fmt: skip
    qtbot.waitUntil(lambda: seat.state() == "reconciled")


def test_long_work_says_its_step_and_how_many_rows(
    qtbot: QtBot, sit: MakeSeat, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading is held in its middle, and then the trial in the database."""
    read_on, try_on = threading.Event(), threading.Event()
    post = BankFilesService.import_channel

    def slowly(path: Path, layout: FileLayout, progress: Callable[[int, int], None]) -> object:
        progress(500, 1201)
        assert read_on.wait(20)
        return examine(path, layout, progress)

    def patiently(self: BankFilesService, *order: Any, **more: Any) -> object:
        assert try_on.wait(20)
        return post(self, *order, **more)

    monkeypatch.setattr("tehuacan_comercial.services.bank_files.look.examine", slowly)
    monkeypatch.setattr(BankFilesService, "import_channel", patiently)
    choose(pay_file(("77", 2500, "F2")))

    def use(sheet: ImportSheet) -> None:
        shown = sheet.progress
        qtbot.waitUntil(lambda: shown.count.text() == "500 de 1,201")
        assert shown.title.text() == "Paso 1 de 3 · Leyendo banco.txt"
        assert (shown.bar.value(), shown.bar.maximum()) == (500, 1201)
        read_on.set()
        qtbot.waitUntil(lambda: shown.count.text() == "1 renglón")
        assert shown.title.text() == "Paso 2 de 3 · Probando en la base, sin registrar nada"
        assert shown.bar.maximum() == 0, "nobody can tell how long"
        try_on.set()
        ready(qtbot, sheet)
        assert shown.isHidden()

    open_import(qtbot, sit("gerente"), "channel", use)


def test_payments_with_rows_to_be_looked_at(
    qtbot: QtBot, sit: MakeSeat, town: Town, choose: Choose
) -> None:
    seat, known = sit("gerente"), digits_of(town, town.account_ids()[2])
    first = pay_file((known, 1000, "F1"), ("77", 2500, "F2"))
    choose(first.replace("000000772", "000000773"))

    def post(sheet: ImportSheet) -> None:
        ready(qtbot, sheet)
        assert sheet.act.text() == "Registrar 2 pagos"
        (row,) = sheet.table.model.all_rows()
        assert (row.line, row.column) == (3, "Referencia")
        assert "$25.00 queda en pagos por identificar" in row.reason
        assert count(town, "channel_file") == 0
        sheet.act.click()
        qtbot.waitUntil(lambda: sheet.outcome is not None)
        assert "1 pago aplicado por $10.00" in told(sheet)

    open_import(qtbot, seat, "channel", post)
    assert count(town, "channel_file") == 1
    qtbot.waitUntil(lambda: len(seat.page.unidentified.table.model.all_rows()) == 1)

    def repeated_file(sheet: ImportSheet) -> None:
        qtbot.waitUntil(lambda: "ya se cargó" in told(sheet))
        assert not sheet.act.isEnabled()

    open_import(qtbot, seat, "channel", repeated_file)
    choose(pay_file((known, 1000, "F1"), (known, 500, "F3")))

    def repeated_row(sheet: ImportSheet) -> None:
        ready(qtbot, sheet)
        (row,) = sheet.table.model.all_rows()
        assert "ya vino en banco.txt" in row.reason

    open_import(qtbot, seat, "channel", repeated_row)
    assert count(town, "channel_file") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pay_file(("10000010", 100, "F1")).rsplit("T", 1)[0], "le falta el renglón de totales"),
        (pay_file(("10000010", 100, "F1")).replace("D20261120", "D20261320"), "no es una fecha"),
        (b"PK\x03\x04\x00\x00\x00", "no es texto"),
        (b" \n", "está vacío"),
    ],
)
def test_a_file_with_faults_is_never_offered(
    qtbot: QtBot, sit: MakeSeat, town: Town, choose: Choose, content: str | bytes, words: str
) -> None:
    seat = sit("elena")
    choose(content)

    def use(sheet: ImportSheet) -> None:
        qtbot.waitUntil(lambda: "no se puede registrar" in told(sheet))
        assert any(words in row.reason for row in sheet.table.model.all_rows())
        assert not sheet.act.isEnabled()

    open_import(qtbot, seat, "channel", use)
    assert count(town, "channel_file") == 0


def test_totals_that_are_not_those_of_the_rows(qtbot: QtBot, sit: MakeSeat, choose: Choose) -> None:
    seat = sit("elena")
    choose(pay_file(("10000010", 100, "F1")).replace("T000001", "T000002"))

    def use(sheet: ImportSheet) -> None:
        qtbot.waitUntil(lambda: "no coincide con su total" in told(sheet))
        assert not sheet.act.isEnabled()

    open_import(qtbot, seat, "channel", use)


def test_letters_of_another_program_and_faults_in_a_spreadsheet(
    qtbot: QtBot, sit: MakeSeat, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, target = sit("elena"), tmp_path / "fallas.xlsx"
    monkeypatch.setattr(prompts, "ask_save_path", lambda *_: target)
    good = f"{HEAD}20/11/2026,DEPÓSITO Ñ,REF1,5.00,\n"
    choose(f"{good}20/11/2026,OTRO,REF2,mil,\n".encode("cp1252"))

    def wrong(sheet: ImportSheet) -> None:
        qtbot.waitUntil(lambda: "1 falla." in told(sheet))
        sheet.excel.click()
        qtbot.waitUntil(lambda: target.exists() and is_zipfile(target))

    open_import(qtbot, seat, "statement", wrong)
    rows = [
        [cell.value for cell in row]
        for row in load_workbook(target)["Importar archivo del banco, rev"]
    ]
    assert rows == [
        ["Renglón", "Columna", "Valor", "Motivo"],
        [3, "Abono", "mil", "«mil» no es un importe."],
    ]
    choose(good.encode("cp1252"))
    open_import(qtbot, seat, "statement", lambda sheet: ready(qtbot, sheet))


def test_a_file_without_totals_asks_for_them(
    qtbot: QtBot, sit: MakeSeat, town: Town, choose: Choose, tmp_path: Path
) -> None:
    own = tmp_path / "elena" / "correspondencias"
    own.mkdir(parents=True)
    (own / "tienda.toml").write_text(
        'name = "Tienda"\nkind = "channel"\nformat = "csv"\n[fields]\nday = "F"\n'
        'amount = "A"\naccount = "C"\n', encoding="utf-8",
    )  # fmt: skip
    (own / "mala.toml").write_text("kind = 1", encoding="utf-8")
    seat = sit("elena")
    choose(f"F,A,C\n20/11/2026,5.00,{digits_of(town, town.account_ids()[2])}\n")

    def use(sheet: ImportSheet) -> None:
        assert sheet.form.layouts.currentText() == "Tienda"
        qtbot.waitUntil(lambda: "no trae totales" in told(sheet))
        sheet.form.rows.setText("1")
        sheet.form.amount.set_value(Decimal("5.01"))
        sheet.again.click()
        qtbot.waitUntil(lambda: "no coincide con su total" in told(sheet))
        sheet.form.amount.set_value(Decimal("5.00"))
        sheet.again.click()
        ready(qtbot, sheet)

    open_import(qtbot, seat, "channel", use)


def test_a_lost_answer_is_asked_again_and_posts_once(
    qtbot: QtBot, sit: MakeSeat, town: Town, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = sit("elena")
    choose(pay_file((digits_of(town, town.account_ids()[2]), 1000, "F1")))
    whole, lost = Database.call, [3]

    def call(self: Database, name: str, payload: dict[str, object], **more: object) -> object:
        answer = whole(self, name, payload, **more)  # type: ignore[arg-type]
        if name == "import_channel" and not payload["dry_run"] and lost[0]:
            lost[0] -= 1
            raise ResultUnknown(str(payload["command_id"]))
        return answer

    monkeypatch.setattr(Database, "call", call)

    def use(sheet: ImportSheet) -> None:
        ready(qtbot, sheet)
        on_sheet(RefusalSheet, lambda refusal: refusal.accept())
        sheet.act.click()
        qtbot.waitUntil(lambda: sheet.outcome is not None, timeout=20_000)

    open_import(qtbot, seat, "channel", use)
    assert (lost, count(town, "channel_file")) == ([0], 1)


def test_an_auditor_sees_the_files_and_imports_none(qtbot: QtBot, sit: MakeSeat) -> None:
    seat = sit("auditora")
    qtbot.wait(200)
    assert not any(button.isEnabled() for button in seat.page.files.buttons.values())
    assert not seat.page.lines.buttons["import"].isEnabled()
    assert not seat.page.unidentified.buttons["import"].isEnabled()
