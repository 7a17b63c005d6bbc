"""Segmented control: one of a few choices side by side, each with its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import box, draw_icon, focus_ring


@dataclass(frozen=True)
class Segment:
    """One choice: what it stands for, its word, icon and key."""

    name: str
    text: str
    icon: str = ""
    key: str = ""


class SegmentButton(QAbstractButton):
    """One choice of the control."""

    def __init__(self, segment: Segment) -> None:
        super().__init__()
        self._segment = segment
        self.setText(segment.text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if segment.key:
            self.setAccessibleDescription(f"Tecla {segment.key}")

    def _caption(self) -> str:
        return f"{self._segment.text}  {self._segment.key}".rstrip()

    def sizeHint(self) -> QSize:
        """Room for icon, word and key."""
        px = theme().px
        width = QFontMetricsF(theme().font(13, 600)).horizontalAdvance(self._caption())
        return QSize(round(width) + px(44 if self._segment.icon else 20), px(34))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chosen one as a raised key, the others flat."""
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        area = QRectF(self.rect())
        ink = tokens.text_soft
        if self.isChecked():
            ink = tokens.accent
            box(painter, area, 6, tokens.surface, tokens.accent)
        width = QFontMetricsF(theme().font(13, 600)).horizontalAdvance(self._caption())
        width += px(24) if self._segment.icon else 0
        left = area.center().x() - width / 2
        if self._segment.icon:
            draw_icon(
                painter, self._segment.icon, ink, QPointF(left + px(8), area.center().y()), 16
            )
            left += px(24)
        painter.setFont(theme().font(13, 600))
        painter.setPen(QColor(ink))
        text = QRectF(left, 0, area.right() - left, area.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self._caption())
        if self.hasFocus():
            focus_ring(painter, area, 6)


class Segmented(QWidget):
    """A row of choices; ``chosen(name)`` when the person picks another."""

    chosen = Signal(str)

    def __init__(self, segments: Sequence[Segment], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._buttons: dict[str, SegmentButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        margin = theme().px(4)
        row.setContentsMargins(margin, margin, margin, margin)
        row.setSpacing(theme().px(2))
        for segment in segments:
            self._add(segment, row)
        self._buttons[segments[0].name].setChecked(True)

    def current(self) -> str:
        """Name of the choice in force."""
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        """Pick a choice, as if pressed."""
        if self._buttons[name].isEnabled() and name != self.current():
            self._buttons[name].setChecked(True)
            self.chosen.emit(name)

    def set_allowed(self, name: str, allowed: bool) -> None:
        """Take a choice out of use or back in."""
        self._buttons[name].setEnabled(allowed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove the choices lie in."""
        tokens = theme().tokens
        box(QPainter(self), QRectF(self.rect()), 8, tokens.raised, tokens.line)

    def _add(self, segment: Segment, row: QHBoxLayout) -> None:
        button = SegmentButton(segment)
        button.clicked.connect(lambda: self.chosen.emit(segment.name))
        self._group.addButton(button)
        self._buttons[segment.name] = button
        row.addWidget(button)
        if segment.key:
            shortcut = QShortcut(QKeySequence(segment.key), self)
            shortcut.activated.connect(lambda: self.choose(segment.name))
