"""The receipt on half a letter page, 612 × 396 points: table at the left, money at the right."""

from __future__ import annotations

from collections.abc import Sequence

from tehuacan_comercial.documents.base import (
    HALF_LETTER,
    draw_letterhead,
    draw_marks_line,
    draw_watermarks,
    page_of,
)
from tehuacan_comercial.documents.codes import DOT, draw_code128, draw_qr, qr_side, widest_module
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import money, money_or_dash, short_date, short_moment
from tehuacan_comercial.documents.pen import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    RED,
    STRIPE,
    WHITE,
    Pen,
    Style,
)
from tehuacan_comercial.documents.receipt.money_column import draw_money
from tehuacan_comercial.documents.receipt.sheet import (
    Cancelled,
    ReceiptLine,
    ReceiptSheet,
)
from tehuacan_comercial.documents.text import fit, shrink, width, wrap

LEFT, RIGHT = 26.0, 586.0
TABLE_RIGHT = 418.0
MONEY_LEFT = 430.0
TABLE_TOP = 130.0
ROW = 12.0
ROWS = 12
FOOT_TOP = 296.0

LABEL = Style(MEDIUM, 6.3, MUTED)
VALUE = Style(MEDIUM, 8, INK)
CELL = Style(REGULAR, 7.6, INK)
HEAD = Style(SEMIBOLD, 6.6, MUTED)

# Right ends of the columns of figures.
_AMOUNT, _DISCOUNT, _TAX, _TOTAL = 262.0, 309.0, 357.0, TABLE_RIGHT - 5
_PERIOD = 133.0
_LEGENDS_BOTTOM = 375.0
_NOTE_HEIGHT = 24.0
"""Points of letters in a note, without what stands between its lines."""


def line_chunks(sheet: ReceiptSheet) -> list[tuple[ReceiptLine, ...]]:
    """The lines of each page; at least one page."""
    lines = sheet.lines
    return [lines[at : at + ROWS] for at in range(0, max(len(lines), 1), ROWS)]


def draw_half(
    pen: Pen,
    sheet: ReceiptSheet,
    lines: Sequence[ReceiptLine],
    page: tuple[int, int],
) -> None:
    """One page (number, count) with the given lines; its kind is for ``draw_kind``."""
    void = (sheet.cancelled.title,) if sheet.cancelled else ()
    draw_watermarks(pen, HALF_LETTER, sheet.reprint, sheet.demonstration, *void)
    _head(pen, sheet, page)
    _account(pen, sheet)
    _table(pen, lines)
    draw_money(pen, sheet, MONEY_LEFT, 102, RIGHT, FOOT_TOP - 6)
    _foot(pen, sheet)
    if sheet.cancelled:
        _cancelled(pen, sheet.cancelled)


def _cancelled(pen: Pen, void: Cancelled) -> None:
    """A red band between table and foot: the mark, and who and why in words."""
    pen.box(LEFT, FOOT_TOP - 15.5, TABLE_RIGHT - LEFT, 12.5, fill=WHITE, stroke=RED, radius=3)
    pen.text(LEFT + 5, FOOT_TOP - 6.2, void.title, Style(BOLD, 8.6, RED))
    room = TABLE_RIGHT - LEFT - 20 - width(void.title, BOLD, 8.6)
    words = "  ·  ".join(void.words)
    size = shrink(words, SEMIBOLD, 6.8, room, 5)
    words = fit(words, SEMIBOLD, size, room)
    pen.text(TABLE_RIGHT - 5, FOOT_TOP - 6.6, words, Style(SEMIBOLD, size, RED), "right")


def draw_kind(pen: Pen, title: str, copy: str = "") -> None:
    """What the sheet is, and whose copy, if anybody's."""
    words = title + (f"  ·  {copy.upper()}" if copy else "")
    pen.text(RIGHT, 30, words, Style(SEMIBOLD, 6.8, ACCENT), "right")


