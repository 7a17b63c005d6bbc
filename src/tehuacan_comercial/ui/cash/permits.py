"""A close that waits for somebody's permission, finished by itself as soon as it is there (H7)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tehuacan_comercial.domain.cash import SessionClosed
from tehuacan_comercial.domain.lifecycles import CashSessionState
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.custody import BlockerRow
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.tasks import Failed


def permit_state(rows: tuple[BlockerRow, ...]) -> str:
    """Where the permission for the last count stands; empty while nobody asked for it."""
    for row in rows:
        if row.code == "difference":
            return str((row.facts.get("authorisation") or {}).get("state", ""))
    return ""


class Permits(QObject):
    """``look`` whenever the session may have changed.

    ``finished`` carries the session and its SessionClosed.

    The signed count is the one that was allowed: nothing is counted again. What cannot be done now
    stays listed above the count, with its button.
    """

    finished = Signal(object, object)

    def __init__(self, context: CashContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._busy = False

    def look(self, session: SessionRow | None) -> None:
        """Close a session whose difference was allowed meanwhile, at any station."""
        if session is None or session.state != CashSessionState.COUNTING or self._busy:
            return
        custody = self._context.desk.custody

        def show(rows: tuple[BlockerRow, ...]) -> None:
            if permit_state(rows) == "approved":
                self._finish(session, self._not_now)

        self._context.tasks.read(
            "cash.permit",
            lambda: custody.blockers(session.session_id),
            show,
            self._not_now,
            self,
        )

    def finish(self, session: SessionRow | None, refused: Failed) -> None:
        """Close with the count that was allowed, because somebody asked for it."""
        if session is not None and not self._busy:
            self._finish(session, refused)

    def _finish(self, session: SessionRow, refused: Failed) -> None:
        def failed(error: Exception) -> None:
            self._busy = False
            refused(error)

        self._busy, cash = True, self._context.desk.cash
        self._context.tasks.write(
            lambda: cash.finish_closing(session.session_id),
            lambda closed: self._finished(session, closed),
            failed,
            self,
        )

    def _finished(self, session: SessionRow, closed: SessionClosed) -> None:
        self._busy = False
        self.finished.emit(session, closed)

    def _not_now(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error  # what is refused now is asked again with the next news
