"""Widths of columns: fitted to what they hold, or as the person left them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHeaderView

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.pill import pill_width
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.delegate import PAD
from tehuacan_comercial.ui.widgets.table.model import RowModel

MEASURED_ROWS = 120
"""Lines whose text is measured to fit a column."""

WIDEST = 360
"""Most that a fitted column takes, pixels at 100 %."""


class ColumnWidths:
    """Keeps the header of one table, by its name, in the station's settings."""

    def __init__(
        self, header: QHeaderView, rows: RowModel[Any], settings: QSettings | None, name: str
    ) -> None:
        self._header, self._rows, self._settings = header, rows, settings
        self._name, self._scale = name, theme().scale
        self._known = False

    def restore(self) -> None:
        """Take the widths that were left."""
        stored = self._settings.value(self._key()) if self._settings else None
        if stored is not None:
            self._known = bool(self._header.restoreState(stored))

    def save(self) -> None:
        """Remember the widths, once the table has been seen."""
        if self._settings is not None and self._known and self._header.isVisible():
            self._settings.setValue(self._key(), self._header.saveState())

    def rescale(self) -> None:
        """Letters have another size: the widths left at that size, or fitted ones."""
        if self._scale == theme().scale:
            return
        self._scale, self._known = theme().scale, False
        self.restore()
        self.fit()

    def _key(self) -> str:
        return f"tables/{self._name}/header/{self._scale}"

    def fit(self) -> None:
        """Fit the columns to the first rows, unless their widths are known."""
        if self._known or not self._rows.rowCount():
            return
        self._known = True
        if self._rows.offset:
            self._header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            self._header.resizeSection(0, theme().px(42))
        shown = self._rows.shown_rows()[:MEASURED_ROWS]
        for at, column in enumerate(self._rows.columns):
            section = at + self._rows.offset
            self._header.resizeSection(section, _width_of(column, shown))
            if column.stretch:
                self._header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)


def _width_of(column: Column[Any], rows: Sequence[Any]) -> int:
    px = theme().px
    if column.width:
        return px(column.width)
    metrics = QFontMetricsF(theme().font(13, max(column.weight, 500), figures=True))
    widest = metrics.horizontalAdvance(column.header) + px(16)
    for row in rows:
        pill = column.pill(row) if column.pill else None
        width = pill_width(pill.text) if pill else metrics.horizontalAdvance(column.text(row))
        widest = max(widest, width)
    return min(round(widest) + px(2 * PAD + 2), px(WIDEST))
