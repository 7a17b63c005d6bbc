"""Entregas: sent from the drawer, received by somebody who signs in on the spot, never twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.custody import CashLevel
from tehuacan_comercial.domain.lifecycles import WithdrawalState
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.custody.deliveries_page import (
    DeliveriesPage,
    DeliveriesView,
    level_words,
)
from tehuacan_comercial.ui.custody.receive_sheet import ReceiveSheet
from tehuacan_comercial.ui.custody.send_sheet import SendSheet
from tehuacan_comercial.ui.custody.words import (
    delivery_pill,
    differences_sentence,
    missing_words,
    pieces_words,
)
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.prompts import RefusalSheet, TextSheet
from tests.support.town import PASSWORD, Town
from tests.ui.cash.conftest import MakeStation, Station, on_sheet, press
from tests.ui.custody.conftest import send, type_pieces

RETURN = Qt.Key.Key_Return


def deliveries(qtbot: QtBot, station: Station) -> DeliveriesPage:
    station.tab.more.show("deliveries")
    page = station.tab.more.page("deliveries")
    assert isinstance(page, DeliveriesPage)
    qtbot.waitUntil(lambda: page.view is not None)
    return page


def states(town: Town) -> list[str]:
    with town.admin() as connection:
        rows = connection.execute("SELECT state FROM withdrawal ORDER BY id").fetchall()
    return [str(row[0]) for row in rows]


def test_the_key_opens_the_sheet_and_enter_sends_once(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    def count(sheet: SendSheet) -> None:
        type_pieces(sheet.grid, "Billetes de $100", "2")
        sheet.note.setText("Entrega de mediodía")
        sheet.note.setFocus()
        press(sheet, RETURN)
        sheet.submit()  # a second press while it is under way

    qtbot.waitUntil(lambda: station.actions_table["cash.deliver"].isEnabled())
    came = on_sheet(SendSheet, count)
    station.trigger("cash.deliver")
    page = deliveries(qtbot, station)
    qtbot.waitUntil(lambda: bool(page.view and page.view.rows))
    assert len(came) == 1
    assert states(town) == ["in_transit"]
    row = page.table.model.all_rows()[0]
    assert (row.amount, row.note) == (Decimal("200.00"), "Entrega de mediodía")
    assert page.table.current() == row
    assert "500" not in page.words.text(), "what the drawer holds is not told"


def test_nothing_counted_is_not_sent(qtbot: QtBot, station: Station, town: Town) -> None:
    def leave(sheet: SendSheet) -> None:
        sheet.submit()
        assert "al menos una pieza" in sheet.problem.text()
        sheet.reject()

    page = deliveries(qtbot, station)
    came = on_sheet(SendSheet, leave)
    page.deliver()
    assert came
    assert states(town) == []


def test_more_than_the_drawer_holds_is_refused_and_what_was_counted_stays(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    seen: list[str] = []

    def too_much(sheet: SendSheet) -> None:
        type_pieces(sheet.grid, "Billetes de $500", "9")

        def read(refusal: RefusalSheet) -> None:
            seen.append(refusal.title.text())
            refusal.reject()
            assert sheet.grid.total() == Decimal(4500)
            sheet.reject()

        on_sheet(RefusalSheet, read)
        sheet.submit()

    page = deliveries(qtbot, station)
    on_sheet(SendSheet, too_much)
    page.deliver()
    assert seen == ["La entrega es mayor que el efectivo de la caja"]
    assert states(town) == []


def test_another_count_is_another_command(qtbot: QtBot, station: Station) -> None:
    page = deliveries(qtbot, station)
    sheet = SendSheet(page, 1, "Caja 1", send=lambda *_: None)
    qtbot.addWidget(sheet)
    type_pieces(sheet.grid, "Billetes de $100", "1")
    first = sheet.command()
    assert sheet.command() == first
    type_pieces(sheet.grid, "Billetes de $100", "2")
    second = sheet.command()
    assert second.command_id != first.command_id


def test_a_second_person_receives_on_the_spot_and_the_session_stays(
    qtbot: QtBot, station: Station, desk: Desk, session: SessionRow, town: Town
) -> None:
    send(desk, session, 2)
    page = deliveries(qtbot, station)

    def receive(sheet: ReceiveSheet) -> None:
        sheet.user.setText("elena")
        sheet.password.setText("otra cosa")
        type_pieces(sheet.grid, "Billetes de $100", "1")
        sheet.accept_delivery()
        assert "Faltan $100.00" in sheet.told.text()
        type_pieces(sheet.grid, "Billetes de $100", "2")
        assert sheet.told.text() == "Coincide con la entrega."
        sheet.accept_delivery()
        qtbot.waitUntil(lambda: bool(sheet._password_field.message.text()))
        sheet.password.setText(PASSWORD)
        press(sheet, RETURN)
        sheet.accept_delivery()

    on_sheet(ReceiveSheet, receive)
    QTest.mouseClick(page.receive_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.view and page.view.rows[0].state == "accepted"))
    assert states(town) == ["accepted"]
    assert page.view is not None
    assert page.view.rows[0].decided_by_name.startswith("Elena")
    assert not page.receive_button.isEnabled()
    assert desk.cash.session() is not None, "the cashier's session stays"


def test_a_rejection_needs_its_reason(
    qtbot: QtBot, station: Station, desk: Desk, session: SessionRow, town: Town
) -> None:
    send(desk, session, 1)
    page = deliveries(qtbot, station)

    def send_back(sheet: ReceiveSheet) -> None:
        sheet.user.setText("gerente")
        sheet.password.setText(PASSWORD)
        sheet.send_back()
        assert "Explique por qué" in sheet._note_field.message.text()
        sheet.note.setText("Falta un billete")
        sheet.reject_button.click()

    on_sheet(ReceiveSheet, send_back)
    page.receive_button.click()
    qtbot.waitUntil(lambda: bool(page.view and page.view.rows[0].state == "rejected"))
    assert states(town) == ["rejected"]


def take_back(sheet: TextSheet) -> None:
    sheet._edit.setText("Conté de más")
    press(sheet, RETURN)


def test_one_takes_ones_own_delivery_back(
    qtbot: QtBot, station: Station, desk: Desk, session: SessionRow, town: Town
) -> None:
    send(desk, session, 1)
    page = deliveries(qtbot, station)
    on_sheet(TextSheet, take_back)
    page.back_button.click()
    qtbot.waitUntil(lambda: bool(page.view and page.view.rows[0].state == "withdrawn"))
    assert states(town) == ["withdrawn"]
    assert not page.back_button.isEnabled()
    assert page.view is not None
    assert page.view.rows[0].decision_note == "Conté de más"


def test_who_receives_was_faster_than_taking_back(
    qtbot: QtBot, station: Station, desk: Desk, session: SessionRow, elena: Desk, town: Town
) -> None:
    sent = send(desk, session, 1)
    page = deliveries(qtbot, station)
    told: list[str] = []

    def read(sheet: RefusalSheet) -> None:
        told.append(sheet.windowTitle())
        sheet.reject()

    def late(sheet: TextSheet) -> None:
        elena.custody.accept(sent.withdrawal_id, {Decimal(100): 1})
        on_sheet(RefusalSheet, read)
        take_back(sheet)

    on_sheet(TextSheet, late)
    page.back_button.click()
    qtbot.waitUntil(lambda: bool(page.view and page.view.rows[0].state == "accepted"))
    assert told == ["La entrega ya tiene respuesta"]
    assert states(town) == ["accepted"]


@pytest.mark.parametrize("user", ["rosa", "lupe"])
def test_a_cashier_receives_nothing_here(
    qtbot: QtBot,
    station: Station,
    desk: Desk,
    session: SessionRow,
    town: Town,
    user: str,
) -> None:
    send(desk, session, 1)
    page = deliveries(qtbot, station)
    seen: list[str] = []

    def try_it(sheet: ReceiveSheet) -> None:
        sheet.user.setText(user)
        sheet.password.setText(PASSWORD)
        type_pieces(sheet.grid, "Billetes de $100", "1")

        def read(told: RefusalSheet) -> None:
            seen.append(told.title.text())
            told.reject()
            sheet.reject()

        on_sheet(RefusalSheet, read)
        sheet.accept_delivery()

    on_sheet(ReceiveSheet, try_it)
    page.receive_button.click()
    assert len(seen) == 1
    assert states(town) == ["in_transit"]


def test_a_delivery_answered_elsewhere_shows_within_its_notice(
    qtbot: QtBot, station: Station, desk: Desk, session: SessionRow, elena: Desk
) -> None:
    sent = send(desk, session, 1)
    page = deliveries(qtbot, station)
    mark = desk.news(0).mark
    elena.custody.accept(sent.withdrawal_id, {Decimal(100): 1})
    station.bus.committed(desk.news(mark).changes)
    qtbot.waitUntil(lambda: bool(page.view and page.view.rows[0].state == "accepted"))


def test_a_drawer_near_its_limit_is_told_on_cobro_with_its_act(
    qtbot: QtBot, make_station: MakeStation, session: SessionRow, town: Town
) -> None:
    with town.admin() as connection:
        connection.execute("UPDATE till SET cash_limit = 550.00 WHERE code = 'C1'")
    station = make_station()
    qtbot.waitUntil(station.tab.was_read)
    strip = station.tab.collect.level
    assert strip.isVisible()
    assert strip.notice is not None
    assert "se acerca al tope" in strip.notice.title.text()
    with town.admin() as connection:
        connection.execute("UPDATE till SET cash_limit = 500.00 WHERE code = 'C1'")
    station.tab.loader.reload()
    qtbot.waitUntil(lambda: station.tab.loader.view.level is CashLevel.FULL)
    assert "pasa de su tope" in strip.notice.title.text()
    came = on_sheet(SendSheet, lambda sheet: sheet.reject())
    station.trigger("cash.deliver")
    qtbot.waitUntil(lambda: bool(came))
    assert session.state == "open"


def test_without_a_session_there_is_nothing_to_deliver(
    qtbot: QtBot, make_station: MakeStation
) -> None:
    station = make_station()
    page = deliveries(qtbot, station)
    assert level_words(DeliveriesView()) == "Abra la caja para entregar efectivo."
    assert not station.actions_table["cash.deliver"].isEnabled()
    page.deliver()
    assert not page.table.model.all_rows()


def test_the_slip_of_a_delivery_is_printed_and_a_copy_is_asked_why(
    qtbot: QtBot, station: Station, desk: Desk, session: SessionRow
) -> None:
    send(desk, session, 1)
    page = deliveries(qtbot, station)
    on_sheet(PreviewSheet, lambda sheet: press(sheet, RETURN))
    page.print_button.click()
    qtbot.waitUntil(lambda: len(station.printer.sheets) == 1)

    def why(sheet: TextSheet) -> None:
        sheet._edit.setText("Se atoró el papel")
        on_sheet(PreviewSheet, lambda shown: press(shown, RETURN))
        press(sheet, RETURN)

    qtbot.wait(300)
    on_sheet(TextSheet, why)
    page.print_button.click()
    qtbot.waitUntil(lambda: len(station.printer.sheets) == 2)
    assert station.printer.sheets[0].startswith("Entrega parcial")
    assert "copia 1" in station.printer.sheets[1]


def test_deliveries_are_told_in_words() -> None:
    assert pieces_words({"0.50": 2, "500": 3, "20": 0}) == "3 × $500 · 2 × 50 ¢"
    assert missing_words(Decimal(300), Decimal(300)) == ""
    assert missing_words(Decimal(300), Decimal(250)).startswith("Faltan $50.00")
    assert missing_words(Decimal(300), Decimal(310)).startswith("Sobran $10.00")
    assert len({delivery_pill(each).icon for each in WithdrawalState}) == 4
    assert differences_sentence([Decimal(1), Decimal(-1)], "esperado").startswith(
        "El total coincide"
    )
    assert differences_sentence([Decimal(-5)], "declarado").endswith("lo declarado.")
