"""A count beyond the tolerance on screen: counted again, then allowed by somebody else (H7)."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.cash import CloseSessionCommand
from tehuacan_comercial.domain.refusals import ClosingNeedsPermission, RecountNeeded
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.authorisations.words import fact_lines
from tehuacan_comercial.ui.cash.closed_sheet import ClosedSheet
from tehuacan_comercial.ui.cash.screen import CashState
from tehuacan_comercial.ui.cash.tab import COUNT
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.prompts import ConfirmSheet, RefusalSheet
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tests.support.asking import allow, request
from tests.support.town import Town
from tests.support.voids import decision
from tests.ui.cash.conftest import MakeStation, Station, on_sheet
from tests.ui.cash.test_session_flow import count_piece


def sign(
    qtbot: QtBot, station: Station, answered: type[RefusalSheet] | type[ClosedSheet], takes: bool
) -> str:
    """Sign what is counted; gives what the sheet that answers says."""
    seen: list[str] = []

    def answer(sheet: RefusalSheet | ClosedSheet) -> None:
        seen.append(sheet.windowTitle())
        sheet.done(int(takes))

    def confirm(sheet: ConfirmSheet) -> None:
        on_sheet(answered, answer)
        sheet.accept()

    on_sheet(ConfirmSheet, confirm)
    QTest.mouseClick(station.tab.count.sign, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(seen), timeout=15_000)
    return seen[0]


@pytest.fixture
def tolerance(town: Town) -> None:
    with town.admin() as connection:
        connection.execute(
            "INSERT INTO office_setting (rule_set_id, key, value)"
            " SELECT id, 'closing_tolerance', '\"50.00\"' FROM rule_set WHERE kind = 'office'"
        )


@pytest.mark.usefixtures("tolerance")
def test_a_difference_is_counted_twice_and_then_allowed(
    qtbot: QtBot, station: Station, town: Town, desk: Desk
) -> None:
    page = station.tab.count
    asked: list[int] = []
    station.tab.difference_requested.connect(asked.append)
    station.trigger("session.close")
    qtbot.waitUntil(lambda: station.tab.as_value().state is CashState.COUNTING)
    count_piece(page.grid, "Billetes de $100", "2")
    assert sign(qtbot, station, RefusalSheet, takes=False) == "Hay que contar otra vez"
    assert page.count().total == 0, "the second count looks at nothing of the first"
    count_piece(page.grid, "Billetes de $100", "3")
    assert sign(qtbot, station, RefusalSheet, takes=True) == "La diferencia necesita autorización"
    session = desk.cash.session()
    assert session is not None
    qtbot.waitUntil(lambda: asked == [session.session_id])
    facts = desk.authorisations.preview("closing_tolerance", session.session_id, {})
    told = dict(fact_lines("closing_tolerance", facts))
    assert told["Diferencia"] == "$200.00"
    assert told["Efectivo"] == "esperado $500.00, declarado $300.00 (−$200.00)"
    assert told["Conteo 1"] == "difiere $300.00"
    elena = town.sign_in("elena")
    rosa = desk.signed_in.database
    allow(rosa, elena, "closing_tolerance", session.session_id, "SINCAUSA")
    count_piece(page.grid, "Billetes de $100", "4")
    assert sign(qtbot, station, ClosedSheet, takes=False).startswith("Corte ")
    qtbot.waitUntil(lambda: station.sessions[-1] is None)


def test_after_two_counts_the_message_says_that_it_always_needs_permission() -> None:
    first = message_for(RecountNeeded(1, 1)).text()
    assert "aunque un tercero cuadre" in first
    assert "siempre necesita autorización" not in message_for(ClosingNeedsPermission(1, 2)).text()
    third = message_for(ClosingNeedsPermission(1, 3)).text()
    assert "Ya hay 3 conteos firmados" in third
    assert "siempre necesita autorización, también si el último cuadra" in third


def count_twice(desk: Desk, session: SessionRow) -> int:
    """Two counts of $400.00 in a drawer of $500.00, and the request for permission; its number."""
    desk.cash.begin_count(session.session_id)
    for missing in (RecountNeeded, ClosingNeedsPermission):
        count = CloseSessionCommand(uuid.uuid4(), session.session_id, {Decimal(100): 4}, {})
        with pytest.raises(missing):
            desk.cash.close_session(count)
    asker = desk.signed_in.database
    return request(asker, "closing_tolerance", session.session_id, "SINCAUSA")


def hear(station: Station, desk: Desk, mark: int) -> None:
    """What this window learns of others' acts since a mark."""
    station.bus.committed(desk.news(mark).changes)


