"""The inner tab *Recibos de la sesión*: what was charged since the till was opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.services.cash import PaymentRow
from tehuacan_comercial.ui.cash.columns import RECEIPT_COLUMNS
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.spreadsheet import export
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.view import TableView


class ReceiptsPage(QWidget):
    """The table and its two acts."""

    def __init__(self, context: CashContext) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card("Recibos de la sesión", padded=False)
        self.table: TableView[PaymentRow] = TableView(
            "Recibos de la sesión",
            RECEIPT_COLUMNS,
            lambda row: row.receipt_id,
            empty=EmptyState("receipt-text", "Sin recibos", "Aquí aparecen los cobros de hoy."),
            settings=context.settings,
        )
        action = context.actions["receipts.reprint"]
        self.reprint = KeyButton.for_action(action, "printer", Kind.LINK)
        excel = KeyButton("&Excel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(self.table.request_export)
        card.add_tool(self.reprint)
        card.add_tool(excel)
        card.body.addWidget(self.table)
        column.addWidget(card)
        self.table.row_activated.connect(lambda _row: action.trigger())
        self.table.export_requested.connect(lambda sheet: export(self, context.tasks, sheet))

    def show_receipts(self, rows: Sequence[PaymentRow]) -> None:
        """Fill the table, newest first."""
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.select(rows[0].receipt_id)
