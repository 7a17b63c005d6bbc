"""Sheet that asks for a reason: one of the office's, or in one's own words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from tehuacan_comercial.ui.prompts import REASON_LETTERS
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog


class ReasonSheet(ShadeDialog):
    """``reason`` is what was chosen or written."""

    def __init__(
        self, parent: QWidget, title: str, note: str, act: str, reasons: Sequence[str]
    ) -> None:
        super().__init__(parent, title, note, 520)
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.addItems(list(reasons))
        self.box.setCurrentIndex(-1)
        edit = self.box.lineEdit()
        if edit is not None:
            edit.setMaxLength(300)
        self._field = FormField("&Motivo", self.box, required=True, check=self._problem)
        self.body.addWidget(self._field)
        go = PrimaryButton(act, "check", "Enter")
        go.clicked.connect(self._finish)
        self.add_foot(KeyButton("Volver", "x", "Esc"), go)
        self.box.setFocus()

    @property
    def reason(self) -> str:
        """Without spaces around it."""
        return self.box.currentText().strip()

    def _problem(self) -> str:
        missing = REASON_LETTERS - len(self.reason)
        if missing <= 0:
            return ""
        return f"Elija o explique el motivo; faltan al menos {missing} letras."

    def _finish(self) -> None:
        if self._field.verify():
            self.accept()
