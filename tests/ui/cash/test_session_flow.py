from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.cash import OpenSessionCommand
from tehuacan_comercial.domain.refusals import Refusal, ResultUnknown
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.closed_sheet import ClosedSheet
from tehuacan_comercial.ui.cash.counting import (
    SignedCount,
    ordered_tills,
    signing_question,
)
from tehuacan_comercial.ui.cash.open_sheet import OpenSheet
from tehuacan_comercial.ui.cash.screen import CashState
from tehuacan_comercial.ui.cash.tab import COUNT
from tehuacan_comercial.ui.cash_states import difference_pill
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.prompts import ConfirmSheet
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tests.support.town import Town
from tests.ui.cash.conftest import MakeStation, Station, on_sheet, open_account, press
from tests.ui.cash.test_charge_flow import pay

RETURN = Qt.Key.Key_Return


def count_piece(grid: DenominationGrid, name: str, pieces: str) -> None:
    field = next(each for each in grid.findChildren(QLineEdit) if each.accessibleName() == name)
    field.setFocus()
    QTest.keyClicks(field, pieces)


def told(sheet: OpenSheet) -> str:
    return sheet.told.text.text() if sheet.told else ""


def test_opening_tells_the_difference_only_after_the_count(
    qtbot: QtBot, make_station: MakeStation, desk: Desk
) -> None:
    station = make_station()
    assert station.tab.as_value().state is CashState.NO_SESSION
    button = station.tab.gate.button()
    assert button is not None
    assert button.text() == "Abrir caja"

    def count(sheet: OpenSheet) -> None:
        count_piece(sheet.grid, "Billetes de $100", "4")
        assert told(sheet) == ""
        sheet.go.setFocus()
        press(sheet, RETURN)
        assert sheet.isVisible()
        assert "$500.00" in told(sheet)
        assert "Faltan $100.00" in told(sheet)
        press(sheet, RETURN)

    on_sheet(OpenSheet, count)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: station.sessions[-1] is not None)
    opened = desk.cash.session()
    assert opened is not None
    assert (opened.till_code, opened.opening_counted) == ("C1", Decimal("400.00"))
    assert station.tab.as_value().state is CashState.NO_ACCOUNT


def test_a_changed_count_forgets_the_difference(qtbot: QtBot, make_station: MakeStation) -> None:
    station = make_station()

    def count(sheet: OpenSheet) -> None:
        press(sheet.go, RETURN)
        sheet.go.click()
        assert told(sheet)
        count_piece(sheet.grid, "Billetes de $500", "1")
        assert told(sheet) == ""
        sheet.go.click()

    on_sheet(OpenSheet, count)
    station.trigger("session.open")
    qtbot.waitUntil(lambda: station.sessions[-1] is not None)


def test_a_blind_count_closes_with_its_difference_and_its_report(
    qtbot: QtBot, station: Station, town: Town, desk: Desk
) -> None:
    session = desk.cash.session()
    assert session is not None
    pay(desk, town.account_ids()[0], "350.00", session.session_id)
    station.trigger("session.close")
    qtbot.waitUntil(lambda: station.tab.tabs.currentIndex() == COUNT)
    page = station.tab.count
    qtbot.waitUntil(lambda: page.grid.isVisible())
    shown = " ".join(label.text() for label in page.findChildren(type(page.session_label)))
    assert "850" not in shown, "nothing tells what is expected"
    count_piece(page.grid, "Billetes de $500", "1")
    count_piece(page.grid, "Billetes de $200", "1")
    page.proofs["card"].field.set_value(Decimal("20.00"))
    page.note.setText("Prueba")
    seen: list[str] = []

    def report(sheet: PreviewSheet) -> None:
        assert sheet.page_count() >= 1
        press(sheet, RETURN)

    def figures(sheet: ClosedSheet) -> None:
        rows = sheet.table.model.all_rows()
        seen.extend(f"{row.tender}:{row.difference}" for row in rows)
        assert "faltante de $130.00" in sheet.verdict.title.text()
        on_sheet(PreviewSheet, report)
        press(sheet, RETURN)

    def sign(sheet: ConfirmSheet) -> None:
        on_sheet(ClosedSheet, figures)
        sheet.accept()

    on_sheet(ConfirmSheet, sign)
    QTest.mouseClick(page.sign, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(station.printer.sheets))
    assert seen == ["cash:-150.00", "card:20.00", "transfer:0.00", "cheque:0.00"]
    assert station.printer.sheets == ["Corte ZC1-000001"]
    qtbot.waitUntil(lambda: station.sessions[-1] is None)
    assert page.count().total == 0, "the next session starts with an empty count"


