"""The strip at the foot: each item an icon, words and colour; a press acts on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.paint import draw_icon, focus_ring
from tehuacan_comercial.ui.widgets.text import ElidedLabel, IconLabel


class StatusItem(QAbstractButton):
    """One fact of the station; ``clicked`` offers what can be done about it."""

    def __init__(self, icon: str, text: str = "", *, pressable: bool = False) -> None:
        super().__init__()
        self._icon_name = icon
        self._tone: Tone = "neutral"
        policy = Qt.FocusPolicy.TabFocus if pressable else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self._pressable = pressable
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text)

    def say(self, text: str, tone: Tone = "neutral", icon: str = "", tip: str = "") -> None:
        """Show a state: words, tone, icon (kept when empty) and an explanation."""
        icon = icon or self._icon_name
        if (text, tone, icon) == (self.text(), self._tone, self._icon_name):
            return
        self.setText(text.replace("&", "&&"))
        self._tone, self._icon_name = tone, icon
        self.setToolTip(tip)
        if self.parentWidget():
            self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and words."""
        px = theme().px
        width = QFontMetricsF(self._font()).horizontalAdvance(self.text()) + px(21 + 14)
        return QSize(round(width), px(26))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon and words; underline under the mouse when it can be pressed."""
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        ink = tokens.tone(self._tone)
        area = QRectF(self.rect())
        draw_icon(painter, self._icon_name, ink, QPointF(px(14), area.center().y()), 14)
        font = self._font()
        font.setUnderline(self._pressable and self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(area.adjusted(px(27), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, area, 4)

    def _font(self) -> QFont:
        return theme().font(12, 400 if self._tone == "neutral" else 600)


class StatusStrip(QFrame):
    """A message at the left, the items at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("StatusStrip")
        self._items: list[StatusItem] = []
        self._spare: list[StatusItem] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme().px(11), theme().px(1), theme().px(6), 0)
        self._row.setSpacing(theme().px(4))
        self._icon = IconLabel("circle-check", "text_soft", 14)
        self._message = ElidedLabel("", 12, 400, "soft")
        self._row.addWidget(self._icon)
        self._row.addSpacing(theme().px(4))
        self._row.addWidget(self._message, 1)

    def add(self, item: StatusItem, *, spare: bool = False) -> StatusItem:
        """Add an item at the right end; a spare one gives way where room is short."""
        self._items.append(item)
        if spare:
            self._spare.append(item)
        self._row.addWidget(item)
        item.setVisible(bool(item.text()))
        return item

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide spare items, the last added first, until the others fit."""
        super().resizeEvent(event)
        room = self.width() - theme().px(60)
        wanted = {item: item.sizeHint().width() for item in self._items if item.text()}
        for item in reversed(self._spare):
            fits = sum(wanted.values()) + theme().px(4) * len(wanted) <= room
            if not fits:
                wanted.pop(item, None)
        for item in self._spare:
            item.setVisible(item in wanted)

    def tell(self, text: str) -> None:
        """Say what was just done."""
        self._message.setText(text)
