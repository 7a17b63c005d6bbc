"""The page Pólizas on a small town: issued, seen down to the receipt, verified, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.vouchers import VoucherKind
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.prompts import ConfirmSheet, RefusalSheet, TextSheet
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.vouchers.page import VouchersPage
from tehuacan_comercial.ui.vouchers.rows_sheet import RowsSheet
from tehuacan_comercial.ui.widgets.notices import NoticeStrip
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tests.support.books import close, open_charges, open_session, pay, pay_all_and_ahead
from tests.support.deposits import deposit
from tests.support.town import Town
from tests.support.vouchers import decide, today
from tests.ui.cash.conftest import FakePrinter, on_sheet, sit_down, town

__all__ = ["town"]
COLLECTION = VoucherKind.COLLECTION


@dataclass
class Seat:
    """Somebody in front of the page."""

    page: VouchersPage
    desk: Desk
    printer: FakePrinter

    def press(self, act: str) -> None:
        button = self.page.vouchers[COLLECTION].buttons[act]
        assert button.isEnabled(), act
        button.click()

    def state(self) -> str:
        row = self.page.view.latest(COLLECTION) if self.page.view else None
        return row.state if row else ""

    def enabled(self) -> set[str]:
        buttons = self.page.vouchers[COLLECTION].buttons
        return {name for name, button in buttons.items() if button.isEnabled()}


MakeSeat = Callable[[str], Seat]


@pytest.fixture
def sit(
    qtbot: QtBot,
    town: Town,
    tasks: Tasks,
    settings: QSettings,
    tmp_path: Path,
    failures: list[Exception],
) -> Iterator[MakeSeat]:
    rosa = town.sign_in("rosa")
    session = open_session(rosa, "C1")
    one, two, _ = town.account_ids()
    pay_all_and_ahead(town, rosa, session, one)
    pay(rosa, session, two, open_charges(town, two)[:1], "card")
    close(rosa, session)
    desks: list[Desk] = []

    def make(username: str) -> Seat:
        desk = sit_down(town, username, tmp_path / username)
        desks.append(desk)
        printer = FakePrinter()
        notices = NoticeStrip()
        qtbot.addWidget(notices)
        tray = PrintTray(tasks, {printer.name: printer}, notices)
        paper = Paper(desk.receipts, tasks, tray, notices, {"letter": printer.name})
        bus: Bus[Changes] = Bus()
        page = VouchersPage(desk, tasks, bus, paper, lambda: desk.signed_in.today, settings)
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.view is not None)
        return Seat(page, desk, printer)

    yield make
    for desk in desks:
        desk.close()
    assert not failures


def answer(sheet: TextSheet, text: str = "") -> None:
    sheet._edit.setText(text)
    sheet._finish()


def issue(qtbot: QtBot, seat: Seat) -> None:
    seat.page.show_part("collection")
    on_sheet(TextSheet, lambda sheet: answer(sheet, "Sin novedad"))
    seat.press("issue")
    qtbot.waitUntil(lambda: seat.state() == "draft")


def test_one_issues_and_another_verifies_exports_and_prints(
    qtbot: QtBot, sit: MakeSeat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elena = sit("elena")
    assert elena.enabled() == {"issue"}
    issue(qtbot, elena)
    assert elena.enabled() == {"print_voucher"}
    manager = sit("gerente")
    assert manager.enabled() == {"verify", "give_back", "print_voucher"}
    manager.page.show_part("collection")
    on_sheet(ConfirmSheet, lambda sheet: sheet.accept())
    manager.press("verify")
    qtbot.waitUntil(lambda: manager.state() == "verified")
    target = tmp_path / "poliza.csv"
    monkeypatch.setattr(prompts, "ask_save_path", lambda *_: target)
    manager.press("export")
    qtbot.waitUntil(lambda: manager.state() == "exported")
    assert target.read_text(encoding="utf-8-sig").startswith("Póliza,Fecha")
    came = on_sheet(PreviewSheet, lambda sheet: sheet.reject())
    manager.press("print_sheet")
    qtbot.waitUntil(lambda: bool(came))


def test_the_five_totals_show_the_rows_behind_them(qtbot: QtBot, sit: MakeSeat) -> None:
    elena = sit("elena")
    sheet = elena.page.sheet
    assert list(sheet.tiles) == ["sessions", "receipts", "vouchers", "slips", "folios"]
    assert sheet.chosen() == "sessions"
    assert [tile.total.ok for tile in sheet.tiles.values()] == [True, True, False, None, True]
    QTest.keyClick(sheet.tiles["receipts"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(sheet.receipts.export_sheet().rows) == 2)
    came = on_sheet(RowsSheet, lambda rows: rows.accept())
    sheet.choose("sessions")
    sheet.session_opened.emit(sheet.sessions.model.all_rows()[0])
    qtbot.waitUntil(lambda: bool(came))
    assert len(came[0].table.export_sheet().rows) == 2


def test_the_slips_show_what_each_session_hands_over(
    qtbot: QtBot, sit: MakeSeat, town: Town
) -> None:
    elena = sit("elena")
    sheet = elena.page.sheet
    (row,) = sheet.deposits.model.all_rows()
    assert (row.batch_state, row.list_folio) == ("", "")
    deposit(town, town.sign_in("elena"), row.session.session_id)
    elena.page.reload()
    qtbot.waitUntil(lambda: sheet.deposits.model.all_rows()[0].batch_state == "deposited")
    (row,) = sheet.deposits.model.all_rows()
    total = sheet.tiles["slips"].total
    assert (total.amount, total.ok) == (row.handed, True)
    assert row.handed - (row.session.collected or 0) == row.session.difference
    came = on_sheet(RowsSheet, lambda rows: rows.accept())
    sheet.deposits.row_activated.emit(row)
    qtbot.waitUntil(lambda: bool(came))


def test_a_line_opens_its_receipts(qtbot: QtBot, sit: MakeSeat) -> None:
    elena = sit("elena")
    issue(qtbot, elena)
    part = elena.page.vouchers[COLLECTION]
    came = on_sheet(RowsSheet, lambda rows: rows.accept())
    part.line_opened.emit(part.table.model.all_rows()[0])
    qtbot.waitUntil(lambda: bool(came))
    assert "C1-000001" in str(came[0].table.export_sheet().rows)


def test_a_returned_voucher_says_why_and_can_be_issued_again(qtbot: QtBot, sit: MakeSeat) -> None:
    elena, manager = sit("elena"), sit("gerente")
    issue(qtbot, elena)
    manager.page.reload()
    qtbot.waitUntil(lambda: manager.state() == "draft")
    on_sheet(TextSheet, lambda sheet: answer(sheet, "Falta explicar el sobrante"))
    manager.press("give_back")
    qtbot.waitUntil(lambda: manager.state() == "returned")
    elena.page.reload()
    qtbot.waitUntil(lambda: elena.state() == "returned")
    assert "Falta explicar el sobrante" in elena.page.vouchers[COLLECTION].note.text()
    assert "issue" in elena.enabled()


def test_who_comes_second_is_told_who_was_first(qtbot: QtBot, sit: MakeSeat, town: Town) -> None:
    elena = sit("elena")
    issue(qtbot, elena)
    manager = sit("gerente")
    row = manager.page.view.latest(COLLECTION) if manager.page.view else None
    assert row is not None
    decide(town.sign_in("directora"), row.voucher_id, "return", "Se adelantó la dirección")
    told: list[str] = []

    def tell(sheet: ShadeDialog) -> None:
        told.append(sheet.windowTitle())
        sheet.reject()

    on_sheet(ConfirmSheet, lambda sheet: sheet.accept())
    manager.press("verify")
    on_sheet(RefusalSheet, tell)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: manager.state() == "returned")
    assert "ya está hecha" in told[0]


def test_another_day_is_another_sheet(qtbot: QtBot, sit: MakeSeat, town: Town) -> None:
    elena = sit("elena")
    elena.page.chooser.setDate(elena.page.chooser.date().addDays(-1))
    yesterday = today(town, 1)
    qtbot.waitUntil(
        lambda: elena.page.view is not None and elena.page.view.day.isoformat() == yesterday
    )
    assert not elena.page.sheet.sessions.model.all_rows()


def test_the_auditor_reads_and_does_nothing(sit: MakeSeat) -> None:
    assert sit("auditora").enabled() == set()
