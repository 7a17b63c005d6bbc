"""One figure of the day, large, with what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from tehuacan_comercial.ui.dashboard.tile import Tile, bar, icon_words, words
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tone

HEIGHT = 96


@dataclass(frozen=True)
class Figure:
    """What a tile says. ``share`` 0 to 1 draws a bar under the figure; the tone is said by the
    icon and the words as well.
    """

    label: str
    value: str
    note: str = ""
    tone: Tone = "neutral"
    icon: str = ""
    share: float | None = None
    tip: str = ""


class FigureTile(Tile):
    """Label, figure, note."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.figure = Figure(label, "—")
        self.setAccessibleName(label)

    def say(self, figure: Figure) -> None:
        """Show another value; painting again only what changed."""
        if figure == self.figure:
            return
        self.figure = figure
        self.setAccessibleName(f"{figure.label}: {figure.value}. {figure.note}")
        self.setToolTip(figure.tip)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme().px(190), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The figure is cut last."""
        return QSize(theme().px(120), theme().px(HEIGHT))

    def paint_content(self, painter: QPainter, area: QRectF) -> None:
        """Three lines, with the bar between the last two."""
        px, tokens, figure = theme().px, theme().tokens, self.figure
        line = QRectF(area.left(), area.top(), area.width(), px(18))
        words(painter, line, figure.label, 12, 600, tokens.text_soft)
        line = QRectF(area.left(), area.top() + px(19), area.width(), px(34))
        ink = tokens.text if figure.tone == "neutral" else tokens.tone(figure.tone)
        if figure.icon:
            icon_words(painter, line, figure.icon, figure.value, 23, 700, ink)
        else:
            words(painter, line, figure.value, 23, 700, ink, figures=True)
        if figure.share is not None:
            track = QRectF(area.left(), area.top() + px(53), area.width(), px(5))
            bar(painter, track, figure.share, tokens.ok if figure.share >= 1 else tokens.accent)
        line = QRectF(area.left(), area.bottom() - px(17), area.width(), px(18))
        words(painter, line, figure.note, 11.5, 400, tokens.text_soft)
