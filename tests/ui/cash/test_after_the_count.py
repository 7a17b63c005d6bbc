"""After the count: which pieces stay as the float, and the corte parcial on paper."""

from __future__ import annotations

from decimal import Decimal

from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.float_split import split_float
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.cash.closed_sheet import ClosedSheet
from tehuacan_comercial.ui.cash.float_view import FloatView, missing_text, pieces_text
from tehuacan_comercial.ui.cash.tab import COUNT
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.prompts import ConfirmSheet
from tests.ui.cash.conftest import Station, on_sheet, press
from tests.ui.cash.test_session_flow import RETURN, count_piece


def sign(station: Station, hundreds: str) -> None:
    count_piece(station.tab.count.grid, "Billetes de $100", hundreds)
    on_sheet(ConfirmSheet, lambda sheet: sheet.accept())
    station.tab.count.sign.click()


def test_the_float_that_stays_and_the_bag_are_told_after_the_close(
    qtbot: QtBot, station: Station
) -> None:
    station.trigger("session.close")
    page = station.tab.count
    qtbot.waitUntil(lambda: page.grid.isVisible())
    count_piece(page.grid, "Billetes de $50", "2")
    seen: list[str] = []

    def closed(sheet: ClosedSheet) -> None:
        (view,) = sheet.findChildren(FloatView)
        seen.extend(label.text() for label in view.findChildren(type(view.missing)))
        sheet.reject()

    on_sheet(ClosedSheet, closed)
    sign(station, "7")
    qtbot.waitUntil(lambda: bool(seen))
    assert "4 × $100  ·  2 × $50" in seen
    assert "3 × $100" in seen
    assert "$500.00" in seen
    assert "$300.00" in seen


def test_a_float_that_lacks_something_says_what_to_change() -> None:
    split = split_float({Decimal(1000): 1, Decimal(200): 2}, Decimal(500))
    assert missing_text(split) == (
        "Al fondo le faltan $100.00. Cambie $1,000 de la bolsa por piezas más chicas."
    )
    assert pieces_text(split.keep) == "2 × $200"
    assert pieces_text({}) == "—"
    assert missing_text(split_float({Decimal(100): 5}, Decimal(500))) == ""


def test_a_cashier_prints_a_corte_parcial_that_tells_no_amounts(
    qtbot: QtBot, station: Station, desk: Desk
) -> None:
    station.tab.tabs.setCurrentIndex(COUNT)
    came = on_sheet(PreviewSheet, lambda sheet: press(sheet, RETURN))
    station.tab.count.interim.click()
    qtbot.waitUntil(lambda: bool(station.printer.sheets))
    assert came
    assert station.printer.sheets[0].startswith("Corte parcial")
    assert desk.cash.session() is not None, "it changes nothing"
