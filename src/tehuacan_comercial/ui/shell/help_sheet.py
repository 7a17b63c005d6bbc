"""The sheet of keys (F1), written from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tehuacan_comercial.ui.actions import ACTIONS, TABLE_KEYS, ActionSpec
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import PrimaryButton
from tehuacan_comercial.ui.widgets.paint import cap_width, key_cap
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label


class KeyCap(QWidget):
    """The cap of a key as a widget."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setAccessibleName(key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The cap's own size."""
        return QSize(round(cap_width(self._key)) + 1, theme().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap at the right."""
        tokens = theme().tokens
        middle = self.height() / 2
        key_cap(
            QPainter(self),
            self.width(),
            middle,
            self._key,
            tokens.text_soft,
            tokens.control_line,
            tokens.raised,
        )


LEFT = ("Secciones", "Caja")
"""Groups of the left column; the others stand at the right."""


def key_groups(served: Callable[[ActionSpec], bool]) -> dict[str, list[tuple[str, str, str]]]:
    """Key, text and tip of the actions that the window serves, by group."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for spec in filter(served, ACTIONS):
        groups.setdefault(spec.group, []).append((spec.key, spec.text, spec.tip))
    groups["Tablas y hojas"] = [(key, text, "") for key, text in TABLE_KEYS]
    return groups


class HelpSheet(ShadeDialog):
    """The keys of the window in two columns; ``served`` leaves out what it does not have."""

    def __init__(self, parent: QWidget, served: Callable[[ActionSpec], bool]) -> None:
        super().__init__(parent, "Teclas", "Todo se puede hacer sin ratón.", 860)
        columns = QHBoxLayout()
        columns.setSpacing(theme().px(36))
        groups = key_groups(served)
        left = [name for name in LEFT if name in groups]
        right = [name for name in groups if name not in left]
        for names in (left, right):
            side = QVBoxLayout()
            side.setSpacing(theme().px(8))
            for name in names:
                side.addWidget(Label(name, 14, 600))
                side.addLayout(_make_grid(groups[name]))
                side.addSpacing(theme().px(8))
            side.addStretch(1)
            columns.addLayout(side, 1)
        self.body.addLayout(columns)
        close = PrimaryButton("Entendido", "check", "Enter")
        close.clicked.connect(self.accept)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        self._main = close
        close.setFocus()


def _make_grid(keys: Iterable[tuple[str, str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(theme().px(6))
    grid.setHorizontalSpacing(theme().px(12))
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, theme().px(92))
    for row, (key, text, tip) in enumerate(keys):
        grid.addWidget(KeyCap(key), row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(text, 13, 600))
        if tip:
            words.addWidget(Label(tip, 12, 400, "soft").wrapped())
        grid.addLayout(words, row, 1)
    return grid
