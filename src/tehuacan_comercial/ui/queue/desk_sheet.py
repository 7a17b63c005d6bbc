"""Sheet to say at which desk one attends: one key for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.ui.queue.screen import DeskRow
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog

KEYS = "123456789"


class DeskSheet(ShadeDialog):
    """``chosen`` is the code of the desk that was picked."""

    def __init__(self, parent: QWidget, desks: Sequence[DeskRow], likely: str) -> None:
        super().__init__(
            parent,
            "¿En qué ventanilla atiende?",
            "A ella se llaman sus turnos. Una ventanilla la atiende una sola persona.",
            520,
        )
        self.chosen = ""
        self.buttons: list[KeyButton] = []
        for number, desk in enumerate(desks):
            self._offer(desk, KEYS[number] if number < len(KEYS) else "")
        leave = KeyButton("Volver", "x", "Esc", Kind.PLAIN)
        leave.clicked.connect(self.reject)
        self.foot.addWidget(leave)
        self.foot.addStretch(1)
        free = [at for at, desk in enumerate(desks) if desk.shift is None]
        first = next(
            (at for at in free if likely in (desks[at].code, desks[at].name)),
            free[0] if free else 0,
        )
        if self.buttons:
            self.buttons[first].setFocus()

    def _offer(self, desk: DeskRow, key: str) -> None:
        who = f" · atiende {desk.shift.staff_name}" if desk.shift else ""
        button = KeyButton(f"{desk.name}{who}", "monitor", key)
        button.setEnabled(desk.shift is None)
        button.clicked.connect(lambda _on=False, code=desk.code: self._choose(code))
        if key:
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
        self.buttons.append(button)
        self.body.addWidget(button)

    def _choose(self, code: str) -> None:
        self.chosen = code
        self.accept()
