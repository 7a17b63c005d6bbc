"""Sheet of reception: one key gives a ticket; it stays open for the next person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.queue import TicketCommand, Turn
from tehuacan_comercial.domain.queue_catalogue import Procedure, QueueCatalogue
from tehuacan_comercial.domain.queue_estimate import WaitEstimate
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.queue.words import ahead_words
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tehuacan_comercial.ui.widgets.notices import announce
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PRIORITY_KEYS = ("F2", "F3", "F4", "F5", "F6", "F7")
Give = Callable[[TicketCommand, Callable[[Turn], None], Failed], None]
READY = "Pulse la tecla del trámite; el turno sale impreso y la hoja sigue abierta."


@dataclass(frozen=True)
class OpenAccount:
    """The account that the station has open, offered for the first ticket."""

    account_id: int
    words: str


class ReceptionSheet(ShadeDialog):
    """``give`` takes the ticket; ``tell`` says what the printed estimate was."""

    def __init__(
        self, parent: QWidget, catalogue: QueueCatalogue, account: OpenAccount | None, give: Give
    ) -> None:
        super().__init__(parent, "Dar turno", "¿A qué viene la persona?", 860)
        self._give, self._account = give, account
        self._sent: tuple[UUID, str, str, int | None] | None = None
        self.taken: list[Turn] = []
        self.buttons: dict[str, KeyButton] = {}
        self.priorities = QButtonGroup(self)
        self.with_account = QCheckBox("")
        self.answer = Label("", 26, 700).as_figures()
        self.detail = Label(READY, 13, 400, "soft").wrapped()
        self._lay_out(catalogue)
        leave = KeyButton("Terminar", "x", "Esc")
        leave.clicked.connect(self.reject)
        self.foot.addWidget(leave)
        self.foot.addStretch(1)
        self._first().setFocus()

    # --- acting ---

    def take(self, procedure: str) -> None:
        """Give a ticket; a second key while it is under way does nothing."""
        if self._busy:
            return
        command = self._command(procedure)
        self._hold(busy=True)
        self._give(command, self._done, self._failed)

    def priority(self) -> str:
        """Code of the chosen class; empty for none."""
        chosen = self.priorities.checkedButton()
        return str(chosen.property("code")) if chosen else ""

    def tell(self, estimate: WaitEstimate | None) -> None:
        """What was printed on the last ticket."""
        if self.taken and estimate is not None:
            turn = self.taken[-1]
            self.detail.setText(f"{turn.procedure_name} · {ahead_words(estimate)}")
            announce(self, f"{turn.label}. {self.detail.text()}")

    def _command(self, procedure: str) -> TicketCommand:
        """The same UUID as long as the same is asked again and was not answered."""
        account = self._account.account_id if self._account and self._wants_account() else None
        wish = (procedure, self.priority(), account)
        if self._sent is None or self._sent[1:] != wish:
            self._sent = (new_command_id(), *wish)
        return TicketCommand(self._sent[0], procedure, self.priority(), account)

    def _wants_account(self) -> bool:
        return self.with_account.isVisibleTo(self) and self.with_account.isChecked()

    def _done(self, turn: Turn) -> None:
        self._hold(busy=False)
        self._sent = None
        self.taken.append(turn)
        first = f" · {turn.priority_name}" if turn.priority_name else ""
        self.answer.setText(f"{turn.label}{first}")
        self.detail.setText(turn.procedure_name)
        self.fit()
        self.priorities.buttons()[0].setChecked(True)
        self.with_account.setChecked(False)
        self._first().setFocus()

    def _failed(self, error: Exception) -> None:
        self._hold(busy=False)
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Reintentar") and self._sent is not None:
            self.take(self._sent[1])

    def _hold(self, *, busy: bool) -> None:
        self._busy = busy
        for button in self.buttons.values():
            button.setEnabled(not busy)

    # --- building ---

    def _first(self) -> KeyButton:
        return next(iter(self.buttons.values()))

    def _lay_out(self, catalogue: QueueCatalogue) -> None:
        px, row = theme().px, QHBoxLayout()
        row.setSpacing(px(22))
        row.addLayout(self._grid(catalogue), 3)
        row.addLayout(self._side(catalogue), 2)
        self.body.addLayout(row)
        self.body.addWidget(self.answer)
        self.body.addWidget(self.detail)

    def _grid(self, catalogue: QueueCatalogue) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme().px(8))
        half = -(-len(catalogue.procedures) // 2)
        for number, procedure in enumerate(catalogue.procedures):
            key = KEYS[number] if number < len(KEYS) else ""
            grid.addWidget(self._button(procedure, key), number % half, number // half)
        grid.setRowStretch(half, 1)
        return grid

    def _button(self, procedure: Procedure, key: str) -> KeyButton:
        button = KeyButton(procedure.name, "", key)
        if procedure.documents:
            button.setToolTip("Debe traer: " + "; ".join(procedure.documents))
        button.clicked.connect(lambda _on=False, code=procedure.code: self.take(code))
        if key:
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
        self.buttons[procedure.code] = button
        return button

    def _side(self, catalogue: QueueCatalogue) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme().px(6))
        column.addWidget(Label("Pasa antes por", 13, 600))
        named = [("", "Sin prioridad"), *((each.code, each.name) for each in catalogue.priorities)]
        for number, (code, name) in enumerate(named):
            key = PRIORITY_KEYS[number] if number < len(PRIORITY_KEYS) else ""
            column.addWidget(self._choice(code, name, key))
        self.priorities.buttons()[0].setChecked(True)
        column.addSpacing(theme().px(10))
        if self._account is not None:
            self.with_account.setText("Con la cuenta a&bierta")
            self.with_account.setChecked(True)
            column.addWidget(self.with_account)
            column.addWidget(Label(self._account.words, 12.5, 400, "soft").wrapped())
        else:
            self.with_account.hide()
        column.addStretch(1)
        return column

    def _choice(self, code: str, name: str, key: str) -> QRadioButton:
        button = QRadioButton(f"{name}   {key}".rstrip())
        button.setAccessibleName(name)
        button.setProperty("code", code)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if key:
            QShortcut(QKeySequence(key), self).activated.connect(lambda: button.setChecked(True))
        self.priorities.addButton(button)
        return button
