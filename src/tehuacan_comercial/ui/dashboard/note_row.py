"""One thing to attend to: icon, what it is, whose, since when; a press opens it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from tehuacan_comercial.services.dashboard_alerts import Alert
from tehuacan_comercial.ui.dashboard.tile import Tile, words
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.paint import box, draw_icon, focus_ring

HEIGHT = 46


@dataclass(frozen=True)
class Note:
    """What a row says; ``key`` names it while its words change, ``alert`` is None of a request."""

    key: tuple[object, ...]
    tone: Tone
    icon: str
    title: str
    detail: str
    age: str = ""
    alert: Alert | None = None


class NoteRow(Tile):
    """Two lines beside an icon on the tone's ground."""

    def __init__(self, note: Note) -> None:
        super().__init__()
        self.note = note
        self.say(note)

    def say(self, note: Note) -> None:
        """Show another note, or the same grown older."""
        changed, self.note = note != self.note, note
        self.setAccessibleName(f"{note.title}. {note.detail} {note.age}")
        self.setToolTip(f"{note.title}\n{note.detail}")
        if changed:
            self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(theme().px(240), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(theme().px(160), theme().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Without a panel of its own: it stands in a card."""
        painter, area = QPainter(self), QRectF(self.rect())
        if self.underMouse():
            box(painter, area, 6, theme().tokens.raised)
        self.paint_content(painter, area.adjusted(theme().px(4), 0, -theme().px(6), 0))
        if self.hasFocus():
            focus_ring(painter, area, 6)

    def paint_content(self, painter: QPainter, area: QRectF) -> None:
        """Icon, title and age; detail."""
        px, tokens, note = theme().px, theme().tokens, self.note
        side = px(30)
        ground = QRectF(area.left(), area.center().y() - side / 2, side, side)
        box(painter, ground, 7, tokens.tone_soft(note.tone))
        draw_icon(painter, note.icon, tokens.tone(note.tone), QPointF(ground.center()), 16)
        left = ground.right() + px(10)
        line = QRectF(left, area.top() + px(5), area.right() - left, px(18))
        used = words(painter, line, note.age, 11, 400, tokens.text_soft, right=True)
        words(painter, line.adjusted(0, 0, -used - px(8), 0), note.title, 12.5, 600)
        below = QRectF(left, area.top() + px(23), area.right() - left, px(18))
        words(painter, below, note.detail, 11.5, 400, tokens.text_soft)
