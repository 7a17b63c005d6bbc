"""What stands above and below a table in line with its columns: filter row and totals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.ui.formats import count, figure
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.table.model import RowModel


class FilterRow(QWidget):
    """One small field over each column; ``filter_changed(section, text)``."""

    filter_changed = Signal(int, str)
    closed = Signal()

    def __init__(self, header: QHeaderView, rows: RowModel[Any]) -> None:
        super().__init__()
        self._header = header
        self._fields: dict[int, QLineEdit] = {}
        for section in range(rows.offset, rows.columnCount()):
            self._add_field(section, str(rows.headerData(section, Qt.Orientation.Horizontal)))
        for changed in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            changed.connect(self.refit)
        self.setFixedHeight(theme().px(34))
        self.hide()

    def refit(self) -> None:
        """Stand over the columns again."""
        px = theme().px
        for section, field in self._fields.items():
            hidden = self._header.isSectionHidden(section)
            field.setVisible(not hidden)
            left = self._header.sectionViewportPosition(section)
            field.setGeometry(
                left + px(4), px(3), self._header.sectionSize(section) - px(8), px(28)
            )

    def open(self, section: int) -> None:
        """Show the row and start typing over a column."""
        self.show()
        self.refit()
        field = self._fields.get(section) or next(iter(self._fields.values()))
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the row away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_and_clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the header's ground."""
        QPainter(self).fillRect(self.rect(), theme().colour("raised"))

    def close_and_clear(self) -> None:
        """Take the row away; every row of the table is shown again."""
        for field in self._fields.values():
            field.clear()
        self.hide()
        self.closed.emit()

    def _add_field(self, section: int, header: str) -> None:
        field = QLineEdit(self)
        field.setObjectName("FilterCell")
        field.setFont(theme().font(12))
        field.setPlaceholderText("Filtrar")
        field.setAccessibleName(f"Filtrar por {header}")
        field.textChanged.connect(lambda text: self.filter_changed.emit(section, text))
        self._fields[section] = field


class FootRow(QWidget):
    """Totals of the rows shown, under their columns."""

    def __init__(self, header: QHeaderView, rows: RowModel[Any]) -> None:
        super().__init__()
        self._header, self._rows = header, rows
        self._totals: dict[int, Decimal] = {}
        self.setFixedHeight(theme().px(34))
        self.setVisible(False)
        for changed in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            changed.connect(self.update)
        rows.modelReset.connect(self.refresh)

    def refresh(self) -> None:
        """Add up again."""
        shown = self._rows.shown_rows()
        self._totals = {
            at + self._rows.offset: sum(map(column.total, shown), Decimal("0.00"))
            for at, column in enumerate(self._rows.columns)
            if column.total
        }
        said = [
            f"{self._rows.columns[at - self._rows.offset].header} {figure(total)}"
            for at, total in self._totals.items()
        ]
        self.setAccessibleName(
            f"Totales de {counted(len(shown), 'renglón', 'renglones')}: {', '.join(said)}"
        )
        self.update()

    def totals(self) -> dict[str, Decimal]:
        """Totals in pesos by header."""
        return {
            self._rows.columns[at - self._rows.offset].header: total
            for at, total in self._totals.items()
        }

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the count at the left and each total under its column."""
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, QColor(tokens.raised))
        painter.fillRect(QRectF(0, 0, area.width(), 1), QColor(tokens.line))
        painter.setFont(theme().font(12, 600))
        painter.setPen(QColor(tokens.text_soft))
        shown, every = len(self._rows.shown_rows()), len(self._rows.all_rows())
        text = (
            counted(shown, "renglón", "renglones")
            if shown == every
            else f"{count(shown)} de {count(every)}"
        )
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(px(16), 0, 0, 0), left, text)
        painter.setFont(theme().font(13, 600, figures=True))
        painter.setPen(QColor(tokens.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for section, total in self._totals.items():
            if not self._header.isSectionHidden(section):
                end = self._header.sectionViewportPosition(section)
                end += self._header.sectionSize(section) - px(12)
                painter.drawText(QRectF(0, 0, end, area.height()), right, figure(total))
