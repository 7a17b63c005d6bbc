from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.bootstrap.single import SingleInstance

LONGEST_SOCKET = 107
"""Bytes that a path of a socket may have on Linux."""


def test_a_second_start_brings_the_first_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.asked_to_show):
        assert not second.claim()


def test_stations_of_other_folders_do_not_meet(qtbot: QtBot, tmp_path: Path) -> None:
    stations = [SingleInstance(tmp_path / name) for name in ("uno", "dos", "uno/dashboard")]
    assert [station.claim() for station in stations] == [True, True, True]


def test_a_station_opens_where_no_socket_can_be_made(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("t" * LONGEST_SOCKET)
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    assert SingleInstance(tmp_path).claim()
