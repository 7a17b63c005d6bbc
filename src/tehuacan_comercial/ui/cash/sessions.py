"""Opening, counting and closing the session: sheets, writes, and the closing report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal

from tehuacan_comercial.domain.cash import (
    CloseSessionCommand,
    OpenSessionCommand,
    SessionClosed,
    new_command_id,
)
from tehuacan_comercial.domain.float_split import split_float
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.refusals import (
    ClosingNeedsPermission,
    RecountNeeded,
    Refusal,
    ResultUnknown,
)
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.cash import SessionRow, TillRow
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.closed_sheet import ClosedSheet
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.cash.count_page import CountPage
from tehuacan_comercial.ui.cash.counting import SignedCount, ordered_tills, signing_question
from tehuacan_comercial.ui.cash.open_sheet import OpenSheet
from tehuacan_comercial.ui.widgets.answered import tell_until_answered
from tehuacan_comercial.ui.widgets.notices import NoticeAct, announce

RETRY, ASK, PERMISSION = "Reintentar", "Preguntar de nuevo", "Solicitar autorización"


class Sessions(QObject):
    """Acts on the cashier's own session.

    ``count_shown`` asks for the inner tab of the count, ``difference_requested`` (a session's id)
    for somebody's permission to close with a difference.
    """

    changed = Signal()
    count_shown = Signal()
    resumed = Signal()
    closed = Signal()
    difference_requested = Signal(int)

    def __init__(self, context: CashContext, page: CountPage) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._signed: CloseSessionCommand | None = None
        self._shown = 0

    # --- open ---

    def open(self) -> None:
        """Read the tills, count the float, open."""
        self._context.tasks.read(
            "cash.tills", self._context.desk.cash.tills, self._ask_opening, self._refused, self
        )

    def _ask_opening(self, tills: tuple[TillRow, ...]) -> None:
        place = self._context.place
        command = OpenSheet.ask(self._page, ordered_tills(tills, place.station, place.till))
        if command is not None:
            self._send_opening(command)

    def _send_opening(self, command: OpenSessionCommand) -> None:
        cash = self._context.desk.cash
        self._write(
            lambda: cash.open_session(command),
            self._opened,
            lambda: self._send_opening(command),
        )

    def _opened(self, session: SessionRow) -> None:
        self._tell(session.session_id)
        announce(self._page, f"Sesión {session.folio} abierta. {session.till_name} puede cobrar.")

    # --- count ---

    def begin(self, session: SessionRow | None) -> None:
        """Stop charging and show the count."""
        if session is None:
            return
        if session.state == "counting":
            self.count_shown.emit()
            return
        cash = self._context.desk.cash
        self._write(
            lambda: cash.begin_count(session.session_id),
            lambda _held: self._begun(session),
            lambda: self.begin(session),
        )

    def _begun(self, session: SessionRow) -> None:
        self._tell(session.session_id)
        self.count_shown.emit()

    def resume(self, session: SessionRow | None) -> None:
        """Back to charging."""
        if session is None:
            return
        cash = self._context.desk.cash
        self._write(
            lambda: cash.resume(session.session_id),
            lambda _none: self._resumed(session),
            lambda: self.resume(session),
        )

    def _resumed(self, session: SessionRow) -> None:
        self._tell(session.session_id)
        self.resumed.emit()

    # --- close ---

    def sign(self, session: SessionRow | None, count: SignedCount) -> None:
        """Confirm, sign and close; only then the figures are told."""
        if session is None:
            return
        agreed = prompts.confirm(
            self._page,
            "Firmar el arqueo",
            signing_question(count, session.held_sales),
            act="Firmar y cerrar",
            keep="Seguir contando",
        )
        if agreed:
            self._send_closing(session, self._closing_command(session, count))

    def _closing_command(self, session: SessionRow, count: SignedCount) -> CloseSessionCommand:
        declared = {
            TenderKind.CARD: count.card,
            TenderKind.TRANSFER: count.transfer,
            TenderKind.CHEQUE: count.cheque,
        }
        made = CloseSessionCommand(
            new_command_id(), session.session_id, count.pieces, declared, count.note
        )
        # The same count signed again after a lost answer is the same command, with its UUID.
        if self._signed and replace(made, command_id=self._signed.command_id) == self._signed:
            return self._signed
        self._signed = made
        return made

    def _send_closing(self, session: SessionRow, command: CloseSessionCommand) -> None:
        self._page.set_busy("Firmando…")
        cash = self._context.desk.cash
        self._context.tasks.write(
            lambda: cash.close_session(command),
            lambda closed: self.show_closed(session, closed),
            lambda error: self._not_closed(session, command, error),
            self,
        )

    def _not_closed(
        self, session: SessionRow, command: CloseSessionCommand, error: Exception
    ) -> None:
        """A count that is beyond the tolerance stays; its permission may be there already (H7)."""
        self._page.reload()  # what is in the way now, with its buttons, above the count
        if isinstance(error, ClosingNeedsPermission):
            cash = self._context.desk.cash
            self._context.tasks.write(
                lambda: cash.finish_closing(command.session_id),
                lambda closed: self.show_closed(session, closed),
                lambda refused: self._ask_permission(session, command, refused),
                self,
            )
            return
        if isinstance(error, RecountNeeded):
            self._signed = None  # an equal second count is another count
            self._page.clear_count()
        self._retry(error, lambda: self._send_closing(session, command))

    def _ask_permission(
        self, session: SessionRow, command: CloseSessionCommand, error: Exception
    ) -> None:
        if not isinstance(error, ClosingNeedsPermission):
            self._retry(error, lambda: self._send_closing(session, command))
            return
        self._page.set_busy("")
        if prompts.run(prompts.RefusalSheet(self._page, error, PERMISSION, "shield-check")):
            self.difference_requested.emit(command.session_id)

    def show_closed(self, session: SessionRow, closed: SessionClosed) -> None:
        """What the close found, once, however the window came to know of it."""
        self._page.set_busy("")
        self._tell(session.session_id)
        if self._shown == closed.closing_id:
            return
        self._shown = closed.closing_id
        self.closed.emit()
        desk, till = self._context.desk, session.till_code

        def show(pesos: Decimal | None) -> None:
            split = None if pesos is None else split_float(closed.pieces, pesos)
            if ClosedSheet.ask(self._page, closed, split):
                self._print(closed)

        # The closing stands whatever happens to the line; without the float it is shown as it is.
        self._context.tasks.read(
            "cash.float", lambda: _float_of(desk, till), show, lambda _error: show(None), self
        )

    def interim(self, session: SessionRow | None) -> None:
        """A numbered corte parcial (X), on paper; one's own tells no amounts (H4)."""
        if session is None:
            return
        custody, wanted, paper = self._context.desk.custody, new_command_id(), self._context.paper

        def done(content: Mapping[str, Any]) -> None:
            number = int(content["report_id"])
            paper.draw(
                lambda: paper.receipts.custody(CustodyPaper.INTERIM_REPORT, number),
                lambda sheet: paper.preview(self._page, sheet),
                self.refused,
            )

        self._context.tasks.write(
            lambda: custody.interim_report(wanted, session.session_id), done, self.refused, self
        )

    def _print(self, closed: SessionClosed) -> None:
        paper = self._context.paper
        paper.draw(
            lambda: paper.receipts.closing(closed.closing_id),
            lambda sheet: paper.preview(self._page, sheet),
            lambda error: self._retry(error, lambda: self._print(closed)),
        )

    # --- common ---

    def _write(
        self, fn: Callable[[], object], done: Callable[..., None], again: Callable[[], None]
    ) -> None:
        self._context.tasks.write(fn, done, lambda error: self._retry(error, again), self)

    def _retry(self, error: Exception, again: Callable[[], None]) -> None:
        self._page.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        unknown = isinstance(error, ResultUnknown)
        if prompts.show_refusal(self._page, error, ASK if unknown else RETRY):
            again()
        elif unknown:
            self._wait(again)

    def _wait(self, again: Callable[[], None]) -> None:
        """Keep in sight what has no answer yet; asking again sends the same command."""
        tell_until_answered(
            self._context.notices,
            "warn",
            "unplug",
            "La caja espera respuesta del servidor",
            "Todavía no se sabe si se abrió, se cerró o sigue igual. No se hará dos veces.",
            (NoticeAct(ASK, again, "refresh-cw"),),
        )

    def refused(self, error: Exception) -> None:
        """Tell a refusal; nothing is sent again."""
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._page, error)

    def _refused(self, error: Exception) -> None:
        self._retry(error, self.open)

    def _tell(self, session_id: int) -> None:
        changes = Changes(sessions=frozenset({session_id}), topics=frozenset({"session"}))
        self._context.bus.committed(changes)
        self.changed.emit()


def _float_of(desk: Desk, till_code: str) -> Decimal | None:
    """The float in pesos that a till begins with; None when it is not known."""
    floats = {till.code: till.opening_float for till in desk.cash.tills()}
    return floats.get(till_code)
