"""Blocks that flow down letter pages: tables repeat their heads, headings stay with their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tehuacan_comercial.documents.base import (
    LETTER,
    Office,
    Paper,
    Reprint,
    draw_letterhead,
    draw_marks_line,
    draw_watermarks,
    page_of,
)
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.pen import ACCENT, INK, LINE, MUTED, STRIPE, Align, Pen, Style
from tehuacan_comercial.documents.text import fit, shrink, width, wrap

LEFT, RIGHT = 30.0, 582.0
TOP, BOTTOM = 84.0, 752.0

LABEL = Style(MEDIUM, 6.6, MUTED)
CELL = Style(REGULAR, 8, INK)
STRONG = Style(SEMIBOLD, 8, INK)
TITLE = Style(SEMIBOLD, 9, ACCENT)

Draw = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """So many points high, drawn from its top; *header* comes again where a page begins with it."""

    high: float
    draw: Draw
    header: Block | None = None
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What every page says at its top and foot."""

    office: Office
    kind: str
    number: str
    detail: str
    footer: str
    reprint: Reprint | None = None
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: *x* is where its text begins, or ends when aligned right."""

    title: str
    x: float
    room: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; a struck one was annulled: grey, its figures crossed out."""

    cells: tuple[str, ...]
    strong: bool = False
    struck: bool = False


def paginate(blocks: Sequence[Block], room: float) -> list[list[Block]]:
    """The blocks of each page; a block that does not fit begins the next page."""
    pages: list[list[Block]] = [[]]
    used = 0.0
    for index, block in enumerate(blocks):
        needed = block.high
        if block.with_next and index + 1 < len(blocks):
            following = blocks[index + 1]
            needed += following.high + (blocks[index + 2].high if following.with_next else 0)
        if pages[-1] and used + needed > room:
            pages.append([block.header] if block.header else [])
            used = block.header.high if block.header else 0.0
        pages[-1].append(block)
        used += block.high
    return pages


def draw_flow(paper: Paper, heading: Heading, blocks: Sequence[Block]) -> None:
    """All the pages, each with the letterhead and its number."""
    pages = paginate(blocks, BOTTOM - TOP)
    for number, page in enumerate(pages, 1):
        pen = paper.page(LETTER)
        draw_watermarks(pen, LETTER, heading.reprint, heading.demonstration)
        _frame(pen, heading, (number, len(pages)))
        y = TOP
        for block in page:
            block.draw(pen, y)
            y += block.high
        paper.end_page()


def _frame(pen: Pen, heading: Heading, page: tuple[int, int]) -> None:
    draw_letterhead(pen, heading.office, LEFT, 26, 360)
    pen.text(RIGHT, 33, heading.kind, Style(SEMIBOLD, 7.2, ACCENT), "right")
    size = shrink(heading.number, BOLD, 15, 170, 7)
    pen.text(RIGHT, 49, heading.number, Style(BOLD, size, INK), "right")
    detail = fit(heading.detail, REGULAR, 7.4, 190)
    pen.text(RIGHT, 60, detail, Style(REGULAR, 7.4, MUTED), "right")
    pen.line(LEFT, 70, RIGHT, 70, ACCENT, 1.4)
    quiet = Style(REGULAR, 7, MUTED)
    pen.text(RIGHT, 774, page_of(*page), quiet, "right")
    if heading.reprint or heading.demonstration:
        draw_marks_line(pen, LEFT, 766, heading.reprint, heading.demonstration)
    else:
        pen.text(LEFT, 774, fit(heading.footer, REGULAR, 7, 440), quiet)


def gap(high: float) -> Block:
    """White space."""
    return Block(high, _nothing)


def _nothing(pen: Pen, y: float) -> None:
    """White space draws nothing."""


def title(words: str) -> Block:
    """The heading of a section, never the last thing on a page."""
    return Block(18, lambda pen, y: pen.text(LEFT, y + 10, words, TITLE), with_next=True)


