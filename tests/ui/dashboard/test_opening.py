"""Who may open the manager's window, and from where."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial import __main__, bootstrap
from tehuacan_comercial.bootstrap.another import dashboard_command
from tehuacan_comercial.data.models.staff import JOBS
from tehuacan_comercial.domain.permissions import Permission, permissions_of
from tehuacan_comercial.ui.shell.person_menu import PersonMenu


def test_the_supervision_looks_and_nobody_else() -> None:
    may = {job for job in JOBS if Permission.DASHBOARD_READ in permissions_of(job)}
    assert may == {"head_cashier", "manager", "director", "auditor"}


@pytest.mark.parametrize("offered", [True, False])
def test_the_persons_menu_offers_it_to_who_may(
    qtbot: QtBot, settings: QSettings, offered: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    menu = PersonMenu(window, settings, dashboard=offered)
    assert menu.dashboard_action.isVisible() is offered


@pytest.mark.parametrize(("arguments", "dashboard"), [(["tablero"], True), ([], False)])
def test_the_word_on_the_command_line_opens_it(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], dashboard: bool
) -> None:
    opened: list[bool] = []

    def note(*, dashboard: bool) -> int:
        opened.append(dashboard)
        return 0

    monkeypatch.setattr(bootstrap, "open_station", note)
    assert __main__.main(arguments) == 0
    assert opened == [dashboard]


def test_it_is_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert dashboard_command() == (sys.executable, ["-m", "tehuacan_comercial", "tablero"])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert dashboard_command() == (sys.executable, ["tablero"])
