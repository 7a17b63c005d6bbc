"""*Arma tu fondo*: which pieces stay in the drawer and which go in the bag."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from tehuacan_comercial.domain.float_split import FloatSplit
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.text import FigureLabel, Label


def pieces_text(pieces: Mapping[Decimal, int]) -> str:
    """``3 × $100  ·  2 × 50 ¢``, largest first; a dash when there are none."""
    ordered = sorted(pieces.items(), reverse=True)
    return "  ·  ".join(f"{count} × {_piece(value)}" for value, count in ordered) or "—"


def missing_text(split: FloatSplit) -> str:
    """What the float still lacks and how to get it; nothing when it is whole."""
    if not split.missing:
        return ""
    said = f"Al fondo le faltan {money(split.missing)}."
    if split.to_change is not None:
        said += f" Cambie {_piece(split.to_change)} de la bolsa por piezas más chicas."
    return said


def _piece(value: Decimal) -> str:
    return f"{value * 100:.0f} ¢" if value < 1 else f"${value:,.0f}"


class FloatView(QWidget):
    """Two lines, what stays and what leaves, each with its pieces and its sum."""

    def __init__(self, split: FloatSplit) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(theme().px(6))
        grid.setColumnStretch(1, 1)
        grid.addWidget(Label("Arma tu fondo", 15, 600), 0, 0, 1, 3)
        for row, (name, pieces, pesos) in enumerate(
            (
                ("Se queda en la caja", split.keep, split.kept),
                ("Va en la bolsa", split.bag, split.bagged),
            ),
            1,
        ):
            total = FigureLabel(18)
            total.set_amount(pesos)
            grid.addWidget(Label(name, 13, 600), row, 0)
            grid.addWidget(Label(pieces_text(pieces), 13).wrapped(), row, 1)
            grid.addWidget(total, row, 2)
        self.missing = Label(missing_text(split), 12.5, 600, "warn").wrapped()
        self.missing.setVisible(bool(split.missing))
        grid.addWidget(self.missing, 3, 0, 1, 3)
