from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.allocation import allocate
from tehuacan_comercial.domain.cash import ChargeCommand, charge_command, new_command_id
from tehuacan_comercial.domain.tendering import Tender, TenderKind, settle
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.intents import Intent, IntentJournal
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.hold_sheet import HoldSheet
from tehuacan_comercial.ui.cash.tab import RECEIPTS
from tehuacan_comercial.ui.cash.tender_sheet import TenderSheet
from tehuacan_comercial.ui.prompts import TextSheet
from tehuacan_comercial.ui.widgets.notices import Toast
from tests.support.town import Town
from tests.ui.cash.conftest import (
    MakeStation,
    Station,
    on_sheet,
    open_account,
    payments,
    press,
)

RETURN = Qt.Key.Key_Return


def charge_exact(qtbot: QtBot, station: Station, account: int) -> None:
    open_account(qtbot, station, account)
    on_sheet(TenderSheet, lambda sheet: press(sheet, RETURN, RETURN))
    station.trigger("cash.charge")
    qtbot.waitUntil(lambda: not station.tab.loader.loading)


# --- held sales ---


def hold_two_charges(qtbot: QtBot, station: Station, account: int) -> frozenset[int]:
    open_account(qtbot, station, account)
    station.tab.collect.charges.tools["overdue"].click()
    chosen = station.tab.selection()

    def name(sheet: HoldSheet) -> None:
        sheet.name.selectAll()
        QTest.keyClicks(sheet.name, "Persona de azul")
        press(sheet, RETURN)

    on_sheet(HoldSheet, name)
    station.trigger("cash.hold")
    qtbot.waitUntil(lambda: len(station.tab.loader.view.held) == 1)
    return chosen


