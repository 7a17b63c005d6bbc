"""Acts of the page Aclaraciones: record, compare, ask, print, lift."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.authorisations import Reason
from tehuacan_comercial.domain.clarifications import ChequeReturnCommand
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import (
    BanLifted,
    ChequeReturned,
    NotReturnable,
    ReasonRequired,
    Refusal,
)
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.clarifications import (
    BanRow,
    ChequeRow,
    FindingRow,
    ReturnResult,
    TransferRow,
)
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.clarifications.pair_sheet import PairSheet
from tehuacan_comercial.ui.clarifications.return_sheet import ReturnSheet
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Failed, Tasks

FORM = "half-letter"
COPY_NOTE = "La copia lleva la marca REIMPRESIÓN, su nombre y la hora."


class ClarificationActs(QObject):
    """Runs an act off the window's thread and shows what came of it over ``page``."""

    def __init__(
        self,
        page: QWidget,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        paper: Paper,
        today: Callable[[], date],
        *,
        request_void: Callable[[int], None],
        request_transfer: Callable[[int, str], None],
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks, self._bus = page, desk, tasks, bus
        self._paper, self._today = paper, today
        self._request_void, self._request_transfer = request_void, request_transfer

    def give_back(self, row: ChequeRow) -> None:
        """Record that the bank did not pay a cheque; what cannot be is said before any typing."""
        if row.returned_on is not None:
            self._refused(
                ChequeReturned(row.folio, row.returned_on.isoformat(), row.recorded_by_name)
            )
        elif not row.session_closed:
            self._refused(NotReturnable(row.folio, "session", row.session_folio))
        else:
            self._tasks.read(
                "clarifications.reasons",
                self._desk.clarifications.bank_reasons,
                lambda reasons: self._ask_return(row, reasons),
                self._refused,
                self,
            )

    def _ask_return(self, row: ChequeRow, reasons: tuple[Reason, ...]) -> None:
        service, tasks = self._desk.clarifications, self._tasks

        def record(
            command: ChequeReturnCommand, done: Callable[[ReturnResult], None], failed: Failed
        ) -> None:
            tasks.write(lambda: service.record_return(command), done, failed, self)

        sheet = ReturnSheet(self._page, row, reasons, self._today(), record)
        prompts.run(sheet)
        if sheet.outcome is not None:
            self._bus.committed(sheet.outcome.changes)

    def compare(self, row: FindingRow) -> None:
        """Two receipts side by side; from there a transfer or a void is asked for."""
        may_ask = self._desk.actor.may(Permission.AUTHORISATIONS_REQUEST)
        sheet = PairSheet(self._page, row, may_ask=may_ask)
        prompts.run(sheet)
        if sheet.wish == "void":
            self._request_void(row.receipt_id)
        elif sheet.wish == "transfer":
            other = row.other_account_number if row.other_account_id != row.account_id else ""
            self._request_transfer(row.receipt_id, other)

    def transfer_again(self, row: TransferRow) -> None:
        """A payment that was moved to yet another wrong account."""
        self._request_transfer(row.receipt_id, "")

    def print_transfer(self, row: TransferRow) -> None:
        """Its document: the original while it never came out, else a marked copy."""
        receipts, number = self._desk.receipts, row.transfer_id

        def failed(error: Exception) -> None:
            if isinstance(error, ReasonRequired):
                self._print_again(row)
            else:
                self._refused(error)

        self._paper.draw(
            lambda: receipts.transfer(number, FORM),
            lambda sheet: self._paper.send(sheet, FORM),
            failed,
        )

    def _print_again(self, row: TransferRow) -> None:
        reason = prompts.ask_reason(
            self._page, f"Reimprimir {row.folio}", act="Reimprimir", note=COPY_NOTE
        )
        if reason is not None:
            self._paper.draw(
                lambda: self._desk.receipts.transfer(row.transfer_id, FORM, reason),
                lambda sheet: self._paper.send(sheet, FORM),
                self._refused,
            )

    def lift(self, row: BanRow) -> None:
        """Tills may take cheques of the account again."""
        if row.lifted_at is not None:
            self._refused(BanLifted(row.lifted_by_name))
            return
        reason = prompts.ask_reason(
            self._page,
            f"Volver a aceptar cheques de la cuenta {row.account_number}",
            act="Aceptar cheques",
            note="Queda su nombre, la hora y el motivo.",
        )
        if reason is None:
            return
        self._tasks.write(
            lambda: self._desk.clarifications.lift_ban(row.ban_id, reason),
            self._bus.committed,
            self._refused,
            self,
        )

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._page, error)
