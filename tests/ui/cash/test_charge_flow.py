from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.cash.tender_sheet import TenderSheet
from tests.support.town import Town
from tests.ui.cash.conftest import Station, on_sheet, open_account, payments, press

RETURN = Qt.Key.Key_Return


def test_exact_cash_is_scan_f12_enter_enter(qtbot: QtBot, station: Station, town: Town) -> None:
    station.search.setFocus()
    QTest.keyClicks(station.search, "10-00001-0")
    press(station, RETURN)
    on_sheet(TenderSheet, lambda sheet: press(sheet, RETURN, RETURN))
    QTest.keyClick(station, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: bool(payments(town)))
    qtbot.waitUntil(lambda: bool(station.printer.sheets))
    owed = station.cards[0].debt
    assert payments(town)[0][0] == (owed / Decimal("0.50")).quantize(Decimal(1)) * Decimal("0.50")
    assert QApplication.focusWidget() is station.search
    assert station.search.selectedText() == "10-00001-0"
    assert station.printer.sheets == ["Recibo C1-000001"]
    assert "C1-000001" in station.tab.collect.charged.folio.text()
    qtbot.waitUntil(
        lambda: station.tab.loader.view.account is not None and not station.tab.loader.loading
    )
    assert not station.actions_table["cash.charge"].isEnabled()


def test_a_double_press_posts_once(qtbot: QtBot, station: Station, town: Town) -> None:
    account = town.account_ids()[0]
    open_account(qtbot, station, account)

    def twice(sheet: TenderSheet) -> None:
        press(sheet, RETURN)
        QTest.mouseClick(sheet.register, Qt.MouseButton.LeftButton)
        QTest.mouseClick(sheet.register, Qt.MouseButton.LeftButton)
        press(sheet, RETURN, RETURN, Qt.Key.Key_Escape)
        assert sheet.isVisible()

    on_sheet(TenderSheet, twice)
    station.trigger("cash.charge")
    assert len(payments(town)) == 1
