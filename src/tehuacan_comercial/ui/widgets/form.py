"""Fields of a form: label with its mnemonic above, the message about it underneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.text import Label, restyle

FieldWidget = TypeVar("FieldWidget", bound=QWidget)
Check = Callable[[], str]
"""Answers what is wrong with a field, as a sentence, or nothing."""


class FormField(QWidget, Generic[FieldWidget]):
    """A labelled field; ``check`` runs when the field is left and before saving."""

    def __init__(
        self, label: str, field: FieldWidget, *, required: bool = False, check: Check | None = None
    ) -> None:
        super().__init__()
        self.field = field
        self._check = check
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        self.label = Label(f"{label} (obligatorio)" if required else label, 13, 600)
        self.label.setBuddy(field)
        self.message = Label("", 12, 400, "danger").wrapped()
        self.message.hide()
        for part in (self.label, field, self.message):
            column.addWidget(part)
        field.setAccessibleName(label.replace("&", ""))
        field.installEventFilter(self)

    def verify(self) -> bool:
        """Ask the check and show its answer; True when nothing is wrong."""
        problem = self._check() if self._check else ""
        self.complain(problem)
        return not problem

    def complain(self, problem: str) -> None:
        """Show a sentence under the field, or take it away."""
        self.message.setText(problem)
        self.message.setVisible(bool(problem))
        self.field.setAccessibleDescription(problem)
        if bool(self.field.property("wrong")) != bool(problem):
            self.field.setProperty("wrong", bool(problem))
            restyle(self.field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Check when the field is left."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.verify()
        return super().eventFilter(watched, event)


def verify_all(fields: Sequence[FormField[Any]]) -> bool:
    """Check every field; the first wrong one takes the focus."""
    wrong = [field for field in fields if not field.verify()]
    if wrong:
        wrong[0].field.setFocus(Qt.FocusReason.OtherFocusReason)
    return not wrong
