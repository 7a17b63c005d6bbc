"""Sheet to name who decides for somebody absent, from day to day (suplencia)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QWidget

from tehuacan_comercial.domain.authorisations import DelegationCommand
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.permissions import JOB_NAMES
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.authorisations import DeciderRow, KindRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.prompts import REASON_LETTERS
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

Record = Callable[[DelegationCommand, Callable[[object], None], Failed], None]


class DelegationSheet(ShadeDialog):
    """Everybody names a deputy for themselves; the direction, for anybody who decides."""

    def __init__(
        self,
        parent: QWidget,
        actor: Actor,
        people: Sequence[DeciderRow],
        kinds: Sequence[KindRow],
        today: date,
        record: Record,
    ) -> None:
        note = "Quien suple decide con los límites de quien se ausenta, y firma con su nombre."
        super().__init__(parent, "Nueva suplencia", note, 560)
        self._command_id, self._record = new_command_id(), record
        director = actor.job == "director"
        self.principal, self.deputy, self.reason = QComboBox(), QComboBox(), QLineEdit()
        for person in people:
            words = f"{person.full_name} · {JOB_NAMES.get(person.job, person.job)}"
            if director or person.username == actor.username:
                self.principal.addItem(words, person.username)
            if person.username != actor.username:
                self.deputy.addItem(words, person.username)
        self.principal.setCurrentIndex(max(0, self.principal.findData(actor.username)))
        self.from_day, self.to_day = _day_edit(today), _day_edit(today)
        self.kinds = {kind.code: QCheckBox(kind.name) for kind in kinds}
        self._fields = (
            FormField("Se &ausenta", self.principal),
            FormField("&Suple", self.deputy, check=self._deputy_problem),
            FormField("&Desde", self.from_day),
            FormField("&Hasta (inclusive)", self.to_day, check=self._days_problem),
            FormField("&Motivo", self.reason, check=self._reason_problem),
        )
        for field in self._fields:
            self.body.addWidget(field)
        self.body.addWidget(Label("Decide", 13, 600))
        for box in self.kinds.values():
            box.setChecked(True)
            self.body.addWidget(box)
        go = PrimaryButton("Registrar suplencia", "check", "Enter")
        go.clicked.connect(self.submit)
        self.add_foot(KeyButton("Volver", "x", "Esc"), go)

    def submit(self) -> None:
        """Send once."""
        chosen = tuple(code for code, box in self.kinds.items() if box.isChecked())
        if self._busy or not verify_all(self._fields) or not chosen:
            return
        self.set_busy("Registrando…")
        self._record(
            DelegationCommand(
                self._command_id,
                str(self.principal.currentData()),
                str(self.deputy.currentData()),
                chosen,
                _day_of(self.from_day),
                _day_of(self.to_day),
                self.reason.text().strip(),
            ),
            self._done,
            self._failed,
        )

    def _done(self, _number: object) -> None:
        self.set_busy("")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self, error)

    def _deputy_problem(self) -> str:
        same = self.deputy.currentData() == self.principal.currentData()
        return "Quien suple es otra persona." if same or self.deputy.count() == 0 else ""

    def _days_problem(self) -> str:
        if _day_of(self.to_day) < _day_of(self.from_day):
            return "La fecha de término es anterior a la de inicio."
        return ""

    def _reason_problem(self) -> str:
        missing = REASON_LETTERS - len(self.reason.text().strip())
        return f"Explique el motivo; faltan al menos {missing} letras." if missing > 0 else ""


def _day_edit(day: date) -> QDateEdit:
    edit = QDateEdit(QDate(day.year, day.month, day.day))
    edit.setDisplayFormat("dd/MM/yyyy")
    edit.setCalendarPopup(True)
    return edit


def _day_of(edit: QDateEdit) -> date:
    value = edit.date()
    return date(value.year(), value.month(), value.day())
