"""An inner tab that is one table: card, tools, filter, export."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label

R = TypeVar("R")


class TablePage(QWidget, Generic[R]):
    """A table with its title; ``above`` stands over it. ``export_requested`` carries a sheet."""

    export_requested = Signal(object)

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        empty: EmptyState,
        *,
        above: QWidget | None = None,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(14))
        if above is not None:
            column.addWidget(above)
        self.card = Card(title, padded=False)
        self.table: TableView[R] = TableView(title, columns, key, empty=empty, settings=settings)
        self.table.export_requested.connect(self.export_requested)
        self.card.body.addWidget(self.table)
        self.foot = Label("", 12.5, 400, "soft").wrapped()
        self.foot.setContentsMargins(theme().px(16), theme().px(8), theme().px(16), theme().px(2))
        self.foot.hide()
        self.card.body.addWidget(self.foot)
        self._filter = KeyButton("&Filtrar", "funnel", kind=Kind.GHOST)
        self._filter.clicked.connect(self.table.open_filter)
        self._excel = KeyButton("E&xcel", "file-spreadsheet", kind=Kind.GHOST)
        self._excel.clicked.connect(self.table.request_export)
        for tool in (self._filter, self._excel):
            self.card.add_tool(tool)
        column.addWidget(self.card, 1)
        self.setFocusProxy(self.table)

    def show_rows(self, rows: Iterable[R], note: str = "", foot: str = "") -> None:
        """Replace the rows, the words beside the title and the sentence under the table."""
        every = tuple(rows)
        self.table.set_rows(every)
        self.card.set_note(note)
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        for tool in (self._filter, self._excel):
            tool.setVisible(bool(every))

    def add_act(self, text: str, icon: str, act: Callable[[R], None], key: str = "") -> KeyButton:
        """A button over the table and an entry of its menu that act on the current row."""
        button = KeyButton(text, icon, key, kind=Kind.GHOST)
        button.clicked.connect(lambda: self._act_on_current(act))
        self.card.add_tool(button)
        self.table.add_row_action(text.replace("&", ""), act, key)
        self.table.current_changed.connect(lambda row: button.setEnabled(row is not None))
        button.setEnabled(False)
        return button

    def _act_on_current(self, act: Callable[[R], None]) -> None:
        row = self.table.current()
        if row is not None:
            act(row)
