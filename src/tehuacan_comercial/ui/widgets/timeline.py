"""Timeline: what happened to an account, newest first, each with its icon and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.paint import box, draw_icon, focus_ring

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
EVENT_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class TimelineEvent:
    """One event: when (already written out), what, details, amount; ``value`` comes back."""

    when: str
    title: str
    detail: str = ""
    amount: str = ""
    icon: str = "circle-dot"
    tone: Tone = "neutral"
    value: object = None


class _Events(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.events: tuple[TimelineEvent, ...] = ()

    def show_events(self, events: Sequence[TimelineEvent]) -> None:
        self.beginResetModel()
        self.events = tuple(events)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.events)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        event = self.events[index.row()]
        if role == EVENT_ROLE:
            return event
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, (event.when, event.title, event.detail, event.amount)))
        return None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        detail = index.data(EVENT_ROLE).detail
        return QSize(theme().px(200), theme().px(56 if detail else 40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        area, event = QRectF(option.rect), index.data(EVENT_ROLE)
        px, tokens = theme().px, theme().tokens
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, area, 6, tokens.selection)
        spine = area.left() + px(24)
        painter.fillRect(QRectF(spine, area.top(), 1, area.height()), QColor(tokens.line))
        dot = QRectF(spine - px(14), area.top() + px(7), px(28), px(28))
        box(painter, dot, 14, tokens.tone_soft(event.tone))
        draw_icon(painter, event.icon, tokens.tone(event.tone), dot.center(), 15)
        self._paint_words(painter, area.adjusted(px(52), 0, -px(14), 0), event)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, area, 6)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRectF, event: TimelineEvent) -> None:
        px, tokens, flag = theme().px, theme().tokens, Qt.AlignmentFlag
        line = QRectF(area.left(), area.top() + px(8), area.width(), px(20))
        painter.setFont(theme().font(13, 600))
        painter.setPen(QColor(tokens.text))
        painter.drawText(line, flag.AlignRight | flag.AlignVCenter, event.amount)
        taken = QFontMetricsF(painter.font()).horizontalAdvance(event.amount) + px(12)
        painter.drawText(
            line,
            flag.AlignLeft | flag.AlignVCenter,
            _fit(painter, event.title, line.width() - taken),
        )
        used = QFontMetricsF(painter.font()).horizontalAdvance(event.title) + px(10)
        painter.setFont(theme().font(12, 400))
        painter.setPen(QColor(tokens.text_muted))
        rest = line.adjusted(used, 0, -taken, 0)
        if rest.width() > px(60):
            painter.drawText(
                rest, flag.AlignLeft | flag.AlignVCenter, _fit(painter, event.when, rest.width())
            )
        painter.setPen(QColor(tokens.text_soft))
        under = line.translated(0, px(21))
        painter.drawText(
            under, flag.AlignLeft | flag.AlignVCenter, _fit(painter, event.detail, under.width())
        )


def _fit(painter: QPainter, text: str, width: float) -> str:
    return QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


class Timeline(QListView):
    """A list of events; ``event_chosen(value)`` on Enter or double click."""

    event_chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._events = _Events()
        self.setModel(self._events)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.activated.connect(lambda index: self.event_chosen.emit(index.data(EVENT_ROLE).value))

    def show_events(self, events: Sequence[TimelineEvent]) -> None:
        """Replace what is shown, newest first as given."""
        self._events.show_events(events)
