"""Strokes that several painted widgets share: rounded boxes, icons, key caps, focus rings."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tehuacan_comercial.ui.icons import icon_pixmap
from tehuacan_comercial.ui.theme.fonts import face
from tehuacan_comercial.ui.theme.theme import theme

FOCUS_WIDTH = 2
"""Width of the focus ring in pixels, at every scale."""


@lru_cache(maxsize=256)
def ink(colour: str) -> QColor:
    """A colour of ``#RRGGBB``, read once; never changed by whoever paints with it."""
    return QColor(colour)


@lru_cache(maxsize=64)
def _pen(colour: str, width: int) -> QPen:
    return QPen(QColor(colour), width)


def box(
    painter: QPainter, area: QRectF, radius: float, fill: str | None, line: str | None = None
) -> None:
    """A rounded box; fill and line are ``#RRGGBB`` or nothing. Radius in pixels at 100 %."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(ink(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(line, 1) if line else Qt.PenStyle.NoPen)
    inner = area.adjusted(0.5, 0.5, -0.5, -0.5) if line else area
    painter.drawRoundedRect(inner, theme().px(radius), theme().px(radius))


def focus_ring(painter: QPainter, area: QRectF, radius: float, colour: str | None = None) -> None:
    """A ring of two pixels just inside ``area``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(colour or theme().tokens.focus, FOCUS_WIDTH))
    inner = area.adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(inner, theme().px(radius), theme().px(radius))


def draw_icon(painter: QPainter, name: str, colour: str, centre: QPointF, size: float) -> None:
    """An icon around a point; size in pixels at 100 %."""
    side = theme().px(size)
    corner = QPointF(round(centre.x() - side / 2), round(centre.y() - side / 2))
    painter.drawPixmap(corner, icon_pixmap(name, colour, size))


@lru_cache(maxsize=512)
def text_width(text: str, pixels: int, weight: int) -> float:
    """Width in pixels of a text in the house's font of so many pixels."""
    return face(pixels, weight)[1].horizontalAdvance(text)


def cap_width(key: str) -> float:
    """Width in pixels of the cap of a key."""
    if not key:
        return 0
    return text_width(key, theme().px(11), 600) + theme().px(13)


def key_cap(
    painter: QPainter,
    right: float,
    middle: float,
    key: str,
    words: str,
    line: str,
    fill: str | None,
) -> None:
    """The cap of a key, its right edge and vertical middle given in pixels."""
    width, height = cap_width(key), theme().px(20)
    area = QRectF(right - width, middle - height / 2, width, height)
    box(painter, area, 4, fill, line)
    painter.setFont(theme().font(11, 600))
    painter.setPen(ink(words))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, key)
