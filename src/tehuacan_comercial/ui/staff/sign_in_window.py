"""The first window: one's own user and password, while the database gets ready behind it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.paint import draw_icon
from tehuacan_comercial.ui.widgets.text import Label

REMEMBER_HELP = "Use esta opción solo si nadie más abre esta sesión del equipo."


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed; the password never leaves this value but towards the server."""

    username: str
    password: str
    remember: bool


class SignInWindow(QWidget):
    """Gathers credentials; whoever opens it signs in and answers with ``refused`` or closes it."""

    submitted = Signal(object)
    station_requested = Signal()
    retry_requested = Signal()
    closed = Signal()

    def __init__(self, office: str, version: str) -> None:
        super().__init__()
        self.setWindowTitle("Tehuacán Comercial · Entrar")
        self.setObjectName("SignInWindow")
        set_dead(self)
        self._ready = self._wanted = False
        self._user, self._password = QLineEdit(), QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        for edit in (self._user, self._password):
            edit.setMinimumHeight(theme().px(34))
        self._user_field = FormField("&Usuario", self._user)
        self._password_field = FormField("&Contraseña", self._password)
        self._remember = QCheckBox("&Recordar mi contraseña en este equipo")
        self._remember.setToolTip(REMEMBER_HELP)
        self._enter = PrimaryButton("Entrar", "log-in", "Enter")
        self._state = Label("", 12.5, 400, "soft").wrapped()
        self._hint = Label("", 12.5, 400, "soft").wrapped()
        self._station = KeyButton("Esta estación…", "settings", kind=Kind.LINK)
        self._retry = KeyButton("Reintentar", "refresh-cw", kind=Kind.PLAIN)
        self._retry.hide()
        self._build(office, version)
        self._connect()
        self.resize(theme().px(940), theme().px(640))
        self.preparing("Preparando la base de datos…")

    # --- what the database behind is doing ---

    def preparing(self, text: str) -> None:
        """The server is not ready yet; what is typed meanwhile stays."""
        self._ready = False
        self._retry.hide()
        self._state.set_role("soft")
        self._state.setText(text)
        self._enter.setEnabled(False)

    def ready(self, text: str, hint: str = "") -> None:
        """The server answers; ``hint`` is shown under the form (a demonstration's users)."""
        self._ready = True
        self._retry.hide()
        self._state.set_role("ok")
        self._state.setText(text)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        wanted = self._wanted
        self._forget_wish()
        self._enter.setEnabled(True)
        if wanted:
            self.submit()

    def is_ready(self) -> bool:
        """Whether the server answers, so that one may sign in."""
        return self._ready

    def password_length(self) -> int:
        """How many characters of the password stand in the field."""
        return len(self._password.text())

    def unavailable(self, text: str) -> None:
        """The server does not answer; says why and offers to try again."""
        self._ready = False
        self._state.set_role("danger")
        self._state.setText(text)
        self._forget_wish()
        self._enter.set_busy("")
        self._enter.setEnabled(False)
        self._retry.show()

    # --- the person ---

    def fill(self, username: str, password: str = "", note: str = "") -> None:
        """Put in what this station remembers and set the focus where typing goes on.

        ``note`` says plainly where a remembered password is kept. What was typed already stays.
        """
        self._remember.setToolTip(f"{note} {REMEMBER_HELP}".strip())
        self._remember.setAccessibleDescription(self._remember.toolTip())
        if self._user.text():
            return
        self._user.setText(username)
        self._password.setText(password)
        self._remember.setChecked(bool(password))
        target = self._password if username else self._user
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Send what was typed, once; before the server answers, as soon as it does."""
        if self._ready and not self._enter.isEnabled():
            return
        credentials = self._gathered()
        if credentials is None:
            return
        self._enter.set_busy("Entrando…")
        if not self._ready:
            self._wanted = True
            return
        self.submitted.emit(credentials)

    def again(self) -> None:
        """Empty for the next person."""
        self._enter.set_busy("")
        self._enter.setEnabled(self._ready)
        for edit, field in (
            (self._user, self._user_field),
            (self._password, self._password_field),
        ):
            edit.clear()
            field.complain("")

    def refused(self, sentence: str) -> None:
        """The server said no; the user stays, the password is asked again."""
        self._enter.set_busy("")
        self._enter.setEnabled(True)
        self._password_field.complain(sentence)
        self._password.selectAll()
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_wish(self) -> None:
        """Whoever types again after Enter is not sent in by an Enter of before."""
        if self._wanted:
            self._wanted = False
            self._enter.set_busy("")
            self._enter.setEnabled(self._ready)

    def _gathered(self) -> Credentials | None:
        username, password = self._user.text().strip(), self._password.text()
        self._user_field.complain("" if username else "Escriba su usuario.")
        self._password_field.complain("" if password or not username else "Escriba su contraseña.")
        if not username:
            self._user.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        if not password:
            self._password.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return Credentials(username, password, self._remember.isChecked())

    def _connect(self) -> None:
        self._enter.clicked.connect(self.submit)
        self._user.returnPressed.connect(
            lambda: self._password.setFocus(Qt.FocusReason.TabFocusReason)
        )
        self._password.returnPressed.connect(self.submit)
        for edit in (self._user, self._password):
            edit.textEdited.connect(lambda _text: self._forget_wish())
        self._station.clicked.connect(self.station_requested)
        self._retry.clicked.connect(self.retry_requested)

    # --- looks ---

    def closeEvent(self, event: QCloseEvent) -> None:
        """The person leaves without signing in."""
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The canvas of the program."""
        QPainter(self).fillRect(self.rect(), QColor(theme().tokens.canvas))

    def _build(self, office: str, version: str) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_Side(office, version))
        # Stretches, not an alignment: an aligned card would not grow with a wrapped message.
        middle, line = QVBoxLayout(), QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._make_card())
        line.addStretch(1)
        middle.addStretch(1)
        middle.addLayout(line)
        middle.addStretch(1)
        row.addLayout(middle, 1)

    def _make_card(self) -> QFrame:
        px = theme().px
        card = QFrame()
        card.setObjectName("Card")
        card.setFixedWidth(px(420))
        column = QVBoxLayout(card)
        column.setContentsMargins(px(32), px(28), px(32), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label("Entrar", 22, 600))
        column.addWidget(Label("Cada persona entra con su propio usuario.", 13, 400, "soft"))
        for part in (self._user_field, self._password_field, self._remember, self._enter):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self._state, 1)
        foot.addWidget(self._retry)
        foot.addWidget(self._station)
        column.addLayout(foot)
        column.addWidget(self._hint)
        self._hint.hide()
        return card


class _Side(QWidget):
    """The dark panel with the emblem and the office's name."""

    def __init__(self, office: str, version: str) -> None:
        super().__init__()
        self._office, self._version = office, version
        self.setFixedWidth(theme().px(300))
        self.setAccessibleName(f"Tehuacán Comercial, {office}, versión {version}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Emblem above, program and office under it, version at the foot."""
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.nav))
        draw_icon(painter, "droplets", tokens.nav_accent, QPointF(px(56), px(74)), 56)
        wrapped = Qt.TextFlag.TextWordWrap
        room = QRectF(px(32), px(122), self.width() - px(60), px(70))
        painter.setFont(theme().font(22, 700))
        painter.setPen(QColor(tokens.nav_text_active))
        painter.drawText(room, wrapped, "Tehuacán Comercial")
        painter.setFont(theme().font(13, 400))
        painter.setPen(QColor(tokens.nav_text))
        painter.drawText(room.translated(0, px(40)), wrapped, self._office)
        painter.setFont(theme().font(12, 400))
        painter.setPen(QColor(tokens.nav_muted))
        foot = QRectF(px(32), self.height() - px(48), self.width() - px(60), px(20))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, f"Versión {self._version}")
