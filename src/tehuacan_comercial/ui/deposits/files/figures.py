"""A row of figures with their captions."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.ui.deposits.files.words import Figures
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.text import Label

PLACES = 4


class FigureRow(QWidget):
    """At most ``PLACES`` of them, side by side in equal columns."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(20))
        self.pairs = [(Label("", 12, 500, "soft"), Label("", 16, 600)) for _ in range(PLACES)]
        for caption, value in self.pairs:
            column = QVBoxLayout()
            column.setSpacing(theme().px(2))
            column.addWidget(caption)
            column.addWidget(value.as_figures())
            row.addLayout(column, 1)
        self.show_figures(())

    def show_figures(self, figures: Figures) -> None:
        """Replace them; without any the row goes away."""
        padded = (*figures, *((("", ""),) * (PLACES - len(figures))))
        for (caption, value), (words, amount) in zip(self.pairs, padded, strict=True):
            caption.setText(words)
            value.setText(amount)
        said = ", ".join(f"{words}: {amount}" for words, amount in figures)
        self.setAccessibleName(f"{self._name}. {said}")
        self.setVisible(bool(figures))
