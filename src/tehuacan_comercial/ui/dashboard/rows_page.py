"""The receipts behind a figure (M4): a table that adds up to it, each row opens its receipt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.services.dashboard import ReceiptLine
from tehuacan_comercial.ui.dashboard.columns import RECEIPT_COLUMNS
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.view import TableView


class RowsPage(QWidget):
    """``left`` with Esc; ``receipt_requested`` carries a row, ``export_requested`` a sheet."""

    left = Signal()
    receipt_requested = Signal(object)
    account_requested = Signal(str)
    export_requested = Signal(object)

    def __init__(self, settings: QSettings | None) -> None:
        super().__init__()
        self.card = Card("Recibos", padded=False)
        self.table: TableView[ReceiptLine] = TableView(
            "Recibos",
            RECEIPT_COLUMNS,
            lambda row: row.receipt_id,
            dimmed=lambda row: row.voided is not None,
            empty=EmptyState("receipt-text", "Sin recibos", "Nada se cobró así ese día."),
            settings=settings,
        )
        self.table.row_activated.connect(self.receipt_requested)
        self.table.export_requested.connect(self.export_requested)
        self.table.add_row_action("Ver la cuenta", lambda row: self.account_requested.emit(
            row.account_number))  # fmt: skip
        self.table.add_row_action("Ver el recibo", self.receipt_requested.emit)
        self.card.body.addWidget(self.table)
        self._lay_out()
        self.setFocusProxy(self.table)

    def begin(self, title: str) -> None:
        """Another figure: its rows are being read."""
        self.card.title.setText(title)
        self.card.set_note("Leyendo…")
        self.table.name = title
        self.table.set_rows(())

    def show_rows(self, rows: Sequence[ReceiptLine]) -> None:
        """Its rows, or the same figure's a moment later."""
        self.table.set_rows(rows)
        self.card.set_note(counted(len(rows), "recibo", "recibos"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, once the filter row and the table have no use for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(12), px(20), px(12))
        column.addWidget(self.card)
        tools = (
            ("&Filtrar", "funnel", "", self.table.open_filter),
            ("E&xcel", "file-spreadsheet", "", self.table.request_export),
            ("&Regresar al tablero", "undo-2", "Esc", self.left.emit),
        )
        for text, icon, key, act in tools:
            button = KeyButton(text, icon, key, kind=Kind.GHOST)
            button.clicked.connect(lambda _on=False, act=act: act())
            self.card.add_tool(button)
