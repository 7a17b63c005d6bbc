from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.assets import resource
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.ui.actions import ACTIONS, TABLE_KEYS, Actions
from tehuacan_comercial.ui.shell.help_sheet import HelpSheet, key_groups
from tehuacan_comercial.ui.widgets.text import Label

AGREED = {
    "search.focus": "F3",
    "cash.partial": "F4",
    "cash.hold": "F6",
    "accounts.statement": "F9",
    "cash.charge": "F12",
    "receipts.reprint": "Ctrl+R",
    "station.lock": "Ctrl+L",
    "help.keys": "F1",
    "section.account": "Ctrl+2",
    "section.cash": "Ctrl+4",
}


def test_the_offices_keys_are_kept() -> None:
    assert {spec.name: spec.key for spec in ACTIONS if spec.name in AGREED} == AGREED


def test_no_key_and_no_name_is_used_twice() -> None:
    keys = [QKeySequence(spec.key).toString() for spec in ACTIONS]
    keys += [key for key, _text in TABLE_KEYS]
    names = [spec.name for spec in ACTIONS]
    assert len(set(keys)) == len(keys)
    assert len(set(names)) == len(names)
    assert all(keys)


def test_every_icon_exists_and_every_tip_is_a_sentence() -> None:
    for spec in ACTIONS:
        assert resource("icons", f"{spec.icon}.svg").is_file()
        assert spec.tip.endswith(".")


def test_what_a_person_may_not_do_stays_grey(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, lambda permission: permission is not Permission.CASH_CHARGE)
    actions.enable({"cash.charge": True, "accounts.statement": True})
    assert not actions["cash.charge"].isEnabled()
    assert actions["accounts.statement"].isEnabled()
    actions.enable({"accounts.statement": False})
    assert not actions["accounts.statement"].isEnabled()
    assert actions["station.lock"].isEnabled()


def test_the_sheet_of_keys_tells_every_action(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = HelpSheet(window, lambda _spec: True)
    texts = {label.text() for label in sheet.findChildren(Label)}
    assert {spec.text for spec in ACTIONS} <= texts
    assert {text for _key, text in TABLE_KEYS} <= texts
    told = key_groups(lambda _spec: True)
    assert sum(map(len, told.values())) == len(ACTIONS) + len(TABLE_KEYS)


def test_the_sheet_of_keys_leaves_out_what_the_window_does_not_serve() -> None:
    told = key_groups(lambda spec: spec.name == "help.keys")
    assert told["General"] == [("F1", "Ayuda", "Muestra las teclas de esta ventana.")]
    assert set(told) == {"General", "Tablas y hojas"}
