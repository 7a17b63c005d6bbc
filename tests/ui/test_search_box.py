from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.search_box import SearchBox
from tehuacan_comercial.ui.widgets.search_results import SearchResult, marked_runs

RESULTS = [
    SearchResult("NÚÑEZ PEÑA, María", "Laureles 412", "$10.00", pill=Pill("Activa"), value=11),
    SearchResult("NUÑEZ LAUREANO, José", "3 Oriente 1204", value=22),
]


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.search, self.other = SearchBox("Buscar"), QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addStretch(1)
        column.addWidget(self.other)
        self.resize(800, 500)
        self.asked: list[str] = []
        self.chosen: list[object] = []
        self.submitted: list[str] = []
        self.search.query_changed.connect(self.asked.append)
        self.search.chosen.connect(self.chosen.append)
        self.search.submitted.connect(self.submitted.append)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.search.setFocus()
    return made


def _ask(qtbot: QtBot, window: Window, text: str) -> None:
    QTest.keyClicks(window.search, text)
    qtbot.waitUntil(lambda: bool(window.asked))


def test_it_asks_once_typing_rests_and_shows_what_was_found(qtbot: QtBot, window: Window) -> None:
    _ask(qtbot, window, "nunez lau ")
    assert window.asked == ["nunez lau"]
    window.search.set_results("nunez lau", RESULTS)
    assert window.search.popup_visible()
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.chosen == [22]
    assert not window.search.popup_visible()
    assert window.search.selectedText() == "nunez lau "


def test_an_answer_to_an_older_question_is_dropped(qtbot: QtBot, window: Window) -> None:
    _ask(qtbot, window, "nun")
    window.search.set_results("nu", RESULTS)
    assert not window.search.popup_visible()


def test_enter_before_the_answer_asks_for_the_one_match(qtbot: QtBot, window: Window) -> None:
    QTest.keyClicks(window.search, "10-04573-2")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.submitted == ["10-04573-2"]
    assert window.chosen == []


def test_enter_never_chooses_from_a_list_of_another_question(qtbot: QtBot, window: Window) -> None:
    _ask(qtbot, window, "nunez")
    window.search.set_results("nunez", RESULTS)
    QTest.keyClicks(window.search, "x")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.chosen == []
    assert window.submitted == ["nunezx"]


def test_nothing_found_is_said(qtbot: QtBot, window: Window) -> None:
    _ask(qtbot, window, "zzz")
    window.search.set_results("zzz", [])
    assert window.search.popup_visible()
    assert "zzz" in window.search._popup.empty.text()
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.chosen == []


def test_esc_and_leaving_close_the_list(qtbot: QtBot, window: Window) -> None:
    _ask(qtbot, window, "nunez")
    window.search.set_results("nunez", RESULTS)
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.search.popup_visible()
    assert window.search.text() == "nunez"
    window.search.set_results("nunez", RESULTS)
    window.other.setFocus()
    assert not window.search.popup_visible()


def test_a_press_on_a_result_chooses_it(qtbot: QtBot, window: Window) -> None:
    _ask(qtbot, window, "nunez")
    window.search.set_results("nunez", RESULTS)
    view = window.search._popup.list
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.chosen == [22]


def test_it_starts_over_for_the_next_person(qtbot: QtBot, window: Window) -> None:
    window.search.setText("nunez")
    window.other.setFocus()
    window.search.ask_again()
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "a")
    assert window.search.text() == "a"


def test_the_list_stays_inside_the_window(qtbot: QtBot, window: Window) -> None:
    _ask(qtbot, window, "nunez")
    window.search.set_results("nunez", RESULTS * 10)
    assert window.rect().contains(window.search._popup.geometry())
    assert not window.search._popup.grab().isNull()


def test_marks_are_blind_to_accents_and_keep_the_text() -> None:
    runs = marked_runs("NÚÑEZ Laureano", ["nunez", "lau"])
    assert runs == [("NÚÑEZ", True), (" ", False), ("Lau", True), ("reano", False)]
    assert marked_runs("Pe na", ["pena"]) == [("Pe na", False)]
    assert "".join(run for run, _marked in marked_runs("ﬁn ÿ", ["fi"])) == "ﬁn ÿ"
