"""A station as a process of its own, to be killed at any moment of a charge."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Literal

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.cash import ChargeCommand, Charged
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.cash import CashService
from tehuacan_comercial.services.intents import FILE_NAME, Intent, IntentJournal
from tehuacan_comercial.services.records import RecordFile

MOMENTS = ("before_intent", "half_written", "intent_written", "answered", "forgotten")
"""Where a station can fall between two of its own steps, in their order."""


@dataclass(frozen=True)
class Life:
    """What one run of a station does: settle what the last one left, then charge the orders.

    At the first charge it kills itself at ``dies_at``, one of MOMENTS; "" lives on.
    """

    url: str
    username: str
    home: Path
    orders: tuple[ChargeCommand, ...] = ()
    dies_at: str = ""


@dataclass(frozen=True)
class Said:
    """What the person in front of the screen saw of a charge."""

    kind: Literal["intends", "stands", "done"]
    command_id: str = ""
    charged: Charged | None = None


def _fall() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _MortalFile(RecordFile):
    falls = False

    def _write(self, place: int, data: bytes) -> None:
        if self.falls:
            super()._write(place, data[:100])
            _fall()
        super()._write(place, data)


class _MortalJournal(IntentJournal):
    dies_at = ""
    _file: _MortalFile

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._file = _MortalFile(folder / FILE_NAME)

    def write(self, intent: Intent) -> bool:
        if self.dies_at == "before_intent":
            _fall()
        self._file.falls = self.dies_at == "half_written"
        written = super().write(intent)
        if self.dies_at == "intent_written":
            _fall()
        return written

    def forget(self, command_id: str) -> None:
        if self.dies_at == "answered":
            _fall()
        super().forget(command_id)
        if self.dies_at == "forgotten":
            _fall()


def live(life: Life, screen: Connection) -> None:
    """The process's whole work; ``screen`` is what the cashier sees."""
    database = Database(life.url, station="E1")
    journal = _MortalJournal(life.home / "cobros-pendientes")
    cash = CashService(database, Actor(life.username, "", "Caja", "cashier"), journal)
    for lost in cash.lost_charges():
        key = lost.intent.command_id
        screen.send(Said("stands", key, lost.charged or cash.ask_again(key).charged))
    journal.dies_at = life.dies_at
    for order in life.orders:
        screen.send(Said("intends", str(order.command_id)))
        screen.send(Said("stands", str(order.command_id), cash.charge(order).charged))
    screen.send(Said("done"))
    database.close()


def _context() -> ForkServerContext:
    """Processes that are forked from one that has imported everything and holds nothing open."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


@contextmanager
def running(life: Life) -> Iterator[tuple[int, Connection]]:
    """Its process number and its screen; it is dead at the end of the block."""
    context = _context()
    screen, far_end = context.Pipe(duplex=False)
    process = context.Process(target=live, args=(life, far_end))
    process.start()
    far_end.close()
    assert process.pid is not None
    try:
        yield process.pid, screen
    finally:
        process.kill()
        process.join()
        process.close()
        screen.close()


def rest_of(screen: Connection) -> Iterator[Said]:
    """Everything it said until its end."""
    while True:
        try:
            said: Said = screen.recv()
        except EOFError:
            return
        yield said