def titles(station: Station) -> list[str]:
    return [notice.title.text() for notice in station.tab.count.obstacles.notices()]


@pytest.mark.usefixtures("tolerance")
def test_the_window_closes_by_itself_once_somebody_allowed_it(
    qtbot: QtBot, station: Station, town: Town, desk: Desk, session: SessionRow
) -> None:
    """The head cashier decides at her own station; nothing is counted again."""
    asked = count_twice(desk, session)
    station.tab.loader.reload()
    station.tab.tabs.setCurrentIndex(COUNT)
    qtbot.waitUntil(lambda: "La diferencia espera autorización" in titles(station))
    seen: list[list[str]] = []

    def read(sheet: ClosedSheet) -> None:
        seen.append([str(line.difference) for line in sheet.table.model.all_rows()])
        sheet.reject()

    on_sheet(ClosedSheet, read)
    mark = desk.news(0).mark
    town.sign_in("elena").call("decide_authorisation", decision(asked))
    hear(station, desk, mark)
    qtbot.waitUntil(lambda: bool(seen), timeout=15_000)
    assert seen == [["-100.00", "0.00", "0.00", "0.00"]]
    qtbot.waitUntil(lambda: station.sessions[-1] is None)
    hear(station, desk, mark)
    station.tab.look_for_permission()
    with town.admin() as connection:
        found = connection.execute("SELECT count(*) FROM cash_count").fetchall()
        found += connection.execute("SELECT count(*) FROM cash_closing").fetchall()
    assert found == [(2,), (1,)]
    assert len(seen) == 1


@pytest.mark.usefixtures("tolerance")
def test_a_permission_given_meanwhile_closes_when_the_window_opens(
    qtbot: QtBot, make_station: MakeStation, town: Town, desk: Desk, session: SessionRow
) -> None:
    asked = count_twice(desk, session)
    town.sign_in("elena").call("decide_authorisation", decision(asked))
    came = on_sheet(ClosedSheet, lambda sheet: sheet.reject())
    station = make_station()
    qtbot.waitUntil(lambda: bool(came), timeout=15_000)
    qtbot.waitUntil(lambda: station.sessions[-1] is None)


@pytest.mark.usefixtures("tolerance")
def test_who_is_denied_is_told_to_count_again(
    qtbot: QtBot, station: Station, town: Town, desk: Desk, session: SessionRow
) -> None:
    asked = count_twice(desk, session)
    station.tab.loader.reload()
    station.tab.tabs.setCurrentIndex(COUNT)
    page = station.tab.count
    qtbot.waitUntil(lambda: "La diferencia espera autorización" in titles(station))
    count_piece(page.grid, "Billetes de $100", "4")
    mark = desk.news(0).mark
    denied = decision(asked, "deny") | {"note": "Busque bajo la charola"}
    town.sign_in("elena").call("decide_authorisation", denied)
    hear(station, desk, mark)
    told = "No autorizaron la diferencia: cuente otra vez"
    qtbot.waitUntil(lambda: told in titles(station))
    (notice,) = page.obstacles.notices()
    assert "Busque bajo la charola" in notice.text.text()
    assert page.count().total == Decimal(400), "what was typed stays until one counts again"
    notice.findChildren(KeyButton)[0].click()
    assert page.count().total == 0
    count_piece(page.grid, "Billetes de $100", "5")
    title = "La diferencia necesita autorización"
    assert sign(qtbot, station, RefusalSheet, takes=False) == title, "a third count needs somebody"
    qtbot.waitUntil(lambda: titles(station) == ["Los conteos pasan de la tolerancia"])
    asked_for: list[int] = []
    station.tab.difference_requested.connect(asked_for.append)
    page.obstacles.notices()[0].findChildren(KeyButton)[0].click()
    assert asked_for == [session.session_id]
