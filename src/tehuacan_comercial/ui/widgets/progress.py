"""Long work: a bar, how many of how many, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tehuacan_comercial.ui.formats import count
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tehuacan_comercial.ui.widgets.text import Label


class Progress(QWidget):
    """``cancel_requested`` is a wish: the work stops at its next safe point."""

    cancel_requested = Signal()

    def __init__(self, title: str, *, cancellable: bool = True) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        self.title, self.count = Label(title, 13, 600), Label("", 13, 400, "soft")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self.cancel = KeyButton("Detener", "x")
        self.cancel.clicked.connect(self._stop)
        self.cancel.setVisible(False)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(foot)
        self.cancel.setVisible(cancellable)

    def begin(self, title: str, count: str = "") -> None:
        """Another step, whose end nobody can tell: the bar only moves. ``count`` says of what."""
        self.title.setText(title)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self.count.setText(count)

    def advance(self, done: int, total: int) -> None:
        """Show how far the work is: ``1,240 de 3,000``."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.count.setText(f"{count(done)} de {count(total)}")

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.count.setText("Deteniendo…")
        self.cancel_requested.emit()
