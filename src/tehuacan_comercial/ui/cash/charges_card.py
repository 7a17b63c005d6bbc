"""The card *Cargos por cobrar*: what the account owes, and which of it is charged now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from PySide6.QtCore import QSettings, Signal

from tehuacan_comercial.domain.open_items import DueState, OpenItem
from tehuacan_comercial.ui.cash.columns import CHARGE_COLUMNS, ChargeRow, charge_rows
from tehuacan_comercial.ui.cash.screen import EmptySay
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.view import TableView


class ChargesCard(Card):
    """Charges with their checks; ``selection_changed`` when a check changes."""

    selection_changed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__("Cargos por cobrar", padded=False)
        self._empty = EmptyState("scan-barcode", "")
        self.table: TableView[ChargeRow] = TableView(
            "Cargos por cobrar",
            CHARGE_COLUMNS,
            lambda row: row.item.charge_id,
            checkable=True,
            dimmed=lambda row: not self.table.model.is_checked(row),
            group=lambda row: row.item.period,
            empty=self._empty,
            settings=settings,
        )
        self.table.row_activated.connect(self._toggle)
        self.tools = {
            "all": self._tool("&Todos", "check-check", lambda _row: True),
            "overdue": self._tool("&Vencidos", "triangle-alert", _overdue),
            "none": self._tool("&Ninguno", "minus", lambda _row: False),
        }
        self.excel = KeyButton("&Excel", "file-spreadsheet", kind=Kind.GHOST)
        self.excel.clicked.connect(self.table.request_export)
        self.add_tool(self.excel)
        self.body.addWidget(self.table, 1)
        self.table.checked_changed.connect(self.selection_changed)

    def selection(self) -> frozenset[int]:
        """Ids of the charges that are checked."""
        return frozenset().union(*(row.line.charge_ids for row in self.table.checked()))

    def show_items(
        self, items: Sequence[OpenItem], today: date, selection: Collection[int]
    ) -> None:
        """Replace the charges and check the lines that hold one of these."""
        self.table.set_rows(charge_rows(items, today))
        self.table.check_where(lambda row: not row.line.charge_ids.isdisjoint(selection))

    def say(self, note: str, empty: EmptySay | None) -> None:
        """Show how many are chosen, and what stands where there are none."""
        self.set_note(note)
        for tool in (*self.tools.values(), self.excel):
            tool.setEnabled(bool(note))
        if empty:
            self._empty.say(empty.icon, empty.title, empty.text)

    def _tool(self, text: str, icon: str, wanted: Callable[[ChargeRow], bool]) -> KeyButton:
        button = KeyButton(text, icon, kind=Kind.GHOST)
        button.clicked.connect(lambda: self.table.check_where(wanted))
        self.add_tool(button)
        return button

    def _toggle(self, row: ChargeRow) -> None:
        line = self.table.model.line_of(row.item.charge_id)
        self.table.model.toggle(line)


def _overdue(row: ChargeRow) -> bool:
    return row.state is DueState.OVERDUE
