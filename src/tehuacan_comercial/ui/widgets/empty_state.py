"""What a list says while it has nothing: what will be here, and the one act."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.text import IconLabel, Label


class EmptyState(QWidget):
    """Icon, sentence, explanation and at most one button (``button``, hidden without text)."""

    def __init__(self, icon: str, title: str, text: str = "", act: str = "", key: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme().px(6))
        self._icon = IconLabel(icon, "text_muted", 30)
        self.title = Label(title, 14, 600)
        self.text = Label(text, 13, 400, "soft")
        self.button = KeyButton(act, key=key, kind=Kind.PLAIN)
        self.button.setVisible(False)
        column.addStretch(2)
        for part in (self._icon, self.title, self.text, self.button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button.setVisible(bool(act))

    def say(self, icon: str, title: str, text: str = "") -> None:
        """Change what is said."""
        self._icon.set_icon(icon, "text_muted")
        self.title.setText(title)
        self.text.setText(text)
