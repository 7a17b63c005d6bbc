"""Searching by keyboard and by scanner, on real PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.refusals import ServerUnreachable
from tehuacan_comercial.services.accounts import SearchHit
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.accounts_search import AccountSearch, found_note, result_of
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.search_box import SearchBox
from tests.ui.accounts.conftest import SitDown

HIT = SearchHit(
    7, "10-04573-2", "NÚÑEZ PEÑA, MARÍA", "Laureles 412", "San Rafael", None, "active",
    Decimal("392.27"),
)  # fmt: skip


class Counter(QWidget):
    """A window with the search box and a field somebody works in."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self.box, self.work = SearchBox("Buscar"), QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.box)
        column.addStretch(1)
        column.addWidget(self.work)
        self.resize(900, 700)
        self.desk = desk
        self.search = AccountSearch(self.box, desk.accounts, tasks)
        self.opened: list[int] = []
        self.receipts: list[str] = []
        self.search.account_selected.connect(self.opened.append)
        self.search.receipt_scanned.connect(self.receipts.append)


@pytest.fixture
def counter(qtbot: QtBot, sit_down: SitDown, tasks: Tasks) -> Counter:
    made = Counter(sit_down("rosa"), tasks)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.work.setFocus()
    made.box.setFocus()
    return made


def test_typing_lists_and_enter_opens(qtbot: QtBot, counter: Counter, account: int) -> None:
    QTest.keyClicks(counter.box, "lau nunez")
    qtbot.waitUntil(counter.box.popup_visible)
    assert counter.box._popup.note.text().startswith("2 cuentas")
    QTest.keyClick(counter.box, Qt.Key.Key_Down)
    QTest.keyClick(counter.box, Qt.Key.Key_Return)
    assert counter.opened == [account + 1]
    assert not counter.box.popup_visible()
    assert counter.box.selectedText() == "lau nunez"


def test_enter_on_an_account_number_opens_it_at_once(
    qtbot: QtBot, counter: Counter, account: int
) -> None:
    QTest.keyClicks(counter.box, "10000010")
    QTest.keyClick(counter.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.opened == [account])


def test_enter_on_what_several_have_shows_the_list(qtbot: QtBot, counter: Counter) -> None:
    QTest.keyClicks(counter.box, "rafael")
    QTest.keyClick(counter.box, Qt.Key.Key_Return)
    qtbot.waitUntil(counter.box.popup_visible)
    assert counter.opened == []


def test_a_scanned_bill_opens_its_account(qtbot: QtBot, counter: Counter, account: int) -> None:
    counter.work.setFocus()
    counter.search.scan("10-00001-0+202609")
    qtbot.waitUntil(lambda: counter.opened == [account])


def test_a_receipt_s_qr_is_to_be_checked(counter: Counter) -> None:
    counter.search.scan("TCR:C1-000001:7K3QD9TZ0A")
    assert counter.receipts == ["TCR:C1-000001:7K3QD9TZ0A"]
    assert counter.opened == []


def test_nothing_found_is_said(qtbot: QtBot, counter: Counter) -> None:
    QTest.keyClicks(counter.box, "zzyzx")
    qtbot.waitUntil(counter.box.popup_visible)
    assert "zzyzx" in counter.box._popup.empty.text()


def test_trouble_is_a_row_and_what_was_typed_stays(
    qtbot: QtBot, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_text: str) -> tuple[SearchHit, ...]:
        raise ServerUnreachable

    with monkeypatch.context() as patched:
        patched.setattr(counter.desk.accounts, "search", cut)
        QTest.keyClicks(counter.box, "nunez")
        qtbot.waitUntil(counter.box.popup_visible)
    assert "conexión" in counter.box._popup.empty.text()
    assert counter.box.text() == "nunez"
    QTest.keyClick(counter.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(counter.box._popup.results.results) == 2)


def test_esc_closes_the_list_and_then_goes_back_to_work(qtbot: QtBot, counter: Counter) -> None:
    QTest.keyClicks(counter.box, "nunez")
    qtbot.waitUntil(counter.box.popup_visible)
    QTest.keyClick(counter.box, Qt.Key.Key_Escape)
    assert counter.box.hasFocus()
    QTest.keyClick(counter.box, Qt.Key.Key_Escape)
    assert counter.work.hasFocus()


def test_a_hit_in_words() -> None:
    shown = result_of(HIT)
    assert shown.detail == "10-04573-2 · Laureles 412, San Rafael · Sin medidor"
    assert (shown.trailing, shown.pill, shown.value) == ("$392.27", None, 7)
    hidden = result_of(replace(HIT, debt=None, state="restricted"))
    assert hidden.trailing == ""
    assert hidden.pill is not None
    assert hidden.pill.text == "Servicio restringido"


def test_how_many_in_words() -> None:
    assert found_note(()) == ""
    assert found_note([HIT]).startswith("1 cuenta ·")
    assert found_note([HIT] * 50) == "Más de 50 cuentas: siga escribiendo para acercarse."
