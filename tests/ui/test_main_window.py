from __future__ import annotations

import ast
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial import ui
from tehuacan_comercial.domain.refusals import WrongCredentials
from tehuacan_comercial.ui.actions import Actions
from tehuacan_comercial.ui.main_window import COMFORTABLE, SMALLEST, MainWindow
from tehuacan_comercial.ui.shell.idle import IdleWatch
from tehuacan_comercial.ui.shell.lock import Cover, LockScreen
from tehuacan_comercial.ui.shell.person_menu import PersonMenu
from tehuacan_comercial.ui.shell.section import House, Person, Section
from tehuacan_comercial.ui.snapshot import snapshot
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.choices import stored_mode, stored_scale
from tehuacan_comercial.ui.theme.theme import SCALES, Mode, theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.nav_rail import NARROW, WIDE
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog

NOON = datetime(2026, 11, 24, 13, 47)  # noqa: DTZ001 - what a clock on the wall shows
Opener = Callable[..., MainWindow]


class Page(QWidget):
    made = 0

    def __init__(self) -> None:
        super().__init__()
        Page.made += 1
        self.note = QLineEdit()
        QVBoxLayout(self).addWidget(self.note)


@pytest.fixture
def opener(qtbot: QtBot, tasks: Tasks, settings: QSettings) -> Opener:
    def make(**given: object) -> MainWindow:
        facts: dict[str, object] = {
            "house": House("Tehuacán Comercial", "Organismo Operador", "Caja 2", "Ventanilla 2"),
            "person": Person("Rosa Hernández", "Cajera", "rosa"),
            "sections": [
                Section("cash", "Caja", "banknote", "section.cash", Page, badge=3),
                Section("account", "Cuenta", "file-search", "section.account", Page),
            ],
            "tasks": tasks,
            "allowed": lambda _permission: True,
            "now": lambda: NOON,
            "unlock": lambda _password: None,
            "settings": settings,
        }
        window = MainWindow(**(facts | given))  # type: ignore[arg-type]
        window.show_first_section()
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return make