def test_counting_can_be_left_to_charge_one_more(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    station.trigger("session.close")
    qtbot.waitUntil(lambda: station.tab.as_value().state is CashState.COUNTING)
    assert not station.actions_table["cash.charge"].isEnabled()
    QTest.mouseClick(station.tab.count.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: station.tab.as_value().state is CashState.NO_ACCOUNT)
    open_account(qtbot, station, town.account_ids()[0])
    assert station.tab.as_value().state is CashState.READY


def test_yesterdays_session_is_counted_before_anything_else(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    station.days_later = timedelta(days=1)
    station.tab.open_account(town.account_ids()[0])
    qtbot.waitUntil(lambda: station.tab.as_value().state is CashState.OTHER_DAY)
    assert station.tab.gate.isVisible()
    assert "Falta el corte del" in station.tab.gate.title.text()
    button = station.tab.gate.button()
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: station.tab.tabs.currentIndex() == COUNT)


def test_the_profiles_till_comes_first(desk: Desk) -> None:
    tills = desk.cash.tills()
    assert [till.code for till in ordered_tills(tills, "E1", "C2")] == ["C2", "C1", "C3"]


def test_differences_are_told_with_icon_and_word() -> None:
    assert difference_pill(Decimal("0.00")).text == "Cuadra"
    assert difference_pill(Decimal("5.00")).text == "Sobran $5.00"
    assert difference_pill(Decimal("-5.00")).text == "Faltan $5.00"
    assert len({difference_pill(Decimal(sign)).icon for sign in (-1, 0, 1)}) == 3


def test_the_question_before_signing_names_the_sums_and_who_waits() -> None:
    count = SignedCount({}, Decimal(100), Decimal(20), Decimal(0), Decimal(0), "")
    question = signing_question(count, 2)
    assert "$100.00 en efectivo y $20.00" in question
    assert "2 cobros en espera" in question
    assert "espera" not in signing_question(count, 0)


def test_an_opening_without_an_answer_can_be_asked_about_even_later(
    qtbot: QtBot, make_station: MakeStation, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    station = make_station()
    send = desk.cash.open_session
    sent: list[OpenSessionCommand] = []

    def deaf(command: OpenSessionCommand) -> SessionRow:
        sent.append(command)
        opened = send(command)
        if len(sent) < 3:
            raise ResultUnknown(str(command.command_id))
        return opened

    monkeypatch.setattr(desk.cash, "open_session", deaf)
    answers = [True, False]

    def answer(_parent: QWidget, _refusal: Refusal, act: str) -> bool:
        assert act == "Preguntar de nuevo"
        return answers.pop(0)

    monkeypatch.setattr(prompts, "show_refusal", answer)

    def count(sheet: OpenSheet) -> None:
        count_piece(sheet.grid, "Billetes de $500", "1")
        sheet.go.click()

    on_sheet(OpenSheet, count)
    button = station.tab.gate.button()
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(sent) == 2 and bool(station.shown_notices()))
    assert "espera respuesta" in station.shown_notices()[0].title.text()
    station.press_notice("Preguntar de nuevo")
    qtbot.waitUntil(lambda: bool(station.sessions) and station.sessions[-1] is not None)
    assert len({command.command_id for command in sent}) == 1
