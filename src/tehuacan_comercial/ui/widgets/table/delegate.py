"""How a cell and the header are drawn: zebra, pills, struck sums, checks, sort arrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from tehuacan_comercial.ui.theme.fonts import face
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import box, draw_icon, ink
from tehuacan_comercial.ui.widgets.pill import paint_pill, pill_width
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.model import RowModel

Index = QModelIndex | QPersistentModelIndex
PAD = 12
ROW_HEIGHT = 31
_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
"""Made once: joining two flags of Qt costs more than drawing a word."""


def paint_check(painter: QPainter, area: QRectF, state: Qt.CheckState) -> None:
    """A check box in the middle of an area."""
    px, tokens = theme().px, theme().tokens
    side = px(18)
    centre = area.center()
    mark = QRectF(round(centre.x() - side / 2), round(centre.y() - side / 2), side, side)
    if state == Qt.CheckState.Unchecked:
        box(painter, mark, 4, tokens.surface, tokens.control_line)
        return
    box(painter, mark, 4, tokens.accent)
    name = "check" if state == Qt.CheckState.Checked else "minus"
    draw_icon(painter, name, tokens.on_accent, mark.center(), 14)


def _places(grid: QTableView, model: RowModel[Any]) -> list[tuple[Column[Any] | None, int, int]]:
    """Each column that is shown, where it begins and how wide it is; pixels of the viewport."""
    return [
        (model.column_at(at), grid.columnViewportPosition(at), grid.columnWidth(at))
        for at in range(model.columnCount())
        if not grid.isColumnHidden(at)
    ]


def _between(dirty: QRect, left: int, width: int) -> bool:
    return left <= dirty.right() and left + width > dirty.left()


def _paint_mark(painter: QPainter, area: QRectF, *, checked: bool) -> None:
    painter.save()
    state = Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
    paint_check(painter, area, state)
    painter.restore()


class CellDelegate(QStyledItemDelegate):
    """Draws the lines; ``dimmed`` tells rows that recede, ``group`` where a line goes."""

    def __init__(
        self,
        parent: Any,
        dimmed: Callable[[Any], bool] | None,
        group: Callable[[Any], object] | None,
    ) -> None:
        super().__init__(parent)
        self._dimmed, self._group = dimmed, group

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One line of text in a row of at least 30 pixels."""
        return QSize(theme().px(60), theme().px(ROW_HEIGHT))

    def paint_lines(self, painter: QPainter, grid: QTableView, dirty: QRect) -> None:
        """Draw the lines of a grid that touch ``dirty``.

        All at once: drawn cell by cell by Qt, each asks the model a dozen questions, and the
        window's thread was busy for 40 ms with a page that takes a third of that.
        """
        model: RowModel[Any] = grid.model()  # type: ignore[assignment]
        places = _places(grid, model)
        line = grid.rowAt(max(0, dirty.top()))
        if line < 0 or not places:
            return
        left = min(at for _, at, _ in places)
        width = max(at + wide for _, at, wide in places) - left
        seen = [each for each in places if _between(dirty, *each[1:])]
        chosen = cast("list[QItemSelectionRange]", grid.selectionModel().selection())
        while line < model.rowCount() and (top := grid.rowViewportPosition(line)) <= dirty.bottom():
            row, ground = model.row_at(line), QRectF(left, top, width, grid.rowHeight(line))
            selected = any(part.top() <= line <= part.bottom() for part in chosen)
            self._paint_ground(painter, ground, line, selected=selected)
            for column, at, wide in seen:
                area = QRectF(at, top, wide, ground.height())
                if column is None:
                    _paint_mark(painter, area, checked=model.is_checked(row))
                else:
                    self._paint_cell(painter, area, column, row)
            if self._group and line and self._group(model.row_at(line - 1)) != self._group(row):
                painter.fillRect(QRectF(left, top, width, 1), ink(theme().tokens.line))
            line += 1

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        _option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A press in the cell of the check changes it."""
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            if isinstance(model, RowModel) and event.button() == Qt.MouseButton.LeftButton:
                model.toggle(index.row())
            return True
        return False

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        _option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """What a cell has no room for, under the pointer; nothing where all of it is shown."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        QToolTip.showText(event.globalPos(), self.hidden_text(view, index), view)
        return True

    def hidden_text(self, view: QAbstractItemView, index: Index) -> str:
        """The whole text of a cell that shows only a part of it."""
        model: RowModel[Any] = view.model()  # type: ignore[assignment]
        column = model.column_at(index.column())
        if column is None:
            return ""
        row = model.row_at(index.row())
        pill = column.pill(row) if column.pill else None
        dim = bool(self._dimmed and self._dimmed(row))
        text = pill.text if pill else column.text(row)
        needs = pill_width(text) if pill else _face(column, row, dim=dim)[1].horizontalAdvance(text)
        room = view.visualRect(cast("QModelIndex", index)).width() - 2 * theme().px(PAD)
        return text if needs > room + 1 else ""

    def _paint_ground(self, painter: QPainter, area: QRectF, line: int, *, selected: bool) -> None:
        tokens = theme().tokens
        plain = tokens.zebra if line % 2 else tokens.surface
        painter.fillRect(area, ink(tokens.selection if selected else plain))

    def _paint_cell(self, painter: QPainter, area: QRectF, column: Column[Any], row: Any) -> None:
        inner = area.adjusted(theme().px(PAD), 0, -theme().px(PAD), 0)
        pill = column.pill(row) if column.pill else None
        if pill:
            painter.save()
            painter.setClipRect(area)
            paint_pill(painter, pill, inner.left(), area.center().y())
            painter.restore()
            return
        dim = bool(self._dimmed and self._dimmed(row))
        font, metrics = _face(column, row, dim=dim)
        painter.setFont(font)
        painter.setPen(ink(_ink(column, row, dim=dim)))
        text = metrics.elidedText(column.text(row), Qt.TextElideMode.ElideRight, inner.width() + 1)
        painter.drawText(inner, _FLAGS[column.align], text)


