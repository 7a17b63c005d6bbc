"""The verification sheet on screen: five totals, and under them the rows behind the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tehuacan_comercial.domain.vouchers import SheetFolios, SheetSession
from tehuacan_comercial.services.vouchers import (
    DayDeposit,
    DayReceiptRow,
    VoucherDay,
    VoucherRow,
)
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.vouchers.columns import (
    DEPOSITS,
    FOLIOS,
    RECEIPTS,
    SESSIONS,
    VERSIONS,
)
from tehuacan_comercial.ui.vouchers.total_tile import TotalTile
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView

TITLES = {
    "sessions": "Sesiones de caja del día",
    "receipts": "Recibos del día",
    "vouchers": "Pólizas del día",
    "slips": "Lo que cada sesión entrega para el banco",
    "folios": "Folios por serie",
}


class SheetPart(QWidget):
    """``session_opened`` and ``voucher_opened`` carry a row; ``receipts_wanted`` asks for them."""

    session_opened = Signal(object)
    voucher_opened = Signal(object)
    receipts_wanted = Signal()
    export_requested = Signal(object)

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self.tiles: dict[str, TotalTile] = {}
        self._group = QButtonGroup(self)
        self._tiles = QHBoxLayout()
        self.card, self._stack = Card("Renglones", padded=False), QStackedWidget()
        self.sessions: TableView[SheetSession] = self._table(
            "sessions", SESSIONS, lambda row: row.session_id, "Ninguna caja abrió ese día."
        )
        self.receipts: TableView[DayReceiptRow] = self._table(
            "receipts", RECEIPTS, lambda row: row.receipt_id, "Ese día no se cobró nada."
        )
        self.vouchers: TableView[VoucherRow] = self._table(
            "vouchers", VERSIONS, lambda row: row.voucher_id, "El día no tiene pólizas."
        )
        self.deposits: TableView[DayDeposit] = self._table(
            "slips", DEPOSITS, lambda row: row.session.session_id, "Ese día no cerró ninguna caja."
        )
        self.folios: TableView[SheetFolios] = self._table(
            "folios", FOLIOS, lambda row: row.series, "Ese día no se tomaron folios."
        )
        self._places: dict[str, QWidget] = {
            "sessions": self.sessions,
            "receipts": self.receipts,
            "vouchers": self.vouchers,
            "slips": self.deposits,
            "folios": self.folios,
        }
        self._lay_out()
        self.sessions.row_activated.connect(self.session_opened)
        self.deposits.row_activated.connect(lambda row: self.session_opened.emit(row.session))
        self.vouchers.row_activated.connect(self.voucher_opened)

    def show_day(self, day: VoucherDay) -> None:
        """The totals and the rows of a day; the chosen total stays chosen."""
        for total in day.sheet.totals:
            if total.key not in self.tiles:
                self._add_tile(TotalTile(total))
            self.tiles[total.key].show_total(total)
        self.sessions.set_rows(day.sheet.sessions)
        self.vouchers.set_rows(day.vouchers)
        self.deposits.set_rows(day.deposits)
        self.folios.set_rows(day.sheet.folios)
        if not any(tile.isChecked() for tile in self.tiles.values()):
            self.choose(next(iter(self.tiles)))
        if self.chosen() == "receipts":
            self.receipts_wanted.emit()

    def chosen(self) -> str:
        """Key of the total whose rows are shown."""
        return next((key for key, tile in self.tiles.items() if tile.isChecked()), "")

    def choose(self, key: str) -> None:
        """Show the rows of a total."""
        self.tiles[key].setChecked(True)
        self.card.title.setText(TITLES[key])
        self._stack.setCurrentWidget(self._places[key])
        if key == "receipts":
            self.receipts_wanted.emit()

    def show_receipts(self, rows: Sequence[DayReceiptRow]) -> None:
        """The day's receipts, once they were read."""
        self.receipts.set_rows(rows)

    def _add_tile(self, tile: TotalTile) -> None:
        key = tile.total.key
        self.tiles[key] = tile
        self._group.addButton(tile)
        self._tiles.addWidget(tile)
        tile.clicked.connect(lambda _on=False: self.choose(key))

    def _table(
        self,
        key: str,
        columns: tuple[Column[Any], ...],
        name: Callable[[Any], Hashable],
        none: str,
    ) -> TableView[Any]:
        table: TableView[Any] = TableView(
            TITLES[key],
            columns,
            name,
            empty=EmptyState("inbox", "Sin renglones", none),
            settings=self._settings,
        )
        table.export_requested.connect(self.export_requested)
        return table

    def _lay_out(self) -> None:
        px, column = theme().px, QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self._tiles.setSpacing(px(10))
        column.addLayout(self._tiles)
        for place in self._places.values():
            self._stack.addWidget(place)
        excel = KeyButton("E&xcel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(self._export)
        self.card.add_tool(excel)
        self.card.body.addWidget(self._stack)
        column.addWidget(self.card, 1)

    def _export(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, TableView):
            shown.request_export()
