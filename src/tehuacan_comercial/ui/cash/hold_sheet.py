"""Sales set aside (*cobros en espera*): name this one, take one back, or drop one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from tehuacan_comercial.services.cash import HeldSaleRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.columns import HELD_COLUMNS
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label


@dataclass(frozen=True)
class Hold:
    """Set the sale on the screen aside under a name."""

    label: str


@dataclass(frozen=True)
class TakeBack:
    """Bring a held sale back to the screen."""

    sale: HeldSaleRow


@dataclass(frozen=True)
class Drop:
    """Forget a held sale; its charges stay owed."""

    sale: HeldSaleRow


HoldChoice = Hold | TakeBack | Drop
_NAME_LETTERS = 80


class HoldSheet(ShadeDialog):
    """One sheet for the three acts. ``suggestion`` is empty when there is nothing to set aside."""

    def __init__(self, parent: QWidget, held: Sequence[HeldSaleRow], suggestion: str) -> None:
        super().__init__(
            parent, "Cobros en espera", "Nada se cobra ni se cambia mientras esperan.", 600
        )
        self.choice: HoldChoice | None = None
        self.name = QLineEdit(suggestion)
        self.name.setMaxLength(_NAME_LETTERS)
        self.hold = PrimaryButton("Dejar en espera", "hourglass", "Enter")
        self.hold.clicked.connect(self._hold)
        self.take = KeyButton("Recuperar", "undo-2")
        self.drop = KeyButton("&Quitar de la espera", "x")
        self.take.clicked.connect(self._take)
        self.drop.clicked.connect(self._drop)
        self._field: FormField[QLineEdit] = FormField(
            "&Nombre de este cobro", self.name, check=self._name_problem
        )
        self.body.addWidget(self._field)
        self._field.setVisible(bool(suggestion))
        self.body.addWidget(Label(f"En espera ({len(held)})", 13, 600))
        self.table: TableView[HeldSaleRow] = TableView(
            "Cobros en espera",
            HELD_COLUMNS,
            lambda row: row.held_sale_id,
            empty=EmptyState("hourglass", "Ninguno", "Aquí quedan los cobros que deje en espera."),
            exports=False,
        )
        self.table.setMinimumHeight(theme().px(170))
        self.table.set_rows(held)
        self.table.row_activated.connect(lambda _row: self._take())
        self.body.addWidget(self.table)
        self._make_foot(suggestion, held)

    @staticmethod
    def ask(parent: QWidget, held: Sequence[HeldSaleRow], suggestion: str) -> HoldChoice | None:
        """What the person wants, or None."""
        sheet = HoldSheet(parent, held, suggestion)
        prompts.run(sheet)
        return sheet.choice

    def _make_foot(self, suggestion: str, held: Sequence[HeldSaleRow]) -> None:
        leave = KeyButton("Volver", "x", "Esc")
        if suggestion:
            self.add_foot(leave, self.hold, self.drop, self.take)
            self.name.setFocus()
            self.name.selectAll()
        else:
            self.add_foot(leave, self.take, self.drop, self.hold)
            self.hold.hide()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if held:
            self.table.select(held[0].held_sale_id)
        for button in (self.take, self.drop):
            button.setEnabled(bool(held))

    def _name_problem(self) -> str:
        return "" if self.name.text().strip() else "Escriba un nombre para reconocerlo."

    def _hold(self) -> None:
        if self._field.verify():
            self._end(Hold(self.name.text().strip()))

    def _take(self) -> None:
        row = self.table.current()
        if row is not None:
            self._end(TakeBack(row))

    def _drop(self) -> None:
        row = self.table.current()
        if row is not None:
            self._end(Drop(row))

    def _end(self, choice: HoldChoice) -> None:
        self.choice = choice
        self.accept()
