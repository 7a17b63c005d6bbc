"""Signing in with the keyboard alone, also before the database is ready."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.staff.sign_in_window import Credentials, SignInWindow


class _Desk:
    """The window, its two fields, and what it sent."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = SignInWindow("Oficina", "0")
        qtbot.addWidget(self.window)
        self.sent: list[Credentials] = []
        self.window.submitted.connect(self.sent.append)
        self.user, self.password = self.window.findChildren(QLineEdit)
        self.window.show()

    def type_both(self) -> None:
        QTest.keyClicks(self.user, "rosa")
        QTest.keyClicks(self.password, "agua")

    def enter(self) -> None:
        QTest.keyClick(self.password, Qt.Key.Key_Return)


@pytest.fixture
def desk(qtbot: QtBot) -> _Desk:
    return _Desk(qtbot)


ROSA = Credentials("rosa", "agua", remember=False)


def test_enter_sends_once(desk: _Desk) -> None:
    desk.window.ready("Lista")
    desk.type_both()
    desk.enter()
    desk.enter()
    assert desk.sent == [ROSA]


def test_who_presses_enter_too_early_is_let_in_when_the_database_is_ready(desk: _Desk) -> None:
    desk.type_both()
    desk.enter()
    desk.window.preparing("Revisando la versión…")
    assert desk.sent == []
    desk.window.ready("Lista")
    assert desk.sent == [ROSA]


def test_who_goes_on_typing_presses_enter_again(desk: _Desk) -> None:
    desk.type_both()
    desk.enter()
    QTest.keyClicks(desk.password, "s")
    desk.window.ready("Lista")
    assert desk.sent == []
    desk.enter()
    assert desk.sent == [Credentials("rosa", "aguas", remember=False)]


def test_a_database_that_does_not_come_forgets_the_wish(desk: _Desk) -> None:
    desk.type_both()
    desk.enter()
    desk.window.unavailable("No responde")
    desk.window.ready("Lista")
    assert desk.sent == []
    desk.enter()
    assert desk.sent == [ROSA]


def test_an_empty_field_is_named_and_nothing_is_sent(desk: _Desk) -> None:
    desk.window.ready("Lista")
    QTest.keyClicks(desk.user, "rosa")
    desk.enter()
    assert desk.sent == []
    desk.window.refused("El usuario o la contraseña no son correctos.")
    assert desk.user.text() == "rosa"
