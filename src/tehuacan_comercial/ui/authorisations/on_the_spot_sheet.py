"""Sheet to decide at the requester's station: the approver signs in, the session here stays."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from tehuacan_comercial.domain.authorisations import DecisionCommand, Verdict
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.refusals import Refusal, WrongCredentials
from tehuacan_comercial.services.authorisations import AuthorisationResult, AuthorisationRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.authorisations.facts_view import FactsView
from tehuacan_comercial.ui.authorisations.words import fact_lines
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog

Decide = Callable[[str, str, DecisionCommand, Callable[[AuthorisationResult], None], Failed], None]


class OnTheSpotSheet(ShadeDialog):
    """``outcome`` is set when somebody decided; a wrong password is asked again, nothing is lost.

    Each verdict has one UUID, so that a lost answer is asked again and a second press does nothing.
    """

    def __init__(self, parent: QWidget, row: AuthorisationRow, decide: Decide) -> None:
        note = f"La solicitó {row.requester_name}: {row.reason_name}. Decide otra persona."
        super().__init__(parent, row.title, note, 620)
        set_dead(self)  # a scan never types into a password
        self._row, self._decide = row, decide
        self._ids: dict[Verdict, UUID] = {verdict: new_command_id() for verdict in Verdict}
        self.outcome: AuthorisationResult | None = None
        self.user, self.password, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.note.setMaxLength(500)
        self._user_field = FormField("&Usuario de quien autoriza", self.user, check=self._no_user)
        self._password_field = FormField("&Contraseña", self.password, check=self._no_password)
        self._note_field = FormField("No&ta de la decisión", self.note)
        self.body.addWidget(FactsView(fact_lines(row.kind, row.facts)))
        for field in (self._user_field, self._password_field, self._note_field):
            self.body.addWidget(field)
        approve = PrimaryButton("Autorizar", "shield-check", "Enter")
        self.deny = KeyButton("&Negar", "circle-x", kind=Kind.DANGER)
        approve.clicked.connect(lambda: self._submit(Verdict.APPROVE))
        self.deny.clicked.connect(lambda: self._submit(Verdict.DENY))
        self.add_foot(KeyButton("Volver", "x", "Esc"), approve, self.deny)
        self.user.setFocus()

    def set_busy(self, text: str) -> None:
        """Neither verdict while one is under way."""
        super().set_busy(text)
        self.deny.setEnabled(not text)

    def _submit(self, verdict: Verdict) -> None:
        needs_note = verdict is Verdict.DENY and not self.note.text().strip()
        if self._busy or not verify_all((self._user_field, self._password_field)):
            return
        self._note_field.complain("Para negar, escriba por qué." if needs_note else "")
        if needs_note:
            self.note.setFocus()
            return
        command = DecisionCommand(
            self._ids[verdict], self._row.authorisation_id, verdict, self.note.text().strip()
        )
        self.set_busy("Decidiendo…")
        self._decide(
            self.user.text().strip(), self.password.text(), command, self._done, self._failed
        )

    def _done(self, result: AuthorisationResult) -> None:
        self.outcome = result
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

    def _no_user(self) -> str:
        return "" if self.user.text().strip() else "Escriba el usuario de quien autoriza."

    def _no_password(self) -> str:
        return "" if self.password.text() else "Escriba la contraseña de quien autoriza."