def _head(pen: Pen, sheet: ReceiptSheet, page: tuple[int, int]) -> None:
    draw_letterhead(pen, sheet.office, LEFT, 22, 350)
    size = shrink(sheet.folio, BOLD, 16, 180, 8)
    pen.text(RIGHT, 46, sheet.folio, Style(BOLD, size, INK), "right")
    moment = short_moment(sheet.issued_at)
    if page[1] > 1:
        moment = f"{page_of(*page)}  ·  {moment}"
    pen.text(RIGHT, 56.5, moment, Style(REGULAR, 7.2, MUTED), "right")
    pen.line(LEFT, 64, RIGHT, 64, ACCENT, 1.2)


def _account(pen: Pen, sheet: ReceiptSheet) -> None:
    size = shrink(sheet.holder, SEMIBOLD, 10, 380, 7.5)
    holder = fit(sheet.holder, SEMIBOLD, size, 380)
    pen.text(LEFT, 78, holder, Style(SEMIBOLD, size, INK))
    pen.text(LEFT, 88.5, fit(sheet.address, REGULAR, 7.6, 380), Style(REGULAR, 7.6, MUTED))
    pen.text(RIGHT, 74, "Cuenta", LABEL, "right")
    size = shrink(sheet.account_number, BOLD, 13, 160, 8)
    pen.text(RIGHT, 87.5, sheet.account_number, Style(BOLD, size, INK), "right")
    facts = sheet.facts
    room = (TABLE_RIGHT - LEFT) / max(len(facts), 1)
    for index, (label, value) in enumerate(facts):
        x = LEFT + index * room
        pen.text(x, 100.5, label, LABEL)
        pen.text(x, 109.5, fit(value, VALUE.font, 7.6, room - 6), VALUE.at(7.6))


def _table(pen: Pen, lines: Sequence[ReceiptLine]) -> None:
    pen.box(LEFT, TABLE_TOP - 10, TABLE_RIGHT - LEFT, 14, fill=STRIPE, radius=2)
    heads = (("Importe", _AMOUNT), ("Descuento", _DISCOUNT), ("IVA", _TAX), ("Total", _TOTAL))
    pen.text(LEFT + 5, TABLE_TOP, "Concepto", HEAD)
    pen.text(_PERIOD, TABLE_TOP, "Periodo", HEAD)
    for words, x in heads:
        pen.text(x, TABLE_TOP, words, HEAD, "right")
    for index, line in enumerate(lines):
        y = TABLE_TOP + 13.4 + index * ROW
        _row(pen, line, y)
        pen.line(LEFT, y + 3.6, TABLE_RIGHT, y + 3.6, LINE, 0.35)


def _row(pen: Pen, line: ReceiptLine, y: float) -> None:
    room = (_PERIOD if line.period else _AMOUNT - 50) - LEFT - 9
    size = shrink(line.concept, MEDIUM, 7.6, room, 6)
    pen.text(LEFT + 5, y, fit(line.concept, MEDIUM, size, room), Style(MEDIUM, size, INK))
    period = fit(line.period, REGULAR, 7.4, _AMOUNT - 54 - _PERIOD)
    pen.text(_PERIOD, y, period, Style(REGULAR, 7.4, MUTED))
    _figure(pen, _AMOUNT, y, money(line.amount), CELL, 50)
    _figure(pen, _DISCOUNT, y, money_or_dash(-line.discount), CELL, 44)
    _figure(pen, _TAX, y, money_or_dash(line.tax), CELL, 44)
    _figure(pen, _TOTAL, y, money(line.total), Style(SEMIBOLD, 7.6, INK), 53)


def _figure(pen: Pen, x: float, y: float, figure: str, style: Style, room: float) -> None:
    size = shrink(figure, style.font, style.size, room, 5)
    pen.text(x, y, figure, style.at(size), "right")


