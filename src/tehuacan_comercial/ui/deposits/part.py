"""One part of the page: its acts above, its table in a card, one sentence about what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label

R = TypeVar("R")
Act = tuple[str, str, str]
"""Name, words with their mnemonic, icon."""


class TablePart(QWidget, Generic[R]):
    """``buttons`` by name; the page says what they do."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        none: str,
        acts: Sequence[Act],
        settings: QSettings,
        *,
        checkable: bool = False,
    ) -> None:
        super().__init__()
        px, column, row = theme().px, QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        row.setSpacing(px(8))
        row.addStrut(px(38))  # parts side by side begin at the same height
        self.buttons = {name: KeyButton(words, icon) for name, words, icon in acts}
        for button in self.buttons.values():
            button.setEnabled(False)
            row.addWidget(button)
        self.note = Label("", 13, 400, "soft")
        row.addWidget(self.note)
        row.addStretch(1)
        self.table: TableView[R] = TableView(
            title,
            columns,
            key,
            checkable=checkable,
            empty=EmptyState("inbox", "Sin renglones", none),
            settings=settings,
        )
        card = Card(title, padded=False)
        excel = KeyButton("Tabla a Excel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(self.table.request_export)
        card.add_tool(excel)
        card.body.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(card, 1)

    def allow(self, *names: str) -> None:
        """Exactly these acts are possible."""
        for name, button in self.buttons.items():
            button.setEnabled(name in names)
