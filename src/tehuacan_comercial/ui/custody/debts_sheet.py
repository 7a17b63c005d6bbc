"""Sheet of what cashiers owe: each session's shortage, and recording that it was put back (H20)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.domain.shortages import WAY_LABELS, SettlementWay, SettleShortageCommand
from tehuacan_comercial.services.custody import DebtRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.formats import DASH, day, figure, money
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView

Debts = tuple[DebtRow, ...]
Settle = Callable[[SettleShortageCommand, Callable[[Debts], None], Failed], None]
"""Records it and gives the debts as they are then."""


def debt_pill(row: DebtRow) -> Pill:
    """Where a shortage stands."""
    if not row.pending:
        return Pill("Repuesto", "ok", "circle-check")
    if row.state != "verified":
        return Pill("Por verificar", "neutral", "lock")
    return Pill("Repuesto en parte" if row.settled else "Pendiente", "warn", "hourglass")


COLUMNS: tuple[Column[DebtRow], ...] = (
    Column("Día", lambda row: day(row.business_date), sort_key=lambda row: row.business_date,
           figures=True, soft=True),
    Column("Sesión", lambda row: row.session_folio, figures=True, weight=600),
    Column("Cajera o cajero", lambda row: row.cashier_name, stretch=True),
    Column("Estado", lambda row: debt_pill(row).text, pill=debt_pill),
    Column("Referencias", lambda row: row.how or DASH, soft=True),
    Column("Faltante", lambda row: figure(row.owed), align="right",
           sort_key=lambda row: row.owed, value=lambda row: row.owed),
    Column("Repuesto", lambda row: figure(row.settled) if row.settled else DASH, align="right",
           sort_key=lambda row: row.settled, value=lambda row: row.settled),
    Column("Pendiente", lambda row: figure(row.pending), align="right", weight=600,
           sort_key=lambda row: row.pending, value=lambda row: row.pending,
           total=lambda row: row.pending),
)  # fmt: skip


class DebtsSheet(ShadeDialog):
    """Stays open: one repayment after the other. Nobody records that of their own debt.

    What was typed stays when it is refused; the same repayment sent again is recorded once.
    """

    def __init__(
        self, parent: QWidget, debts: Sequence[DebtRow], settle: Settle, *, me: str, may: bool
    ) -> None:
        super().__init__(
            parent,
            "Faltantes de caja",
            "Lo que falta en un corte verificado lo debe quien cobró, hasta que lo repone.",
            1000,
        )
        self._settle, self._me, self._records = settle, me, may
        self._sent: SettleShortageCommand | None = None
        self.table: TableView[DebtRow] = TableView(
            "Faltantes de caja",
            COLUMNS,
            lambda row: row.session_id,
            dimmed=lambda row: not row.pending,
            empty=EmptyState("circle-check", "Sin faltantes", "Ninguna sesión quedó a deber."),
        )
        self.table.setMinimumHeight(theme().px(250))
        self.body.addWidget(self.table)
        self.way, self.amount = QComboBox(), AmountEdit()
        self.reference, self.note = QLineEdit(), QLineEdit()
        for way, label in WAY_LABELS.items():
            self.way.addItem(label, way)
        self.reference.setMaxLength(80)
        self.note.setMaxLength(300)
        self._fields = (
            FormField("&Cómo lo repuso", self.way),
            FormField("&Importe", self.amount, required=True, check=self._amount_problem),
            FormField("&Ficha u oficio", self.reference, required=True, check=self._paper_problem),
            FormField("&Nota", self.note),
        )
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        for field in self._fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.go = PrimaryButton("Registrar reposición", "check-check", "Enter")
        self.go.clicked.connect(self.submit)
        self.add_foot(KeyButton("Cerrar", "x", "Esc"), self.go)
        self.table.current_changed.connect(lambda _row: self._choose())
        self.show_debts(tuple(debts))
        self.reference.setFocus()

    def show_debts(self, debts: Debts) -> None:
        """Fill the table, with the cursor on the first that somebody else owes."""
        self.table.set_rows(debts)
        mine = [row for row in debts if self._may(row)]
        current = self.table.current()
        if mine and (current is None or not self._may(current)):
            self.table.select(mine[0].session_id)
        self._choose()

    def submit(self) -> None:
        """Send once; while it is under way the sheet holds still."""
        row = self.table.current()
        if self._busy or row is None or not self.go.isEnabled() or not verify_all(self._fields):
            return
        self.set_busy("Registrando…")
        self._settle(self._command(row), self._done, self._failed)

    def _command(self, row: DebtRow) -> SettleShortageCommand:
        made = SettleShortageCommand(
            new_command_id(),
            row.session_id,
            self.amount.value(),
            SettlementWay(self.way.currentData()),
            self.reference.text().strip(),
            self.note.text().strip(),
        )
        if self._sent is not None and replace(made, command_id=self._sent.command_id) == self._sent:
            return self._sent  # sent again after a lost answer
        self._sent = made
        return made

    def _done(self, debts: Debts) -> None:
        self.set_busy("")
        self._sent = None
        self.reference.clear()
        self.note.clear()
        self.show_debts(debts)

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Reintentar"):
            self.submit()

    def _choose(self) -> None:
        row = self.table.current()
        allowed = row is not None and self._may(row)
        self.amount.set_value(row.pending if row is not None and allowed else None)
        for widget in (self.way, self.amount, self.reference, self.note, self.go):
            widget.setEnabled(allowed)

    def _may(self, row: DebtRow) -> bool:
        return (
            self._records
            and row.pending > 0
            and row.state == "verified"
            and row.cashier != self._me
        )

    def _amount_problem(self) -> str:
        row, pesos = self.table.current(), self.amount.value()
        pending: Decimal = row.pending if row is not None else ZERO
        if not pesos:
            return "Escriba cuánto repuso."
        return f"Solo faltan {money(pending)}." if pesos > pending else ""

    def _paper_problem(self) -> str:
        if self.reference.text().strip():
            return ""
        return "Escriba la ficha del banco o el oficio de nómina."
