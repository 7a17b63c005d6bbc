"""Sheet to record that the bank gave a cheque back: what it undoes, when, why (H15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from tehuacan_comercial.domain.authorisations import Reason
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.clarifications import ChequeReturnCommand
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.clarifications import ChequeRow, ReturnResult
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.formats import day, money
from tehuacan_comercial.ui.prompts import REASON_LETTERS
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

Record = Callable[[ChequeReturnCommand, Callable[[ReturnResult], None], Failed], None]
MOST_LETTERS = 500


class ReturnSheet(ShadeDialog):
    """``outcome`` is set when it was recorded. The UUID is made once, when the sheet opens."""

    def __init__(
        self,
        parent: QWidget,
        cheque: ChequeRow,
        reasons: Sequence[Reason],
        today: date,
        record: Record,
    ) -> None:
        super().__init__(
            parent,
            f"El banco devolvió el cheque {cheque.reference}",
            f"{cheque.bank or 'Sin banco'} · {money(cheque.amount)} · recibo {cheque.folio} del "
            f"{day(cheque.business_date)}",
            620,
        )
        self._cheque, self._today, self._record = cheque, today, record
        self._reasons, self._command_id = tuple(reasons), new_command_id()
        self.outcome: ReturnResult | None = None
        self.consequences = Label(consequences(cheque), 13, 400, "soft").wrapped()
        self.body.addWidget(self.consequences)
        self.returned_on = QDateEdit(QDate(today.year, today.month, today.day))
        self.returned_on.setDisplayFormat("dd/MM/yyyy")
        self.returned_on.setCalendarPopup(True)
        self.reason, self.reference, self.note = QComboBox(), QLineEdit(), QLineEdit()
        self.reason.addItem("Elija lo que dice el banco…", "")
        for each in reasons:
            self.reason.addItem(each.name, each.code)
        self.reference.setMaxLength(80)
        self.note.setMaxLength(MOST_LETTERS)
        self._fields = (
            FormField("&Fecha del aviso del banco", self.returned_on, check=self._day_problem),
            FormField("&Motivo del banco", self.reason, required=True, check=self._reason_problem),
            FormField("&Referencia del aviso", self.reference),
            FormField("&Observaciones", self.note, check=self._note_problem),
        )
        for field in self._fields:
            self.body.addWidget(field)
        self.reason.currentIndexChanged.connect(lambda _at: self._fields[1].verify())
        go = PrimaryButton("Registrar devolución", "undo-2", "Enter")
        go.clicked.connect(self.submit)
        self.add_foot(KeyButton("Volver", "x", "Esc"), go)
        self.reason.setFocus()

    def submit(self) -> None:
        """Send once; while it is under way the sheet holds still."""
        if self._busy or not verify_all(self._fields):
            return
        self.set_busy("Registrando…")
        self._record(self.command(), self._done, self._failed)

    def command(self) -> ChequeReturnCommand:
        """What is sent; the same UUID at every try."""
        return ChequeReturnCommand(
            self._command_id,
            self._cheque.receipt_id,
            self._cheque.line,
            self._day(),
            str(self.reason.currentData()),
            self.reference.text(),
            self.note.text(),
        )

    def _done(self, result: ReturnResult) -> None:
        self.outcome = result
        self.set_busy("")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Reintentar"):
            self.submit()

    def _day(self) -> date:
        chosen = self.returned_on.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _day_problem(self) -> str:
        if self._day() > self._today:
            return "La fecha todavía no llega."
        if self._day() < self._cheque.business_date:
            return "La fecha es anterior al cobro."
        return ""

    def _reason_problem(self) -> str:
        return "" if self.reason.currentData() else "Elija el motivo que da el banco."

    def _note_problem(self) -> str:
        code = self.reason.currentData()
        needed = any(each.code == code and each.needs_note for each in self._reasons)
        missing = REASON_LETTERS - len(self.note.text().strip())
        return (
            f"Explique el motivo; faltan al menos {missing} letras."
            if needed and missing > 0
            else ""
        )


def consequences(cheque: ChequeRow) -> str:
    """What recording it does, before it is done."""
    fee = (
        f"Se cobra además el cargo de {money(cheque.would_charge)} más su IVA, si lo lleva."
        if cheque.would_charge
        else "No hay regla vigente de cargo por devolución: no se cobra ninguno."
    )
    return (
        f"Los {money(cheque.amount)} se vuelven a deber en la cuenta {cheque.account_number}, con "
        f"recargos desde sus propias fechas. {fee} Ninguna caja le aceptará otro cheque hasta que "
        "la gerencia lo permita. El corte de la sesión no cambia y el recibo queda marcado."
    )
