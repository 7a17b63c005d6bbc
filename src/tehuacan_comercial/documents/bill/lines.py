"""What the bill is made of: this period's concepts, the previous debt, the total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tehuacan_comercial.documents.bill.geometry import BODY, LABEL, LEFT, QUIET, RIGHT, TITLE
from tehuacan_comercial.documents.bill.sheet import BillLine, BillSheet
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import money, money_or_dash, peso
from tehuacan_comercial.documents.pen import (
    ACCENT,
    ACCENT_SOFT,
    INK,
    LINE,
    MUTED,
    RED,
    STRIPE,
    Pen,
    Style,
)
from tehuacan_comercial.documents.text import fit, shrink, wrap

ROWS = 8  # on the first page
MORE_ROWS = 44  # on each further page
ROW = 14.0

_BASIS = 190.0
_AMOUNT, _DISCOUNT, _TAX, _TOTAL = 372.0, 442.0, 508.0, RIGHT - 6
_HEADS = (("Importe", _AMOUNT), ("Descuento", _DISCOUNT), ("IVA", _TAX), ("Total", _TOTAL))


def line_chunks(sheet: BillSheet) -> list[tuple[BillLine, ...]]:
    """The lines of each page; the first page holds fewer."""
    rest = sheet.lines[ROWS:]
    more = [rest[at : at + MORE_ROWS] for at in range(0, len(rest), MORE_ROWS)]
    return [sheet.lines[:ROWS], *more]


def draw_lines(pen: Pen, lines: Sequence[BillLine], top: float) -> float:
    """The table; answers where it ends."""
    pen.text(LEFT, top + 8, "Conceptos del periodo", TITLE)
    pen.box(LEFT, top + 15, RIGHT - LEFT, 15, fill=STRIPE, radius=2)
    pen.text(LEFT + 6, top + 25, "Concepto", LABEL)
    pen.text(_BASIS, top + 25, "Base", LABEL)
    for words, x in _HEADS:
        pen.text(x, top + 25, words, LABEL, "right")
    y = top + 30
    for line in lines:
        _row(pen, line, y + 10)
        y += ROW
        pen.line(LEFT, y, RIGHT, y, LINE, 0.35)
    return y


def _row(pen: Pen, line: BillLine, y: float) -> None:
    room = _BASIS - LEFT - 12
    pen.text(LEFT + 6, y, fit(line.concept, MEDIUM, 8.4, room), Style(MEDIUM, 8.4, INK))
    if line.basis:
        pen.text(_BASIS, y, fit(line.basis, REGULAR, 7.8, 116), QUIET.at(7.8))
    figures = (
        (_AMOUNT, money(line.amount), BODY),
        (_DISCOUNT, money_or_dash(-line.discount), BODY),
        (_TAX, money_or_dash(line.tax), BODY),
        (_TOTAL, money(line.total), Style(SEMIBOLD, 8.4, INK)),
    )
    for x, figure, style in figures:
        size = shrink(figure, style.font, style.size, 62, 5)
        pen.text(x, y, figure, style.at(size), "right")


def draw_totals(pen: Pen, sheet: BillSheet, top: float, continued: bool) -> None:
    """From this period's sum to what is owed, with the amount in words at the left."""
    y = top + 13
    if continued:
        pen.text(LEFT + 6, y, "Los demás conceptos están en la página siguiente.", QUIET)
    for label, amount, ink in _steps(sheet):
        pen.text(_TAX, y, label, BODY.inked(MUTED if ink is INK else ink), "right")
        pen.text(_TOTAL, y, money(amount), BODY.inked(ink), "right")
        y += 12.4
    pen.box(LEFT + 250, y - 5, RIGHT - LEFT - 250, 22, fill=ACCENT_SOFT, radius=4)
    pen.text(LEFT + 260, y + 9.5, "Total a pagar", Style(SEMIBOLD, 9, ACCENT))
    size = shrink(peso(sheet.total), BOLD, 13, 170, 8)
    pen.text(_TOTAL, y + 10.5, peso(sheet.total), Style(BOLD, size, INK), "right")
    _words(pen, sheet, top + 27)


def _words(pen: Pen, sheet: BillSheet, y: float) -> None:
    pen.text(LEFT + 6, y, "Importe con letra", LABEL)
    for index, line in enumerate(wrap(sheet.words, MEDIUM, 7.6, 230, 3)):
        pen.text(LEFT + 6, y + 10 + index * 9.6, line, Style(MEDIUM, 7.6, INK))


def _steps(sheet: BillSheet) -> list[tuple[str, Decimal, str]]:
    steps = [("Cargos del periodo", sheet.current, INK)]
    if sheet.previous_debt:
        steps.append((_debt_label(sheet.overdue_periods), sheet.previous_debt, RED))
    if sheet.surcharges:
        steps.append(("Recargos", sheet.surcharges, RED))
    if sheet.credit_applied:
        steps.append(("Saldo a favor aplicado", -sheet.credit_applied, INK))
    if sheet.rounding:
        steps.append(("Redondeo", sheet.rounding, INK))
    return steps


def _debt_label(periods: int) -> str:
    if not periods:
        return "Adeudo anterior"
    return f"Adeudo anterior ({periods} {'periodo' if periods == 1 else 'periodos'})"
