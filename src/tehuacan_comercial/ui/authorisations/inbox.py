"""What waits for a decision, worked by keyboard: choose, read, decide, next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.authorisations import DecisionCommand, Verdict
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.services.authorisations import AuthorisationRow
from tehuacan_comercial.ui.authorisations.columns import PENDING, RESOLVED, PendingRow
from tehuacan_comercial.ui.authorisations.facts_view import FactsView
from tehuacan_comercial.ui.authorisations.words import fact_lines
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label

NOT_YOURS = "La decide otra persona: usted la solicitó, o el importe está fuera de sus límites."
APPROVE_KEY, DENY_KEY = "Ctrl+Return", "Ctrl+Del"


class Inbox(QWidget):
    """``decided`` carries a DecisionCommand; ``asked_history`` the row whose past is wanted.

    The command of a row keeps its UUID until the row is gone, so that a lost answer is asked again.
    """

    decided = Signal(object)
    asked_history = Signal(object)

    def __init__(self, now: Callable[[], datetime], settings: QSettings | None = None) -> None:
        super().__init__()
        self._now, self._busy = now, False
        self._ids: dict[tuple[int, Verdict], UUID] = {}
        self.table: TableView[PendingRow] = TableView(
            "Por autorizar",
            PENDING,
            lambda r: r.row.authorisation_id,
            empty=EmptyState("inbox", "Nada por autorizar", "Aquí llegan las solicitudes."),
            settings=settings,
        )
        self.history: TableView[AuthorisationRow] = TableView(
            "Antecedentes",
            tuple(column for column in RESOLVED if column.header in _HISTORY),
            lambda r: r.authorisation_id,
            empty=EmptyState("history", "Sin antecedentes"),
        )
        self.title, self.reason = Label("", 16, 600).wrapped(), Label("", 13, 500).wrapped()
        self.facts, self.note = FactsView(), QLineEdit()
        self.note.setMaxLength(500)
        self.note_field = FormField("No&ta de la decisión", self.note)
        self.hint = Label("", 12.5, 400, "soft").wrapped()
        self.approve = PrimaryButton("Autorizar", "shield-check", "Ctrl+Enter")
        self.deny = KeyButton("Negar", "circle-x", "Ctrl+Supr", Kind.DANGER)
        self._lay_out()
        self.approve.clicked.connect(lambda: self.decide(Verdict.APPROVE))
        self.deny.clicked.connect(lambda: self.decide(Verdict.DENY))
        for key, verdict in ((APPROVE_KEY, Verdict.APPROVE), (DENY_KEY, Verdict.DENY)):
            QShortcut(QKeySequence(key), self, lambda v=verdict: self.decide(v))
        self.table.current_changed.connect(lambda _row: self._show_current())
        self._show_current()

    def show_rows(self, rows: Sequence[AuthorisationRow]) -> None:
        """Replace what waits; the chosen one stays, or the next takes its place."""
        before, kept = self.table.current(), self.table.model.shown_rows()
        now = self._now()
        self.table.set_rows(PendingRow(row, now) for row in rows)
        present = {row.authorisation_id for row in rows}
        self._ids = {key: each for key, each in self._ids.items() if key[0] in present}
        if self.table.current() is None and rows:
            self.table.select(_next_key(before, kept, present) or rows[0].authorisation_id)
        self._show_current()

    def show_history(self, rows: Sequence[AuthorisationRow]) -> None:
        """Earlier requests of the account and of the requester."""
        current = self.current()
        own = current.authorisation_id if current else 0
        self.history.set_rows(row for row in rows if row.authorisation_id != own)

    def current(self) -> AuthorisationRow | None:
        """The request that is looked at."""
        row = self.table.current()
        return row.row if row else None

    def decide(self, verdict: Verdict) -> None:
        """Send the verdict on the chosen request; to deny, the note must say why."""
        row = self.current()
        if row is None or self._busy or not row.may_decide:
            return
        words = self.note.text().strip()
        if verdict is Verdict.DENY and not words:
            self.note_field.complain("Para negar, escriba por qué.")
            self.note.setFocus()
            return
        absent = None if row.own_authority else row.principals[0]
        made = self._ids.setdefault((row.authorisation_id, verdict), new_command_id())
        self.set_busy("Decidiendo…")
        self.decided.emit(DecisionCommand(made, row.authorisation_id, verdict, words, absent))

    def set_busy(self, text: str) -> None:
        """Hold both buttons while a decision is under way; empty lets go."""
        self._busy = bool(text)
        self.approve.set_busy(text)
        self._enable()

    def done(self) -> None:
        """The decision stands: the note is for the next one."""
        self.note.clear()
        self.set_busy("")

    def _show_current(self) -> None:
        row = self.current()
        self._detail.setVisible(row is not None)
        self.note_field.complain("")
        if row is not None:
            self.title.setText(row.title)
            words = f"{row.reason_name}: {row.reason}" if row.reason else row.reason_name
            evidence = row.evidence.get("note")
            shown = f" · A la vista: {evidence}" if evidence else ""
            self.reason.setText(f"{row.requester_name} · {words}{shown}")
            self.facts.show_lines(fact_lines(row.kind, row.facts))
            self.asked_history.emit(row)
        self._enable()

    def _enable(self) -> None:
        row = self.current()
        may = row is not None and row.may_decide
        for button in (self.approve, self.deny):
            button.setEnabled(may and not self._busy)
        self.note.setEnabled(may)
        absent = row is not None and may and not row.own_authority
        self.hint.setText(
            "" if row is None or (may and not absent)
            else "Decide en ausencia del titular, por suplencia." if absent else NOT_YOURS
        )  # fmt: skip
        self.hint.setVisible(bool(self.hint.text()))

    def _lay_out(self) -> None:
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        waiting = Card("Por autorizar", padded=False)
        waiting.body.addWidget(self.table)
        self._detail = Card("")
        buttons = QHBoxLayout()
        buttons.setSpacing(px(10))
        buttons.addWidget(self.deny)
        buttons.addStretch(1)
        buttons.addWidget(self.approve)
        for part in (self.title, self.reason, self.facts, self.hint, self.note_field):
            self._detail.body.addWidget(part)
        self._detail.body.addLayout(buttons)
        self._detail.body.addStretch(1)
        self._past = Card("Antecedentes", padded=False)
        self._past.set_note("de la cuenta y de quien solicita")
        self._past.body.addWidget(self.history)
        left = QVBoxLayout()
        left.setSpacing(px(14))
        left.addWidget(waiting, 3)
        left.addWidget(self._past, 2)
        row.addLayout(left, 6)
        row.addWidget(self._detail, 6)


_HISTORY = frozenset({"Solicitada", "Qué se pidió", "Estado", "Importe"})


def _next_key(
    before: PendingRow | None, shown: Sequence[PendingRow], present: set[int]
) -> int | None:
    """Of the rows that were shown, the first after the chosen one that still waits."""
    keys = [each.row.authorisation_id for each in shown]
    at = keys.index(before.row.authorisation_id) if before and before in shown else 0
    return next((key for key in keys[at:] if key in present), None)
