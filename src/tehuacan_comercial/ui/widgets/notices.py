"""Notices: what happened, told in place, with the acts that answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.buttons import IconButton, KeyButton, Kind
from tehuacan_comercial.ui.widgets.paint import box
from tehuacan_comercial.ui.widgets.text import IconLabel, Label, Role

TOAST_SECONDS = 6


@dataclass(frozen=True)
class NoticeAct:
    """A button of a notice: its verb and what it does."""

    text: str
    act: Callable[[], None]
    icon: str = ""


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say a text now."""
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class InlineNotice(QWidget):
    """A coloured strip with title, text and acts; ``closed`` when it is put away."""

    closed = Signal()

    def __init__(
        self,
        tone: Tone,
        icon: str,
        title: str,
        text: str = "",
        acts: Sequence[NoticeAct] = (),
        *,
        closable: bool = True,
    ) -> None:
        super().__init__()
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(f"{title}. {text}")
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(8), px(8), px(8))
        row.setSpacing(px(10))
        row.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.title = Label(title, 13, 600, _role(tone))
        self.text = Label(text, 12.5).wrapped()
        words.addWidget(self.title.wrapped())
        if text:
            words.addWidget(self.text)
        row.addLayout(words, 1)
        for act in acts:
            row.addWidget(_make_button(act))
        if closable:
            close = IconButton("x", "Cerrar aviso")
            close.clicked.connect(self.dismiss)
            row.addWidget(close)

    def dismiss(self) -> None:
        """Put the notice away."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the tone's soft colour."""
        tokens = theme().tokens
        box(QPainter(self), QRectF(self.rect()), 8, tokens.tone_soft(self._tone))


def _role(tone: Tone) -> Role:
    roles: dict[Tone, Role] = {"ok": "ok", "warn": "warn", "danger": "danger"}
    return roles.get(tone, "")


def _make_button(act: NoticeAct) -> KeyButton:
    button = KeyButton(act.text, act.icon, kind=Kind.PLAIN)
    button.clicked.connect(lambda: act.act())
    return button


class NoticeStrip(QWidget):
    """The place of a window where notices stand, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme().px(6))
        self._refit()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def tell(
        self,
        tone: Tone,
        icon: str,
        title: str,
        text: str = "",
        acts: Sequence[NoticeAct] = (),
    ) -> InlineNotice:
        """Show a notice that stays until it is answered or closed."""
        notice = InlineNotice(tone, icon, title, text, acts)
        notice.closed.connect(lambda: self._drop(notice))
        self._column.insertWidget(0, notice)
        notice.show()
        self._refit()
        announce(self.window(), notice.accessibleName())
        return notice

    def _drop(self, notice: InlineNotice) -> None:
        self._column.removeWidget(notice)
        self._refit()

    def _refit(self) -> None:
        px = theme().px
        used = self._column.count() > 0
        self._column.setContentsMargins(px(20), px(8) if used else 0, px(20), px(4) if used else 0)


class Toast(InlineNotice):
    """A notice over the window's foot that leaves by itself; for good news only.

    The next one takes its place: two in one corner would cover each other.
    """

    def __init__(self, parent: QWidget, tone: Tone, icon: str, title: str, text: str = "") -> None:
        super().__init__(tone, icon, title, text)
        for earlier in parent.findChildren(Toast):
            earlier.dismiss()
        self.setParent(parent)
        parent.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        announce(parent, self.accessibleName())
        QTimer.singleShot(TOAST_SECONDS * 1000, self, self.dismiss)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Stay in the corner when the window changes size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        parent, px = self.parentWidget(), theme().px
        if parent is None:
            return
        self.setMaximumWidth(px(420))
        self.adjustSize()
        self.move(parent.width() - self.width() - px(20), parent.height() - self.height() - px(44))