def _face(column: Column[Any], row: Any, *, dim: bool) -> tuple[QFont, QFontMetricsF]:
    struck = bool(column.strike and column.strike(row))
    figures = column.figures or column.align == "right"
    return face(theme().px(13), 400 if dim else column.weight, struck, figures)


def _ink(column: Column[Any], row: Any, *, dim: bool) -> str:
    tokens = theme().tokens
    if dim:
        return tokens.text_muted
    tone = column.tone(row) if column.tone else None
    if tone:
        return tokens.tone(tone)
    return tokens.text_soft if column.soft else tokens.text


class Header(QHeaderView):
    """The head of a table: words, a clear sort arrow, the box that checks all."""

    check_all_requested = Signal(bool)

    def __init__(self, rows: RowModel[Any]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._rows = rows
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setMinimumSectionSize(theme().px(36))

    def sizeHint(self) -> QSize:
        """A little higher than a row."""
        return QSize(super().sizeHint().width(), theme().px(34))

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Draw one section."""
        painter.save()
        area, tokens = QRectF(rect), theme().tokens
        painter.fillRect(area, ink(tokens.raised))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), ink(tokens.line))
        column = self._rows.column_at(logical_index)
        if column is None:
            paint_check(painter, area, self._rows.header_state())
        else:
            self._paint_word(painter, area, column, logical_index)
        painter.restore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the box checks or clears all; elsewhere it sorts."""
        at = self.logicalIndexAt(event.position().toPoint())
        if self._rows.offset and at == 0:
            full = self._rows.header_state() == Qt.CheckState.Checked
            self.check_all_requested.emit(not full)
            return
        super().mouseReleaseEvent(event)

    def _paint_word(
        self, painter: QPainter, area: QRectF, column: Column[Any], section: int
    ) -> None:
        px, tokens = theme().px, theme().tokens
        sorted_here = section == self.sortIndicatorSection()
        inner = area.adjusted(px(PAD), 0, -px(PAD), 0)
        font, metrics = face(px(12), 600)
        painter.setFont(font)
        painter.setPen(ink(tokens.text if sorted_here else tokens.text_soft))
        room = inner.width() - (px(14) if sorted_here else 0)
        text = metrics.elidedText(column.header, Qt.TextElideMode.ElideRight, room + 1)
        if sorted_here and column.align == "right":
            inner.adjust(0, 0, -px(14), 0)
        painter.drawText(inner, _FLAGS[column.align], text)
        if sorted_here:
            left = inner.left() + metrics.horizontalAdvance(text)
            self._paint_arrow(painter, inner.right() if column.align == "right" else left, area)

    def _paint_arrow(self, painter: QPainter, left: float, area: QRectF) -> None:
        px = theme().px
        middle, up = area.center().y(), self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        tip = -px(3) if up else px(3)
        x = left + px(10)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(theme().tokens.text))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x - px(4), middle - tip),
                    QPointF(x + px(4), middle - tip),
                    QPointF(x, middle + tip),
                ]
            )
        )
