"""The tab on real PostgreSQL: open, go stale, refuse, print, explain."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.refusals import ServerUnreachable
from tehuacan_comercial.services.accounts import AccountFile
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.accounts.bill_sheet import BillLinesSheet
from tehuacan_comercial.ui.accounts.history_events import EventKind
from tehuacan_comercial.ui.accounts.screen import Page
from tehuacan_comercial.ui.accounts.tab import AccountTab
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.theme.theme import Mode, theme
from tehuacan_comercial.ui.widgets.notices import Toast
from tests.ui.accounts.conftest import MakeTab, SitDown, open_till, pay_oldest


def opened(qtbot: QtBot, tab: AccountTab, account: int) -> AccountTab:
    with qtbot.waitSignal(tab.account_read):
        tab.show_account(account)
    return tab


def test_without_an_account_it_says_what_will_be_here(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab
) -> None:
    tab = make_tab(sit_down("rosa"))
    assert not tab.tabs.isVisible()
    assert tab.possible_acts() == {"accounts.statement": False, "cash.charge": False}
    with qtbot.waitSignal(tab.search_requested):
        tab._empty.button.click()


def test_it_shows_every_part_of_the_account(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    assert not tab._veil.isVisible()
    assert tab._shown_pages() == tuple(Page)
    assert len(tab.pages.bills.table.model.all_rows()) == 12
    assert len(tab.pages.readings.table.model.all_rows()) == 12
    newest = tab.pages.statement.table.model.all_rows()[0]
    assert tab.pages.statement.card.note.text() == f"Saldo ${newest.balance:,.2f}"
    assert len(tab.pages.identity.table.model.all_rows()) == 6
    with qtbot.waitSignal(tab.charge_requested) as asked:
        tab.pages.summary._charge.click()
    assert asked.args == [account]


def test_keys_turn_the_pages(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    tab.tabs.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(tab.tabs, Qt.Key.Key_PageDown, control)
    assert tab._body.currentWidget() is tab.pages.statement
    QTest.keyClick(tab.pages.statement.table.grid, Qt.Key.Key_PageUp, control)
    QTest.keyClick(tab.tabs, Qt.Key.Key_PageUp, control)
    assert tab._body.currentWidget() is tab.pages.identity


def test_another_account_begins_at_the_summary_behind_the_veil(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    tab.show_page(Page.BILLS)
    other = account + 1
    with qtbot.waitSignal(tab.account_read):
        tab.show_account(other)
        assert tab._veil.isVisible()
        assert tab.account_id() == account
    assert tab.account_id() == other
    assert tab._body.currentWidget() is tab.pages.summary
    assert tab.pages.bills.table.model.all_rows() == ()


def test_a_payment_elsewhere_reloads_it_quietly(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int, bus: Bus[Changes]
) -> None:
    desk = sit_down("rosa")
    tab = opened(qtbot, make_tab(desk), account)
    tab.show_page(Page.PAYMENTS)
    folio = pay_oldest(desk, account, open_till(desk))
    with qtbot.waitSignal(tab.account_read):
        bus.committed(Changes(accounts=frozenset({account})))
        assert not tab._veil.isVisible()
    assert [row.folio for row in tab.pages.payments.table.model.all_rows()] == [folio]
    assert tab._body.currentWidget() is tab.pages.payments


def test_changes_of_others_do_not_concern_it(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int, bus: Bus[Changes]
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    with qtbot.assertNotEmitted(tab.account_read, wait=150):
        bus.committed(Changes(accounts=frozenset({account + 1}), topics=frozenset({"session"})))


def test_hidden_it_waits_until_it_is_seen(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int
) -> None:
    tab = make_tab(sit_down("rosa"))
    tab.hide()
    with qtbot.assertNotEmitted(tab.account_read, wait=150):
        tab.show_account(account)
    with qtbot.waitSignal(tab.account_read):
        tab.show()


def test_metering_sees_no_money(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int
) -> None:
    tab = opened(qtbot, make_tab(sit_down("memo")), account)
    assert tab._shown_pages() == (Page.SUMMARY, Page.READINGS, Page.TIMELINE, Page.IDENTITY)
    summary = tab.pages.summary
    assert summary._hidden.isVisible()
    assert not summary._debt.isVisible()
    assert not summary._charge.isVisible()
    assert not summary._payments_card.isVisible()
    assert tab.possible_acts() == {"accounts.statement": False, "cash.charge": False}


def test_trouble_keeps_what_is_shown_and_offers_to_try_again(
    qtbot: QtBot,
    sit_down: SitDown,
    make_tab: MakeTab,
    account: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = sit_down("rosa")
    tab = opened(qtbot, make_tab(desk), account)

    def cut(_account: int) -> AccountFile:
        raise ServerUnreachable

    with monkeypatch.context() as patched:
        patched.setattr(desk.accounts, "file", cut)
        tab.reload()
        qtbot.waitUntil(lambda: tab._trouble is not None)
    assert tab.account_id() == account
    with qtbot.waitSignal(tab.account_read):
        tab.reload()
    assert tab._trouble is None


def test_an_unknown_account_leaves_nobody_else_s_data(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    tab.show_account(999_999)
    qtbot.waitUntil(lambda: tab._trouble is not None)
    assert tab.account_id() is None
    assert not tab.tabs.isVisible()
    assert not tab._veil.isVisible()


def test_the_chips_filter_the_timeline(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    tab.show_page(Page.TIMELINE)
    timeline = tab.pages.timeline
    every = len(timeline.shown())
    timeline.choose(EventKind.READING)
    assert len(timeline.shown()) == 12
    assert timeline._card.note.text() == f"12 de {every} sucesos"
    timeline.choose(EventKind.CHANGE)
    assert len(timeline.shown()) == 18
    timeline.choose(EventKind.READING, on=False)
    timeline.choose(EventKind.CHANGE, on=False)
    assert len(timeline.shown()) == every


def test_enter_on_a_bill_explains_it(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    tab.show_page(Page.BILLS)
    table = tab.pages.bills.table
    table.grid.setFocus()
    table.grid.selectRow(0)
    seen: list[str] = []

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, BillLinesSheet):
            seen.append(sheet.windowTitle())
            sheet.accept()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)
    QTest.keyClick(table.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["Recibo may–jun 2026"]


def test_f9_issues_the_statement_once_and_shows_it(
    qtbot: QtBot,
    sit_down: SitDown,
    make_tab: MakeTab,
    account: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    shown: list[QDialog] = []

    def run(dialog: QDialog) -> bool:
        shown.append(dialog)
        return False

    monkeypatch.setattr(prompts, "run", run)
    tab.print_statement()
    tab.print_statement()  # a second press while it is drawn
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(100)
    assert [sheet.windowTitle() for sheet in shown] == ["Estado de cuenta 10-00001-0"]


def test_a_reprint_asks_why_and_is_marked(
    qtbot: QtBot,
    sit_down: SitDown,
    make_tab: MakeTab,
    account: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    desk = sit_down("rosa")
    session = open_till(desk)
    folio = pay_oldest(desk, account, session)
    row = desk.accounts.file(account).payments[0]
    desk.receipts.report_print(
        desk.receipts.original(row.receipt_id, "80mm").document_id, "térmica", "printed"
    )
    tab = opened(qtbot, make_tab(desk), account)
    tab.show_page(Page.PAYMENTS)
    shown: list[QDialog] = []

    def run(dialog: QDialog) -> bool:
        shown.append(dialog)
        return False

    monkeypatch.setattr(prompts, "run", run)
    monkeypatch.setattr(prompts, "ask_reason", lambda *_args, **_words: None)
    tab.pages.payments.table.select(row.receipt_id)
    tab.pages._reprint.click()
    monkeypatch.setattr(prompts, "ask_reason", lambda *_args, **_words: "El usuario lo perdió")
    tab.pages._reprint.click()
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1
    assert (tmp_path / "impresos" / f"{folio}-copia1.pdf").exists()


def test_a_table_leaves_as_a_spreadsheet_with_the_account_s_name(
    qtbot: QtBot,
    sit_down: SitDown,
    make_tab: MakeTab,
    account: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    names: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> Path:
        names.append(name)
        return tmp_path / name

    monkeypatch.setattr(prompts, "ask_save_path", choose)
    tab.pages.readings.table.request_export()
    assert names == ["10-00001-0 lecturas.xlsx"]
    file = tmp_path / names[0]
    qtbot.waitUntil(lambda: bool(tab.window().findChildren(Toast)))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert sheet.max_row == 13
    assert [cell.value for cell in next(iter(sheet.iter_rows(min_row=2)))][5] == 17


def test_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot,
    sit_down: SitDown,
    make_tab: MakeTab,
    account: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    nowhere = tmp_path / "no-hay" / "pagos.xlsx"
    monkeypatch.setattr(prompts, "ask_save_path", lambda *_words: nowhere)
    tab.pages.bills.table.request_export()
    qtbot.waitUntil(lambda: bool(tab.window().findChildren(Toast)))
    toast = tab.window().findChildren(Toast)[0]
    assert toast.title.text() == "No se guardó pagos.xlsx"


def test_the_tab_follows_the_size_of_letters(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int, qapp: QApplication
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    summary = tab.pages.summary
    before = (summary._debt_card.width(), summary._ages.minimumSizeHint().height())
    tab.resize(1800, 1100)
    theme().choose(Mode.DARK, 150)
    qtbot.waitUntil(lambda: summary._debt_card.width() == round(before[0] * 1.5))
    assert summary._ages.minimumSizeHint().height() == round(before[1] * 1.5)
    qtbot.waitUntil(lambda: summary._ages.height() == summary._ages.minimumSizeHint().height())


def test_a_bill_is_printed_and_a_second_sheet_needs_a_reason(
    qtbot: QtBot,
    sit_down: SitDown,
    make_tab: MakeTab,
    account: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = opened(qtbot, make_tab(sit_down("rosa")), account)
    tab.show_page(Page.BILLS)
    shown: list[QDialog] = []
    asked: list[str] = []

    def run(dialog: QDialog) -> bool:
        shown.append(dialog)
        return False

    def ask(_parent: object, title: str, **_words: str) -> str:
        asked.append(title)
        return "El usuario lo perdió"

    monkeypatch.setattr(prompts, "run", run)
    monkeypatch.setattr(prompts, "ask_reason", ask)
    tab.pages.bills.table.select(tab.pages.bills.table.model.all_rows()[0].bill_id)
    tab.pages._print_bill.click()
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert asked == []
    tab.pages._print_bill.click()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert asked == ["Reimprimir el recibo may–jun 2026"]
    assert shown[0].windowTitle().startswith("Recibo de agua ")
