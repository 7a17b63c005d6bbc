"""What the tools say: sentences on standard output, refusals and progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal

DONE, REFUSED, USAGE, TROUBLE = 0, 1, 2, 3
"""Exit codes."""


class NoError(Exception):
    """The tool cannot do it; the text says in Spanish why and what to do."""


def say(text: str = "") -> None:
    """One line that tells what was done."""
    print(text, flush=True)


def complain(text: str) -> None:
    """One line that tells what went wrong."""
    print(text, file=sys.stderr, flush=True)


def refusal_lines(refusal: Refusal) -> list[str]:
    """The Spanish message of a refusal, with every problem of a file below it."""
    from tehuacan_comercial.ui.messages import message_for

    message = message_for(refusal)
    problems = getattr(refusal, "problems", ())
    if problems:
        return [f"{message.title}.", *(f"  · {problem}" for problem in problems)]
    detail = getattr(refusal, "detail", "")
    lines = [f"{message.title}. {message.text()}"]
    return [*lines, f"  {detail}"] if isinstance(refusal, TroubleRefusal) and detail else lines


def exit_code_of(refusal: Refusal) -> int:
    """Trouble of machine or network may pass; a rule stays as it is."""
    return TROUBLE if isinstance(refusal, TroubleRefusal) else REFUSED


class Bar:
    """One line of progress, redrawn on a terminal and printed only at its steps elsewhere."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._live = sys.stderr.isatty()

    def step(self, done: int, total: int, what: str) -> None:
        """Tells which of so many steps comes next."""
        if not what:
            return
        seconds = time.monotonic() - self._began
        line = f"[{done:>3}/{total}] {what}… ({seconds:.0f} s)"
        if self._live:
            sys.stderr.write(f"\r\x1b[K{line}")
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def count(self, done: int) -> None:
        """Tells how many rows went by; only where somebody watches."""
        if self._live:
            sys.stderr.write(f"\r\x1b[K{counted(done, 'renglón', 'renglones')}…")
            sys.stderr.flush()

    def close(self) -> None:
        """Clears the line."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def progress() -> Iterator[Bar]:
    """A bar that is cleared however the work ends."""
    bar = Bar()
    try:
        yield bar
    finally:
        bar.close()
