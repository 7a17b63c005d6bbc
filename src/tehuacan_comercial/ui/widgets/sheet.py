"""A sheet over the dimmed window: title, body, foot with its buttons; Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import IconButton, KeyButton
from tehuacan_comercial.ui.widgets.paint import box
from tehuacan_comercial.ui.widgets.text import Label

SHADE_OPACITY = 150
"""How dark the window behind gets, of 255."""


class Shade(QWidget):
    """The veil over a window while a sheet is open."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever its size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken what is below."""
        colour = QColor(theme().tokens.shade)
        colour.setAlpha(SHADE_OPACITY)
        QPainter(self).fillRect(self.rect(), colour)


class ShadeDialog(QDialog):
    """Base of the program's sheets: fill ``body``, add buttons to ``foot``.

    It is opened only through ``ui/prompts.py: run``. ``main`` is the button that Enter presses;
    pressing it is the subclass's business (``accept`` closes). While ``set_busy`` holds, neither
    Esc nor Enter nor the cross do anything.
    """

    def __init__(self, parent: QWidget, title: str, subtitle: str = "", width: int = 620) -> None:
        super().__init__(parent.window(), Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self._main: KeyButton | None = None
        self._busy = False
        self._shade: Shade | None = None
        self._wanted_width = width
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        px = theme().px
        self._head = self._make_head(title, subtitle)
        outer.addLayout(self._head)
        self._content = QWidget()
        self._content.setObjectName("ScrollBody")
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(px(24), px(6), px(24), px(18))
        self.body.setSpacing(px(12))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        outer.addWidget(self._scroll, 1)
        self._foot_frame = QFrame()
        self._foot_frame.setObjectName("SheetFoot")
        self.foot = QHBoxLayout(self._foot_frame)
        self.foot.setContentsMargins(px(24), px(14), px(24), px(14))
        self.foot.setSpacing(px(10))
        outer.addWidget(self._foot_frame)

    def add_foot(self, leave: KeyButton, main: KeyButton, *others: KeyButton) -> None:
        """Buttons of the foot: the one that leaves at the left, the main act at the right."""
        leave.clicked.connect(self.reject)
        self.foot.addWidget(leave)
        self.foot.addStretch(1)
        for button in (*others, main):
            self.foot.addWidget(button)
        self._main = main

    def make_ready(self) -> None:
        """Dress every part before the sheet is wanted; Qt would do it while somebody waits."""
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()

    def set_busy(self, text: str) -> None:
        """Hold the sheet while its act is under way; an empty text lets it go."""
        self._busy = bool(text)
        if self._main:
            self._main.set_busy(text)
        self._close.setEnabled(not text)

    def set_subtitle(self, text: str) -> None:
        """Change the line under the title."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    def reject(self) -> None:
        """Leave without doing anything, unless the act is under way."""
        if not self._busy:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the main button, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._main and self._main.isEnabled() and not self._busy:
                self._main.click()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the window's middle, and dim it in the next beat.

        Qt paints the whole window below the veil once more; with the sheet's own first paint in one
        beat, keys would wait for both.
        """
        super().showEvent(event)
        self.fit()
        QTimer.singleShot(0, self, self._dim)

    def _dim(self) -> None:
        window = self.parentWidget()
        if window is None or self._shade is not None or not self.isVisible():
            return
        self._shade = Shade(window)
        self._shade.show()
        self._shade.raise_()

    def fit(self) -> None:
        """Take the size the content needs, no larger than the window behind; stay centred."""
        window = self.parentWidget()
        if window is None:
            return
        self._content.ensurePolished()
        self.body.activate()
        needed = (self.body.totalSizeHint().width(), self._foot_frame.sizeHint().width())
        width = max(theme().px(self._wanted_width), *needed)
        width = min(width, window.width() - theme().px(24))
        height = self.body.totalSizeHint().height()
        if self.body.hasHeightForWidth():
            height = self.body.totalHeightForWidth(width)
        height += self._head.sizeHint().height() + self._foot_frame.sizeHint().height()
        self.setFixedWidth(width)
        self.resize(width, min(height, window.height() - theme().px(24)))
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle.x() - self.width() // 2, middle.y() - self.height() // 2)

    def done(self, result: int) -> None:
        """Lift the veil."""
        if self._shade is not None:
            self._shade.hide()
            self._shade.deleteLater()
            self._shade = None
        super().done(result)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet with its round corners."""
        tokens = theme().tokens
        line = tokens.line if tokens.dark else None
        box(QPainter(self), QRectF(self.rect()), 12, tokens.surface, line)

    def _make_head(self, title: str, subtitle: str) -> QHBoxLayout:
        px, head, words = theme().px, QHBoxLayout(), QVBoxLayout()
        head.setContentsMargins(px(24), px(18), px(18), px(10))
        words.setSpacing(px(3))
        self.title, self.subtitle = (
            Label(title, 20, 600).wrapped(),
            Label(subtitle, 13, 400, "soft"),
        )
        self.subtitle.setWordWrap(True)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self._close = IconButton("x", "Cerrar (Esc)")
        self._close.clicked.connect(self.reject)
        head.addLayout(words, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        return head
