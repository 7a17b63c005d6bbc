"""The manager's window on the real database: live, opened to the receipt, exported, decided."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.dashboard_alerts import AlertKind
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.dashboard.receipt_sheet import ReceiptSheet
from tehuacan_comercial.ui.dashboard.tab import DashboardTab
from tehuacan_comercial.ui.news import NewsFeed
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import Mode, theme
from tehuacan_comercial.ui.widgets.notices import Toast
from tests.support.books import Books, build_books, open_charges, owe_again, pay
from tests.support.server import TestServer
from tests.support.town import PASSWORD
from tests.ui.cash.conftest import on_sheet

SMALL = QSize(1298, 652)
"""What the shell leaves of 1366 × 768."""


@pytest.fixture
def books(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Books]:
    made = build_books(test_server, new_database())
    owe_again(made.town)
    yield made
    made.town.close()


@pytest.fixture
def desk(books: Books, tmp_path: Path) -> Iterator[Desk]:
    def login(user: str, secret: str) -> str:
        return books.town.server.login_url(books.town.database, user, secret)

    tries = FailedTries(tmp_path / "tries.json")
    made = Desk(sign_in(login, "gerente", PASSWORD, "E1", tries), tmp_path)
    yield made
    made.close()


@pytest.fixture
def bus() -> Bus[Changes]:
    return Bus()


@pytest.fixture
def tab(
    qtbot: QtBot, desk: Desk, tasks: Tasks, bus: Bus[Changes], settings: QSettings
) -> DashboardTab:
    made = DashboardTab(desk, tasks, bus, settings)
    qtbot.addWidget(made)
    made.resize(SMALL)
    made.show()
    qtbot.waitUntil(lambda: len(made.board_page.tills) > 0)
    return made


def test_the_first_view_fits_the_smallest_screen(tab: DashboardTab) -> None:
    needed = tab.board_page.minimumSizeHint()
    assert needed.width() <= SMALL.width()
    assert needed.height() <= SMALL.height()


def test_a_payment_elsewhere_is_on_screen_without_asking(
    qtbot: QtBot, books: Books, desk: Desk, tasks: Tasks, bus: Bus[Changes], tab: DashboardTab
) -> None:
    feed = NewsFeed(desk.news, tasks, desk.signed_in.now, tab, every=400)
    feed.changed.connect(bus.committed)
    with qtbot.waitSignal(feed.reached):
        feed.start()
    board = tab.board_page.board
    assert board is not None
    account = books.town.account_ids()[1]
    session = next(till.row.session_id for till in board.tills if till.row.till == "C2")
    assert session is not None
    parts = open_charges(books.town, account)[:1]
    pay(books.town.sign_in("lupe"), session, account, parts, "cash")
    wanted = f"${board.collected + parts[0][1]:,.2f}"
    qtbot.waitUntil(lambda: tab.board_page.figures["collected"].figure.value == wanted)
    feed.stop()


def test_a_figure_opens_its_rows_down_to_the_receipt(qtbot: QtBot, tab: DashboardTab) -> None:
    board = tab.board_page.board
    assert board is not None
    QTest.mouseClick(tab.board_page.figures["collected"], Qt.MouseButton.LeftButton)
    table = tab.rows_page.table
    qtbot.waitUntil(lambda: len(table.model.all_rows()) > 0)
    assert table.totals()["Neto"] == board.collected
    read: list[str] = []

    def look(sheet: ReceiptSheet) -> None:
        read.append(sheet.title.text())
        QTest.keyClick(sheet, Qt.Key.Key_Return)

    table.grid.selectRow(0)
    row = table.current()
    assert row is not None
    on_sheet(ReceiptSheet, look)
    QTest.keyClick(table.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(read))
    assert read == [f"Recibo {row.folio}"]
    QTest.keyClick(table.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(tab.board_page.isVisible)


def test_tills_tenders_and_hours_open_rows_by_keyboard(qtbot: QtBot, tab: DashboardTab) -> None:
    page, board = tab.board_page, tab.board_page.board
    assert board is not None
    table = tab.rows_page.table
    till = next(each for each in board.tills if each.row.till == "C2")
    QTest.keyClick(page.tills["C2"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.totals().get("Cobrado") == till.taken)
    tab.show_board()
    QTest.keyClick(page.tenders["cash"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.totals().get("Cobrado") == board.takings.amount(tender="cash"))
    tab.show_board()
    first = board.takings.by_hour()[0]
    qtbot.waitUntil(lambda: f"{first.hour}:00 $" in page.hours.accessibleName())
    page.hours.setFocus()
    for _ in page.hours.hours()[: page.hours.hours().index(first.hour) + 1]:
        QTest.keyClick(page.hours, Qt.Key.Key_Right)
    QTest.keyClick(page.hours, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.totals().get("Cobrado") == first.amount)


def test_tables_become_spreadsheets_with_real_numbers(
    qtbot: QtBot, tab: DashboardTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "cajas.xlsx"
    monkeypatch.setattr(prompts, "ask_save_path", lambda *_: target)
    board = tab.board_page.board
    assert board is not None
    tab.board_page.export_requested.emit(tab.board_page.till_sheet())
    qtbot.waitUntil(lambda: target.is_file() and zipfile.is_zipfile(target))
    book = openpyxl.load_workbook(target)
    sheet = book.active
    assert sheet is not None
    head = [cell.value for cell in sheet[1]]
    taken = [row[head.index("Cobrado")].value for row in sheet.iter_rows(min_row=2)]
    assert [Decimal(str(value)) for value in taken] == [till.taken for till in board.tills]
    opened = next(
        row[head.index("Apertura")] for row in sheet.iter_rows(min_row=2)
        if row[head.index("Apertura")].value
    )  # fmt: skip
    assert isinstance(opened.value, datetime)
    book.close()


def test_the_day_is_drawn_on_one_page(qtbot: QtBot, tab: DashboardTab) -> None:
    with qtbot.waitSignal(tab.sheet_drawn) as drawn:
        tab.board_page.sheet_requested.emit()
    assert drawn.args is not None
    assert bytes(drawn.args[0]).startswith(b"%PDF")


def test_what_must_be_attended_to_opens_where_it_is_decided(
    qtbot: QtBot, books: Books, tab: DashboardTab
) -> None:
    page = tab.board_page
    assert {"backup", "difference"} <= {
        alert.kind.value for alert in (page.board.alerts if page.board else ())
    }
    qtbot.waitUntil(lambda: len(page.notes) > 0)
    with books.town.admin() as connection:
        waiting = connection.execute(
            "SELECT count(*) FROM authorisation WHERE state = 'requested' AND expires_at > now()"
        ).fetchone()
    assert page.figures["waiting"].figure.value == str(waiting[0] if waiting else 0)
    with qtbot.waitSignal(tab.inbox_requested):
        page.figures["waiting"].click()


@pytest.mark.parametrize("mode", [Mode.DARK, Mode.LIGHT])
def test_tiles_take_the_colours_of_both_schemes(
    qtbot: QtBot, tab: DashboardTab, mode: Mode
) -> None:
    theme().choose(mode, 100)
    qtbot.wait(80)
    tile = tab.board_page.figures["cash"]
    tab.board_page.figures["collected"].setFocus()
    picture = tile.grab().toImage()
    assert picture.pixelColor(tile.width() - 6, 12) == theme().colour("surface")


def test_each_alert_opens_its_rows_and_the_backup_says_what_to_do(
    qtbot: QtBot, books: Books, tab: DashboardTab
) -> None:
    with books.town.admin() as connection:
        connection.execute("UPDATE till SET cash_limit = 1 WHERE code = 'C2'")
    tab.look()
    page, table = tab.board_page, tab.rows_page.table

    def full() -> bool:
        notes = [row.note.alert for row in page.notes.values()]
        return any(alert is not None and alert.kind is AlertKind.LIMIT for alert in notes)

    qtbot.waitUntil(full)
    opened = set()
    for row in list(page.notes.values()):
        alert = row.note.alert
        if alert is None or alert.kind in opened:
            continue
        opened.add(alert.kind)
        QTest.keyClick(row, Qt.Key.Key_Return)
        if alert.kind is AlertKind.BACKUP:
            toast = tab.window().findChild(Toast)
            assert toast is not None
            assert "tehuacan-admin backup" in toast.text.text()
            continue
        qtbot.waitUntil(lambda: len(table.model.all_rows()) > 0)
        assert tab.rows_page.isVisible()
        tab.show_board()
    assert opened >= {AlertKind.LIMIT, AlertKind.DIFFERENCE, AlertKind.BACKUP}