def table(columns: Sequence[Column], rows: Iterable[Row], high: float = 13.0) -> list[Block]:
    """A table from margin to margin."""
    header = Block(17, lambda pen, y: draw_head(pen, columns, y), with_next=True)
    return [header, *(_row_block(columns, row, high, header) for row in rows)]


def draw_head(
    pen: Pen, columns: Sequence[Column], y: float, left: float = LEFT, right: float = RIGHT
) -> None:
    """The band with the titles of the columns."""
    pen.box(left, y, right - left, 15, fill=STRIPE, radius=2)
    for column in columns:
        pen.text(column.x, y + 10, column.title, LABEL, column.align)


def _row_block(columns: Sequence[Column], row: Row, high: float, header: Block) -> Block:
    return Block(high, lambda pen, y: draw_row(pen, columns, row, y, high), header)


def draw_row(
    pen: Pen,
    columns: Sequence[Column],
    row: Row,
    y: float,
    high: float,
    left: float = LEFT,
    right: float = RIGHT,
) -> None:
    """One row and the hairline below it; what is too wide shrinks, and words are cut at last."""
    base = STRONG if row.strong else CELL
    style = base.inked(MUTED) if row.struck else base
    for column, words in zip(columns, row.cells, strict=True):
        least = 5 if column.align == "right" else 6.4
        size = shrink(words, style.font, style.size, column.room, least)
        words = fit(words, style.font, size, column.room)
        pen.text(column.x, y + high - 4, words, style.at(size), column.align)
        if row.struck and column.align == "right":
            wide = width(words, style.font, size)
            pen.line(column.x - wide, y + high - 6.6, column.x, y + high - 6.6, MUTED, 0.5)
    pen.line(left, y + high, right, y + high, LINE, 0.35)


def draw_facts(
    pen: Pen, facts: Sequence[tuple[str, str]], y: float, columns: int, high: float = 24.0
) -> None:
    """Labels above values in a grid."""
    room = (RIGHT - LEFT) / columns
    for index, (label, value) in enumerate(facts):
        x, down = LEFT + index % columns * room, y + index // columns * high
        pen.text(x, down + 7, label, LABEL)
        for at, size, words in _two_lines(value, room - 8):
            pen.text(x, down + at, words, Style(MEDIUM, size, INK))


def _two_lines(value: str, room: float) -> list[tuple[float, float, str]]:
    """A value on one line, smaller if need be, or on two small ones: depth, size, words."""
    size = shrink(value, MEDIUM, 8.6, room, 7)
    if width(value, MEDIUM, size) <= room:
        return [(18, size, value)]
    lines = wrap(value, MEDIUM, 6.8, room, 2)
    return [(14.6 + index * 7, 6.8, line) for index, line in enumerate(lines)]


def kept_with_next(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, the last of which is on the page of what follows: nobody signs alone."""
    return [*blocks[:-1], *(replace(each, with_next=True) for each in blocks[-1:])]


def signatures(people: Sequence[tuple[str, str]]) -> Block:
    """Lines to sign on, side by side: a name and the office held below each."""
    room = (RIGHT - LEFT) / max(len(people), 1)

    def draw(pen: Pen, y: float) -> None:
        for index, (name, role) in enumerate(people):
            x = LEFT + (index + 0.5) * room
            half = min(room / 2 - 10, 90)
            pen.line(x - half, y + 50, x + half, y + 50, INK, 0.6)
            size = shrink(name, SEMIBOLD, 8, room - 12, 5.5)
            words = fit(name, SEMIBOLD, size, room - 12)
            pen.text(x, y + 60, words, Style(SEMIBOLD, size, INK), "center")
            pen.text(
                x,
                y + 69.5,
                fit(role, REGULAR, 7.4, room - 12),
                Style(REGULAR, 7.4, MUTED),
                "center",
            )

    return Block(76, draw)
