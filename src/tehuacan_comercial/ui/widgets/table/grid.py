"""The lines of a table as Qt's view: space checks, the focus can be seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import focus_ring, ink
from tehuacan_comercial.ui.widgets.table.delegate import CellDelegate


class Grid(QTableView):
    """``space_pressed(line)`` when the space bar is pressed on a line."""

    space_pressed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the space bar."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.space_pressed.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Paint the corner beside the header as the header."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint:  # of the frame: the corner beside the header
            tokens, head = theme().tokens, self.horizontalHeader().height()
            painter = QPainter(self)
            painter.fillRect(0, 0, self.width(), head, ink(tokens.raised))
            painter.fillRect(0, head - 1, self.width(), 1, ink(tokens.line))
        return handled

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines and the focus ring."""
        painter, lines = QPainter(self.viewport()), self.itemDelegate()
        if isinstance(lines, CellDelegate):
            lines.paint_lines(painter, self, event.rect())
        if self.hasFocus():
            focus_ring(painter, self.viewport().rect().toRectF(), 2)
