"""Verify the books: every invariant recomputed from the facts, by plain SELECT (D4, N4)."""

from __future__ import annotations

import math
from collections.abc import Callable

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.verify import INVARIANTS, Violation, issued
from tehuacan_comercial.data.verify.issued import Rendered
from tehuacan_comercial.documents.base import LAYOUT
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.permission import requires

__all__ = ["Progress", "Rendered", "VerifyService", "Violation"]

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what is reviewed next in Spanish)."""


def _silent(_done: int, _total: int, _what: str) -> None:
    """For whoever only wants the answer."""


class VerifyService:
    """Reviews the whole database as the auditor, the manager or the server's own superuser."""

    def __init__(self, database: Database, actor: Actor, rendered: Rendered | None = None) -> None:
        """``rendered`` makes an issued sheet again and gives its SHA-256.

        Without it the hashes of issued sheets are not compared.
        """
        self._database = database
        self._actor = actor
        self._rendered = rendered

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self._actor

    @requires(Permission.BOOKS_VERIFY)
    def run(self, progress: Progress = _silent) -> list[Violation]:
        """Every violation found; an empty list means that the books are whole.

        Takes seconds on a hundred thousand accounts; tills may go on charging meanwhile.

        Raises:
            NotPermitted: the actor is neither of those named above.
            ServerUnreachable: the link was lost; nothing was found out.
        """
        found: list[Violation] = []
        total = len(INVARIANTS) + (self._rendered is not None)
        with self._database.read(deadline_seconds=math.inf) as connection:
            for done, invariant in enumerate(INVARIANTS):
                progress(done, total, invariant.title)
                found += invariant.violations(connection)
        if self._rendered is not None:
            progress(len(INVARIANTS), total, issued.TITLE)
            found += self._sheets(self._rendered)
        progress(total, total, "")
        return found

    def _sheets(self, rendered: Rendered) -> list[Violation]:
        # Listed first: making a sheet again reads through connections of its own.
        with self._database.read(deadline_seconds=math.inf) as connection:
            sheets = list(issued.sealed(connection, LAYOUT))
        answers = (issued.contradiction(sheet, rendered) for sheet in sheets)
        return [violation for violation in answers if violation is not None]
