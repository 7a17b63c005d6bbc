"""Sheet of a partial delivery: what leaves the drawer, piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.custody import SendWithdrawalCommand, Withdrawn
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

Send = Callable[[SendWithdrawalCommand, Callable[[Withdrawn], None], Failed], None]


class SendSheet(ShadeDialog):
    """``outcome`` is set when the delivery left. The same count asked again is the same delivery.

    The amount of the drawer is told nowhere: the count that follows is blind (H4).
    """

    def __init__(self, parent: QWidget, session_id: int, till: str, *, send: Send) -> None:
        note = f"{till}. Cuente lo que sale; otra persona lo cuenta y lo recibe."
        super().__init__(parent, "Entregar efectivo", note, 640)
        set_dead(self)
        self._send = send
        self._sent = SendWithdrawalCommand(new_command_id(), session_id, {})
        self.outcome: Withdrawn | None = None
        self.grid, self.note = DenominationGrid(), QLineEdit()
        self.note.setMaxLength(300)
        self.problem = Label("", 12.5, 600, "danger").wrapped()
        self.problem.hide()
        self.body.addWidget(self.grid)
        self.body.addWidget(FormField("No&ta (opcional)", self.note))
        self.body.addWidget(self.problem)
        go = PrimaryButton("Entregar", "arrow-right-left", "Enter")
        go.clicked.connect(self.submit)
        self.add_foot(KeyButton("Cancelar", "x", "Esc"), go)
        self.grid.finished.connect(lambda: self.note.setFocus(Qt.FocusReason.TabFocusReason))
        self.grid.changed.connect(lambda _total: self._complain(""))
        self.grid.focus_first()

    def submit(self) -> None:
        """Send once; while it is under way the sheet holds still."""
        if self._busy:
            return
        if not self.grid.total():
            self._complain("Cuente al menos una pieza.")
            self.grid.focus_first()
            return
        self.set_busy("Entregando…")
        self._send(self.command(), self._done, self._failed)

    def command(self) -> SendWithdrawalCommand:
        """What is sent; another count is another delivery, with its own UUID."""
        made = replace(self._sent, pieces=self.grid.pieces(), note=self.note.text().strip())
        if self._sent.pieces and made != self._sent:
            made = replace(made, command_id=new_command_id())
        self._sent = made
        return made

    def _done(self, sent: Withdrawn) -> None:
        self.outcome = sent
        self.set_busy("")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Preguntar de nuevo"):
            self.submit()

    def _complain(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