def test_a_sale_waits_and_comes_back_with_its_charges(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    first, second, *_rest = town.account_ids()
    chosen = hold_two_charges(qtbot, station, first)
    assert not station.tab.loader.account_id
    assert station.focusWidget() is station.search
    assert station.tab.collect.summary.hold.text() == "Espera (1)"
    open_account(qtbot, station, second)

    def take(sheet: HoldSheet) -> None:
        assert sheet.table.model.all_rows()[0].label == "Persona de azul"
        sheet.take.click()

    on_sheet(HoldSheet, take)
    station.trigger("cash.hold")
    qtbot.waitUntil(lambda: station.numbers == ["10-00001-0"])
    qtbot.waitUntil(lambda: station.tab.loader.view.held == ())
    qtbot.waitUntil(lambda: station.tab.loader.view.account is not None)
    assert station.tab.loader.account_id == first
    assert station.tab.selection() == chosen


def test_a_held_sale_can_be_dropped(qtbot: QtBot, station: Station, town: Town) -> None:
    hold_two_charges(qtbot, station, town.account_ids()[0])
    on_sheet(HoldSheet, lambda sheet: sheet.drop.click())
    station.trigger("cash.hold")
    qtbot.waitUntil(lambda: station.tab.loader.view.held == ())
    assert station.numbers == []


def test_closing_warns_of_held_sales(qtbot: QtBot, station: Station, town: Town) -> None:
    hold_two_charges(qtbot, station, town.account_ids()[0])
    station.trigger("session.close")
    qtbot.waitUntil(lambda: station.tab.count.obstacles.isVisible())
    (notice,) = station.tab.count.obstacles.notices()
    assert notice.title.text().startswith("Cobro en espera")


# --- lost charges ---


@pytest.fixture
def lost(desk: Desk, session: SessionRow, town: Town) -> ChargeCommand:
    """A charge that an earlier run was about to send."""
    account = town.account_ids()[0]
    spread = allocate(desk.cash.debt(account).items, Decimal(100))
    settled = settle(Decimal(100), [Tender(TenderKind.CASH, Decimal(200))])
    command = charge_command(new_command_id(), session.session_id, account, spread.parts, settled)
    journal = IntentJournal(desk.home / "cobros-pendientes")
    journal.write(Intent("rosa", command.payload()))
    return command


def test_a_lost_charge_that_stands_is_told_and_printed(
    qtbot: QtBot, lost: ChargeCommand, desk: Desk, town: Town, make_station: MakeStation
) -> None:
    desk.signed_in.database.call("post_payment", lost.payload(), command_id=str(lost.command_id))
    station = make_station()
    qtbot.waitUntil(lambda: bool(station.shown_notices()))
    assert "$100.00 sí quedó registrado: recibo C1-000001" in station.notice_titles()[0]
    assert "10-00001-0" in station.shown_notices()[0].text.text()
    station.press_notice("Imprimir")
    qtbot.waitUntil(lambda: station.printer.sheets == ["Recibo C1-000001"])
    assert len(payments(town)) == 1


def test_a_lost_charge_that_does_not_stand_can_be_registered_now(
    qtbot: QtBot, lost: ChargeCommand, town: Town, make_station: MakeStation, desk: Desk
) -> None:
    assert lost.settled == 100
    station = make_station()
    qtbot.waitUntil(lambda: bool(station.shown_notices()))
    assert "no quedó registrado" in station.notice_titles()[0]
    station.press_notice("Registrar ahora")
    qtbot.waitUntil(lambda: station.printer.sheets == ["Recibo C1-000001"])
    assert payments(town) == [(Decimal("100.00"), 0, 0)]
    assert desk.cash.lost_charges() == ()


def test_a_lost_charge_can_be_discarded_with_its_reason(
    qtbot: QtBot, lost: ChargeCommand, town: Town, make_station: MakeStation, desk: Desk
) -> None:
    station = make_station()
    qtbot.waitUntil(lambda: bool(station.shown_notices()))
    on_sheet(TextSheet, lambda sheet: sheet.reject())
    station.press_notice("Descartar")
    qtbot.waitUntil(lambda: bool(station.shown_notices()))

    def reason(sheet: TextSheet) -> None:
        QTest.keyClicks(sheet.focusWidget(), "Se regresa el dinero")
        press(sheet, RETURN)

    on_sheet(TextSheet, reason)
    station.press_notice("Descartar")
    qtbot.waitUntil(lambda: desk.cash.lost_charges() == ())
    with town.admin() as connection:
        found = connection.execute("SELECT command_id, reason FROM discarded_command").fetchall()
    assert found == [(lost.command_id, "Se regresa el dinero")]
    assert payments(town) == []


# --- paper ---


def job_states(town: Town) -> list[object]:
    with town.admin() as connection:
        rows = connection.execute("SELECT state FROM print_job ORDER BY id").fetchall()
    return [row[0] for row in rows]


def test_a_printer_out_of_paper_changes_nothing_but_the_paper(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    station.printer.broken = True
    charge_exact(qtbot, station, town.account_ids()[0])
    qtbot.waitUntil(lambda: bool(station.shown_notices()))
    assert station.notice_titles() == ["El recibo C1-000001 quedó registrado; falta imprimir"]
    assert len(payments(town)) == 1
    station.printer.broken = False
    station.press_notice("Reintentar")
    qtbot.waitUntil(lambda: station.printer.sheets == ["Recibo C1-000001"])
    qtbot.waitUntil(lambda: job_states(town) == ["failed", "printed"])


def test_a_sheet_that_did_not_come_out_can_be_saved(
    qtbot: QtBot, station: Station, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "recibo.pdf"
    monkeypatch.setattr(prompts, "ask_save_path", lambda *_: target)
    station.printer.broken = True
    charge_exact(qtbot, station, town.account_ids()[0])
    qtbot.waitUntil(lambda: bool(station.shown_notices()))
    station.press_notice("Guardar PDF")
    qtbot.waitUntil(lambda: job_states(town) == ["failed", "saved"])
    assert target.read_bytes().startswith(b"%PDF")


def test_what_was_not_printed_waits_for_the_next_start(
    qtbot: QtBot, station: Station, make_station: MakeStation, town: Town
) -> None:
    station.printer.broken = True
    charge_exact(qtbot, station, town.account_ids()[0])
    qtbot.waitUntil(lambda: job_states(town) == ["failed"])
    again = make_station()
    again.paper.restore()
    qtbot.waitUntil(lambda: again.tray.waiting() == 1)
    assert "Falta imprimir una hoja" in again.notice_titles()
    job = again.tray.jobs()[0]
    assert job.pdf == station.tray.jobs()[0].pdf
    again.tray.retry(job.key)
    qtbot.waitUntil(lambda: job_states(town) == ["failed", "printed"])
    assert station.desk.receipts.waiting() == ()


def test_a_reprint_asks_why_and_is_marked(qtbot: QtBot, station: Station, town: Town) -> None:
    charge_exact(qtbot, station, town.account_ids()[0])
    qtbot.waitUntil(lambda: job_states(town) == ["printed"])

    def why(sheet: TextSheet) -> None:
        QTest.keyClicks(sheet.focusWidget(), "El usuario lo pierde")
        press(sheet, RETURN)

    on_sheet(TextSheet, why)
    station.trigger("receipts.reprint")
    qtbot.waitUntil(lambda: len(station.printer.sheets) == 2)
    assert station.printer.sheets[1] == "Recibo C1-000001 · copia 1"


def test_the_receipts_of_the_session_are_listed_and_exported(
    qtbot: QtBot,
    station: Station,
    town: Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for account in town.account_ids()[:2]:
        charge_exact(qtbot, station, account)
    qtbot.waitUntil(lambda: len(station.tab.loader.view.receipts) == 2)
    station.tab.tabs.setCurrentIndex(RECEIPTS)
    assert station.tab.tabs.tabText(RECEIPTS).endswith("2")
    folios = [row.folio for row in station.tab.receipts.table.model.shown_rows()]
    assert folios == ["C1-000002", "C1-000001"]
    target = tmp_path / "recibos.xlsx"
    monkeypatch.setattr(prompts, "ask_save_path", lambda *_: target)
    station.tab.receipts.table.request_export()
    qtbot.waitUntil(lambda: bool(station.findChildren(Toast)))
    sheet = load_workbook(target).active
    assert sheet is not None
    total = sum(row.applied for row in station.tab.loader.view.receipts)
    column = [cell.value for cell in sheet[1]].index("Importe") + 1
    amounts = [Decimal(str(sheet.cell(line, column).value)) for line in (2, 3)]
    assert sum(amounts) == total


def test_charges_are_chosen_by_keyboard(qtbot: QtBot, station: Station, town: Town) -> None:
    open_account(qtbot, station, town.account_ids()[0])
    card = station.tab.collect.charges
    everything = station.tab.selection()
    QTest.keyClick(station, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: station.tab.selection() == frozenset())
    assert not station.actions_table["cash.charge"].isEnabled()
    QTest.keyClick(station, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: frozenset() < station.tab.selection() < everything)
    QTest.keyClick(station, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: station.tab.selection() == everything)
    card.table.grid.setFocus()
    card.table.select(card.table.model.row_at(0).item.charge_id)
    QTest.keyClick(card.table.grid, Qt.Key.Key_Space)
    assert len(station.tab.selection()) == len(everything) - 1
    assert card.note.text().startswith(f"{len(everything) - 1} de {len(everything)}")
