"""Strokes that several painted widgets share: rounded boxes, icons, key caps, focus rings."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from tehuacan_comercial.ui.icons import icon_pixmap
from tehuacan_comercial.ui.theme.theme import theme

FOCUS_WIDTH = 2
"""Width of the focus ring in pixels, at every scale."""


def box(
    painter: QPainter, area: QRectF, radius: float, fill: str | None, line: str | None = None
) -> None:
    """A rounded box; fill and line are ``#RRGGBB`` or nothing. Radius in pixels at 100 %."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(line), 1) if line else Qt.PenStyle.NoPen)
    inner = area.adjusted(0.5, 0.5, -0.5, -0.5) if line else area
    painter.drawRoundedRect(inner, theme().px(radius), theme().px(radius))


def focus_ring(painter: QPainter, area: QRectF, radius: float, colour: str | None = None) -> None:
    """A ring of two pixels just inside ``area``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour or theme().tokens.focus), FOCUS_WIDTH))
    inner = area.adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(inner, theme().px(radius), theme().px(radius))


def draw_icon(painter: QPainter, name: str, colour: str, centre: QPointF, size: float) -> None:
    """An icon around a point; size in pixels at 100 %."""
    side = theme().px(size)
    corner = QPointF(round(centre.x() - side / 2), round(centre.y() - side / 2))
    painter.drawPixmap(corner, icon_pixmap(name, colour, size))


def cap_width(key: str) -> float:
    """Width in pixels of the cap of a key."""
    if not key:
        return 0
    return QFontMetricsF(theme().font(11, 600)).horizontalAdvance(key) + theme().px(13)


def key_cap(
    painter: QPainter, right: float, middle: float, key: str, ink: str, line: str, fill: str | None
) -> None:
    """The cap of a key, its right edge and vertical middle given in pixels."""
    width, height = cap_width(key), theme().px(20)
    area = QRectF(right - width, middle - height / 2, width, height)
    box(painter, area, 4, fill, line)
    painter.setFont(theme().font(11, 600))
    painter.setPen(QColor(ink))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, key)
