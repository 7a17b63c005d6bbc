"""Pill: a state as icon, word and colour together, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.paint import box, draw_icon, ink, text_width

HEIGHT = 22
"""Height of a pill in pixels at 100 %."""


@dataclass(frozen=True)
class Pill:
    """What a badge says: a word, its tone and its icon."""

    text: str
    tone: Tone = "neutral"
    icon: str = "circle-dot"


def pill_width(text: str) -> float:
    """Width in pixels of the pill of a text."""
    return text_width(text, theme().px(11.5), 600) + theme().px(33)


def paint_pill(painter: QPainter, pill: Pill, left: float, middle: float) -> None:
    """Draw a pill from its left edge and vertical middle, in pixels."""
    px, tokens = theme().px, theme().tokens
    height = px(HEIGHT)
    area = QRectF(left, middle - height / 2, pill_width(pill.text), height)
    words = tokens.tone(pill.tone) if pill.tone != "accent" else tokens.on_accent_soft
    box(painter, area, 6, tokens.tone_soft(pill.tone))
    draw_icon(painter, pill.icon, words, QPointF(left + px(15), middle), 14)
    painter.setFont(theme().font(11.5, 600))
    painter.setPen(ink(words))
    painter.drawText(area.adjusted(px(26), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, pill.text)


class PillBadge(QWidget):
    """A pill as a widget."""

    def __init__(self, pill: Pill | None = None) -> None:
        super().__init__()
        self._pill = pill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_pill(pill)

    def set_pill(self, pill: Pill | None) -> None:
        """Show another state; None hides the badge."""
        self._pill = pill
        if pill is None:
            self.hide()
        elif self.parentWidget():
            self.show()
        self.setAccessibleName(pill.text if pill else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        width = pill_width(self._pill.text) if self._pill else 0
        return QSize(round(width + 0.5), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        if self._pill:
            paint_pill(QPainter(self), self._pill, 0, self.height() / 2)
