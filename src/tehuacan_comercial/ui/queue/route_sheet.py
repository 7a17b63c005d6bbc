"""Sheet that passes a turn on, or adds a further procedure to the visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.queue import RoutingCommand, Turn
from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.queue import TurnRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.prompts import REASON_LETTERS
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog

Send = Callable[[RoutingCommand, Callable[[Turn], None], Failed], None]
_TRANSFER = "La persona conserva su antigüedad; la cuenta y la nota pasan con ella."
_ADD = "Espera desde ahora y se llama cuando termine este trámite."


class RouteSheet(ShadeDialog):
    """``outcome`` is the turn that waits now. The UUID is made once, when the sheet opens."""

    def __init__(
        self,
        parent: QWidget,
        turn: TurnRow,
        catalogue: QueueCatalogue,
        account_id: int | None,
        send: Send,
        *,
        adds: bool,
    ) -> None:
        title = f"Otro trámite para {turn.label}" if adds else f"Pasar el turno {turn.label}"
        super().__init__(parent, title, _ADD if adds else _TRANSFER, 560)
        self._turn, self._send, self._adds = turn, send, adds
        self._account_id, self._command_id = account_id, new_command_id()
        self.outcome: Turn | None = None
        self.procedure, self.desk, self.note = QComboBox(), QComboBox(), QLineEdit()
        self._fill(catalogue)
        self.note.setMaxLength(300)
        self._fields = (
            FormField("&Trámite", self.procedure, check=self._procedure_problem),
            FormField("&Ventanilla", self.desk, check=self._desk_problem),
            FormField("&Nota para quien sigue", self.note, required=not adds,
                      check=self._note_problem),
        )  # fmt: skip
        for field in self._fields:
            self.body.addWidget(field)
        text = "Agregar trámite" if adds else "Pasar turno"
        go = PrimaryButton(text, "plus" if adds else "arrow-right-left", "Enter")
        go.clicked.connect(self.submit)
        self.add_foot(KeyButton("Volver", "x", "Esc"), go)
        self.procedure.setFocus()

    def submit(self) -> None:
        """Send once; while it is under way the sheet holds still."""
        if self._busy or not verify_all(self._fields):
            return
        self.set_busy("Registrando…")
        self._send(self.command(), self._done, self._failed)

    def command(self) -> RoutingCommand:
        """What is sent; the same UUID at every try."""
        return RoutingCommand(
            self._command_id,
            self._turn.request_id,
            str(self.procedure.currentData()),
            self.note.text(),
            str(self.desk.currentData()),
            self._account_id,
        )

    def _fill(self, catalogue: QueueCatalogue) -> None:
        if self._adds:
            self.procedure.addItem("Elija el trámite…", "")
        for each in catalogue.procedures:
            self.procedure.addItem(each.name, each.code)
        if not self._adds:
            self.procedure.setCurrentIndex(max(self.procedure.findData(self._turn.procedure), 0))
        self.desk.addItem("La que lo llame primero", "")
        for desk in catalogue.desks:
            self.desk.addItem(desk.name, desk.code)

    def _procedure_problem(self) -> str:
        return "" if self.procedure.currentData() else "Elija el trámite."

    def _desk_problem(self) -> str:
        same = self.desk.currentData() == self._turn.desk != ""
        return "Esa es la ventanilla en que está." if same and not self._adds else ""

    def _note_problem(self) -> str:
        missing = REASON_LETTERS - len(self.note.text().strip())
        if self._adds or missing <= 0:
            return ""
        return f"Diga qué falta hacer; al menos {missing} letras más."

    def _done(self, turn: Turn) -> None:
        self.outcome = turn
        self.set_busy("")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Reintentar"):
            self.submit()