def _foot(pen: Pen, sheet: ReceiptSheet) -> None:
    pen.line(LEFT, FOOT_TOP, RIGHT, FOOT_TOP, LINE)
    dots = 5 if qr_side(sheet.qr_payload, 5) < 64 else 4
    side, quiet = qr_side(sheet.qr_payload, dots), 4 * dots * DOT
    draw_qr(pen, RIGHT - side + quiet, FOOT_TOP + 9 - quiet, sheet.qr_payload, dots)
    below = FOOT_TOP + side - 2 * quiet + 18
    pen.text(RIGHT, below, "Código de verificación", LABEL, "right")
    size = shrink(sheet.verification_code, SEMIBOLD, 7.6, 110, 5)
    pen.text(RIGHT, below + 9, sheet.verification_code, Style(SEMIBOLD, size, INK), "right")
    _bars(pen, sheet, RIGHT - max(side - quiet, 76))
    _words(pen, sheet)


def _bars(pen: Pen, sheet: ReceiptSheet, right: float) -> None:
    dots = widest_module(sheet.folio, right - 300, most=2)
    draw_code128(pen, 300, FOOT_TOP + 8, sheet.folio, 30, dots)
    start = 300 + 10 * dots * 72 / 203
    pen.text(start, FOOT_TOP + 47, sheet.folio, Style(MEDIUM, 7.4, INK))
    facts = (
        f"Fecha de operación {short_date(sheet.business_date)}",
        f"{sheet.till}  ·  Sesión {sheet.session_folio}",
        f"Atendió {sheet.cashier}",
    )
    for index, words in enumerate(facts):
        y = FOOT_TOP + 58 + index * 8.8
        pen.text(start, y, fit(words, REGULAR, 7, right - start), Style(REGULAR, 7, MUTED))


def _words(pen: Pen, sheet: ReceiptSheet) -> None:
    room, y = 262.0, FOOT_TOP + 11
    pen.text(LEFT, y, "Importe con letra", LABEL)
    for line in wrap(sheet.words, SEMIBOLD, 7.4, room, 3):
        y += 9.4
        pen.text(LEFT, y, line, Style(SEMIBOLD, 7.4, INK))
    if sheet.replaces:
        y += 10.4
        pen.text(LEFT, y, f"Sustituye a folio {sheet.replaces}", Style(SEMIBOLD, 7.4, ACCENT))
    if sheet.note:
        size, lines = _note(f"Nota: {sheet.note}", room)
        for number, line in enumerate(lines, 1):
            pen.text(LEFT, y + 2 + number * size * 1.2, line, Style(REGULAR, size, INK))
        y += 2 + len(lines) * size * 1.2
    _legends(pen, sheet, y + 4, room)
    draw_marks_line(pen, LEFT, 378, sheet.reprint, sheet.demonstration)


def _note(words: str, room: float) -> tuple[float, list[str]]:
    """Its size and lines: small enough to stand complete, cut only where that is not enough."""
    sizes = (7, 6.4, 5.8, 5.2)
    for size in sizes:
        lines = wrap(words, REGULAR, size, room)
        if len(lines) * size <= _NOTE_HEIGHT:
            return size, lines
    return sizes[-1], wrap(words, REGULAR, sizes[-1], room, int(_NOTE_HEIGHT / sizes[-1]))


def _legends(pen: Pen, sheet: ReceiptSheet, y: float, room: float) -> None:
    """All the legends, as small as they must be to stand complete."""
    for size in (6.4, 6, 5.6, 5.2, 4.8, 4.4, 4):
        legends = sheet.office.legends
        lines = [line for legend in legends for line in wrap(legend, REGULAR, size, room)]
        if len(lines) * size * 1.2 <= _LEGENDS_BOTTOM - y:
            break
    for index, line in enumerate(lines, 1):
        pen.text(LEFT, y + index * size * 1.2, line, Style(REGULAR, size, MUTED))
