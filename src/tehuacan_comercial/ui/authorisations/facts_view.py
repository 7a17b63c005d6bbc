"""The facts of a request as a two-column list, as the requester saw them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tehuacan_comercial.ui.authorisations.words import Line
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.text import Label


class FactsView(QWidget):
    """Label at the left, value at the right, wrapped."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(14))
        self._grid.setVerticalSpacing(theme().px(5))
        self._grid.setColumnStretch(1, 1)
        self._texts: list[Line] = []
        self.show_lines(lines)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace the facts."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._texts = list(lines)
        for row, (label, value) in enumerate(lines):
            name, text = Label(label, 12.5, 400, "soft"), Label(value, 13, 500).wrapped()
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(f"{label}: {value}")
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)

    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return tuple(self._texts)
