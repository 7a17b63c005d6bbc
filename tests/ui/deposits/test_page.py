"""The page Depósitos on a small town: gathered, counted, shared out, deposited, found, assigned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.deposits.count_sheet import BatchCountSheet
from tehuacan_comercial.ui.deposits.page import DepositsPage
from tehuacan_comercial.ui.deposits.slips_sheet import SlipsSheet
from tehuacan_comercial.ui.deposits.stamp_sheet import StampSheet
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.prompts import ConfirmSheet, TextSheet
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import NoticeStrip
from tests.support.bank_files import channel_order, digits_of
from tests.support.books import close, open_charges, open_session, pay, pay_all_and_ahead
from tests.support.deposits import pieces
from tests.support.town import Town
from tests.support.vouchers import today
from tests.ui.cash.conftest import FakePrinter, on_sheet, sit_down, town

__all__ = ["town"]


@dataclass
class Seat:
    """Somebody in front of the page."""

    page: DepositsPage
    desk: Desk
    printer: FakePrinter

    def press(self, act: str) -> None:
        button = self.page.batches.buttons[act]
        assert button.isEnabled(), act
        button.click()

    def state(self) -> str:
        rows = self.page.batches.table.model.all_rows()
        return rows[0].state if rows else ""

    def enabled(self) -> set[str]:
        return {name for name, each in self.page.batches.buttons.items() if each.isEnabled()}


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
        page = DepositsPage(desk, tasks, bus, paper, lambda: desk.signed_in.today, settings)
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: bool(page.waiting.table.model.all_rows()))
        return Seat(page, desk, printer)

    yield make
    tasks.close()  # a reading under way would give its connection back to a desk that left
    for desk in desks:
        desk.close()
    assert not failures


def agree(sheet: ConfirmSheet) -> None:
    sheet.accept()


def fill_count(sheet: BatchCountSheet, cash: str, card: str) -> None:
    wanted = {Decimal(value): number for value, number in pieces(Decimal(cash)).items()}
    chosen = {}
    for piece in sheet.grid.counts():
        if piece.value in wanted:
            chosen[piece] = wanted.pop(piece.value)
    assert not wanted
    sheet.grid.set_counts(chosen)
    sheet.proofs[TenderKind.CARD].field.set_value(Decimal(card))
    sheet.accept()


def fill_stamps(sheet: StampSheet) -> None:
    assert not sheet.act.isEnabled()
    for place, field in enumerate(sheet.references):
        field.setText(f"REF7777{place}")
    assert sheet.act.isEnabled()
    sheet.act.click()


def open_batch(qtbot: QtBot, seat: Seat) -> None:
    assert not seat.page.waiting.buttons["open"].isEnabled()
    seat.page.waiting.table.check_where(lambda _row: True)
    qtbot.waitUntil(seat.page.waiting.buttons["open"].isEnabled)
    on_sheet(ConfirmSheet, agree)
    seat.page.waiting.buttons["open"].click()
    qtbot.waitUntil(lambda: seat.state() == "open")
    seat.page.batches.table.select(seat.page.batches.table.model.all_rows()[0].batch_id)


def count(qtbot: QtBot, seat: Seat, cash: str = "600.00", card: str = "318.40") -> None:
    on_sheet(BatchCountSheet, lambda sheet: fill_count(sheet, cash, card))
    seat.press("count")
    qtbot.waitUntil(lambda: seat.state() == "counting")
    qtbot.waitUntil(seat.page.batches.buttons["balance"].isEnabled)


def test_from_the_drawers_to_the_bank(qtbot: QtBot, sit: MakeSeat, town: Town) -> None:
    seat = sit("elena")
    open_batch(qtbot, seat)
    assert seat.enabled() == {"count", "empty"}
    count(qtbot, seat)

    def share(sheet: SlipsSheet) -> None:
        assert sheet.act.isEnabled()
        sheet.rows[0].amount.set_value(Decimal("599.99"))
        assert "altan $0.01 en efectivo" in sheet.note.text()
        assert not sheet.act.isEnabled()
        sheet.rows[0].amount.set_value(Decimal("500.00"))
        more = sheet.add(TenderKind.CASH, Decimal("100.00"))
        more.account.setCurrentIndex(1)
        assert sheet.act.isEnabled()
        sheet.act.click()

    on_sheet(SlipsSheet, share)
    seat.press("balance")
    qtbot.waitUntil(lambda: seat.state() == "balanced")
    qtbot.waitUntil(seat.page.batches.buttons["deposit"].isEnabled)
    shown = on_sheet(PreviewSheet, lambda sheet: sheet.reject())
    seat.press("print_list")
    qtbot.waitUntil(lambda: bool(shown))
    on_sheet(StampSheet, fill_stamps)
    seat.press("deposit")
    qtbot.waitUntil(lambda: seat.state() == "deposited")
    qtbot.waitUntil(lambda: len(seat.page.slips.table.model.all_rows()) == 3)
    assert seat.enabled() == {"print_list"}


def test_a_wrong_count_is_told_and_can_be_made_again(qtbot: QtBot, sit: MakeSeat) -> None:
    seat = sit("elena")
    open_batch(qtbot, seat)
    count(qtbot, seat, cash="599.50")
    count(qtbot, seat)


def test_sessions_go_back_and_the_batch_is_used_again(qtbot: QtBot, sit: MakeSeat) -> None:
    seat = sit("elena")
    open_batch(qtbot, seat)
    on_sheet(ConfirmSheet, agree)
    seat.press("empty")
    qtbot.waitUntil(lambda: bool(seat.page.waiting.table.model.all_rows()))
    qtbot.waitUntil(lambda: not seat.enabled())
    seat.page.waiting.table.check_where(lambda _row: True)
    on_sheet(ConfirmSheet, agree)
    seat.page.waiting.buttons["open"].click()
    qtbot.waitUntil(lambda: not seat.page.waiting.table.model.all_rows())
    assert len(seat.page.batches.table.model.all_rows()) == 1


def test_an_auditor_looks_and_does_nothing(qtbot: QtBot, sit: MakeSeat) -> None:
    seat = sit("auditora")
    seat.page.waiting.table.check_where(lambda _row: True)
    assert not seat.page.waiting.buttons["open"].isEnabled()
    assert seat.enabled() == set()


def test_money_finds_its_account(qtbot: QtBot, sit: MakeSeat, town: Town) -> None:
    seat = sit("gerente")
    manager, day = town.sign_in("gerente"), today(town)
    manager.call("import_channel", channel_order(day, ("", "25.00", "F1")))
    seat.page.reload()
    qtbot.waitUntil(lambda: bool(seat.page.unidentified.table.model.all_rows()))
    seat.page.show_part("unidentified")
    seat.page.unidentified.table.select(1)
    qtbot.waitUntil(seat.page.unidentified.buttons["assign"].isEnabled)
    number = digits_of(town, town.account_ids()[2])
    texts = iter((number, "Trajo su comprobante"))

    def answer(sheet: TextSheet) -> None:
        sheet._edit.setText(next(texts))
        if sheet.windowTitle().startswith("Asignar"):
            on_sheet(TextSheet, answer)
        sheet._finish()

    on_sheet(TextSheet, answer)
    seat.page.unidentified.buttons["assign"].click()
    qtbot.waitUntil(
        lambda: any(row.account_number for row in seat.page.unidentified.table.model.all_rows())
    )
    assert not seat.page.unidentified.buttons["assign"].isEnabled()
