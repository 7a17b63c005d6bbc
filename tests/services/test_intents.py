"""What a station remembers of charges without an answer, on its disk."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tehuacan_comercial.services.intents import FILE_NAME, Intent, IntentJournal
from tehuacan_comercial.services.records import BLOCK, ROOM, RecordFile


def intent(username: str = "rosa", parts: int = 2) -> Intent:
    charges = [{"charge_id": number, "amount": "318.40"} for number in range(parts)]
    return Intent(username, {"command_id": str(uuid4()), "allocations": charges})


def test_what_was_written_is_there_for_the_next_run_until_its_answer(tmp_path: Path) -> None:
    first, large, third = intent(), intent(parts=1000), intent()
    journal = IntentJournal(tmp_path / "cobros")
    assert journal.open_intents("rosa") == ()
    assert all(journal.write(each) for each in (first, intent("lupe"), large, third))
    assert not journal.write(large)  # its UUID is there
    later = IntentJournal(tmp_path / "cobros")
    assert later.open_intents("rosa") == (first, large, third)
    later.forget(large.command_id)
    later.forget(str(uuid4()))  # nobody's
    assert journal.open_intents("rosa") == (first, third)
    fourth = intent()  # takes the place that became free, and is the newest all the same
    assert later.write(fourth)
    assert journal.open_intents("rosa") == (first, third, fourth)


def test_the_last_one_is_forgotten_without_looking_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, other = IntentJournal(tmp_path), IntentJournal(tmp_path)
    order = intent()
    journal.write(order)
    with monkeypatch.context() as blind:
        blind.setattr(RecordFile, "read", lambda _self: pytest.fail("it read the whole file"))
        journal.forget(order.command_id)
    assert journal.open_intents("rosa") == ()
    journal.write(order)
    other.forget(order.command_id)
    newer = intent()
    other.write(newer)  # where the first one stood
    journal.forget(order.command_id)
    assert journal.open_intents("rosa") == (newer,)


def test_a_charge_takes_no_new_block_of_the_disk(tmp_path: Path) -> None:
    journal = IntentJournal(tmp_path)
    for _ in range(100):
        order = intent()
        journal.write(order)
        journal.forget(order.command_id)
    assert (tmp_path / FILE_NAME).stat().st_size == ROOM


def test_more_than_the_file_holds_makes_it_grow(tmp_path: Path) -> None:
    journal = IntentJournal(tmp_path)
    orders = [intent(parts=200) for _ in range(20)]
    for order in orders:
        journal.write(order)
    assert (tmp_path / FILE_NAME).stat().st_size > ROOM
    assert IntentJournal(tmp_path).open_intents("rosa") == tuple(orders)


@pytest.mark.skipif(not hasattr(os, "O_DSYNC"), reason="Windows flushes after the write")
def test_the_write_itself_is_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is opened with O_DSYNC and written once: no second flush."""
    journal = IntentJournal(tmp_path)
    journal.write(intent())  # the file is ready
    opened: list[int] = []
    flushed: list[int] = []
    real = os.open

    def seen(path: Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).name == FILE_NAME:
            opened.append(flags)
        return real(path, flags, mode)

    monkeypatch.setattr("os.open", seen)
    monkeypatch.setattr("os.fsync", flushed.append)
    journal.write(intent())
    assert [bool(flags & os.O_DSYNC == os.O_DSYNC) for flags in opened] == [True]
    assert flushed == []


def test_eight_threads_write_the_same_charge_once(tmp_path: Path) -> None:
    order = intent()
    journals = [IntentJournal(tmp_path) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        first = list(threads.map(lambda journal: journal.write(order), journals))
    assert sorted(first) == [False] * 7 + [True]
    assert journals[0].open_intents("rosa") == (order,)


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 3 * BLOCK), min_size=1, max_size=6),
    erased=st.sets(st.integers(0, 5)),
    torn=st.integers(0, 4 * BLOCK),
)
def test_a_write_that_is_cut_off_harms_no_other(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], erased: set[int], torn: int
) -> None:
    """The power fails when ``torn`` bytes of one more record are on disk."""

    class Falling(RecordFile):
        def _write(self, place: int, data: bytes) -> None:
            super()._write(place, data[:torn])

    path = tmp_path_factory.mktemp("records") / "file"
    file = RecordFile(path)
    bodies = [bytes([65 + number]) * size for number, size in enumerate(sizes)]
    for body in bodies:
        file.add(body, file.read())
    for record in file.read():
        if record.body[0] - 65 in erased:
            file.erase(record)
    left = {body for number, body in enumerate(bodies) if number not in erased}
    extra = b"z" * 2 * BLOCK
    Falling(path).add(extra, file.read())
    found = {record.body for record in RecordFile(path).read()}
    assert found - {extra} == left
    if torn < 2 * BLOCK:
        assert found == left
    file.add(b"after", file.read())  # into what was torn, if it fits
    assert {record.body for record in RecordFile(path).read()} >= left | {b"after"}
