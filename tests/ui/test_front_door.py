"""Who signed in and could not be given their window stands again before the door."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tehuacan_comercial.bootstrap.front_door import NOT_FOR_YOU, FrontDoor
from tehuacan_comercial.domain.refusals import NotPermitted
from tehuacan_comercial.ui.crash import CrashReporter
from tehuacan_comercial.ui.widgets.text import Label


class _Signed:
    """A person whose connections are counted closed."""

    def __init__(self) -> None:
        self.closed = 0
        self.database = SimpleNamespace(close=self._close)

    def _close(self) -> None:
        self.closed += 1


@pytest.fixture
def door(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> FrontDoor:
    monkeypatch.setenv("TEHUACAN_HOME", str(tmp_path))
    monkeypatch.setattr(CrashReporter, "install", lambda *_: None)  # hooks of the whole process
    made = FrontDoor(qapp, QSettings(str(tmp_path / "ventana.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made.entrance.window)
    made.entrance.server = cast("Any", SimpleNamespace(stop=lambda: None, hint=""))
    made.entrance.window.ready("Lista")
    return made


def _fails(door: FrontDoor, error: Exception, monkeypatch: pytest.MonkeyPatch) -> _Signed:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(door, "_make_station", fail)
    return _Signed()


def test_a_fault_in_making_the_window_leaves_the_door_open(
    door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = _fails(door, RuntimeError("a part is missing"), monkeypatch)
    with pytest.raises(RuntimeError):
        door._let_in(cast("Any", signed))
    assert door.entrance.window.isVisible()
    assert door.station is None
    assert signed.closed == 1


def test_who_may_not_have_this_window_is_told_so(
    door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = _fails(door, NotPermitted("dashboard.read"), monkeypatch)
    door._let_in(cast("Any", signed))
    assert door.entrance.window.isVisible()
    assert signed.closed == 1
    assert NOT_FOR_YOU in {each.text() for each in door.entrance.window.findChildren(Label)}
