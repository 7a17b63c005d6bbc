"""The sheet of a cash count: pieces of each note and coin, Enter goes down, live total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.tendering import MXN_DENOMINATIONS, Denomination, DenominationKind
from tehuacan_comercial.ui.formats import figure
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.card import Rule
from tehuacan_comercial.ui.widgets.text import FigureLabel, Label

MAX_PIECES = 99_999
FIELD_HEIGHT = 30
"""Pixels at 100 %: eight coins, the total and two notices above fit a screen of 1366 × 768."""


def _name(piece: Denomination) -> str:
    return f"{piece.value * 100:.0f} ¢" if piece.value < 1 else f"${piece.value:,.0f}"


def _spoken(piece: Denomination) -> str:
    kind = "billetes" if piece.kind is DenominationKind.NOTE else "monedas"
    return f"{kind} de {_name(piece)}".capitalize()


class DenominationGrid(QWidget):
    """Pieces by denomination, largest first; ``finished`` on Enter in the last one."""

    changed = Signal(object)
    finished = Signal()

    def __init__(
        self,
        denominations: Sequence[Denomination] = MXN_DENOMINATIONS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields: dict[Denomination, QLineEdit] = {}
        self._amounts: dict[Denomination, Label] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        sides = QHBoxLayout()
        sides.setSpacing(theme().px(28))
        for heading, kind in (
            ("Billetes", DenominationKind.NOTE),
            ("Monedas", DenominationKind.COIN),
        ):
            pieces = [piece for piece in denominations if piece.kind is kind]
            sides.addLayout(self._make_side(heading, pieces), 1)
        column.addLayout(sides)
        column.addWidget(Rule())
        self.total_label = FigureLabel(26)
        foot = QHBoxLayout()
        foot.addWidget(Label("Total contado", 14, 600))
        foot.addWidget(self.total_label, 1)
        column.addLayout(foot)

    def counts(self) -> dict[Denomination, int]:
        """Pieces of every denomination, zeros included."""
        return {piece: int(field.text() or 0) for piece, field in self._fields.items()}

    def pieces(self) -> dict[Decimal, int]:
        """Pieces by value in pesos, without zeros: the note and the coin of 20 are the same."""
        found: dict[Decimal, int] = {}
        for piece, count in self.counts().items():
            if count:
                found[piece.value] = found.get(piece.value, 0) + count
        return found

    def set_counts(self, counts: Mapping[Denomination, int]) -> None:
        """Show a count made before."""
        for piece, field in self._fields.items():
            field.setText(str(counts.get(piece, 0) or ""))
        self._recount()

    def total(self) -> Decimal:
        """Sum in pesos."""
        return total_of(piece.value * pieces for piece, pieces in self.counts().items())

    def focus_first(self) -> None:
        """Start at the largest note."""
        next(iter(self._fields.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Down go to the next field, Up to the one before."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Return: 1,
                Qt.Key.Key_Enter: 1,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
            }.get(Qt.Key(event.key()), 0)
            if step:
                enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                self._move(watched, step, enters=enters)
                return True
        return super().eventFilter(watched, event)

    def _make_side(self, heading: str, pieces: Sequence[Denomination]) -> QVBoxLayout:
        side, frame = QVBoxLayout(), QFrame()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme().px(3))
        grid.setHorizontalSpacing(theme().px(12))
        for at, text in enumerate((heading, "Piezas", "Importe")):
            label = Label(text, 12, 600, "soft")
            label.setAlignment(
                Qt.AlignmentFlag.AlignRight if at == 2 else Qt.AlignmentFlag.AlignLeft
            )
            grid.addWidget(label, 0, at)
        for row, piece in enumerate(pieces, 1):
            self._add_row(grid, row, piece)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, theme().px(62))
        side.addWidget(frame)
        side.addStretch(1)
        return side

    def _add_row(self, grid: QGridLayout, row: int, piece: Denomination) -> None:
        name, field, amount = Label(_name(piece), 13, 600), QLineEdit(), Label("", 13, 400, "soft")
        field.setValidator(QIntValidator(0, MAX_PIECES, field))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setFixedSize(theme().px(84), theme().px(FIELD_HEIGHT))
        field.setFont(theme().font(13, 600, figures=True))
        field.setAccessibleName(_spoken(piece))
        field.textChanged.connect(self._recount)
        field.installEventFilter(self)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        amount.as_figures()
        amount.setMinimumWidth(theme().px(90))
        self._fields[piece], self._amounts[piece] = field, amount
        for column, widget in enumerate((name, field, amount)):
            grid.addWidget(widget, row, column)

    def _recount(self) -> None:
        for piece, pieces in self.counts().items():
            self._amounts[piece].setText(figure(piece.value * pieces) if pieces else "")
        self.total_label.set_amount(self.total())
        self.changed.emit(self.total())

    def _move(self, watched: QObject, step: int, *, enters: bool) -> None:
        fields = list(self._fields.values())
        at = next(index for index, field in enumerate(fields) if field is watched) + step
        if at == len(fields) and enters:
            self.finished.emit()
        elif 0 <= at < len(fields):
            fields[at].setFocus(Qt.FocusReason.TabFocusReason)
            fields[at].selectAll()
