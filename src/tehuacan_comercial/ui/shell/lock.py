"""The lock: covers the window, keeps what is under it, opens with the person's own password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.shell.section import Person, Unlock
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.text import IconLabel, Label


class LockScreen(QWidget):
    """Stands over everything in the window; ``unlocked`` when the password was right."""

    unlocked = Signal()
    switch_requested = Signal()

    def __init__(self, window: QWidget, person: Person, tasks: Tasks, unlock: Unlock) -> None:
        super().__init__(window)
        self._tasks, self._unlock = tasks, unlock
        self._focus_before: QWidget | None = None
        set_dead(self)
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._try)
        self._field = FormField("&Contraseña", self._password)
        self._open = PrimaryButton("Desbloquear", "lock-open", "Enter")
        self._open.clicked.connect(self._try)
        self._switch = KeyButton("Entrar con otro usuario", "users", kind=Kind.LINK)
        self._switch.clicked.connect(self.switch_requested)
        self._build(person)
        window.installEventFilter(self)
        self.hide()

    def lock(self) -> None:
        """Cover the window; nothing under it is lost or changed."""
        if self.isVisible():
            return
        self._focus_before = QApplication.focusWidget()
        self._password.clear()
        self._field.complain("")
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever its size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key reaches what is under the lock."""
        event.accept()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab goes round among the lock's own fields."""
        ring = [self._password, self._open, self._switch]
        at = next((i for i, each in enumerate(ring) if each.hasFocus()), 0)
        ring[(at + (1 if _forward else -1)) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hide the window's contents whole."""
        QPainter(self).fillRect(self.rect(), QColor(theme().tokens.canvas))

    def _build(self, person: Person) -> None:
        px = theme().px
        card = QFrame()
        card.setObjectName("Card")
        card.setFixedWidth(px(400))
        column = QVBoxLayout(card)
        column.setContentsMargins(px(32), px(28), px(32), px(24))
        column.setSpacing(px(10))
        column.addWidget(IconLabel("lock", "accent", 30), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (
            Label("Ventana bloqueada", 20, 600),
            Label(f"{person.name} · {person.job}", 14, 600),
            Label("Lo que estaba en pantalla sigue ahí.", 13, 400, "soft"),
        ):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(px(6))
        column.addWidget(self._field)
        column.addWidget(self._open)
        column.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignHCenter)
        grid = QGridLayout(self)
        grid.addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)

    def _try(self) -> None:
        password = self._password.text()
        if not password or not self._open.isEnabled():
            return
        self._open.set_busy("Comprobando…")
        self._password.setReadOnly(True)
        unlock = self._unlock
        self._tasks.read(
            "station.unlock",
            lambda: unlock(password),
            lambda _r: self._finish(),
            self._refused,
            self,
        )

    def _finish(self) -> None:
        self._rest()
        self.hide()
        if self._focus_before is not None and self._focus_before.isVisible():
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.unlocked.emit()

    def _refused(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, Refusal):
            raise error
        self._field.complain(message_for(error).text())
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self) -> None:
        self._open.set_busy("")
        self._password.setReadOnly(False)
        self._password.clear()
