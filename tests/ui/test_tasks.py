from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.tasks import Tasks


def test_answers_come_on_the_windows_thread(qtbot: QtBot, qapp: QApplication, tasks: Tasks) -> None:
    seen: list[tuple[bool, bool]] = []

    def done(worker: int) -> None:
        here = QThread.currentThread() is qapp.thread()
        seen.append((here, worker != threading.get_ident()))

    for ask in (tasks.write, tasks.paper):
        ask(threading.get_ident, done)
    tasks.read("who", threading.get_ident, done)
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [(True, True)] * 3


def test_only_the_newest_answer_of_a_topic_lands(qtbot: QtBot, tasks: Tasks) -> None:
    started, go, seen = threading.Event(), threading.Event(), list[str]()

    def slow() -> str:
        started.set()
        go.wait(10)
        return "old"

    tasks.read("search", slow, seen.append)
    assert started.wait(10)
    tasks.read("search", lambda: "new", seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    go.set()
    tasks.read("other", lambda: "end", seen.append)
    qtbot.waitUntil(lambda: "end" in seen)
    tasks.close()
    QApplication.processEvents()
    assert seen == ["new", "end"]


def test_a_question_that_was_overtaken_is_not_even_asked(qtbot: QtBot, tasks: Tasks) -> None:
    go, asked, seen = threading.Event(), list[int](), list[int]()
    for lane in range(4):
        tasks.read(f"lane {lane}", lambda: go.wait(10), lambda _ok: None)

    def ask(number: int) -> int:
        asked.append(number)
        return number

    for number in range(10):
        tasks.read("search", lambda number=number: ask(number), seen.append)  # type: ignore[misc]
    go.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert asked == seen == [9]


def test_a_deleted_owner_hears_nothing(qtbot: QtBot, tasks: Tasks) -> None:
    go, seen = threading.Event(), list[str]()
    owner = QObject()
    tasks.write(lambda: go.wait(10), lambda _ok: seen.append("gone"), owner=owner)
    tasks.write(lambda: True, lambda _ok: seen.append("here"))
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: "here" in seen)
    assert seen == ["here"]


def test_two_thousand_writes_keep_their_order(qtbot: QtBot, tasks: Tasks) -> None:
    ran: list[int] = []
    told: list[int] = []
    busy: list[bool] = []
    tasks.busy_changed.connect(busy.append)

    def write(number: int) -> int:
        ran.append(number)
        return number

    for number in range(2000):
        tasks.write(lambda number=number: write(number), told.append)  # type: ignore[misc]
    assert tasks.writing()
    qtbot.waitUntil(lambda: len(told) == 2000, timeout=30_000)
    assert ran == told == list(range(2000))
    assert busy[0] is True
    assert busy[-1] is False
    assert not tasks.writing()


def test_failures_go_to_who_asked_or_to_the_last_resort(
    qtbot: QtBot, tasks: Tasks, failures: list[Exception]
) -> None:
    mine: list[Exception] = []

    def fail() -> None:
        raise LookupError("x")

    tasks.write(fail, lambda _none: None, mine.append)
    tasks.read("x", fail, lambda _none: None)
    qtbot.waitUntil(lambda: bool(mine) and bool(failures))
    assert isinstance(mine[0], LookupError)
    assert isinstance(failures[0], LookupError)


def test_closing_waits_for_the_write_under_way_and_tells_nobody(qtbot: QtBot) -> None:
    tasks = Tasks(lambda error: pytest.fail(repr(error)))
    started, go, ran, told = threading.Event(), threading.Event(), list[int](), list[int]()

    def write() -> int:
        started.set()
        go.wait(10)
        ran.append(1)
        return 1

    tasks.write(write, told.append)
    assert started.wait(10)
    threading.Timer(0.05, go.set).start()
    tasks.close()
    QApplication.processEvents()
    assert ran == [1]
    assert told == []
    tasks.write(write, told.append)
    assert ran == [1]
