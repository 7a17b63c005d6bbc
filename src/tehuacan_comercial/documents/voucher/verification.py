"""The verification sheet (hoja de verificación): five totals and what is behind them."""

from __future__ import annotations

from tehuacan_comercial.documents.base import Paper
from tehuacan_comercial.documents.flow import (
    LEFT,
    RIGHT,
    Block,
    Column,
    Heading,
    Row,
    draw_flow,
    gap,
    signatures,
    table,
    title,
)
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, SEMIBOLD
from tehuacan_comercial.documents.formats import (
    difference_words,
    long_date,
    money,
    peso,
    short_date,
)
from tehuacan_comercial.documents.pen import (
    AMBER,
    GREEN,
    INK,
    LINE,
    MUTED,
    RED,
    RED_SOFT,
    Pen,
    Style,
    colour,
)
from tehuacan_comercial.documents.text import fit, shrink
from tehuacan_comercial.documents.voucher.sheet import DaySheet, Total
from tehuacan_comercial.documents.voucher.voucher import folio_lines, paragraph

_GREEN_SOFT = colour("#E7F4EE")
_SESSIONS = (
    Column("Sesión", LEFT + 6, 70),
    Column("Caja", 108, 48),
    Column("Cajero", 158, 172),
    Column("Corte", 334, 60),
    Column("Recibos", 428, 34, "right"),
    Column("Cobrado", 504, 70, "right"),
    Column("Diferencia", RIGHT - 6, 66, "right"),
)
_REFUNDS = (
    Column("Recibo", LEFT + 6, 90),
    Column("Qué pasó", 132, 340),
    Column("Devuelto", RIGHT - 6, 80, "right"),
)


def render_day(sheet: DaySheet) -> bytes:
    """The sheet as PDF."""
    paper = Paper(f"Hoja de verificación {sheet.folio}", sheet.office.name, short_date(sheet.day))
    heading = Heading(
        sheet.office,
        "HOJA DE VERIFICACIÓN",
        sheet.folio,
        long_date(sheet.day),
        f"Hoja de verificación · {short_date(sheet.day)}",
        sheet.reprint,
        sheet.demonstration,
    )
    draw_flow(paper, heading, [
        _verdict(sheet), _totals(sheet.totals), gap(10), *_sessions(sheet), *_refunds(sheet),
        gap(6), *folio_lines(sheet.folios), *paragraph("Notas", sheet.note),
        signatures(sheet.people),
    ])  # fmt: skip
    return paper.finish()


def _verdict(sheet: DaySheet) -> Block:
    ink, soft = (GREEN, _GREEN_SOFT) if sheet.green else (RED, RED_SOFT)

    def draw(pen: Pen, y: float) -> None:
        pen.box(LEFT, y, RIGHT - LEFT, 32, fill=soft, stroke=ink, radius=5)
        pen.text(LEFT + 12, y + 21, sheet.verdict, Style(BOLD, 13, ink))
        pen.text(RIGHT - 12, y + 20, sheet.explanation, Style(MEDIUM, 8, INK), "right")

    return Block(44, draw)


def _totals(totals: tuple[Total, ...]) -> Block:
    """Five boxes; the word says the same as the colour."""
    space = 8.0
    more = 11 * max((len(total.apart) for total in totals), default=0)
    wide = (RIGHT - LEFT - space * (len(totals) - 1)) / max(len(totals), 1)

    def draw(pen: Pen, y: float) -> None:
        for index, total in enumerate(totals):
            x = LEFT + index * (wide + space)
            ink = {True: GREEN, False: RED, None: MUTED}[total.ok]
            pen.box(x, y, wide, 58 + more, stroke=LINE, radius=4)
            pen.box(x, y, wide, 3, fill=ink)
            name = fit(total.name, MEDIUM, 7.4, wide - 12)
            pen.text(x + 7, y + 16, name, Style(MEDIUM, 7.4, MUTED))
            amount = peso(total.amount)
            size = shrink(amount, SEMIBOLD, 12, wide - 12, 7)
            pen.text(x + 7, y + 33, amount, Style(SEMIBOLD, size, INK))
            pen.text(x + 7, y + 47, _word(total), Style(MEDIUM, 7.4, ink))
            for line, words in enumerate(total.apart):
                size = shrink(words, MEDIUM, 7.4, wide - 12, 5)
                pen.text(x + 7, y + 58 + 11 * line, words, Style(MEDIUM, size, AMBER))

    return Block(60 + more, draw)


def _word(total: Total) -> str:
    if total.ok is None:
        left = total.expected - total.amount
        return f"Falta depositar {peso(left)}" if total.amount and left else "Sin depósitos aún"
    if total.ok:
        return f"Coincide · {total.count}"
    difference = total.amount - total.expected
    return f"No coincide {peso(difference)}" if difference else "Revisar"


def _sessions(sheet: DaySheet) -> list[Block]:
    rows = [
        Row(
            (
                each.folio,
                each.till,
                each.cashier,
                each.closing or "sin corte",
                str(each.receipts),
                money(each.collected),
                difference_words(each.difference),
            )
        )
        for each in sheet.sessions
    ]
    if not rows:
        return [title("Ninguna caja abrió ese día")]
    return [title("Sesiones de caja"), *table(_SESSIONS, rows)]


def _refunds(sheet: DaySheet) -> list[Block]:
    if not sheet.refunds:
        return []
    rows = [Row((folio, words, money(pesos))) for folio, words, pesos in sheet.refunds]
    return [gap(8), title("Devuelto de las cajas"), *table(_REFUNDS, rows)]
