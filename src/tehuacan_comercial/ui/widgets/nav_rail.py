"""The rail at the left: sections with their keys and badges, whole or folded to icons."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import box, draw_icon, focus_ring

WIDE, NARROW = 200, 68
"""Widths of the rail in pixels at 100 %."""


class NavButton(QAbstractButton):
    """One section: icon, word, key or badge."""

    def __init__(self, text: str, icon: str, key: str) -> None:
        super().__init__()
        self._icon_name, self._key, self._badge = icon, key, 0
        self.folded = False
        self.setText(text)
        self.setToolTip(f"{text} ({key})" if key else text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_badge(self, number: int) -> None:
        """How many things wait in the section; zero shows the key instead."""
        self._badge = number
        self.setAccessibleDescription(f"{number} pendientes" if number else "")
        self.update()

    def sizeHint(self) -> QSize:
        """The whole width of the rail, 40 pixels high at 100 %."""
        return QSize(theme().px(NARROW if self.folded else WIDE), theme().px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark of the current section, icon, word and badge."""
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        area = QRectF(self.rect()).adjusted(px(8), px(1), -px(8), -px(1))
        active = self.isChecked() or self.underMouse()
        if active:
            box(painter, area, 7, tokens.nav_active)
        if self.isChecked():
            bar = QRectF(area.left(), area.center().y() - px(10), px(3), px(20))
            box(painter, bar, 1.5, tokens.nav_accent)
        ink = tokens.nav_text_active if active else tokens.nav_text
        left = area.center().x() if self.folded else area.left() + px(23)
        draw_icon(painter, self._icon_name, ink, QPointF(left, area.center().y()), 19)
        if not self.folded:
            self._paint_word(painter, area, ink)
        self._paint_badge(painter, area)
        if self.hasFocus():
            focus_ring(painter, area, 7, tokens.nav_accent)

    def _paint_word(self, painter: QPainter, area: QRectF, ink: str) -> None:
        px, middle = theme().px, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme().font(14, 600))
        painter.setPen(QColor(ink))
        painter.drawText(area.adjusted(px(46), 0, 0, 0), middle, self.text())
        if self._key and not self._badge:
            painter.setFont(theme().font(11, 500))
            painter.setPen(QColor(theme().tokens.nav_muted))
            right = Qt.AlignmentFlag.AlignRight | middle
            painter.drawText(area.adjusted(0, 0, -px(12), 0), right, self._key)

    def _paint_badge(self, painter: QPainter, area: QRectF) -> None:
        if not self._badge:
            return
        px, tokens = theme().px, theme().tokens
        font, text = theme().font(11.5, 700), str(self._badge) if self._badge < 1000 else "999+"
        width = max(px(24), QFontMetricsF(font).horizontalAdvance(text) + px(14))
        top = area.top() + px(1) if self.folded else area.center().y() - px(10)
        right = area.right() + (px(4) if self.folded else -px(11))
        pill = QRectF(right - width, top, width, px(19))
        box(painter, pill, 9.5, tokens.nav_accent)
        painter.setFont(font)
        painter.setPen(QColor(tokens.on_nav_accent))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class NavHead(QWidget):
    """The sign of the house above the sections."""

    def __init__(self, title: str, subtitle: str) -> None:
        super().__init__()
        self.title, self.subtitle = title, subtitle
        self.folded = False

    def sizeHint(self) -> QSize:
        """As high as the top bar."""
        return QSize(theme().px(NARROW if self.folded else WIDE), theme().px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the drop, the name of the program and of the office."""
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        left = self.width() / 2 if self.folded else px(33)
        draw_icon(painter, "droplets", tokens.nav_accent, QPointF(left, px(32)), 26)
        if self.folded:
            return
        painter.setFont(theme().font(13.5, 700))
        painter.setPen(QColor(tokens.nav_text_active))
        painter.drawText(QPointF(px(54), px(30)), self.title)
        painter.setFont(theme().font(11, 400))
        painter.setPen(QColor(tokens.nav_text))
        width = self.width() - px(60)
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(self.subtitle, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(px(54), px(46)), shown)


class NavRail(QWidget):
    """Sections above, tools of the window below; ``section_requested(id)`` on a press."""

    section_requested = Signal(str)

    def __init__(self, title: str, subtitle: str) -> None:
        super().__init__()
        self._head = NavHead(title, subtitle)
        self._buttons: dict[str, NavButton] = {}
        self._tools: list[NavButton] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme().px(8))
        self._column.setSpacing(theme().px(4))
        self._column.addWidget(self._head)
        self._column.addStretch(1)
        self.set_folded(False)

    def add_section(self, name: str, text: str, icon: str, key: str) -> None:
        """Add a section under the others."""
        button = NavButton(text, icon, key)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.section_requested.emit(name))
        self._group.addButton(button)
        self._buttons[name] = button
        self._column.insertWidget(len(self._buttons), button)

    def add_tool(self, text: str, icon: str, key: str) -> NavButton:
        """Add a tool at the foot and return its button."""
        button = NavButton(text, icon, key)
        self._tools.append(button)
        self._column.addWidget(button)
        return button

    def set_current(self, name: str) -> None:
        """Mark the section that is shown."""
        self._buttons[name].setChecked(True)

    def set_badge(self, name: str, number: int) -> None:
        """Show how many things wait in a section."""
        self._buttons[name].set_badge(number)

    def set_folded(self, folded: bool) -> None:
        """Fold to icons or unfold."""
        parts: list[NavHead | NavButton] = [self._head, *self._buttons.values(), *self._tools]
        for part in parts:
            part.folded = folded
            part.updateGeometry()
            part.update()
        self.setFixedWidth(theme().px(NARROW if folded else WIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the rail's own ground."""
        QPainter(self).fillRect(self.rect(), QColor(theme().tokens.nav))
