"""One of the five totals: a button that shows the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tehuacan_comercial.domain.vouchers import SheetTotal, apart_words
from tehuacan_comercial.ui.formats import count, money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.vouchers.words import total_pill
from tehuacan_comercial.ui.widgets.paint import box, focus_ring
from tehuacan_comercial.ui.widgets.pill import Pill, paint_pill, pill_width

HEIGHT = 104
"""Pixels at 100 %."""


class TotalTile(QAbstractButton):
    """Checked while its rows are shown; says in words what its colour says."""

    def __init__(self, total: SheetTotal) -> None:
        super().__init__()
        self.total = total
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_total(total)

    def show_total(self, total: SheetTotal) -> None:
        """Another day, or the same a moment later."""
        self.total = total
        self.setAccessibleName(
            f"{total.name}: {money(total.amount)}, {total_pill(total).text.lower()}"
        )
        tip = f"{total.name}: debe ser {money(total.expected)}"
        if apart_words(total, money):
            tip += f"\n{total_pill(total).text}; sus renglones dicen de qué sesión."
        self.setToolTip(tip)
        self.update()

    def sizeHint(self) -> QSize:
        """Five stand side by side in a narrow window."""
        return QSize(theme().px(176), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Amounts shrink no further."""
        return QSize(theme().px(140), theme().px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name, amount, how many, and whether it agrees."""
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        area = QRectF(self.rect())
        line = tokens.accent if self.isChecked() else tokens.line
        box(painter, area, 8, tokens.surface, line)
        inner = area.adjusted(px(14), px(10), -px(14), -px(10))
        self._say(painter, inner, self.total.name, 12, 600, tokens.text_soft)
        inner.setTop(inner.top() + px(20))
        self._say(painter, inner, money(self.total.amount), 19, 700, tokens.text)
        wide = self.total.ok is not None
        if wide:
            room = QRectF(inner)
            painter.setFont(theme().font(12, 500))
            painter.setPen(QColor(tokens.text_soft))
            painter.drawText(
                room.adjusted(0, px(4), 0, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop,
                count(self.total.count),
            )
        pill = self._pill_for(inner.width())
        paint_pill(painter, pill, inner.left(), area.bottom() - px(22))
        if self.hasFocus():
            focus_ring(painter, area, 8)

    def _pill_for(self, room: float) -> Pill:
        """What lies between is told whatever the room; that the rest agrees follows from it."""
        pill, said = total_pill(self.total), apart_words(self.total, money)
        if not said or pill_width(pill.text) <= room:
            return pill
        return Pill(said[0][:1].upper() + said[0][1:], pill.tone, pill.icon)

    def _say(
        self, painter: QPainter, area: QRectF, text: str, size: float, weight: int, ink: str
    ) -> None:
        painter.setFont(theme().font(size, weight, figures=weight == 700))
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(area.width())
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
