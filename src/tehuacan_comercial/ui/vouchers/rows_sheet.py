"""The rows behind a line or a session, over the page: down to the receipt (M4)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView


class RowsSheet(ShadeDialog):
    """Read only; ``export_requested`` carries the table."""

    export_requested = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        subtitle: str,
        columns: tuple[Column[Any], ...],
        key: Callable[[Any], Hashable],
        rows: Sequence[Any],
        settings: QSettings,
    ) -> None:
        super().__init__(parent, title, subtitle, width=980)
        self.table: TableView[Any] = TableView(
            title,
            columns,
            key,
            empty=EmptyState("inbox", "Sin renglones", "Nada hay detrás de este importe."),
            settings=settings,
        )
        self.table.setMinimumHeight(theme().px(380))
        self.table.set_rows(rows)
        self.table.export_requested.connect(self.export_requested)
        self.body.addWidget(self.table)
        excel = KeyButton("E&xcel", "file-spreadsheet")
        excel.clicked.connect(self.table.request_export)
        close = PrimaryButton("Cerrar", "check", "Enter")
        close.clicked.connect(self.accept)
        self.add_foot(KeyButton("Volver", "undo-2", "Esc"), close, excel)
        self.table.setFocus()
