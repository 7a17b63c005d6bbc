"""Blocks stacked on an 80 mm roll: black and bold only, the page as long as the ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tehuacan_comercial.documents.base import (
    DEMONSTRATION_MEANING,
    ROLL_MARGIN,
    ROLL_WIDTH,
    Office,
    Paper,
    Reprint,
)
from tehuacan_comercial.documents.codes import (
    code128_width,
    draw_code128,
    draw_qr,
    qr_side,
    widest_module,
)
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, SEMIBOLD
from tehuacan_comercial.documents.pen import BLACK, WHITE, Align, Pen, Style
from tehuacan_comercial.documents.text import fit, shrink, width, wrap

LEFT = ROLL_MARGIN
RIGHT = ROLL_WIDTH - ROLL_MARGIN
ROOM = RIGHT - LEFT
MIDDLE = ROLL_WIDTH / 2

# Nothing thinner than Medium: a thermal head at 203 dpi breaks hairlines.
PLAIN = Style(MEDIUM, 7.6, BLACK)
STRONG = Style(BOLD, 7.8, BLACK)
SMALL = Style(MEDIUM, 6.8, BLACK)

Draw = Callable[[Pen, float], None]
_Cell = tuple[float, str, Style, Align]


@dataclass
class Roll:
    """A column of blocks, each with its height in points and how it is drawn from its top."""

    blocks: list[tuple[float, Draw]] = field(default_factory=list)

    def gap(self, high: float) -> None:
        """White space."""
        self.blocks.append((high, _nothing))

    def rule(self, thick: float = 0.7) -> None:
        """A line across."""
        self.blocks.append(
            (6.5, lambda pen, y: pen.line(LEFT, y + 3.2, RIGHT, y + 3.2, BLACK, thick))
        )

    def text(
        self, words: str, style: Style = PLAIN, align: Align = "left", indent: float = 0
    ) -> None:
        """A paragraph, wrapped."""
        x = {"left": LEFT + indent, "center": MIDDLE, "right": RIGHT}[align]
        for line in wrap(words, style.font, style.size, ROOM - indent):
            self._line(((x, line, style, align),), style.size)

    def pair(self, label: str, value: str, style: Style = PLAIN, indent: float = 0) -> None:
        """Label at the left, value at the right; a long label is cut, a long value goes below."""
        room = ROOM - indent - width(value, style.font, style.size) - 6
        if room < ROOM * 0.4 and room < width(label, style.font, style.size):
            self.text(label, style, indent=indent)
            self.text(value, style, "right")
            return
        words = fit(label, style.font, style.size, room)
        self._line(
            ((LEFT + indent, words, style, "left"), (RIGHT, value, style, "right")), style.size
        )

    def thirds(self, words: tuple[str, str, str], style: Style = PLAIN) -> None:
        """Three figures, or their titles, each ending at a third of the width."""
        room = ROOM / 3 - 4
        size = min(shrink(word, style.font, style.size, room, 5) for word in words)
        cells: tuple[_Cell, ...] = tuple(
            (LEFT + ROOM * third / 3, word, style.at(size), "right")
            for third, word in enumerate(words, 1)
        )
        self._line(cells, size)

    def band(self, words: str) -> None:
        """White on black, for what must not be overlooked."""
        size = shrink(words, BOLD, 9.5, ROOM - 10, 6)
        style = Style(BOLD, size, WHITE)

        def draw(pen: Pen, y: float) -> None:
            pen.box(LEFT, y, ROOM, 16, fill=BLACK)
            pen.text(MIDDLE, y + 8 + size * 0.36, words, style, "center")

        self.blocks.append((19, draw))

    def marks(self, reprint: Reprint | None, demonstration: bool) -> None:
        """What every sheet must confess first."""
        if demonstration:
            self.band(DEMONSTRATION_MEANING)
        if reprint:
            self.band(reprint.mark)
            self.text(reprint.origin, SMALL, "center")
            self.gap(3)

    def office(self, office: Office) -> None:
        """Who issues the ticket."""
        self.text(office.short_name, Style(BOLD, 13, BLACK), "center")
        self.text(office.name, Style(SEMIBOLD, 7.2, BLACK), "center")
        self.text(office.address, SMALL, "center")
        self.text(f"RFC {office.rfc} · Tel. {office.phone}", SMALL, "center")
        self.rule(1.1)

    def total(self, label: str, amount: str, *, struck: bool = False) -> None:
        """The sum of the ticket, framed; struck through where it no longer counts."""
        size = shrink(amount, BOLD, 19, ROOM - 60, 10)

        def draw(pen: Pen, y: float) -> None:
            pen.box(LEFT + 0.5, y + 1, ROOM - 1, 27, stroke=BLACK)
            pen.text(LEFT + 7, y + 18, label, Style(BOLD, 10, BLACK))
            pen.text(RIGHT - 7, y + 14.5 + size * 0.36, amount, Style(BOLD, size, BLACK), "right")
            if struck:
                left = RIGHT - 9 - width(amount, BOLD, size)
                pen.line(left, y + 14.5, RIGHT - 5, y + 14.5, BLACK, 1.6)

        self.blocks.append((31, draw))

    def code128(self, payload: str) -> None:
        """Bars with their text below, the module as wide as the roll allows."""
        dots = widest_module(payload, ROLL_WIDTH, most=3)
        x = MIDDLE - code128_width(payload, dots) / 2
        self.blocks.append((36, lambda pen, y: draw_code128(pen, x, y + 2, payload, 34, dots)))
        self.text(payload, Style(SEMIBOLD, 8.4, BLACK), "center")

    def qr(self, payload: str) -> None:
        """A QR in the middle."""
        side = qr_side(payload, 5)
        x = MIDDLE - side / 2
        self.blocks.append((side - 5, lambda pen, y: draw_qr(pen, x, y - 1, payload, 5)))

    def signature(self, name: str, role: str) -> None:
        """Room to sign."""

        def draw(pen: Pen, y: float) -> None:
            pen.line(LEFT + 24, y + 34, RIGHT - 24, y + 34, BLACK, 0.7)
            size = shrink(name, SEMIBOLD, 7.6, ROOM, 5.5)
            words = fit(name, SEMIBOLD, size, ROOM)
            pen.text(MIDDLE, y + 43, words, Style(SEMIBOLD, size, BLACK), "center")
            pen.text(MIDDLE, y + 51.5, role, SMALL, "center")

        self.blocks.append((56, draw))

    def draw(self, paper: Paper) -> None:
        """One page, exactly as long as its blocks."""
        edge = ROLL_MARGIN
        high = sum(block[0] for block in self.blocks) + 2 * edge
        pen = paper.page((ROLL_WIDTH, high))
        y = edge
        for block, draw in self.blocks:
            draw(pen, y)
            y += block
        paper.end_page()

    def _line(self, cells: tuple[_Cell, ...], size: float) -> None:
        def draw(pen: Pen, y: float) -> None:
            for x, words, style, align in cells:
                pen.text(x, y + size, words, style, align)

        self.blocks.append((size * 1.28, draw))


def _nothing(pen: Pen, y: float) -> None:
    """White space draws nothing."""
