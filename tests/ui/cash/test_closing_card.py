"""*¿Puedo cerrar?*: what is in the way, told live, with the button that resolves it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.cash import HoldCommand, new_command_id
from tehuacan_comercial.domain.custody import SendWithdrawalCommand
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.custody import BlockerRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.cash.closing_items import Way, closing_items, closing_verdict
from tehuacan_comercial.ui.cash.hold_sheet import HoldSheet
from tehuacan_comercial.ui.cash.screen import CashState
from tehuacan_comercial.ui.cash.tab import COLLECT, COUNT, RECEIPTS
from tehuacan_comercial.ui.custody.deliveries_page import DeliveriesPage
from tehuacan_comercial.ui.prompts import ConfirmSheet, RefusalSheet
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tests.support.books import open_charges, pay
from tests.support.town import Town
from tests.ui.cash.conftest import Station, on_sheet
from tests.ui.cash.test_screen import YESTERDAY
from tests.ui.cash.values import TODAY
from tests.ui.cash.values import session as shift

DELIVERY = BlockerRow("withdrawal_in_transit", "C1-E1", {"withdrawal_id": 7, "amount": 300}, True)
HELD = BlockerRow("held_sale", "Señora de azul", {"held_sale_id": 3}, False)
SMALL_SECTION = 521
"""Pixels that a section has at 1366 × 740 under an account and a notice."""
VOID = BlockerRow("void_pending", "C1-000001", {"authorisation_id": 9, "amount": 10}, False)


def test_what_blocks_comes_first_and_the_verdict_says_so() -> None:
    items = closing_items(shift(), (HELD, DELIVERY, VOID), 0, TODAY)
    assert [item.way for item in items] == [Way.DELIVERY, Way.HELD, Way.DECIDE]
    assert [item.subject for item in items] == [7, 3, 9]
    assert "$300.00" in items[0].text
    assert closing_verdict(items).text == "Todavía no"
    assert closing_verdict(items[1:]).text == "Sí, con pendientes"
    assert closing_verdict(()).text == "Sí"


def test_what_the_database_does_not_know_of_is_told_too() -> None:
    items = closing_items(shift(day=YESTERDAY), (), 2, TODAY)
    assert [item.way for item in items] == [Way.LOST, Way.COUNT]
    assert items[0].title == "2 cobros esperan respuesta del servidor"
    counting = closing_items(shift("counting", day=YESTERDAY), (HELD,), 0, TODAY)
    assert [item.way for item in counting] == [Way.RESUME, Way.NONE]


def test_a_handover_says_who_must_answer() -> None:
    facts = {"handover_id": 4, "items": 2, "direction": "in"}
    (item,) = closing_items(
        shift(), (BlockerRow("handover_in_transit", "C1-R1", facts, True),), 0, TODAY
    )
    assert item.text == "Usted debe aceptar o rechazar cada renglón."
    assert item.way is Way.HANDOVER


def test_what_waits_is_decided_or_taken_back() -> None:
    transfer = BlockerRow(
        "authorisation_pending", "Traspasar el pago", {"authorisation_id": 8}, False
    )
    for item in closing_items(shift(), (VOID, transfer), 0, TODAY):
        assert item.ways == (("Autorizar aquí", Way.DECIDE), ("Retirar", Way.WITHDRAW))


def test_receipts_without_paper_lead_to_the_first() -> None:
    rows = [
        BlockerRow("paper_unprinted", "C1-000003", {"receipt_id": 3, "receipts": number}, False)
        for number in (1, 4)
    ]
    one, four = closing_items(shift(), rows, 0, TODAY)
    assert one.title == "El recibo C1-000003 no se ha impreso"
    assert four.title == "4 recibos no se han impreso; el primero es C1-000003"
    assert one.ways == (("Ver el recibo", Way.PAPER),)
    assert one.subject == 3


def test_an_unknown_obstacle_is_told_by_its_name() -> None:
    (item,) = closing_items(shift(), (BlockerRow("new", "algo", {}, True),), 0, TODAY)
    assert item.title == "Falta resolver algo"
    assert item.blocking
    assert item.way is Way.NONE


def button(station: Station, text: str) -> KeyButton:
    card = station.tab.count.closing
    return next(
        each
        for notice in card.notices()
        for each in notice.findChildren(KeyButton)
        if each.text() == text
    )


@pytest.fixture
def held(station: Station, desk: Desk, session: SessionRow, town: Town) -> None:
    account = town.account_ids()[0]
    desk.cash.hold(HoldCommand(new_command_id(), session.session_id, account, (1,), "Don Beto"))
    station.tab.loader.reload()


def shown(station: Station) -> list[str]:
    return [notice.title.text() for notice in station.tab.count.closing.notices()]


def send(desk: Desk, session: SessionRow) -> None:
    order = SendWithdrawalCommand(new_command_id(), session.session_id, {Decimal(100): 1})
    desk.custody.send_withdrawal(order)


def start_kind(station: Station) -> Kind:
    return station.tab.count.start.button.kind


def test_obstacles_appear_and_go_without_anybody_asking(
    qtbot: QtBot, station: Station, desk: Desk, session: SessionRow
) -> None:
    station.tab.tabs.setCurrentIndex(COUNT)
    card = station.tab.count.closing
    qtbot.waitUntil(lambda: card.items == ())
    assert card.words.text() == "Nada impide el corte."
    assert start_kind(station) is Kind.PRIMARY, "the count is the next act"
    send(desk, session)
    changes = Changes(sessions=frozenset({session.session_id}), topics=frozenset({"custody"}))
    station.bus.committed(changes)
    qtbot.waitUntil(lambda: len(shown(station)) == 1)
    assert "en tránsito" in shown(station)[0]
    assert start_kind(station) is Kind.PLAIN, "this must be resolved first"
    button(station, "Ver la entrega").click()
    page = station.tab.more.page("deliveries")
    assert isinstance(page, DeliveriesPage)
    qtbot.waitUntil(lambda: page.table.current() is not None)


@pytest.mark.usefixtures("held")
def test_a_held_sale_is_taken_back_from_here(qtbot: QtBot, station: Station) -> None:
    station.tab.tabs.setCurrentIndex(COUNT)
    qtbot.waitUntil(lambda: len(shown(station)) == 1)
    came = on_sheet(HoldSheet, lambda sheet: sheet.reject())
    qtbot.waitUntil(station.actions_table["cash.hold"].isEnabled)
    button(station, "Recuperar").click()
    qtbot.waitUntil(lambda: bool(came))


@pytest.mark.usefixtures("held")
def test_while_counting_only_what_is_in_the_way_is_shown(qtbot: QtBot, station: Station) -> None:
    station.trigger("session.close")
    qtbot.waitUntil(lambda: station.tab.as_value().state is CashState.COUNTING)
    card = station.tab.count.obstacles
    qtbot.waitUntil(lambda: card.isVisible())
    (notice,) = card.notices()
    notice.findChildren(KeyButton)[0].click()
    qtbot.waitUntil(lambda: station.tab.as_value().state is not CashState.COUNTING)
    assert station.tab.tabs.currentIndex() == COLLECT


@pytest.mark.usefixtures("held")
def test_above_a_count_reminders_share_one_line(qtbot: QtBot, station: Station) -> None:
    station.trigger("session.close")
    qtbot.waitUntil(lambda: station.tab.as_value().state is CashState.COUNTING)
    card = station.tab.count.obstacles
    qtbot.waitUntil(lambda: bool(card.items))
    card.items = closing_items(shift("counting"), (DELIVERY, HELD, VOID), 0, TODAY)
    card._show(card.items)
    assert [notice.title.text() for notice in card.notices()] == [
        "La entrega C1-E1 está en tránsito",
        "2 pendientes más; no impiden el corte",
    ]
    assert len({notice.y() for notice in card.notices()}) == 1, "side by side"
    assert station.tab.minimumSizeHint().height() <= SMALL_SECTION, "the window would scroll"
    card.notices()[1].findChildren(KeyButton)[0].click()
    assert len(card.notices()) == 3


def test_the_session_of_yesterday_is_counted_from_here(qtbot: QtBot, station: Station) -> None:
    station.days_later = timedelta(days=1)
    station.tab.tabs.setCurrentIndex(COUNT)
    station.tab.loader.reload()
    qtbot.waitUntil(lambda: any("es del" in title for title in shown(station)))
    button(station, "Empezar el arqueo").click()
    qtbot.waitUntil(lambda: station.tab.count.grid.isVisible())


def test_a_pending_void_is_decided_from_here(qtbot: QtBot, station: Station) -> None:
    asked: list[int] = []
    station.tab.decision_requested.connect(asked.append)
    station.tab.withdrawal_requested.connect(asked.append)
    card = station.tab.count.closing
    card._show(closing_items(shift(), (VOID,), 0, TODAY))
    button(station, "Autorizar aquí").click()
    button(station, "Retirar").click()
    assert asked == [9, 9]
    assert qtbot


def test_a_refused_signature_shows_the_same_list(
    qtbot: QtBot, station: Station, desk: Desk, session: SessionRow
) -> None:
    station.trigger("session.close")
    qtbot.waitUntil(lambda: station.tab.as_value().state is CashState.COUNTING)
    page, told = station.tab.count, []
    for _ in range(2):  # from another station, which nobody here has heard of yet
        send(desk, session)

    def read(sheet: RefusalSheet) -> None:
        told.append(sheet.windowTitle())
        sheet.reject()

    def confirm(sheet: ConfirmSheet) -> None:
        on_sheet(RefusalSheet, read)
        sheet.accept()

    on_sheet(ConfirmSheet, confirm)
    page.sign.click()
    qtbot.waitUntil(lambda: told == ["Todavía no se puede cerrar la caja"])
    qtbot.waitUntil(lambda: len(page.obstacles.notices()) == 2)
    assert page.sign.isEnabled()


def test_a_receipt_without_paper_is_shown_from_here(
    qtbot: QtBot, station: Station, town: Town, desk: Desk, session: SessionRow
) -> None:
    paid = pay(desk.signed_in.database, session.session_id, town.account_ids()[0],
               open_charges(town, town.account_ids()[0])[:1], "cash")  # fmt: skip
    station.tab.loader.reload()
    station.tab.tabs.setCurrentIndex(COUNT)
    qtbot.waitUntil(lambda: any("no se ha impreso" in title for title in shown(station)))
    qtbot.waitUntil(lambda: bool(station.tab.receipts.table.model.all_rows()))
    button(station, "Ver el recibo").click()
    row = station.tab.receipts.table.current()
    assert row is not None
    assert row.receipt_id == paid["receipt_id"]
    assert station.tab.tabs.currentIndex() == RECEIPTS
