"""The card that asks for the password of a locked window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.shell.section import Person, Unlock
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.text import IconLabel, Label


class LockCard(QFrame):
    """``passed`` when the password was the person's; it is checked off the window's thread."""

    passed = Signal()
    switch_requested = Signal()

    def __init__(self, person: Person, tasks: Tasks, unlock: Unlock) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._tasks, self._unlock = tasks, unlock
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._try)
        self._field = FormField("&Contraseña", self._password)
        self._open = PrimaryButton("Desbloquear", "lock-open", "Enter")
        self._open.clicked.connect(self._try)
        self._switch = KeyButton("Entrar con otro usuario", "users", kind=Kind.LINK)
        self._switch.clicked.connect(self.switch_requested)
        self._build(person)

    def start(self) -> None:
        """Ask anew."""
        self._password.clear()
        self._field.complain("")
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn(self, step: int) -> None:
        """Move the focus among the card's own fields, round and round."""
        ring = [self._password, self._open, self._switch]
        at = next((i for i, each in enumerate(ring) if each.hasFocus()), 0)
        ring[(at + step) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self, person: Person) -> None:
        px = theme().px
        self.setFixedWidth(px(400))
        column = QVBoxLayout(self)
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

    def _try(self) -> None:
        password, unlock = self._password.text(), self._unlock
        if not password or not self._open.isEnabled():
            return
        self._open.set_busy("Comprobando…")
        self._password.setReadOnly(True)
        self._tasks.read(
            "station.unlock",
            lambda: unlock(password),
            lambda _result: self._pass(),
            self._refuse,
            self,
        )

    def _pass(self) -> None:
        self._rest()
        self.passed.emit()

    def _refuse(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, Refusal):
            raise error
        self._field.complain(message_for(error).text())
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self) -> None:
        self._open.set_busy("")
        self._password.setReadOnly(False)
        self._password.clear()
