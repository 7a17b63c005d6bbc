from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.scanner import ScannerFilter, ScannerSettings, set_dead

GAP = 60


class Desk(QWidget):
    """A window with an ordinary field, a password and a tender sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.note, self.password, self.tender = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        sheet = QWidget()
        set_dead(sheet)
        QVBoxLayout(sheet).addWidget(self.tender)
        column = QVBoxLayout(self)
        for part in (self.note, self.password, sheet):
            column.addWidget(part)
        self.entered = 0
        self.note.returnPressed.connect(self._count)

    def _count(self) -> None:
        self.entered += 1


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.note.setFocus()
    return made


@pytest.fixture
def scans(qapp: QApplication) -> Iterator[list[str]]:
    heard: list[str] = []
    scanner = ScannerFilter(ScannerSettings(gap=GAP))
    scanner.scanned.connect(heard.append)
    scanner.install(qapp)
    yield heard
    scanner.remove(qapp)


def _burst(field: QLineEdit, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    field.setFocus()  # a scanner types where the focus is
    QTest.keyClicks(field, text)
    QTest.keyClick(field, end)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_burst_is_a_scan_and_never_reaches_the_field(
    desk: Desk, scans: list[str], end: Qt.Key
) -> None:
    _burst(desk.note, "10-04573-2 202611", end)
    assert scans == ["10-04573-2 202611"]
    assert desk.note.text() == ""
    assert desk.entered == 0
    assert desk.note.hasFocus()


def test_slow_letters_are_typed(qtbot: QtBot, desk: Desk, scans: list[str]) -> None:
    for letter in "laurel":
        QTest.keyClicks(desk.note, letter)
        qtbot.waitUntil(lambda letter=letter: desk.note.text().endswith(letter))  # type: ignore[misc]
    QTest.keyClick(desk.note, Qt.Key.Key_Return)
    assert desk.note.text() == "laurel"
    assert desk.entered == 1
    assert scans == []


def test_a_short_burst_is_typed_in_order_before_its_enter(desk: Desk, scans: list[str]) -> None:
    _burst(desk.note, "12345")
    assert desk.note.text() == "12345"
    assert desk.entered == 1
    assert scans == []


def test_a_key_that_edits_finds_the_letters_already_typed(desk: Desk, scans: list[str]) -> None:
    QTest.keyClicks(desk.note, "1234567")
    QTest.keyClick(desk.note, Qt.Key.Key_Backspace)
    assert desk.note.text() == "123456"
    assert scans == []


def test_a_password_hears_every_key_at_once(desk: Desk, scans: list[str]) -> None:
    desk.password.setFocus()
    _burst(desk.password, "1234567890")
    assert scans == []
    assert desk.password.text() == "1234567890"


def test_a_code_never_becomes_cash_received(desk: Desk, scans: list[str]) -> None:
    entered: list[bool] = []
    desk.tender.returnPressed.connect(lambda: entered.append(True))
    desk.tender.setFocus()
    _burst(desk.tender, "1234567890")
    assert (scans, entered, desk.tender.text()) == ([], [], "")
    _burst(desk.tender, "1500")
    assert (scans, entered, desk.tender.text()) == ([], [True], "1500")


def test_over_a_sheet_a_code_fills_a_field_but_presses_nothing(
    qtbot: QtBot, desk: Desk, scans: list[str]
) -> None:
    sheet = QDialog(desk)
    sheet.setModal(True)
    field = QLineEdit(sheet)
    entered: list[bool] = []
    field.returnPressed.connect(lambda: entered.append(True))
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    _burst(field, "C2-018834")
    assert (scans, entered, field.text()) == ([], [], "C2-018834")
    assert sheet.isVisible()


def test_a_station_without_scanner_types_at_once(qapp: QApplication, desk: Desk) -> None:
    scanner = ScannerFilter(ScannerSettings(enabled=False))
    scanner.install(qapp)
    _burst(desk.note, "1234567890")
    scanner.remove(qapp)
    assert desk.note.text() == "1234567890"
    assert desk.entered == 1


def test_a_shortcut_never_overtakes_the_letters_before_it(desk: Desk, scans: list[str]) -> None:
    seen: list[str] = []
    shortcut = QShortcut(QKeySequence("F3"), desk)
    shortcut.activated.connect(lambda: seen.append(desk.note.text()))
    QTest.keyClicks(desk.note, "500")
    QTest.keyClick(desk.note, Qt.Key.Key_F3)
    assert seen == ["500"]
    assert scans == []


def test_shift_does_not_break_a_burst(desk: Desk, scans: list[str]) -> None:
    """A scanner that types capitals holds Shift down for each of them."""
    for letter in "TCR2-0188":
        if letter.isalpha():
            QTest.keyPress(desk.note, Qt.Key.Key_Shift)
        QTest.keyClicks(desk.note, letter)
    QTest.keyClick(desk.note, Qt.Key.Key_Return)
    assert scans == ["TCR2-0188"]
    assert desk.note.text() == ""


def test_who_signed_out_takes_nobodys_keys(qapp: QApplication, desk: Desk) -> None:
    heard: list[str] = []
    left = ScannerFilter(ScannerSettings(gap=GAP))
    left.scanned.connect(heard.append)
    left.install(qapp)
    left.remove(qapp)
    _burst(desk.note, "10-04573-2 202611")
    assert heard == []
    assert (desk.note.text(), desk.entered) == ("10-04573-2 202611", 1)


def test_a_window_that_is_slow_between_letters_still_hears_one_code(
    qtbot: QtBot, desk: Desk, scans: list[str]
) -> None:
    """The keys wait for the window; that the clock ran on meanwhile is no pause of the scanner."""
    keys = deque("10-04573-2")

    def press() -> None:
        QTest.keyClicks(desk.note, keys.popleft())
        time.sleep(GAP * 1.5 / 1000)
        QTimer.singleShot(0, press if keys else enter)

    def enter() -> None:
        QTest.keyClick(desk.note, Qt.Key.Key_Return)

    press()
    qtbot.waitUntil(lambda: bool(scans) or desk.entered > 0)
    assert scans == ["10-04573-2"]
    assert desk.note.text() == ""


# --- it follows the focus ---


def test_the_scanner_is_heard_again_after_a_sheet_over_a_sheet(
    qtbot: QtBot, desk: Desk, scans: list[str]
) -> None:
    sheets = [QDialog(desk)]
    sheets.append(QDialog(sheets[0]))
    for sheet in sheets:
        field = QLineEdit(sheet)
        sheet.setModal(True)
        with qtbot.waitActive(sheet):
            sheet.show()
            sheet.activateWindow()
        _burst(field, "C2-018834")
        assert (scans, field.text()) == ([], "C2-018834")
    for sheet in reversed(sheets):
        sheet.reject()
        sheet.deleteLater()
    with qtbot.waitActive(desk):
        desk.activateWindow()
    _burst(desk.note, "10-04573-2 202611")
    assert scans == ["10-04573-2 202611"]


def test_a_window_without_focus_hears_the_scanner_too(desk: Desk, scans: list[str]) -> None:
    desk.note.clearFocus()
    assert QApplication.focusWidget() is None
    QTest.keyClicks(desk, "10-04573-2")
    QTest.keyClick(desk, Qt.Key.Key_Return)
    assert scans == ["10-04573-2"]


def test_a_menu_keeps_its_keys(qtbot: QtBot, desk: Desk, scans: list[str]) -> None:
    chosen: list[str] = []
    menu = QMenu(desk)
    menu.addAction("&Imprimir").triggered.connect(lambda: chosen.append("imprimir"))
    menu.popup(desk.mapToGlobal(desk.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_I)
    assert (chosen, scans) == (["imprimir"], [])
    _burst(desk.note, "10-04573-2")
    assert scans == ["10-04573-2"]


def test_what_is_deleted_while_it_is_listened_to_does_no_harm(
    qtbot: QtBot, qapp: QApplication, desk: Desk, scans: list[str]
) -> None:
    """Fields of ours and of Qt, with letters of a burst still held back."""
    for field in (QLineEdit(desk), QSpinBox(desk)):
        field.show()
        field.setFocus()
        QTest.keyClicks(field, "123")
        field.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qtbot.wait(GAP * 2)
    _burst(desk.note, "10-04573-2")
    assert scans == ["10-04573-2"]
    assert desk.note.text().count("123") <= 2, "the letters go to whoever has the focus, or nowhere"
