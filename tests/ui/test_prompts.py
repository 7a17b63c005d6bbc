from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial import ui
from tehuacan_comercial.domain.refusals import (
    ClosingNeedsPermission,
    NothingToCharge,
    ServerUnreachable,
)
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.crash import CrashReporter, CrashSheet, Incident, make_incident
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.sheet import Shade, ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1180, 640)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    for each in made.findChildren(ShadeDialog):
        each.close()


def while_open(act: Callable[[ShadeDialog], None]) -> None:
    """Do something with the sheet that is about to be opened."""

    def run() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, ShadeDialog)
        act(sheet)

    QTimer.singleShot(0, run)


def press(text: str) -> Callable[[ShadeDialog], None]:
    def act(sheet: ShadeDialog) -> None:
        next(each for each in sheet.findChildren(KeyButton) if each.text() == text).click()

    return act


def test_trouble_offers_to_try_again(window: QWidget) -> None:
    while_open(press("Reintentar"))
    assert prompts.show_refusal(window, ServerUnreachable(), "Reintentar")
    while_open(press("Cerrar"))
    assert not prompts.show_refusal(window, ServerUnreachable(), "Reintentar")


def test_what_a_rule_forbids_is_not_tried_again(window: QWidget) -> None:
    def act(sheet: ShadeDialog) -> None:
        assert "Reintentar" not in {each.text() for each in sheet.findChildren(KeyButton)}
        press("Entendido")(sheet)

    while_open(act)
    assert not prompts.show_refusal(window, NothingToCharge(), "Reintentar")


def test_a_refusal_says_its_three_sentences_and_hides_the_technical_part(window: QWidget) -> None:
    sheet = prompts.RefusalSheet(window, ServerUnreachable("timeout"), "Reintentar")
    sheet.show()
    said = {label.text() for label in sheet.findChildren(Label)}
    assert {"El servidor no responde.", "Revise el cable de red y pulse Reintentar."} <= said
    detail = sheet.findChildren(QPlainTextEdit)[0]
    assert not detail.isVisible()
    sheet.show_detail.click()
    assert detail.isVisible()
    press("Copiar detalle")(sheet)
    assert QGuiApplication.clipboard().text() == "ServerUnreachable(detail='timeout')"


def test_the_icon_says_whether_it_is_tried_again_or_asked_for(window: QWidget) -> None:
    again = prompts.RefusalSheet(window, ServerUnreachable("timeout"), "Reintentar")
    asked = prompts.RefusalSheet(
        window, ClosingNeedsPermission(1, 2), "Solicitar autorización", "shield-check"
    )
    icons = [
        next(each for each in sheet.findChildren(KeyButton) if each.text() == text).icon_name()
        for sheet, text in ((again, "Reintentar"), (asked, "Solicitar autorización"))
    ]
    assert icons == ["refresh-cw", "shield-check"]


def test_confirming_needs_the_verb_and_enter_keeps(window: QWidget) -> None:
    def ask() -> bool:
        return prompts.confirm(
            window,
            "Cancelar el recibo C2-018834",
            "Gerencia recibirá la solicitud.",
            act="Solicitar cancelación",
            keep="Conservar recibo",
            grave=True,
        )

    while_open(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Return))
    assert not ask()
    while_open(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Escape))
    assert not ask()
    while_open(press("Solicitar cancelación"))
    assert ask()


def test_a_reason_must_say_something(window: QWidget) -> None:
    def act(sheet: ShadeDialog) -> None:
        edit = sheet.findChildren(QLineEdit)[0]
        edit.setText("mal")
        QTest.keyClick(edit, Qt.Key.Key_Return)
        assert sheet.isVisible()
        assert any("faltan al menos 5 letras" in each.text() for each in sheet.findChildren(Label))
        edit.setText("  cobrado dos veces ")
        QTest.keyClick(edit, Qt.Key.Key_Return)

    while_open(act)
    assert prompts.ask_reason(window, "Cancelar", act="Solicitar") == "cobrado dos veces"


def test_leaving_gives_no_text(window: QWidget) -> None:
    while_open(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Escape))
    assert prompts.ask_text(window, "Espera", "&Nombre", act="Guardar", text="x") is None


def test_the_window_is_dimmed_while_a_sheet_is_open(window: QWidget) -> None:
    seen: list[bool] = []

    def act(sheet: ShadeDialog) -> None:
        shade = window.findChild(Shade)
        seen.append(shade is not None and shade.geometry() == window.rect())
        sheet.reject()

    while_open(lambda sheet: QTimer.singleShot(0, sheet, lambda: act(sheet)))
    prompts.confirm(window, "A", "B", act="C", keep="D")
    assert seen == [True]
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    assert window.findChild(Shade) is None


