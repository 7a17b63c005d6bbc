"""The inner tab *Recibos de la sesión*: what was charged since the till was opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.cash import PaymentRow
from tehuacan_comercial.ui.cash.columns import RECEIPT_COLUMNS
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.receipt_states import is_void
from tehuacan_comercial.ui.spreadsheet import export
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.view import TableView


class ReceiptsPage(QWidget):
    """The table and its acts.

    ``void_requested`` (a receipt's id) asks for its void, ``replace_requested`` (id and folio of a
    void receipt) that the next charge take its place.
    """

    void_requested = Signal(int)
    replace_requested = Signal(int, str)

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
        self.void = KeyButton("Cancelar reci&bo…", "circle-x", kind=Kind.LINK)
        self.again = KeyButton("&Volver a cobrar", "refresh-cw", kind=Kind.LINK)
        self.void.clicked.connect(self._void)
        self.again.clicked.connect(self._replace)
        self.transfer = KeyButton("&Traspasar…", "arrow-right-left", kind=Kind.LINK)
        self.transfer.clicked.connect(self._transfer)
        for tool in (self.again, self.transfer, self.void, self.reprint):
            card.add_tool(tool)
        card.add_tool(excel)
        card.body.addWidget(self.table)
        column.addWidget(card)
        self.table.row_activated.connect(lambda _row: action.trigger())
        self.table.export_requested.connect(lambda sheet: export(self, context.tasks, sheet))
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.add_row_action("Cancelar recibo…", lambda _row: self._void())
        self.table.add_row_action("Traspasar a otra cuenta…", lambda _row: self._transfer())
        self._ask_transfer = context.request_transfer
        self._may_ask = context.desk.actor.may(Permission.AUTHORISATIONS_REQUEST)
        self._enable()

    def show_receipts(self, rows: Sequence[PaymentRow]) -> None:
        """Fill the table, newest first."""
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.select(rows[0].receipt_id)
        self._enable()

    def _enable(self) -> None:
        row = self.table.current()
        stands = row is not None and not is_void(row)
        whole = row is not None and not row.transferred_to and not row.returned
        self.void.setEnabled(
            self._may_ask and stands and whole and row is not None and not row.void_pending
        )
        self.transfer.setEnabled(self._may_ask and stands)
        self.again.setVisible(row is not None and is_void(row) and not row.replaced_by)

    def _void(self) -> None:
        row = self.table.current()
        if row is not None and self.void.isEnabled():
            self.void_requested.emit(row.receipt_id)

    def _transfer(self) -> None:
        row = self.table.current()
        if row is not None and self.transfer.isEnabled():
            self._ask_transfer(row.receipt_id, "")

    def _replace(self) -> None:
        row = self.table.current()
        if row is not None:
            self.replace_requested.emit(row.receipt_id, row.folio)
