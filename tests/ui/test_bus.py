from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.bus import Bus


def test_a_visible_screen_reloads_and_a_hidden_one_when_it_is_shown(qtbot: QtBot) -> None:
    bus: Bus[set[str]] = Bus()
    seen, hidden = QWidget(), QWidget()
    told: list[str] = []
    for widget in (seen, hidden):
        qtbot.addWidget(widget)
    bus.subscribe(seen, lambda changes: "cash" in changes, lambda: told.append("seen"))
    mark = bus.subscribe(hidden, lambda changes: "cash" in changes, lambda: told.append("hidden"))
    seen.show()
    bus.committed({"cash"})
    bus.committed({"accounts"})
    assert told == ["seen"]
    assert mark.stale
    hidden.show()
    assert told == ["seen", "hidden"]
    hidden.hide()
    hidden.show()
    assert told == ["seen", "hidden"]


def test_a_screen_that_is_gone_is_forgotten(qtbot: QtBot) -> None:
    bus: Bus[int] = Bus()
    told: list[int] = []
    gone = QWidget()
    gone.show()
    bus.subscribe(gone, lambda _changes: True, lambda: told.append(1))
    shiboken6.delete(gone)
    bus.committed(1)
    bus.all_stale()
    assert told == []


def test_after_a_lost_connection_everything_is_read_again(qtbot: QtBot) -> None:
    bus: Bus[int] = Bus()
    told: list[int] = []
    screen = QWidget()
    qtbot.addWidget(screen)
    screen.show()
    bus.subscribe(screen, lambda _changes: False, lambda: told.append(1))
    bus.all_stale()
    assert told == [1]
