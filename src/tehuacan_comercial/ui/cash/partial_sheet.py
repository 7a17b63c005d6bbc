"""Part payment and payment in advance (*Abono*): an amount, and what it would pay."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.columns import PLAN_COLUMNS
from tehuacan_comercial.ui.cash.summary import Plan, PlanLine, plan
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label


class PartialSheet(ShadeDialog):
    """Asks an amount and shows its allocation, oldest first."""

    def __init__(self, parent: QWidget, items: Sequence[OpenItem], account: str) -> None:
        super().__init__(parent, "Abono", account, 700)
        set_dead(self)
        self._items = tuple(items)
        self.plan = plan(self._items, Decimal("0.00"))
        self.amount = AmountEdit(large=True)
        self.body.addWidget(FormField("&Cantidad que se abona", self.amount))
        self.sentence = Label("", 13.5, 600).wrapped()
        self.body.addWidget(self.sentence)
        empty = EmptyState("circle-check", "Sin cargos por cobrar")
        self.table: TableView[PlanLine] = TableView(
            "Aplicación del abono",
            PLAN_COLUMNS,
            lambda line: line.charge_id,
            dimmed=lambda line: not line.paid,
            group=lambda line: line.period,
            empty=empty,
            exports=False,
        )
        self.table.setMinimumHeight(theme().px(210))
        self.body.addWidget(self.table)
        self.go = PrimaryButton("Continuar al cobro", "hand-coins", "Enter")
        self.go.clicked.connect(self.accept)
        self.add_foot(KeyButton("Volver", "x", "Esc"), self.go)
        self.amount.amount_changed.connect(self._spread)
        self._spread(Decimal("0.00"))
        self.amount.setFocus()

    @staticmethod
    def ask(parent: QWidget, items: Sequence[OpenItem], account: str) -> Plan | None:
        """The amount with its allocation, or None."""
        sheet = PartialSheet(parent, items, account)
        agreed = prompts.run(sheet)
        return sheet.plan if agreed else None

    def _spread(self, amount: Decimal) -> None:
        self.plan = plan(self._items, amount)
        self.table.set_rows(self.plan.lines)
        self.sentence.setText(self.plan.sentence())
        self.sentence.set_role("ok" if self.plan.advance else "")
        self.go.setEnabled(amount > 0)
