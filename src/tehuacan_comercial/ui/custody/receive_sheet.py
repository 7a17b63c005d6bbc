"""Sheet of who receives a delivery: counted again, accepted or sent back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.refusals import Refusal, WrongCredentials
from tehuacan_comercial.services.custody import WithdrawalRow
from tehuacan_comercial.services.custody_on_the_spot import Receipt
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.custody.words import missing_words
from tehuacan_comercial.ui.formats import moment, money
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

Answer = Callable[[tuple[str, str], Receipt, Callable[[Any], None], Failed], None]
"""Sends user and password (both empty for who is signed in) with what the receiver says."""


@dataclass(frozen=True)
class Parcel:
    """Cash that somebody gives: its number, what is said of it, and what it should hold, pesos."""

    number: int
    title: str
    words: str
    amount: Decimal


def parcel_of(row: WithdrawalRow) -> Parcel:
    """A partial delivery."""
    words = f"{row.sent_by_name} entrega {money(row.amount)} · {moment(row.sent_at)}"
    words += f" · {row.note}" if row.note else ""
    return Parcel(row.withdrawal_id, f"Recibir la entrega {row.folio}", words, row.amount)


class ReceiveSheet(ShadeDialog):
    """``outcome`` is set when the delivery was answered.

    ``signs_in`` asks for the receiver's user and password: the sheet stands at the station of
    whoever delivers, whose session stays.
    """

    def __init__(self, parent: QWidget, parcel: Parcel, answer: Answer, *, signs_in: bool) -> None:
        super().__init__(parent, parcel.title, parcel.words, 860)
        set_dead(self)  # a scan never types into a password
        self._parcel, self._answer, self._signs_in = parcel, answer, signs_in
        self.outcome: Any = None
        self.grid, self.note = DenominationGrid(), QLineEdit()
        self.user, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.note.setMaxLength(300)
        self.told = Label("", 13, 600, "soft").wrapped()
        self._user_field = FormField("&Usuario de quien recibe", self.user, check=self._no_user)
        self._password_field = FormField("&Contraseña", self.password, check=self._no_password)
        self._note_field = FormField("No&ta, o por qué se rechaza", self.note)
        self._lay_out()
        go = PrimaryButton("Recibir", "check-check", "Enter")
        self.reject_button = KeyButton("&Rechazar", "undo-2", kind=Kind.DANGER)
        go.clicked.connect(self.accept_delivery)
        self.reject_button.clicked.connect(self.send_back)
        self.add_foot(KeyButton("Volver", "x", "Esc"), go, self.reject_button)
        self.grid.changed.connect(lambda _total: self._tell())
        self.grid.finished.connect(self._leave_grid)
        self._tell()
        self.grid.focus_first()

    def set_busy(self, text: str) -> None:
        """Neither answer while one is under way."""
        super().set_busy(text)
        self.reject_button.setEnabled(not text)

    def accept_delivery(self) -> None:
        """Receive what was counted, if it is what was delivered."""
        if self._busy or not self._signed():
            return
        problem = missing_words(self._parcel.amount, self.grid.total())
        if problem:
            self.told.setText(f"{problem} Cuenten otra vez o rechácela.")
            self.told.set_role("danger")
            self.grid.focus_first()
            return
        self._send(Receipt(self._parcel.number, True, self.grid.pieces(), self.note.text().strip()))

    def send_back(self) -> None:
        """Reject, with its reason."""
        if self._busy or not self._signed():
            return
        missing = prompts.REASON_LETTERS - len(self.note.text().strip())
        self._note_field.complain(
            f"Explique por qué se rechaza; faltan al menos {missing} letras." if missing > 0 else ""
        )
        if missing > 0:
            self.note.setFocus()
            return
        self._send(Receipt(self._parcel.number, False, {}, self.note.text().strip()))

    def _send(self, receipt: Receipt) -> None:
        self.set_busy("Recibiendo…" if receipt.accepted else "Rechazando…")
        credentials = (self.user.text().strip(), self.password.text())
        self._answer(credentials, receipt, self._done, self._failed)

    def _done(self, answered: object) -> None:
        self.outcome = answered
        self.set_busy("")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if isinstance(error, WrongCredentials):
            self._password_field.complain("El servidor no reconoce ese usuario y contraseña.")
            self.password.selectAll()
            self.password.setFocus()
            return
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self, error)

    def _tell(self) -> None:
        counted = self.grid.total()
        if not counted:
            self.told.setText("Cuente lo que recibe, pieza por pieza.")
            self.told.set_role("soft")
            return
        problem = missing_words(self._parcel.amount, counted)
        self.told.setText(problem or "Coincide con la entrega.")
        self.told.set_role("warn" if problem else "ok")

    def _signed(self) -> bool:
        return not self._signs_in or verify_all((self._user_field, self._password_field))

    def _leave_grid(self) -> None:
        after = self.user if self._signs_in else self.note
        after.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        row, side = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(theme().px(28))
        side.setSpacing(theme().px(10))
        for field in (self._user_field, self._password_field):
            field.setVisible(self._signs_in)
            side.addWidget(field)
        side.addWidget(self._note_field)
        side.addWidget(self.told)
        side.addStretch(1)
        row.addWidget(self.grid, 3)
        row.addLayout(side, 2)
        self.body.addLayout(row)

    def _no_user(self) -> str:
        return "" if self.user.text().strip() else "Escriba el usuario de quien recibe."

    def _no_password(self) -> str:
        return "" if self.password.text() else "Escriba la contraseña de quien recibe."
