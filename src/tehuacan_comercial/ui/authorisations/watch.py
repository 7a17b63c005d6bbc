"""Watches one's own requests and what waits for one's decision; tells each answer once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import TroubleRefusal
from tehuacan_comercial.services.authorisations import AuthorisationRow, AuthorisationsService
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.ui.authorisations.words import outcome_words
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.notices import NoticeStrip

TOPICS = frozenset({"authorisation", "everything"})


@dataclass(frozen=True)
class Waiting:
    """How many requests wait: for the person's decision, and of the person's own."""

    to_decide: int = 0
    own: int = 0

    @property
    def text(self) -> str:
        """For the strip at the foot; empty when nothing waits."""
        parts = [f"{self.to_decide} por autorizar"] if self.to_decide else []
        parts += [f"{self.own} en espera de respuesta"] if self.own else []
        return " · ".join(parts)


@dataclass(frozen=True)
class _Read:
    mine: tuple[AuthorisationRow, ...]
    to_decide: int


class AuthorisationWatch(QObject):
    """``changed`` carries Waiting, ``answered`` the number of a request that waits no more.

    A poll or a notification wakes it within a second (D10).
    """

    changed = Signal(object)
    answered = Signal(int)

    def __init__(
        self,
        window: QWidget,
        service: AuthorisationsService,
        tasks: Tasks,
        bus: Bus[Changes],
        notices: NoticeStrip,
    ) -> None:
        super().__init__(window)
        self._service, self._tasks, self._notices = service, tasks, notices
        self._states: dict[int, str] | None = None
        self.waiting = Waiting()
        self.newest_own: int | None = None
        bus.subscribe(window, lambda changes: bool(changes.topics & TOPICS), self.look)

    def look(self) -> None:
        """Read again; the newest answer counts."""
        decides = self._service.actor.may(Permission.AUTHORISATIONS_DECIDE)

        def read() -> _Read:
            to_decide = self._service.count_pending() if decides else 0
            return _Read(self._service.mine(), to_decide)

        self._tasks.read("authorisations.watch", read, self._take, self._fail, self)

    def _take(self, found: _Read) -> None:
        before, self._states = self._states, {
            row.authorisation_id: row.state for row in found.mine
        }  # fmt: skip
        if before is not None:
            for row in found.mine:
                if before.get(row.authorisation_id, "requested") == "requested":
                    self._tell(row)
        own = [row.authorisation_id for row in found.mine if row.state == "requested"]
        self.newest_own = own[0] if own else None
        self.waiting = Waiting(found.to_decide, len(own))
        self.changed.emit(self.waiting)

    def _tell(self, row: AuthorisationRow) -> None:
        if row.state != "requested":
            self.answered.emit(row.authorisation_id)
        tones: dict[str, tuple[Tone, str]] = {
            "approved": ("ok", "circle-check"),
            "denied": ("danger", "circle-x"),
            "expired": ("warn", "clock"),
        }
        if row.state in tones:
            tone, icon = tones[row.state]
            self._notices.tell(tone, icon, row.title, f"{outcome_words(row)}.")

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, TroubleRefusal):
            raise error  # the strip tells a lost line; the next poll asks again
