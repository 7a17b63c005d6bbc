"""Buttons that show their key: label, icon and key cap painted on one real button."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tokens
from tehuacan_comercial.ui.widgets.paint import box, cap_width, draw_icon, focus_ring, key_cap


class Kind(Enum):
    """Weight of a button: the act of the screen, an ordinary one, a link, a grave one."""

    PRIMARY = "primary"
    PLAIN = "plain"
    GHOST = "ghost"
    LINK = "link"
    DANGER = "danger"


_HEIGHT = {Kind.PRIMARY: 46, Kind.PLAIN: 38, Kind.GHOST: 34, Kind.LINK: 34, Kind.DANGER: 38}
_TEXT_SIZE = {Kind.PRIMARY: 16, Kind.PLAIN: 13, Kind.GHOST: 13, Kind.LINK: 13, Kind.DANGER: 13}


def _colours(button: QAbstractButton, kind: Kind) -> tuple[str, str | None, str | None]:
    """Ink, fill and line of a button as it is now."""
    tokens: Tokens = theme().tokens
    hot = button.underMouse() or button.isDown()
    if not button.isEnabled():
        bare = kind in (Kind.GHOST, Kind.LINK)
        return tokens.text_muted, None if bare else tokens.raised, None if bare else tokens.line
    if kind is Kind.PRIMARY:
        return tokens.on_accent, tokens.accent_hover if hot else tokens.accent, None
    if kind is Kind.DANGER:
        return tokens.on_danger_fill, tokens.danger_fill, None
    if button.isChecked():
        return tokens.on_accent_soft, tokens.accent_soft, tokens.accent
    if kind is Kind.PLAIN:
        return tokens.text, tokens.raised if hot else tokens.surface, tokens.control_line
    ink = tokens.accent if kind is Kind.LINK else tokens.text_soft
    return ink, tokens.neutral_soft if hot else None, None


class KeyButton(QAbstractButton):
    """A button with an icon, a label (``&`` marks the mnemonic) and the cap of its key."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        key: str = "",
        kind: Kind = Kind.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self.key, self._icon_name = kind, key, icon
        self._action: QAction | None = None
        self._busy_text = ""
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Minimum if kind is Kind.PLAIN else policy.Preferred, policy.Fixed)
        if kind is Kind.GHOST:
            self.setToolTip(text.replace("&", ""))
        if key:
            self.setAccessibleDescription(f"Tecla {key}")

    @classmethod
    def for_action(cls, action: QAction, icon: str = "", kind: Kind = Kind.PLAIN) -> KeyButton:
        """A button that triggers an action and follows its text, key, tip and state."""
        button = cls(action.text(), icon, action.shortcut().toString(), kind)
        button._action = action
        button.clicked.connect(action.trigger)
        action.changed.connect(button._follow_action)
        button._follow_action()
        return button

    def set_busy(self, text: str) -> None:
        """Show that the act is under way (``Registrando…``); an empty text ends it."""
        self._busy_text = text
        self.setEnabled(not text and (self._action is None or self._action.isEnabled()))
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Another weight: what was one of several acts becomes the next one, or the reverse."""
        self.kind = kind
        self.updateGeometry()
        self.update()

    def icon_name(self) -> str:
        """The icon it shows."""
        return self._icon_name

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon, label and key cap at the theme's scale."""
        px = theme().px
        metrics = QFontMetricsF(self._font())
        width = metrics.horizontalAdvance(self.text().replace("&", "")) + 2 * self._pad()
        width += px(self._icon_size() + 9) if self._icon_name else 0
        width += cap_width(self.key) + px(12) if self.key else 0
        return QSize(round(width + 1), px(_HEIGHT[self.kind]))

    def minimumSizeHint(self) -> QSize:
        """A button never hides its label, but a tool with an icon may shrink to it."""
        if self.kind is Kind.GHOST and self._icon_name:
            return QSize(self.sizeHint().height(), self.sizeHint().height())
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, icon, label, key cap and focus ring."""
        painter = QPainter(self)
        area = QRectF(self.rect())
        ink, fill, line = _colours(self, self.kind)
        box(painter, area, 7, fill, line)
        self._paint_content(painter, area, ink)
        if self.hasFocus():
            solid = self.kind in (Kind.PRIMARY, Kind.DANGER)
            inset = area.adjusted(3, 3, -3, -3) if solid else area
            focus_ring(painter, inset, 5 if solid else 7, ink if solid else None)

    def _paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        px, middle = theme().px, area.center().y()
        if self._is_shrunk():
            draw_icon(painter, self._icon_name, ink, area.center(), self._icon_size())
            return
        label = self._busy_text or self.text()
        symbol = "hourglass" if self._busy_text else self._icon_name
        left = self._start(area, label, symbol)
        if symbol:
            size = self._icon_size()
            draw_icon(painter, symbol, ink, QPointF(left + px(size) / 2, middle), size)
            left += px(size + 9)
        right = area.right() - self._pad()
        if self.key:
            self._paint_cap(painter, right, middle, ink)
            right -= cap_width(self.key) + px(6)
        painter.setFont(self._font())
        painter.setPen(QColor(ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(QRectF(left, 0, right - left + 2, area.height()), flags, label)

    def _paint_cap(self, painter: QPainter, right: float, middle: float, ink: str) -> None:
        tokens = theme().tokens
        solid = self.kind in (Kind.PRIMARY, Kind.DANGER) and self.isEnabled()
        cap_ink = ink if solid else tokens.text_soft
        fill = None if solid else tokens.raised
        key_cap(painter, right, middle, self.key, cap_ink, ink if solid else tokens.line, fill)

    def _start(self, area: QRectF, label: str, symbol: str) -> float:
        """Left edge of the content: at the margin when there is a key, else centred."""
        if self.key or self.kind in (Kind.GHOST, Kind.LINK):
            return area.left() + self._pad()
        width = QFontMetricsF(self._font()).horizontalAdvance(label.replace("&", ""))
        width += theme().px(self._icon_size() + 9) if symbol else 0
        return max(area.left() + self._pad(), area.center().x() - width / 2)

    def _is_shrunk(self) -> bool:
        return self.kind is Kind.GHOST and self.width() < self.sizeHint().width()

    def _font(self) -> QFont:
        return theme().font(_TEXT_SIZE[self.kind], 600)

    def _icon_size(self) -> int:
        return 20 if self.kind is Kind.PRIMARY else 16

    def _pad(self) -> int:
        small = self.kind in (Kind.GHOST, Kind.LINK)
        return theme().px(9 if small else 14 if self.kind is Kind.PRIMARY else 11)

    def _follow_action(self) -> None:
        if self._action is None:
            return
        self.setEnabled(self._action.isEnabled() and not self._busy_text)
        self.setToolTip(self._action.toolTip())


class PrimaryButton(KeyButton):
    """The one act of a screen or sheet."""

    def __init__(self, text: str, icon: str = "", key: str = "", *, tall: bool = False) -> None:
        super().__init__(text, icon, key, Kind.PRIMARY)
        self._tall = tall

    def sizeHint(self) -> QSize:
        """As a key button; taller where it is the main act of the screen."""
        hint = super().sizeHint()
        return QSize(hint.width(), theme().px(54)) if self._tall else hint


class IconButton(QAbstractButton):
    """A button of one icon; its name is spoken and shown as a tip."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A target of 32 pixels at 100 %."""
        return QSize(theme().px(32), theme().px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon, a ground under the mouse, the focus ring."""
        painter = QPainter(self)
        area = QRectF(self.rect())
        ink, fill, _line = _colours(self, Kind.GHOST)
        box(painter, area, 7, fill)
        draw_icon(painter, self._icon_name, ink, area.center(), 18)
        if self.hasFocus():
            focus_ring(painter, area, 7)
