"""Sheet of a handover to another cashier: cash by piece, and a checklist of proofs (H9, H21)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.handovers import HandedOver, HandoverCommand, Proof
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.handovers import ProofRow, ReceiverRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.formats import figure
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label

Give = Callable[[HandoverCommand, Callable[[HandedOver], None], Failed], None]

PROOFS: tuple[Column[ProofRow], ...] = (
    Column("Comprobante", lambda row: TENDER_LABELS[TenderKind(row.tender)], weight=600),
    Column("Recibo", lambda row: row.folio, figures=True),
    Column("Referencia", lambda row: row.reference, figures=True, stretch=True),
    Column("Importe", lambda row: figure(row.amount), sort_key=lambda row: row.amount,
           align="right", value=lambda row: row.amount),
)  # fmt: skip


class GiveSheet(ShadeDialog):
    """``outcome`` is set when it left. The same content asked again is the same handover."""

    def __init__(
        self,
        parent: QWidget,
        session_id: int,
        receivers: Sequence[ReceiverRow],
        proofs: Sequence[ProofRow],
        *,
        give: Give,
    ) -> None:
        note = "Quien recibe cuenta el efectivo y revisa cada comprobante, renglón por renglón."
        super().__init__(parent, "Dar relevo a otra caja", note, 1120)
        set_dead(self)
        self._give = give
        self._sent = HandoverCommand(new_command_id(), session_id, 0, {})
        self.outcome: HandedOver | None = None
        self.receiver, self.grid, self.note = QComboBox(), DenominationGrid(), QLineEdit()
        for each in receivers:
            self.receiver.addItem(f"{each.till_name} · {each.cashier_name}", each.session_id)
        self.note.setMaxLength(300)
        self.proofs: TableView[ProofRow] = TableView(
            "Comprobantes de la caja",
            PROOFS,
            lambda row: (row.payment_id, row.line),
            checkable=True,
            empty=EmptyState("receipt-text", "Sin comprobantes", "La caja solo tiene efectivo."),
            exports=False,
        )
        self.proofs.set_rows(row for row in proofs if not row.in_transit)
        self.problem = Label("", 12.5, 600, "danger").wrapped()
        self.problem.hide()
        self._lay_out()
        go = PrimaryButton("Dar relevo", "arrow-left-right", "Enter")
        go.clicked.connect(self.submit)
        self.add_foot(KeyButton("Cancelar", "x", "Esc"), go)
        self.grid.finished.connect(lambda: self.proofs.setFocus(Qt.FocusReason.TabFocusReason))
        self.grid.focus_first()

    def submit(self) -> None:
        """Send once; while it is under way the sheet holds still."""
        if self._busy:
            return
        nothing = not self.grid.total() and not self.proofs.checked()
        problem = "Cuente efectivo o marque un comprobante." if nothing else ""
        self.problem.setText(problem)
        self.problem.setVisible(nothing)
        if nothing:
            return
        self.set_busy("Entregando…")
        self._give(self.command(), self._done, self._failed)

    def command(self) -> HandoverCommand:
        """What is sent; other content is another handover, with its own UUID."""
        made = replace(
            self._sent,
            to_session_id=int(self.receiver.currentData()),
            pieces=self.grid.pieces(),
            proofs=tuple(Proof(row.payment_id, row.line) for row in self.proofs.checked()),
            note=self.note.text().strip(),
        )
        if self._sent.to_session_id and made != self._sent:
            made = replace(made, command_id=new_command_id())
        self._sent = made
        return made

    def _done(self, outcome: HandedOver) -> None:
        self.outcome = outcome
        self.set_busy("")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Preguntar de nuevo"):
            self.submit()

    def _lay_out(self) -> None:
        row, side = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(theme().px(28))
        side.setSpacing(theme().px(10))
        side.addWidget(FormField("&Recibe", self.receiver))
        side.addWidget(Label("Comprobantes: marque los que entrega", 13, 600))
        self.proofs.setMinimumSize(theme().px(500), theme().px(150))
        side.addWidget(self.proofs, 1)
        side.addWidget(FormField("No&ta (opcional)", self.note))
        side.addWidget(self.problem)
        row.addWidget(self.grid, 3)
        row.addLayout(side, 3)
        self.body.addLayout(row)
