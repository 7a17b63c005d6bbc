"""Sheet Comprobar recibo: whether a piece of paper is a receipt of ours (N4)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.folios import CODE_LENGTH, parse_code, parse_folio
from tehuacan_comercial.domain.refusals import Refusal, UnknownDocument
from tehuacan_comercial.domain.scan import ScannedFolio, ScannedReceipt, parse_scan, receipt_code
from tehuacan_comercial.services.receipts import MarkRow, ReceiptCheck, ReceiptsService, VoidRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.formats import moment, money
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.notices import InlineNotice, announce
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label


@dataclass(frozen=True)
class Verdict:
    """What is said of the paper: colour, icon, sentence, what to compare or do."""

    tone: Tone
    icon: str
    title: str
    text: str
    account_number: str = ""


def verdict_of(check: ReceiptCheck, *, with_code: bool) -> Verdict:
    """The books know the folio; the code says whether this paper is that receipt."""
    facts = (
        f"{check.holder}, cuenta {check.account_number}. "
        f"{money(check.applied)} el {moment(check.issued_at)}."
    )
    if not check.genuine:
        return Verdict(
            "danger",
            "circle-x",
            f"El papel no es el recibo {check.folio}",
            "Su código no corresponde a ese folio. No lo acepte como comprobante; "
            "conserve una copia y avise a su jefe.",
        )
    if check.void is not None:
        return _void_verdict(check, check.void, facts)
    if check.mark is not None:
        return _marked_verdict(check, check.mark, facts)
    if not with_code:
        return Verdict(
            "warn",
            "circle-alert",
            f"El folio {check.folio} existe",
            f"{facts} Escriba también el código para saber si el papel es auténtico.",
            check.account_number,
        )
    return Verdict(
        "ok",
        "shield-check",
        f"Recibo {check.folio} auténtico",
        f"{facts} Compare estos datos con los del papel.",
        check.account_number,
    )


def _void_verdict(check: ReceiptCheck, void: VoidRow, facts: str) -> Verdict:
    after = f" Lo sustituye el folio {void.replaced_by}." if void.replaced_by else ""
    return Verdict(
        "danger",
        "circle-x",
        f"El recibo {check.folio} está CANCELADO",
        f"{facts} Se canceló el {moment(void.voided_at)} ({void.reason.lower()}); no ampara ningún "
        f"pago.{after}",
        check.account_number,
    )


def _marked_verdict(check: ReceiptCheck, mark: MarkRow, facts: str) -> Verdict:
    if mark.kind == "transfer":
        what = (
            f"Su pago se traspasó el {moment(mark.at)} a la cuenta {mark.account_number}, folio "
            f"{mark.document}; ya no cuenta para la cuenta del papel."
        )
        title = f"El recibo {check.folio} está TRASPASADO"
    else:
        what = (
            f"El banco devolvió el cheque {mark.document} por {money(mark.amount)}; esa parte no "
            "ampara ningún pago."
        )
        title = f"El recibo {check.folio} tiene un CHEQUE DEVUELTO"
    return Verdict("warn", "circle-alert", title, f"{facts} {what}", check.account_number)


def unknown_verdict(folio: str) -> Verdict:
    """No receipt of that number was ever issued."""
    return Verdict(
        "danger",
        "circle-x",
        f"No hay un recibo {folio}",
        "Ese folio no está en los libros. Revise que esté bien escrito; si lo está, "
        "el papel no es nuestro.",
    )


class ReceiptCheckSheet(ShadeDialog):
    """Scan the QR, or type folio and code. ``account_requested(number)`` opens its account."""

    account_requested = Signal(str)

    def __init__(
        self, parent: QWidget, receipts: ReceiptsService, tasks: Tasks, scanned: str = ""
    ) -> None:
        note = "Escanee el código QR del recibo, o escriba su folio y su código."
        super().__init__(parent, "Comprobar recibo", note, width=540)
        set_dead(self)  # what is scanned here belongs in the field
        self._receipts, self._tasks = receipts, tasks
        self._verdict: Verdict | None = None
        self._folio, self._code = QLineEdit(), QLineEdit()
        self._folio.setPlaceholderText("C2-018835")
        self._code.setPlaceholderText("7K3QD-9TZ0A")
        self._folio_field = FormField("&Folio o código QR", self._folio, check=self._folio_problem)
        self._code_field = FormField("Có&digo de verificación", self._code,
                                     check=self._code_problem)  # fmt: skip
        self._place = QVBoxLayout()
        self._hint = Label("El código son diez letras y números junto al QR.", 12.5, 400, "soft")
        for part in (self._folio_field, self._code_field, self._hint):
            self.body.addWidget(part)
        self.body.addLayout(self._place)
        self._open = KeyButton("Abrir la cuenta", "file-search")
        self._open.clicked.connect(self._request_account)
        self._open.hide()
        go = PrimaryButton("Comprobar", "shield-check", "Enter")
        go.clicked.connect(self.check)
        self.add_foot(KeyButton("Cerrar", "x", "Esc"), go, self._open)
        self._folio.setFocus()
        if scanned:
            self._folio.setText(scanned)
            self.check()

    def verdict(self) -> Verdict | None:
        """What was said last."""
        return self._verdict

    def check(self) -> None:
        """Ask the books."""
        fields = (self._folio_field, self._code_field)
        wrong = [field for field in fields if not field.verify()]
        if wrong:
            wrong[0].field.setFocus()
            return
        asked = self._payload()
        read = parse_scan(asked)
        with_code = isinstance(read, ScannedReceipt)
        folio = str(read.folio) if isinstance(read, ScannedReceipt | ScannedFolio) else asked
        self.set_busy("Comprobando…")
        self._tasks.read(
            "receipt-check",
            lambda: self._receipts.check(asked),
            lambda found: self._say(verdict_of(found, with_code=with_code)),
            lambda error: self._fail(folio, error),
            self,
        )

    def _payload(self) -> str:
        typed, code = self._folio.text().strip(), parse_code(self._code.text())
        folio = parse_folio(typed)
        return receipt_code(folio, code) if folio and code else typed

    def _folio_problem(self) -> str:
        if not self._folio.text().strip():
            return "Escanee el QR o escriba el folio, por ejemplo C2-018835."
        if isinstance(parse_scan(self._folio.text()), ScannedReceipt | ScannedFolio):
            return ""
        return "No es un folio: lleva la serie, un guion y el número, como C2-018835."

    def _code_problem(self) -> str:
        typed = self._code.text().strip()
        if not typed or parse_code(typed):
            return ""
        return f"El código lleva {CODE_LENGTH} letras y números, como 7K3QD-9TZ0A."

    def _say(self, verdict: Verdict) -> None:
        self.set_busy("")
        self._verdict = verdict
        while (item := self._place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        notice = InlineNotice(
            verdict.tone, verdict.icon, verdict.title, verdict.text, closable=False
        )
        self._place.addWidget(notice)
        notice.show()  # now, so that the sheet is measured with it
        self._open.setVisible(bool(verdict.account_number))
        announce(self, f"{verdict.title}. {verdict.text}")
        self.fit()
        self._folio.setFocus()
        self._folio.selectAll()

    def _fail(self, folio: str, error: Exception) -> None:
        if isinstance(error, UnknownDocument):
            self._say(unknown_verdict(folio))
            return
        self.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Reintentar"):
            self.check()

    def _request_account(self) -> None:
        if self._verdict is not None:
            self.account_requested.emit(self._verdict.account_number)
        self.accept()
