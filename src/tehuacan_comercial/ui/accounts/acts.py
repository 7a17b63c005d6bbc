"""Acts of the tab Cuenta that leave paper or a file: statement, reprint, bill, spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.refusals import ReasonRequired, Refusal
from tehuacan_comercial.services.accounts import BillLineRow, BillRow, PaymentRow
from tehuacan_comercial.services.bills import BillPaper
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.receipts import Printable
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.accounts.bill_sheet import BillLinesSheet
from tehuacan_comercial.ui.paper import LETTER, Paper
from tehuacan_comercial.ui.tasks import Failed, Tasks
from tehuacan_comercial.ui.widgets.table.column import ExportSheet

COPY_NOTE = "La copia lleva la marca REIMPRESIÓN, su nombre y la hora."


class AccountActs(QObject):
    """Runs an act off the window's thread and shows what came of it over ``screen``.

    ``receipt_form`` is the station's format of receipts, for copies. ``void_requested`` and
    ``transfer_requested`` carry a receipt's id.
    """

    void_requested = Signal(int)
    transfer_requested = Signal(int)

    def __init__(
        self, screen: QWidget, desk: Desk, tasks: Tasks, paper: Paper, receipt_form: str
    ) -> None:
        super().__init__(screen)
        self._screen, self._desk, self._tasks = screen, desk, tasks
        self._paper, self._receipt_form = paper, receipt_form
        self._drawing = False

    def statement(self, account_id: int) -> None:
        """Issue the statement and show it before it is printed."""
        self._draw(lambda: self._desk.receipts.statement(account_id), LETTER)

    def reprint(self, payment: PaymentRow) -> None:
        """A marked copy of a receipt, once a reason was written (H14)."""
        reason = prompts.ask_reason(
            self._screen,
            f"Reimprimir el recibo {payment.folio}",
            act="Reimprimir",
            note=COPY_NOTE,
        )
        if reason is None:
            return
        receipt, form = payment.receipt_id, self._receipt_form
        self._draw(lambda: self._desk.receipts.reprint(receipt, form, reason), form)

    def void(self, payment: PaymentRow) -> None:
        """Ask that a receipt be voided; nothing to ask of one that no longer stands."""
        if payment.voided is None and not payment.void_pending:
            self.void_requested.emit(payment.receipt_id)

    def transfer(self, payment: PaymentRow) -> None:
        """Ask that a payment be moved to the account it was meant for."""
        if payment.voided is None:
            self.transfer_requested.emit(payment.receipt_id)

    def open_bill(self, bill: BillRow) -> None:
        """Show the lines of a bill, explained."""

        def show(lines: tuple[BillLineRow, ...]) -> None:
            prompts.run(BillLinesSheet(self._screen, bill, lines))

        asked = bill.bill_id
        self._tasks.read(
            "bill", lambda: self._desk.accounts.bill_lines(asked), show, self._refuse, self
        )

    def print_bill(self, bill: BillRow, reason: str = "") -> None:
        """The bill as paper; every sheet after the first given out here needs a reason."""
        asked = bill.bill_id

        def refused(error: Exception) -> None:
            if isinstance(error, ReasonRequired) and not reason:
                self._drawing = False
                self._reprint_bill(bill)
            else:
                self._refuse(error)

        self._draw(lambda: _printable(self._desk.bills.one(asked, reason)), LETTER, refused)

    def _reprint_bill(self, bill: BillRow) -> None:
        why = prompts.ask_reason(
            self._screen,
            f"Reimprimir el recibo {bill.period_name}",
            act="Reimprimir",
            note=f"Ya se entregó una vez en ventanilla. {COPY_NOTE}",
        )
        if why is not None:
            self.print_bill(bill, why)

    def export(self, sheet: ExportSheet, name: str) -> None:
        """Save a table as a spreadsheet where the person says, under the account's name."""
        spreadsheet.export(self._screen, self._tasks, replace(sheet, name=name))

    def _draw(
        self, make: Callable[[], Printable], form: str, refused: Failed | None = None
    ) -> None:
        """One sheet at a time: a second press while one is drawn does nothing."""
        if self._drawing:
            return

        def show(sheet: Printable) -> None:
            self._drawing = False
            self._paper.preview(self._screen, sheet, form)

        self._drawing = True
        self._paper.draw(make, show, refused or self._refuse)

    def _refuse(self, error: Exception) -> None:
        self._drawing = False
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._screen, error)


def _printable(paper: BillPaper) -> Printable:
    """A bill for the tray; it is kept nowhere, because it can be drawn again from its record."""
    path = Path(f"{paper.title}.pdf")
    return Printable(paper.document_id, paper.title, paper.pdf, path, paper.copy_number)
