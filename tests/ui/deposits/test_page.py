"""The page Depósitos on a small town: gathered, counted, shared out, deposited, found, assigned."""

from __future__ import annotations

from decimal import Decimal

from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.ui.deposits.count_sheet import BatchCountSheet
from tehuacan_comercial.ui.deposits.slips_sheet import SlipsSheet
from tehuacan_comercial.ui.deposits.stamp_sheet import StampSheet
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.prompts import ConfirmSheet, TextSheet
from tests.support.bank_files import channel_order, digits_of
from tests.support.deposits import pieces
from tests.support.town import Town
from tests.support.vouchers import today
from tests.ui.cash.conftest import on_sheet
from tests.ui.deposits.conftest import MakeSeat, Seat


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
