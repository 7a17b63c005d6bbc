"""Sheet of a blind count of somebody else's money: by surprise, of a closing, of a relief."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.custody import CountCommand
from tehuacan_comercial.domain.refusals import ClosingNeedsPermission, RecountNeeded, Refusal
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog

Sign = Callable[[CountCommand, Callable[[Any], None], Failed], None]

PROOFS = (
    (TenderKind.CARD, "&Tarjeta: suma de los vouchers"),
    (TenderKind.TRANSFER, "T&ransferencias: suma de los comprobantes"),
    (TenderKind.CHEQUE, "&Cheques: suma"),
)


class CountSheet(ShadeDialog):
    """``outcome`` is what the signature answered. Nothing here tells what is expected (H4).

    Beyond the tolerance it is counted twice; then ``outcome`` is the refusal that somebody's
    permission would lift (H7).

    The same count signed again after a lost answer is the same command, with its UUID.
    """

    def __init__(
        self, parent: QWidget, title: str, note: str, act: str, session_id: int, sign: Sign
    ) -> None:
        super().__init__(parent, title, note, 860)
        set_dead(self)
        self._sign = sign
        self._signed = CountCommand(new_command_id(), session_id, {}, {})
        self._tried = False
        self.outcome: Any = None
        self.grid, self.note = DenominationGrid(), QLineEdit()
        self.note.setMaxLength(500)
        self.proofs = {kind: FormField(label, AmountEdit()) for kind, label in PROOFS}
        self._lay_out()
        go = PrimaryButton(act, "pen-line", "Enter")
        go.clicked.connect(self.submit)
        self.add_foot(KeyButton("Cancelar", "x", "Esc"), go)
        self.grid.finished.connect(self._leave_grid)
        self.grid.focus_first()

    def submit(self) -> None:
        """Sign once; while it is under way the sheet holds still."""
        if self._busy:
            return
        self.set_busy("Firmando…")
        self._sign(self.command(), self._done, self._failed)

    def command(self) -> CountCommand:
        """What is signed; another count is another command."""
        declared = {kind: field.field.value() for kind, field in self.proofs.items()}
        made = replace(
            self._signed,
            pieces=self.grid.pieces(),
            declared=declared,
            note=self.note.text().strip(),
        )
        if self._tried and made != self._signed:
            made = replace(made, command_id=new_command_id())
        self._signed, self._tried = made, True
        return made

    def _done(self, outcome: object) -> None:
        self.outcome = outcome
        self.set_busy("")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        if isinstance(error, RecountNeeded):  # the first is kept; an equal one is another count
            self._signed = replace(self._signed, command_id=new_command_id())
            self._tried = False
            self.grid.set_counts({})
            for field in self.proofs.values():
                field.field.set_value(None)
        if isinstance(error, ClosingNeedsPermission):
            self.outcome = error
            self.reject()
        elif prompts.show_refusal(self, error, "Preguntar de nuevo"):
            self.submit()

    def _leave_grid(self) -> None:
        self.proofs[TenderKind.CARD].field.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        row, side = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(theme().px(28))
        side.setSpacing(theme().px(10))
        for field in self.proofs.values():
            side.addWidget(field)
        side.addWidget(FormField("No&ta (opcional)", self.note))
        side.addStretch(1)
        row.addWidget(self.grid, 3)
        row.addLayout(side, 2)
        self.body.addLayout(row)