def test_a_sheet_that_closes_at_once_leaves_no_veil(window: QWidget, qtbot: QtBot) -> None:
    sheet = ShadeDialog(window, "Hoja")
    qtbot.addWidget(sheet)
    sheet.show()
    assert window.findChild(Shade) is None  # the window is painted again in a beat of its own
    sheet.reject()
    QApplication.processEvents()
    assert window.findChild(Shade) is None


def test_the_veil_covers_a_window_whose_size_changes(window: QWidget, qtbot: QtBot) -> None:
    sheet = ShadeDialog(window, "Hoja")
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitUntil(lambda: window.findChild(Shade) is not None)
    window.resize(window.width() + 60, window.height() + 40)
    shade = window.findChild(Shade)
    assert shade is not None
    assert shade.isVisible()
    assert shade.geometry() == window.rect()
    sheet.reject()


class BusySheet(ShadeDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Cobrar")
        self.registered = 0
        self.main = PrimaryButton("Registrar e imprimir", "printer", "Enter")
        self.main.clicked.connect(self._register)
        self.add_foot(KeyButton("Cancelar", "x", "Esc"), self.main)

    def _register(self) -> None:
        self.registered += 1
        self.set_busy("Registrando…")


def test_a_busy_sheet_neither_closes_nor_acts_twice(window: QWidget) -> None:
    sheet = BusySheet(window)
    sheet.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(sheet, key)
    assert sheet.registered == 1
    assert sheet.isVisible()
    sheet.set_busy("")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_enter_presses_the_button_that_has_the_focus(window: QWidget) -> None:
    sheet = BusySheet(window)
    sheet.show()
    leave = next(each for each in sheet.findChildren(KeyButton) if each.text() == "Cancelar")
    QTest.keyClick(leave, Qt.Key.Key_Return)
    assert sheet.registered == 0
    assert not sheet.isVisible()


def test_a_tall_sheet_scrolls_instead_of_leaving_the_window(window: QWidget) -> None:
    sheet = BusySheet(window)
    for number in range(80):
        sheet.body.addWidget(Label(f"Renglón {number}"))
    sheet.show()
    assert sheet.height() <= window.height()
    assert sheet.main.visibleRegion().boundingRect().height() == sheet.main.height()


def test_nobody_else_waits_for_an_answer() -> None:
    folder = Path(ui.__file__).parent
    waiting = re.compile(r"\.exec\(|QMessageBox|QInputDialog|QFileDialog")
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if waiting.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"prompts.py"}


# --- our own bugs ---


def _bug() -> Exception:
    try:
        raise ZeroDivisionError("x")
    except ZeroDivisionError as caught:
        return caught


def test_an_incident_has_a_code_that_can_be_said(no_logged_errors: list[str]) -> None:
    incident = make_incident(_bug(), "Caja 2")
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{6}", incident.code)
    assert incident.code != make_incident(_bug(), "Caja 2").code
    for part in (incident.code, "Caja 2", "ZeroDivisionError: x"):
        assert part in incident.text()


def test_bugs_are_logged_and_shown_once_on_the_windows_thread(
    qtbot: QtBot, no_logged_errors: list[str]
) -> None:
    import threading

    shown: list[Incident] = []
    reporter = CrashReporter("Caja 2", shown.append)
    worker = threading.Thread(target=reporter.report, args=(_bug(),))
    with qtbot.waitSignal(reporter.happened):
        worker.start()
    worker.join()
    assert [incident.station for incident in shown] == ["Caja 2"]
    assert shown[0].code in no_logged_errors[0]
    no_logged_errors.clear()


def test_the_sheet_of_a_crash_copies_all_of_it(window: QWidget) -> None:
    incident = make_incident(_bug(), "Caja 2")
    sheet = CrashSheet(window, incident)
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == incident.text()


def test_qt_deletes_a_sheet_after_it_closed(window: QWidget, qtbot: QtBot) -> None:
    """Python's collector would take a sheet of many parts apart in a wrong order and crash."""
    sheet = ShadeDialog(window, "Hoja")
    while_open(lambda opened: opened.reject())
    assert not prompts.run(sheet)
    qtbot.waitUntil(lambda: not shiboken6.isValid(sheet))
