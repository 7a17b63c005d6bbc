"""The whole station: F8 brings the account, attending brings the till, the charge ends the turn."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tehuacan_comercial.bootstrap.queue import QUEUE
from tehuacan_comercial.bootstrap.server import ReadyServer
from tehuacan_comercial.bootstrap.station import CASH, Station
from tehuacan_comercial.config import StationProfile
from tehuacan_comercial.domain.cash import OpenSessionCommand, new_command_id
from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tehuacan_comercial.ui.cash.tab import CashTab
from tehuacan_comercial.ui.cash.tender_sheet import TenderSheet
from tehuacan_comercial.ui.tasks import Tasks
from tests.support.queue import clerk, load_queue_rules
from tests.support.town import PASSWORD, Town
from tests.ui.cash.conftest import on_sheet, press, town

__all__ = ["town"]


@pytest.fixture
def station(
    qtbot: QtBot,
    town: Town,
    tasks: Tasks,
    settings: QSettings,
    failures: list[Exception],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Station]:
    """Rosa's, with her till open and her desk taken."""
    monkeypatch.setenv("TEHUACAN_HOME", str(tmp_path))
    load_queue_rules(town)
    clerk(town, "rosa", "C1")
    tries = FailedTries(tmp_path / "tries.json")
    signed = sign_in(town.login, "rosa", PASSWORD, "E1", tries)
    server = ReadyServer(town.login, "Lista", "", lambda: None, lambda: None)
    made = Station(signed, server, StationProfile(station="E1", till="C1"), tasks, settings)
    made.desk.cash.open_session(OpenSessionCommand(new_command_id(), "C1", {Decimal(100): 5}))
    with qtbot.waitActive(made.window):
        made.open()
    yield made
    tasks.close()  # what is being read ends before its connection
    made.leave()
    made.desk.close()
    assert not failures


def key(station: Station, pressed: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    target = QApplication.focusWidget() or station.window
    QTest.keyClick(target, pressed, held or Qt.KeyboardModifier.NoModifier)


def turn_state(station: Station) -> str:
    screen = station.queue.watch.screen()
    return screen.turn.state if screen and screen.turn else ""


def test_from_the_call_to_the_charge_without_leaving_the_till(
    station: Station, town: Town, qtbot: QtBot
) -> None:
    account = town.account_ids()[0]
    clerk(town, "paty").take("PAGO", account_id=account)
    qtbot.waitUntil(lambda: bool(getattr(station.queue.watch.board, "waiting", ())), timeout=8000)
    cash = station.window.page(CASH)
    assert isinstance(cash, CashTab)
    key(station, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: turn_state(station) == "called")
    qtbot.waitUntil(lambda: cash.loader.view.account is not None)
    assert cash.loader.account_id == account, "the account came with the call"
    station.window.show_section(QUEUE)
    key(station, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: turn_state(station) == "serving")
    qtbot.waitUntil(lambda: station.window.current_section() == CASH)
    on_sheet(TenderSheet, lambda sheet: press(sheet, Qt.Key.Key_Return, Qt.Key.Key_Return))
    key(station, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: turn_state(station) == "", timeout=8000)
    (done,) = station.desk.queue.board().in_state(RequestState.DONE)
    assert (done.account_id, done.desk) == (account, "C1")
