"""Sheet of what cashiers owe: each session's shortage, and how it is put back or condoned (H20)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.refusals import Refusal, WrongCredentials
from tehuacan_comercial.domain.shortages import (
    WAY_LABELS,
    ReceiveShortageCommand,
    SettlementWay,
    SettleShortageCommand,
)
from tehuacan_comercial.services.custody import DebtRow, SupervisedRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.custody.debts_columns import COLUMNS, debt_pill
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.view import TableView

__all__ = ["Debts", "DebtsSheet", "Drawer", "Settle", "Settlement", "debt_pill"]

Debts = tuple[DebtRow, ...]
Settlement = SettleShortageCommand | ReceiveShortageCommand
Settle = Callable[[Settlement, tuple[str, str], Callable[[Debts], None], Failed], None]
"""Records it and gives the debts as they are then. User and password are of whoever receives cash
in their drawer; empty for who is signed in."""
Drawer = SupervisedRow
"""An open session that may receive cash."""


class DebtsSheet(ShadeDialog):
    """Stays open: one repayment after the other. Nobody records that of their own debt.

    Cash goes into an open drawer: whoever holds it signs in for it here. ``waive`` is the session
    whose debt is to be condoned, when that was chosen. What was typed stays when it is refused; the
    same repayment sent again is recorded once.
    """

    def __init__(
        self,
        parent: QWidget,
        debts: Sequence[DebtRow],
        drawers: Sequence[Drawer],
        settle: Settle,
        *,
        me: str,
        may: bool,
        may_ask: bool,
    ) -> None:
        super().__init__(
            parent,
            "Faltantes de caja",
            "Lo que falta en un corte verificado lo debe quien cobró, hasta que lo repone.",
            1080,
        )
        set_dead(self)  # a scan never types into a password
        self._settle, self._me, self._records, self._asks = settle, me, may, may_ask
        self._drawers = {row.session_id: row for row in drawers if row.state == "open"}
        self._sent: Settlement | None = None
        self.waive: int | None = None
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
        self.drawer, self.password = QComboBox(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for way, label in WAY_LABELS.items():
            self.way.addItem(label, way)
        self.reference.setMaxLength(80)
        self.note.setMaxLength(300)
        self.way_field = FormField("&Cómo lo repuso", self.way)
        self.drawer_field = FormField("Caja que reci&be", self.drawer, check=self._drawer_problem)
        self.amount_field = FormField(
            "&Importe", self.amount, required=True, check=self._amount_problem
        )
        self.paper_field = FormField(
            "&Ficha u oficio", self.reference, required=True, check=self._paper_problem
        )
        self.password_field = FormField(
            "Cont&raseña de quien recibe", self.password, check=self._password_problem
        )
        self.note_field = FormField("&Nota", self.note)
        self._lay_out()
        self.way.currentIndexChanged.connect(lambda _at: self._show_way())
        self.drawer.currentIndexChanged.connect(lambda _at: self._show_way())
        self.table.current_changed.connect(lambda _row: self._choose())
        self.show_debts(tuple(debts))
        self.way.setFocus()

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
        if self._busy or row is None or not self.go.isEnabled() or not verify_all(self._asked()):
            return
        self.set_busy("Registrando…")
        self._settle(self._command(row), self._credentials(), self._done, self._failed)

    def set_busy(self, text: str) -> None:
        """Neither act while one is under way."""
        super().set_busy(text)
        self.condone.setEnabled(not text and self._may_waive())

    # --- what is sent ---

    def _way(self) -> SettlementWay:
        return SettlementWay(self.way.currentData())

    def _receiver(self) -> Drawer | None:
        return self._drawers.get(self.drawer.currentData())

    def _signs_in(self) -> bool:
        """Whether somebody else than who is signed in receives the cash."""
        receiver = self._receiver()
        cash = self._way() is SettlementWay.CASH
        return cash and receiver is not None and receiver.cashier != self._me

    def _credentials(self) -> tuple[str, str]:
        receiver = self._receiver()
        if receiver is None or not self._signs_in():
            return "", ""
        return receiver.cashier, self.password.text()

    def _command(self, row: DebtRow) -> Settlement:
        made = self._made(row)
        if (
            self._sent is not None
            and type(self._sent) is type(made)
            and replace(made, command_id=self._sent.command_id) == self._sent
        ):
            return self._sent  # sent again after a lost answer
        self._sent = made
        return made

    def _made(self, row: DebtRow) -> Settlement:
        pesos, note = self.amount.value(), self.note.text().strip()
        receiver = self._receiver()
        if self._way() is SettlementWay.CASH and receiver is not None:
            return ReceiveShortageCommand(
                new_command_id(), row.session_id, receiver.session_id, pesos, note
            )
        paper = self.reference.text().strip()
        return SettleShortageCommand(
            new_command_id(), row.session_id, pesos, self._way(), paper, note
        )

    def _done(self, debts: Debts) -> None:
        self.set_busy("")
        self._sent = None
        for edit in (self.reference, self.note, self.password):
            edit.clear()
        self.show_debts(debts)

    def _failed(self, error: Exception) -> None:
        self.set_busy("")
        if isinstance(error, WrongCredentials):
            self.password_field.complain("El servidor no reconoce esa contraseña.")
            self.password.selectAll()
            self.password.setFocus()
            return
        if not isinstance(error, Refusal):
            raise error
        if prompts.show_refusal(self, error, "Reintentar"):
            self.submit()

    def _ask_waiver(self) -> None:
        row = self.table.current()
        if row is not None and self._may_waive():
            self.waive = row.session_id
            self.accept()

    # --- what is shown ---

    def _choose(self) -> None:
        row = self.table.current()
        allowed = row is not None and self._may(row)
        self.amount.set_value(row.pending if row is not None and allowed else None)
        chosen = self.drawer.currentData()
        self.drawer.clear()
        for each in self._drawers.values():
            if row is not None and each.cashier != row.cashier:
                self.drawer.addItem(f"{each.till_code} · {each.cashier_name}", each.session_id)
        self.drawer.setCurrentIndex(max(0, self.drawer.findData(chosen)))
        for widget in (self.way, self.drawer, self.amount, self.reference, self.password,
                       self.note, self.go):  # fmt: skip
            widget.setEnabled(allowed)
        self.condone.setEnabled(self._may_waive())
        self._show_way()

    def _show_way(self) -> None:
        cash = self._way() is SettlementWay.CASH
        self.drawer_field.setVisible(cash)
        self.password_field.setVisible(self._signs_in())
        self.paper_field.setVisible(not cash)

    def _asked(self) -> tuple[FormField[Any], ...]:
        if self._way() is not SettlementWay.CASH:
            return (self.amount_field, self.paper_field)
        return (self.drawer_field, self.amount_field, self.password_field)

    def _may(self, row: DebtRow) -> bool:
        return (
            self._records
            and row.pending > 0
            and row.state == "verified"
            and row.cashier != self._me
        )

    def _may_waive(self) -> bool:
        row = self.table.current()
        return (
            self._asks
            and row is not None
            and row.pending > 0
            and row.state == "verified"
            and row.cashier != self._me
        )

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme().px(12))
        for field in (self.way_field, self.drawer_field, self.amount_field, self.paper_field,
                      self.password_field, self.note_field):  # fmt: skip
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.go = PrimaryButton("Registrar reposición", "check-check", "Enter")
        self.go.clicked.connect(self.submit)
        self.condone = KeyButton("Pedir con&donación…", "shield-check", kind=Kind.GHOST)
        self.condone.clicked.connect(self._ask_waiver)
        self.add_foot(KeyButton("Cerrar", "x", "Esc"), self.go, self.condone)

    # --- checks ---

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

    def _drawer_problem(self) -> str:
        if self._receiver() is not None:
            return ""
        return "No hay una caja abierta de otra persona que reciba el efectivo."

    def _password_problem(self) -> str:
        if not self._signs_in() or self.password.text():
            return ""
        return "La escribe quien recibe el dinero en su caja."
