"""The inner tab *Cobro*: charges at the left, the summary at the right, payments below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.services.cash import ChargeResult, PaymentRow
from tehuacan_comercial.ui.cash.change_panel import ChangePanel
from tehuacan_comercial.ui.cash.charges_card import ChargesCard
from tehuacan_comercial.ui.cash.columns import PAYMENT_COLUMNS
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.cash.level_strip import LevelStrip
from tehuacan_comercial.ui.cash.summary_card import WIDTH, SummaryCard
from tehuacan_comercial.ui.cash.tender_view import pieces_text
from tehuacan_comercial.ui.spreadsheet import export
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.view import TableView

ROOM = 570
"""Height in pixels at 100 % from which the payments are shown too."""


class ChargedCard(Card):
    """What was just registered, until the next account: folio and change in large figures."""

    def __init__(self) -> None:
        super().__init__("Cobro registrado")
        self.setFixedWidth(theme().px(WIDTH))
        self.change = ChangePanel(30)
        self.body.addWidget(self.change)
        self.hide()

    def show_result(self, result: ChargeResult) -> None:
        """Say folio and change."""
        charged = result.charged
        self.set_note(f"Recibo {charged.folio}")
        self.change.show_change(charged.change, pieces_text(charged.change))
        self.show()


class CollectPage(QWidget):
    """Lays the cards out and gives room to what matters first."""

    def __init__(self, context: CashContext) -> None:
        super().__init__()
        px = theme().px
        column, row, left, right = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        self.level = LevelStrip(context.actions["cash.deliver"])
        column.addWidget(self.level)
        column.addLayout(row, 1)
        for layout in (column, row, left, right):
            layout.setSpacing(px(14))
        self.charges = ChargesCard(context.settings)
        self.payments = Card("Últimos pagos de la cuenta", padded=False)
        self._none = EmptyState("receipt-text", "")
        self.payment_table: TableView[PaymentRow] = TableView(
            "Últimos pagos", PAYMENT_COLUMNS, lambda row: row.receipt_id, empty=self._none
        )
        self.payments.body.addWidget(self.payment_table)
        self.summary, self.charged = SummaryCard(context.actions), ChargedCard()
        left.addWidget(self.charges, 5)
        left.addWidget(self.payments, 2)
        right.addWidget(self.summary, 1)
        right.addWidget(self.charged)
        row.addLayout(left, 1)
        row.addLayout(right)
        for table in (self.charges.table, self.payment_table):
            table.export_requested.connect(lambda sheet: export(self, context.tasks, sheet))

    def show_payments(self, title: str, rows: Sequence[PaymentRow], none: str) -> None:
        """Fill the lower card."""
        self.payments.title.setText(title)
        self._none.say("receipt-text", none)
        self.payment_table.set_rows(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what is secondary where height is scarce."""
        super().resizeEvent(event)
        roomy = self.height() >= theme().px(ROOM)
        folded = self.payments.isVisibleTo(self) != roomy
        self.payments.setVisible(roomy)
        self.summary.set_tight(tight=not roomy)
        self._share_room()
        layout = self.layout()
        if folded and layout:
            layout.activate()  # now, or one picture is painted with the room still taken

    def show_charged(self, result: ChargeResult | None) -> None:
        """Show what was just registered; None takes it away."""
        if result is None:
            self.charged.hide()
        else:
            self.charged.show_result(result)
        self._share_room()

    def _share_room(self) -> None:
        """Where height is scarce the card of the charge stands in for the last receipt."""
        scarce = self.height() < theme().px(ROOM)
        self.summary.set_brief(brief=scarce and self.charged.isVisibleTo(self))