def _press(window: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_sections_are_made_when_they_are_first_shown(opener: Opener) -> None:
    Page.made = 0
    window = opener()
    assert Page.made == 1
    assert window.current_section() == "cash"
    assert window.page("account") is None
    _press(window, Qt.Key.Key_2, ctrl=True)
    assert window.current_section() == "account"
    _press(window, Qt.Key.Key_4, ctrl=True)
    assert (window.current_section(), Page.made) == ("cash", 2)


def test_only_the_sections_passed_in_have_a_live_key(opener: Opener) -> None:
    window = opener(sections=[Section("cash", "Caja", "banknote", "section.cash", Page)])
    assert not window.actions_table["section.account"].isEnabled()
    assert window.actions_table["section.cash"].isEnabled()


def test_work_starts_in_the_search_box_and_f3_returns_to_it(opener: Opener) -> None:
    window = opener()
    assert window.search.hasFocus()
    page = window.page("cash")
    assert isinstance(page, Page)
    page.note.setFocus()
    _press(window, Qt.Key.Key_F3)
    assert window.search.hasFocus()


def test_the_strip_tells_place_person_and_the_servers_time(opener: Opener) -> None:
    window = opener()
    assert window.station_item.text() == "Caja 2 · Ventanilla 2"
    assert window.person_item.text() == "R. Hernández"
    assert window.clock_item.text() == "mar 24 nov 2026  13:47"
    assert not window.server_item.isVisible()
    window.server_item.say("Sin conexión con el servidor", "danger", "unplug")
    assert window.server_item.isVisible()


def test_it_folds_where_room_is_scarce(opener: Opener) -> None:
    window = opener()
    window.resize(COMFORTABLE)
    QApplication.processEvents()
    told: list[bool] = []
    window.folded_changed.connect(told.append)
    for size, width in (
        ((1440, 860), WIDE),
        ((1366, 768), NARROW),
        ((1240, 900), NARROW),
        ((1300, 900), WIDE),
    ):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rail.width() == width
        assert (window.width(), window.height()) == size
    assert told == [True, False]


def test_the_first_window_is_no_larger_than_the_screen(opener: Opener) -> None:
    window = opener()
    for room, size, fills in (
        ((1920, 1040), (1440, 860), False),
        ((1366, 740), (1366, 740), True),
        ((800, 800), (1180, 800), False),
    ):
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.take_room(QSize(*room))
        assert window.isMaximized() == fills
        assert fills or (window.width(), window.height()) == size


@pytest.mark.parametrize("scale", SCALES)
def test_the_smallest_window_is_kept_at_every_scale(opener: Opener, scale: int) -> None:
    theme().choose(Mode.LIGHT, scale)
    window = opener()
    window.resize(100, 100)
    QApplication.processEvents()
    assert window.size() == SMALLEST
    assert not snapshot(window).isNull()


def test_place_and_size_are_remembered(opener: Opener) -> None:
    first = opener()
    first.resize(1300, 700)
    first.close()
    # Qt cuts the width to the offscreen screen's 800 pixels; the height shows what was kept.
    assert opener().height() == 700


def test_closing_may_be_refused(opener: Opener) -> None:
    window = opener()
    window.may_close = lambda: False
    assert not window.close()
    window.may_close = lambda: True
    assert window.close()


# --- lock ---


def _lock(window: MainWindow) -> tuple[LockScreen, QLineEdit]:
    _press(window, Qt.Key.Key_L, ctrl=True)
    screen = window.findChild(LockScreen)
    assert screen is not None
    return screen, screen.findChildren(QLineEdit)[0]


def test_a_locked_window_loses_nothing_and_does_nothing(qtbot: QtBot, opener: Opener) -> None:
    tried: list[tuple[str, bool]] = []

    def unlock(password: str) -> None:
        tried.append((password, threading.current_thread() is not threading.main_thread()))
        if password != "buena":
            raise WrongCredentials("rosa")

    window = opener(unlock=unlock)
    window.actions_table["cash.hold"].setEnabled(False)
    page = window.page("cash")
    assert isinstance(page, Page)
    page.note.setFocus()
    QTest.keyClicks(page.note, "a medias")
    _screen, password = _lock(window)
    assert window.is_locked()
    assert password.hasFocus()
    charged: list[bool] = []
    window.actions_table["cash.charge"].triggered.connect(lambda: charged.append(True))
    for key in (Qt.Key.Key_F12, Qt.Key.Key_F3, Qt.Key.Key_Escape, Qt.Key.Key_Tab):
        _press(window, key)
    assert charged == []
    assert window.is_locked()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert _screen.isAncestorOf(focused)
    password.setFocus()
    QTest.keyClicks(password, "mala")
    QTest.keyClick(password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(tried) == 1 and not password.isReadOnly())
    assert window.is_locked()
    assert password.text() == ""
    QTest.keyClicks(password, "buena")
    QTest.keyClick(password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_locked())
    assert tried == [("mala", True), ("buena", True)]
    assert page.note.text() == "a medias"
    assert page.note.hasFocus()
    assert window.actions_table["cash.charge"].isEnabled()
    assert not window.actions_table["cash.hold"].isEnabled()


def test_the_lock_hides_everything(opener: Opener) -> None:
    window = opener()
    screen, _password = _lock(window)
    assert screen.geometry() == window.rect()
    window.resize(1500, 900)
    QApplication.processEvents()
    assert screen.geometry() == window.rect()


class HalfCharge(ShadeDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Cobrar")
        self.received = QLineEdit()
        self.body.addWidget(self.received)
        main = PrimaryButton("Registrar e imprimir", "printer", "Enter")
        main.clicked.connect(self.accept)
        self.add_foot(KeyButton("Cancelar", "x", "Esc"), main)


def test_an_open_sheet_stays_open_and_covered_under_the_lock(qtbot: QtBot, opener: Opener) -> None:
    window = opener()
    sheet = HalfCharge(window)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    sheet.received.setFocus()
    QTest.keyClicks(sheet.received, "1500")
    window.lock()
    modal = QApplication.activeModalWidget()
    assert modal is not None
    assert modal is not sheet
    cover = sheet.findChildren(Cover)[0]
    assert cover.isVisible()
    assert cover.geometry() == sheet.rect()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        QTest.keyClick(modal, key)
    assert modal.isVisible()
    password = modal.findChildren(QLineEdit)[0]
    QTest.keyClicks(password, "buena")
    QTest.keyClick(password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_locked())
    assert sheet.isVisible()
    assert not [each for each in sheet.findChildren(Cover) if each.isVisible()]
    assert sheet.received.text() == "1500"
    assert QApplication.activeModalWidget() is sheet
    _lock_again(qtbot, window, sheet)


def _lock_again(qtbot: QtBot, window: MainWindow, sheet: ShadeDialog) -> None:
    """The card finds its way back into the window once the sheet is gone."""
    sheet.reject()
    window.activateWindow()
    window.lock()
    password = window.findChildren(LockScreen)[0].findChildren(QLineEdit)[0]
    assert password.isVisible()
    assert password.window() is window


def test_another_person_may_take_the_station(qtbot: QtBot, opener: Opener) -> None:
    window = opener()
    screen, _password = _lock(window)
    with qtbot.waitSignal(window.switch_person_requested):
        screen.switch_requested.emit()


def test_an_idle_station_locks_itself(qtbot: QtBot, opener: Opener) -> None:
    window = opener(idle_minutes=0.002)
    qtbot.waitUntil(window.is_locked)


def test_an_idle_station_locks_itself_over_an_open_sheet(qtbot: QtBot, opener: Opener) -> None:
    window = opener(idle_minutes=0.005)
    sheet = HalfCharge(window)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    qtbot.waitUntil(window.is_locked)
    assert [each for each in sheet.findChildren(Cover) if each.isVisible()]


def _press_a_key(window: QWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)


def _move_the_mouse(window: QWindow) -> None:
    QTest.mouseMove(window, QPoint(3, 3))


def test_touches_keep_a_station_open_and_zero_never_locks(qtbot: QtBot) -> None:
    touched = QLineEdit()
    qtbot.addWidget(touched)
    with qtbot.waitActive(touched):
        touched.show()
        touched.activateWindow()
    watch = IdleWatch(60, touched)
    for touch in (_press_a_key, _move_the_mouse):
        watch._timer.stop()
        touch(touched.windowHandle())
        assert watch._timer.isActive()
    assert not IdleWatch(0, touched)._timer.isActive()


def test_touches_count_in_every_window_in_front(qtbot: QtBot) -> None:
    """Also after a sheet that was listened to is gone."""
    desk = QLineEdit()
    qtbot.addWidget(desk)
    watch = IdleWatch(60, desk)
    for round_ in range(3):
        sheet = QDialog(desk)
        for window in (desk, sheet) if round_ < 2 else (sheet, desk):
            window.show()
            window.activateWindow()
            qtbot.waitUntil(
                lambda: QGuiApplication.focusWindow() is window.windowHandle()  # noqa: B023
            )
            watch._timer.stop()
            _press_a_key(window.windowHandle())
            assert watch._timer.isActive()
        sheet.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# --- appearance ---


def test_appearance_is_chosen_at_once_and_kept(opener: Opener, settings: QSettings) -> None:
    window = opener()
    window.top_bar.person.click()
    menu = window.findChild(PersonMenu)
    assert menu is not None
    choices = {
        action.text(): action
        for sub in menu.actions()
        if sub.menu()
        for action in sub.menu().actions()  # type: ignore[attr-defined]
    }
    choices["Oscura"].trigger()
    choices["130 %"].trigger()
    assert theme().tokens.dark
    assert theme().scale == 130
    assert (stored_mode(settings), stored_scale(settings)) == (Mode.DARK, 130)
    menu.close()


def test_settings_that_make_no_sense_are_passed_over(settings: QSettings) -> None:
    settings.setValue("appearance/mode", "rosa")
    settings.setValue("appearance/scale", "999")
    assert (stored_mode(settings), stored_scale(settings)) == (Mode.SYSTEM, 100)


# --- what it may know ---


def test_the_shell_knows_no_capability_and_no_heavy_library() -> None:
    code = (
        "import sys, json; import tehuacan_comercial.ui.main_window, "
        "tehuacan_comercial.ui.application; print(json.dumps(sorted(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = json.loads(out.stdout)
    heavy = {"numpy", "pyqtgraph", "PySide6.QtPdf", "PySide6.QtPrintSupport", "sqlalchemy"}
    heavy |= {"reportlab", "psycopg", "alembic", "openpyxl", "xlsxwriter", "babel"}
    assert not heavy & set(loaded)
    capabilities = ("ui.accounts", "ui.cash", "ui.staff")
    assert not [name for name in loaded if any(each in name for each in capabilities)]


def test_only_capabilities_know_services() -> None:
    folder = Path(ui.__file__).parent
    kit = [folder / name for name in ("widgets", "theme", "shell", "messages", "printing")]
    for path in (each for part in kit for each in part.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("tehuacan_comercial.services"), path


def test_every_action_has_a_place_in_the_window(opener: Opener) -> None:
    window = opener()
    assert isinstance(window.actions_table, Actions)
    names = {action.objectName() for action in window.actions()}
    assert {"cash.charge", "station.lock", "help.keys"} <= names


def test_what_a_screen_allows_under_the_lock_waits_for_the_password(
    qtbot: QtBot, opener: Opener
) -> None:
    window = opener()
    charge = window.actions_table["cash.charge"]
    window.actions_table.enable({"cash.charge": False})
    screen, password = _lock(window)
    window.actions_table.enable({"cash.charge": True})
    assert not charge.isEnabled()
    password.setText("x")
    QTest.keyClick(password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_locked())
    assert not screen.isVisible()
    assert charge.isEnabled()
