"""A count beyond the tolerance on screen: counted again, then allowed by somebody else (H7)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.authorisations.words import fact_lines
from tehuacan_comercial.ui.cash.closed_sheet import ClosedSheet
from tehuacan_comercial.ui.cash.screen import CashState
from tehuacan_comercial.ui.prompts import ConfirmSheet, RefusalSheet
from tests.support.asking import allow
from tests.support.town import Town
from tests.ui.cash.conftest import Station, on_sheet
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


def test_a_difference_is_counted_twice_and_then_allowed(
    qtbot: QtBot, station: Station, town: Town, desk: Desk
) -> None:
    with town.admin() as connection:
        connection.execute(
            "INSERT INTO office_setting (rule_set_id, key, value)"
            " SELECT id, 'closing_tolerance', '\"50.00\"' FROM rule_set WHERE kind = 'office'"
        )
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
