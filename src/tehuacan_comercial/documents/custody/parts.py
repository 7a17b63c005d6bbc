"""Pieces that the papers of custody share."""

from __future__ import annotations

from collections.abc import Sequence

from tehuacan_comercial.documents.base import Paper
from tehuacan_comercial.documents.closing_report.sheet import Denomination
from tehuacan_comercial.documents.custody.sheet import Carried, Head
from tehuacan_comercial.documents.flow import (
    LABEL,
    LEFT,
    RIGHT,
    Block,
    Column,
    Heading,
    Row,
    draw_facts,
    draw_flow,
    table,
    title,
)
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR
from tehuacan_comercial.documents.formats import (
    denomination,
    long_date,
    money,
    short_date,
    short_moment,
)
from tehuacan_comercial.documents.pen import ACCENT, INK, LINE, Pen, Style
from tehuacan_comercial.documents.text import shrink, wrap

_PIECES = (
    Column("Denominación", LEFT + 110, 100, "right"),
    Column("Piezas", LEFT + 210, 80, "right"),
    Column("Importe", LEFT + 330, 110, "right"),
)
_CARRIED = (
    Column("Folio", LEFT + 6, 104),
    Column("Qué", 144, 92),
    Column("Datos", 240, 172),
    Column("Estado", 416, 84),
    Column("Importe", RIGHT - 6, 74, "right"),
)


def finished(head: Head, kind: str, subject: str, blocks: Sequence[Block]) -> bytes:
    """The paper as PDF, under the letterhead."""
    paper = Paper(f"{subject} {head.folio}", head.office.name, f"Sesión {head.session_folio}")
    heading = Heading(
        head.office,
        kind,
        head.folio,
        long_date(head.business_date),
        f"{head.till} · {head.cashier} · {short_date(head.business_date)}",
        head.reprint,
        head.demonstration,
    )
    draw_flow(paper, heading, blocks)
    return paper.finish()


def facts(head: Head, *more: tuple[str, str]) -> Block:
    """Till, cashier, session and moment, and what else the paper tells, four in a row."""
    told = (
        ("Caja", head.till),
        ("Cajero", head.cashier),
        ("Sesión", head.session_folio),
        ("Fecha y hora", short_moment(head.at)),
        *more,
    )
    rows = (len(told) + 3) // 4
    return Block(rows * 24 + 8, lambda pen, y: draw_facts(pen, told, y, 4))


def amount_box(label: str, amount: str, words: str) -> Block:
    """The amount that matters, large, and in words below it."""

    def draw(pen: Pen, y: float) -> None:
        pen.box(LEFT, y, RIGHT - LEFT, 42, stroke=LINE, radius=5)
        pen.text(LEFT + 12, y + 14, label, LABEL)
        size = shrink(words, REGULAR, 8, RIGHT - LEFT - 190, 5)
        pen.text(LEFT + 12, y + 30, words, Style(REGULAR, size, INK))
        pen.text(RIGHT - 12, y + 28, amount, Style(BOLD, 16, ACCENT), "right")

    return Block(52, draw)


def pieces(words: str, denominations: Sequence[Denomination]) -> list[Block]:
    """Notes and coins, largest first, with their sum."""
    rows = [
        Row((denomination(piece.value), f"{piece.pieces:,}", money(piece.amount)))
        for piece in denominations
    ]
    total = sum((piece.amount for piece in denominations), denominations[0].amount * 0)
    rows.append(Row(("Total", "", money(total)), strong=True))
    return [title(words), *table(_PIECES, rows, 12)]


def carried(words: str, items: Sequence[Carried]) -> list[Block]:
    """What went from hand to hand."""
    rows = [
        Row(
            (item.folio, item.what, item.detail, item.state, money(item.amount)),
            struck=item.returned,
        )
        for item in items
    ]
    return [title(words), *table(_CARRIED, rows)]


def paragraph(label: str, words: str) -> list[Block]:
    """A label with its words below; nothing where there is nothing to say."""
    if not words:
        return []
    lines = wrap(words, MEDIUM, 8, RIGHT - LEFT)
    head = Block(12, lambda pen, y: pen.text(LEFT, y + 9, label, LABEL), with_next=True)
    return [head, *(_line(line) for line in lines)]


def _line(words: str) -> Block:
    return Block(11, lambda pen, y: pen.text(LEFT, y + 8, words, Style(MEDIUM, 8, INK)))
