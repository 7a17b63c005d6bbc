"""Sheet to ask for somebody else's decision: facts, reason of a list, words, what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tehuacan_comercial.domain.authorisations import Reason, RequestCommand
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.authorisations import AuthorisationResult
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.authorisations.facts_view import FactsView
from tehuacan_comercial.ui.authorisations.words import fact_lines
from tehuacan_comercial.ui.prompts import REASON_LETTERS
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog

Send = Callable[[RequestCommand, Callable[[AuthorisationResult], None], Failed], None]
Preview = Callable[[Mapping[str, Any], Callable[[Mapping[str, Any]], None], Failed], None]

MOST_LETTERS = 500


class RequestSheet(ShadeDialog):
    """``result`` is set when the request was made. The UUID is made once, when the sheet opens.

    ``choices`` are the options of the kind: name, label, and each value with its words. Where they
    change what would happen, the facts are read again with them.
    """

    def __init__(
        self,
        parent: QWidget,
        kind: str,
        subject_id: int,
        facts: Mapping[str, Any],
        reasons: Sequence[Reason],
        options: Mapping[str, Any],
        *,
        send: Send,
        preview: Preview,
        choices: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (),
        act: str = "Solicitar",
    ) -> None:
        note = "Decide otra persona; su trabajo sigue mientras tanto."
        super().__init__(parent, str(facts["title"]), note, 660)
        self._command_id: UUID = new_command_id()
        self._kind, self._subject, self._reasons = kind, subject_id, tuple(reasons)
        self._options, self._send, self._preview = dict(options), send, preview
        self.outcome: AuthorisationResult | None = None
        self.facts = FactsView(fact_lines(kind, facts))
        self.body.addWidget(self.facts)
        self._pickers: dict[str, QComboBox] = {}
        for name, label, values in choices:
            self._add_choice(name, label, values)
        self.reason = QComboBox()
        self.reason.addItem("Elija un motivo…", "")
        for each in reasons:
            self.reason.addItem(each.name, each.code)
        self._reason_field = FormField(
            "&Motivo", self.reason, required=True, check=self._reason_problem
        )
        self.reason.currentIndexChanged.connect(lambda _at: self._reason_field.verify())
        self.words, self.evidence = QLineEdit(), QLineEdit()
        for edit in (self.words, self.evidence):
            edit.setMaxLength(MOST_LETTERS)
        self._words_field = FormField("E&xplicación", self.words, check=self._words_problem)
        self._evidence_field = FormField("C&omprobación a la vista", self.evidence)
        for field in (self._reason_field, self._words_field, self._evidence_field):
            self.body.addWidget(field)
        go = PrimaryButton(act, "check", "Enter")
        go.clicked.connect(self.submit)
        self.add_foot(KeyButton("Volver", "x", "Esc"), go)
        self.reason.setFocus()

    def submit(self) -> None:
        """Send once; while it is under way the sheet holds still."""
        if self._busy or not verify_all((self._reason_field, self._words_field)):
            return
        self.set_busy("Solicitando…")
        self._send(self.command(), self._done, self._failed)

    def command(self) -> RequestCommand:
        """What is sent; the same UUID at every try."""
        evidence = self.evidence.text().strip()
        return RequestCommand(
            self._command_id,
            self._kind,
            self._subject,
            str(self.reason.currentData()),
            self.words.text().strip(),
            {"note": evidence} if evidence else {},
            self._options,
        )

    def choose(self, name: str, value: str) -> None:
        """Pick an option as the person does."""
        picker = self._pickers[name]
        picker.setCurrentIndex(picker.findData(value))

    def _add_choice(self, name: str, label: str, values: Sequence[tuple[str, str]]) -> None:
        picker = QComboBox()
        for value, words in values:
            picker.addItem(words, value)
        picker.setCurrentIndex(max(0, picker.findData(self._options.get(name))))
        picker.currentIndexChanged.connect(lambda _at: self._picked(name))
        self._pickers[name] = picker
        self.body.addWidget(FormField(label, picker))

    def _picked(self, name: str) -> None:
        before = self._options.get(name)
        self._options[name] = self._pickers[name].currentData()

        def refused(error: Exception) -> None:
            self.set_busy("")
            if before is not None:
                self._options[name] = before
                picker = self._pickers[name]
                picker.blockSignals(True)
                picker.setCurrentIndex(picker.findData(before))
                picker.blockSignals(False)
            self._refuse(error)

        self.set_busy("Revisando…")
        self._preview(dict(self._options), self._show_facts, refused)

    def _show_facts(self, facts: Mapping[str, Any]) -> None:
        self.set_busy("")
        self.facts.show_lines(fact_lines(self._kind, facts))
        self.fit()

    def _done(self, result: AuthorisationResult) -> None:
        self.outcome = result
        self.set_busy("")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Reintentar"):
            self.submit()

    def _reason_problem(self) -> str:
        return "" if self.reason.currentData() else "Elija un motivo de la lista."

    def _words_problem(self) -> str:
        needed = next((each for each in self._reasons if each.code == self.reason.currentData()),
                      None)  # fmt: skip
        if needed is None or not needed.needs_note:
            return ""
        missing = REASON_LETTERS - len(self.words.text().strip())
        return f"Este motivo se explica; faltan al menos {missing} letras." if missing > 0 else ""
