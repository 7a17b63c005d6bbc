"""The top of the bill: number and period, whose it is, how much and until when."""

from __future__ import annotations

from tehuacan_comercial.documents.base import page_of
from tehuacan_comercial.documents.bill.geometry import (
    ACCOUNT_TOP,
    CARD_LEFT,
    LABEL,
    LEFT,
    QUIET,
    RIGHT,
    VALUE,
)
from tehuacan_comercial.documents.bill.sheet import BillSheet
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import long_date, peso, short_date
from tehuacan_comercial.documents.pen import ACCENT, INK, MUTED, WHITE, Pen, Style, colour
from tehuacan_comercial.documents.text import fit, shrink, wrap
from tehuacan_comercial.domain.counting import counted

_ON_CARD = colour("#CFE4F0")


def draw_heading(pen: Pen, sheet: BillSheet, page: tuple[int, int]) -> None:
    """Beside the letterhead: what this is, of which period, its number."""
    pen.text(RIGHT, 33, "RECIBO DE AGUA", Style(SEMIBOLD, 7.2, ACCENT), "right")
    size = shrink(sheet.period, BOLD, 15, 160, 8)
    pen.text(RIGHT, 49, sheet.period, Style(BOLD, size, INK), "right")
    words = f"Recibo {sheet.number}"
    if page[1] > 1:
        words += f"  ·  {page_of(*page)}"
    pen.text(RIGHT, 60, fit(words, REGULAR, 7.4, 180), Style(REGULAR, 7.4, MUTED), "right")
    pen.line(LEFT, 70, RIGHT, 70, ACCENT, 1.4)
    if page[0] > 1:
        pen.text(LEFT, 88, f"Cuenta {sheet.account_number}", Style(SEMIBOLD, 10, INK))
        pen.text(LEFT, 100, fit(sheet.holder, REGULAR, 8.6, 500), Style(REGULAR, 8.6, INK))


def draw_account(pen: Pen, sheet: BillSheet) -> None:
    """The holder and the account at the left, the card with the total at the right."""
    room = CARD_LEFT - LEFT - 20
    size = shrink(sheet.holder, SEMIBOLD, 12, room, 8.5)
    holder = fit(sheet.holder, SEMIBOLD, size, room)
    pen.text(LEFT, ACCOUNT_TOP + 11, holder, Style(SEMIBOLD, size, INK))
    for index, line in enumerate(wrap(sheet.address, REGULAR, 8.4, room, 2)):
        pen.text(LEFT, ACCOUNT_TOP + 23 + index * 10.4, line, Style(REGULAR, 8.4, MUTED))
    _number(pen, sheet)
    _facts(pen, sheet, room)
    _card(pen, sheet)


def _number(pen: Pen, sheet: BillSheet) -> None:
    y = ACCOUNT_TOP + 48
    pen.text(LEFT, y, "Número de cuenta", LABEL)
    size = shrink(sheet.account_number, BOLD, 15, 150, 8)
    pen.text(LEFT, y + 15, sheet.account_number, Style(BOLD, size, INK))
    pen.text(LEFT + 170, y, "Periodo de consumo", LABEL)
    span = f"{short_date(sheet.period_from)} al {short_date(sheet.period_to)}"
    pen.text(LEFT + 170, y + 14, span, VALUE)


def _facts(pen: Pen, sheet: BillSheet, room: float) -> None:
    for index, (label, value) in enumerate(sheet.facts):
        x = LEFT + index % 3 * room / 3
        y = ACCOUNT_TOP + 78 + index // 3 * 22
        pen.text(x, y, label, LABEL)
        pen.text(x, y + 10, fit(value, VALUE.font, 8, room / 3 - 6), VALUE.at(8))


def _card(pen: Pen, sheet: BillSheet) -> None:
    wide = RIGHT - CARD_LEFT
    x, y = CARD_LEFT + 14, ACCOUNT_TOP
    pen.box(CARD_LEFT, y, wide, 106, fill=ACCENT, radius=8)
    pen.text(x, y + 18, "Total a pagar", Style(MEDIUM, 9, _ON_CARD))
    size = shrink(peso(sheet.total), BOLD, 30, wide - 28, 12)
    pen.text(x, y + 51, peso(sheet.total), Style(BOLD, size, WHITE))
    pen.line(x, y + 63, RIGHT - 14, y + 63, _ON_CARD, 0.4)
    pen.text(x, y + 76, "Fecha límite de pago", LABEL.inked(_ON_CARD))
    pen.text(x, y + 92, long_date(sheet.due_date), Style(SEMIBOLD, 12, WHITE))
    if sheet.overdue_periods:
        count = sheet.overdue_periods
        words = counted(count, "periodo vencido", "periodos vencidos")
        pen.text(RIGHT - 14, y + 18, words, Style(SEMIBOLD, 8, WHITE), "right")
    pen.text(CARD_LEFT, y + 116, f"Emitido el {long_date(sheet.issued_on)}", QUIET.at(7))
