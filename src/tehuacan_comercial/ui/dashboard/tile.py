"""What the dashboard's tiles share: a pressable panel that is drawn, with its bar and its words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tehuacan_comercial.ui.theme.fonts import face
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets import paint
from tehuacan_comercial.ui.widgets.paint import box, draw_icon, focus_ring

PAD = 14
"""Room inside a tile, pixels at 100 %."""


class Tile(QAbstractButton):
    """A panel that opens something. Real button: role, focus and press come from Qt."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, content, focus."""
        painter, tokens = QPainter(self), theme().tokens
        area = QRectF(self.rect())
        hot = self.underMouse() and self.isEnabled()
        box(painter, area, 8, tokens.raised if hot else tokens.surface, tokens.line)
        self.paint_content(painter, area.adjusted(_px(PAD), _px(10), -_px(PAD), -_px(10)))
        if self.hasFocus():
            focus_ring(painter, area, 8)

    def paint_content(self, painter: QPainter, area: QRectF) -> None:
        """What stands on the tile, within its margins."""
        raise NotImplementedError


def _px(size: float) -> int:
    return theme().px(size)


def words(
    painter: QPainter,
    area: QRectF,
    text: str,
    size: float,
    weight: int = 400,
    ink: str = "",
    *,
    right: bool = False,
    figures: bool = False,
) -> float:
    """One line, cut with an ellipsis where it does not fit; gives its width in pixels."""
    font, metrics = face(_px(size), weight, figures=figures)
    shown, wide = text, metrics.horizontalAdvance(text)
    if wide > area.width():
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        wide = metrics.horizontalAdvance(shown)
    painter.setFont(font)
    painter.setPen(paint.ink(ink or theme().tokens.text))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return wide


def bar(painter: QPainter, area: QRectF, share: float, ink: str, mark: float | None = None) -> None:
    """A filled part of a track, ``share`` 0 to 1, and a thin mark, for example at nine tenths."""
    tokens = theme().tokens
    box(painter, area, 3, tokens.neutral_soft)
    if share > 0:
        filled = QRectF(area)
        filled.setWidth(max(area.height(), area.width() * min(share, 1.0)))
        box(painter, filled, 3, ink)
    if mark is not None:
        x = area.left() + area.width() * mark
        line = QRectF(x, area.top() - _px(3), _px(2), area.height() + _px(6))
        painter.fillRect(line, paint.ink(tokens.text_soft))


def icon_words(
    painter: QPainter, area: QRectF, icon: str, text: str, size: float, weight: int, ink: str
) -> float:
    """An icon and a line beside it; gives the width of both."""
    side = _px(size + 2)
    draw_icon(painter, icon, ink, QPointF(area.left() + side / 2, area.center().y()), size + 2)
    gap = side + _px(5)
    return gap + words(painter, area.adjusted(gap, 0, 0, 0), text, size, weight, ink)
