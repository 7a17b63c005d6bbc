"""The middle of the closing report: notes and coins beside the formula of the expected cash."""

from __future__ import annotations

from tehuacan_comercial.documents.closing_report.sheet import ClosingSheet
from tehuacan_comercial.documents.flow import (
    LEFT,
    RIGHT,
    TITLE,
    Block,
    Column,
    Row,
    draw_head,
    draw_row,
)
from tehuacan_comercial.documents.formats import denomination, money
from tehuacan_comercial.documents.pen import Pen

_MIDDLE = 296.0
_GUTTER = 316.0
_ROW = 12.0

_PIECES = (
    Column("Denominación", LEFT + 80, 74, "right"),
    Column("Piezas", 180, 60, "right"),
    Column("Importe", _MIDDLE - 6, 90, "right"),
)
_STEPS = (
    Column("Concepto", _GUTTER + 6, 160),
    Column("Importe", RIGHT - 6, 90, "right"),
)


def count_block(sheet: ClosingSheet) -> Block:
    """Two tables side by side, kept on one page."""
    pieces = [
        Row((denomination(piece.value), f"{piece.pieces:,}", money(piece.amount)))
        for piece in sheet.denominations
    ]
    pieces.append(Row(("Total", "", money(sheet.counted)), strong=True))
    steps = [Row((step.label, money(step.amount))) for step in sheet.cash_steps]
    total = sum((step.amount for step in sheet.cash_steps), sheet.opening_float * 0)
    steps.append(Row(("Efectivo esperado", money(total)), strong=True))

    def draw(pen: Pen, y: float) -> None:
        pen.text(LEFT, y + 10, "Conteo de efectivo", TITLE)
        pen.text(_GUTTER, y + 10, "Cómo se forma el efectivo esperado", TITLE)
        _side(pen, _PIECES, pieces, y + 18, (LEFT, _MIDDLE))
        _side(pen, _STEPS, steps, y + 18, (_GUTTER, RIGHT))

    return Block(18 + 17 + max(len(pieces), len(steps)) * _ROW + 10, draw)


def _side(
    pen: Pen, columns: tuple[Column, ...], rows: list[Row], y: float, edges: tuple[float, float]
) -> None:
    draw_head(pen, columns, y, *edges)
    for index, row in enumerate(rows):
        draw_row(pen, columns, row, y + 17 + index * _ROW, _ROW, *edges)
