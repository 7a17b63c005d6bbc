"""Work off the window's thread: one write lane, four read lanes, one paper lane, one bridge."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from tehuacan_comercial.ui.rubbish import Rubbish

T = TypeVar("T")
Failed = Callable[[Exception], None]
TURN_SECONDS = 0.0005
"""How long a worker keeps Python's lock when the window wants it. Every call into Qt gives the lock
away: at Python's own 5 ms a page of a table took 24 ms to paint while a receipt was drawn, at 1 ms
16, beside 10 alone."""


@dataclass(frozen=True)
class _Answer:
    """What a worker hands over: values and callables, no Qt object of its own."""

    done: Callable[[Any], None]
    failed: Failed
    owner: QObject | None
    topic: str
    generation: int
    result: Any = None
    error: Exception | None = None


class Tasks(QObject):
    """The only way from a screen to a service.

    ``read`` asks; of several questions on one topic only the newest is answered. ``write`` runs
    in order, one at a time, and is always answered. An answer whose owner is gone is dropped.
    Callbacks run on the window's thread. ``unhandled`` gets failures nobody takes.
    """

    _answered = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, unhandled: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unhandled = unhandled
        sys.setswitchinterval(TURN_SECONDS)
        self._writes = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._reads = ThreadPoolExecutor(4, thread_name_prefix="read")
        self._paper = ThreadPoolExecutor(1, thread_name_prefix="paper")
        self._newest: dict[str, int] = {}
        self._generation = 0
        self._open_writes = 0
        self._closed = threading.Event()
        self._rubbish = Rubbish(self)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        topic: str,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Ask ``fn`` on a read lane; a newer question on the topic makes this one void."""
        self._generation += 1
        self._newest[topic] = self._generation
        answer = _Answer(done, failed or self._unhandled, owner, topic, self._generation)
        self._submit(self._reads, fn, answer)

    def write(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run ``fn`` on the write lane, after every write asked before it."""
        answer = _Answer(done, failed or self._unhandled, owner, "", 0)
        self._open_writes += 1
        if self._open_writes == 1:
            self.busy_changed.emit(True)
        self._submit(self._writes, fn, answer)

    def paper(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run ``fn`` on the paper lane: sheets leave in order and hold up nothing else."""
        self._submit(self._paper, fn, _Answer(done, failed or self._unhandled, owner, "", -1))

    def writing(self) -> bool:
        """Whether a write is under way or waiting."""
        return self._open_writes > 0

    def close(self) -> None:
        """Let writes under way end, drop everything else; no callback comes after this."""
        self._closed.set()
        for pool in (self._reads, self._paper):
            pool.shutdown(wait=False, cancel_futures=True)
        self._writes.shutdown(wait=True)
        for pool in (self._reads, self._paper):
            pool.shutdown(wait=True)
        self._rubbish.stop()

    def _submit(self, pool: ThreadPoolExecutor, fn: Callable[[], Any], answer: _Answer) -> None:
        if not self._closed.is_set():
            pool.submit(self._run, fn, answer)

    def _run(self, fn: Callable[[], Any], answer: _Answer) -> None:
        if self._is_void(answer):
            return
        try:
            result, error = fn(), None
        except Exception as caught:  # handed to the window, which knows what to say
            result, error = None, caught
        if not self._closed.is_set():
            self._answered.emit(_with(answer, result, error))

    def _is_void(self, answer: _Answer) -> bool:
        return bool(answer.topic) and self._newest.get(answer.topic) != answer.generation

    def _deliver(self, answer: _Answer) -> None:
        if answer.generation == 0:
            self._open_writes -= 1
            if self._open_writes == 0:
                self.busy_changed.emit(False)
        gone = answer.owner is not None and not shiboken6.isValid(answer.owner)
        if self._closed.is_set() or gone or self._is_void(answer):
            return
        if answer.error is not None:
            answer.failed(answer.error)
        else:
            answer.done(answer.result)


def _with(answer: _Answer, result: Any, error: Exception | None) -> _Answer:
    return _Answer(
        answer.done, answer.failed, answer.owner, answer.topic, answer.generation, result, error
    )
