"""Card: a titled white panel with tools at its right, on which a screen is laid out."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.text import ElidedLabel, Label


class Card(QFrame):
    """A panel: heading and note at the left, tools at the right, ``body`` under them."""

    def __init__(self, title: str = "", *, padded: bool = True, raised: bool = False) -> None:
        super().__init__()
        self.setObjectName("Panel" if raised else "Card")
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(px(16), px(12), px(16), px(8 if padded else 10))
        self._head.setSpacing(px(8))
        self.title = Label(title, 15, 600)
        self.note = ElidedLabel("", 12, 400, "soft")
        self.note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if title:
            self._head.addWidget(self.title)
            self._head.addWidget(self.note)
            self._head.addStretch(1)
            outer.addLayout(self._head)
            self.setAccessibleName(title)
        self.body = QVBoxLayout()
        side, foot = (px(16), px(14)) if padded else (0, 0)
        self.body.setContentsMargins(side, 0 if title else foot, side, foot)
        self.body.setSpacing(px(8))
        outer.addLayout(self.body, 1)

    def set_note(self, text: str) -> None:
        """Small text beside the title: ``9 de 10 seleccionados``."""
        self.note.setText(text)

    def add_tool(self, tool: QWidget) -> None:
        """Put a small button at the right of the title."""
        self._head.addWidget(tool)


class Rule(QFrame):
    """A thin line between parts of a panel."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Rule")
