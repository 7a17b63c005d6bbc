"""Fixtures of the windows' tests: a dressed application, tasks that end with the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.application import dress
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import Mode

# Qt's offscreen platform says this of every window; nothing of ours causes or cures it.
OFFSCREEN_REMARK = "This plugin does not support"

PATIENCE_MS = 20_000
"""A sheet still in front after this, at two looks, has been forgotten."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_REMARK, extend=True))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    dress(qapp, Mode.LIGHT, 100)


@pytest.fixture(autouse=True)
def attended(qapp: QApplication) -> Iterator[None]:
    """Nobody sits in front of a test: a sheet that none of it answers would wait for ever."""
    forgotten: list[str] = []
    seen: list[QWidget | None] = [None]

    def look() -> None:
        sheet = qapp.activeModalWidget()
        if isinstance(sheet, QDialog) and sheet is seen[0]:
            forgotten.append(f"{type(sheet).__name__}: {sheet.windowTitle()}")
            sheet.done(0)
            sheet = None
        seen[0] = sheet

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(PATIENCE_MS)
    yield
    watch.stop()
    assert not forgotten


@pytest.fixture
def failures() -> list[Exception]:
    return []


@pytest.fixture
def tasks(qtbot: QtBot, failures: list[Exception]) -> Iterator[Tasks]:
    made = Tasks(failures.append)
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "ventana.ini"), QSettings.Format.IniFormat)
