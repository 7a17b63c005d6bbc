"""What every sheet shares: the office, the paper, the letterhead and the marks across it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import atan2, cos, hypot, sin
from threading import Lock
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from tehuacan_comercial.documents.fonts import BOLD, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import short_moment
from tehuacan_comercial.documents.pen import ACCENT, INK, MUTED, RED, WHITE, Pen, Style, colour
from tehuacan_comercial.documents.text import fit, shrink, width

Size = tuple[float, float]

LETTER: Size = (612.0, 792.0)
HALF_LETTER: Size = (612.0, 396.0)
ROLL_WIDTH = 80 * 72 / 25.4
ROLL_MARGIN = 4 * 72 / 25.4  # 80 mm paper of which the head reaches 72 mm

LAYOUT = 2
"""Version of how sheets are drawn. Raise it with any change of a sheet's bytes: sealed sheets are
compared only with drawings of their own version."""

DEMONSTRATION = "DEMOSTRACIÓN"
DEMONSTRATION_MEANING = "DEMOSTRACIÓN · SIN VALOR OFICIAL"

_WATERMARK = colour("#EDF1F4")
_saving = Lock()  # ReportLab's parsed fonts keep a reading position while they are subset


@dataclass(frozen=True, slots=True)
class Office:
    """The utility as its letterhead names it; the legends are printed under every receipt."""

    name: str
    short_name: str
    rfc: str
    address: str
    phone: str
    legends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reprint:
    """The mark of a sheet that was printed before: which time, by whom, when."""

    number: int
    by: str
    at: datetime

    @property
    def mark(self) -> str:
        """``REIMPRESIÓN 2``."""
        return f"REIMPRESIÓN {self.number}"

    @property
    def origin(self) -> str:
        """When and by whom."""
        return f"{short_moment(self.at)} · {self.by}"


class Paper:
    """A PDF under construction; the same calls give the same bytes."""

    def __init__(self, title: str, author: str, subject: str) -> None:
        self._buffer = BytesIO()
        self._canvas: Any = Canvas(
            self._buffer, pagesize=LETTER, invariant=1, pageCompression=1, lang="es-MX"
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("Tehuacán Comercial")

    def page(self, size: Size) -> Pen:
        """A new page; end it with ``end_page``."""
        self._canvas.setPageSize(size)
        return Pen(self._canvas, size[1])

    def end_page(self) -> None:
        """Done with the page."""
        self._canvas.showPage()

    def begin_form(self, name: str, size: Size) -> Pen:
        """Start something to be stamped on many pages; end it with ``end_form``."""
        self._canvas.beginForm(name, 0, 0, *size)
        return Pen(self._canvas, size[1])

    def end_form(self) -> None:
        """Done with the form."""
        self._canvas.endForm()

    def finish(self) -> bytes:
        """The file."""
        with _saving:
            self._canvas.save()
        return self._buffer.getvalue()


def draw_letterhead(pen: Pen, office: Office, x: float, y: float, room: float) -> None:
    """Emblem, name, address: 34 points high from (x, y)."""
    draw_drops(pen, x, y + 1, 30)
    left, room = x + 38, room - 38
    size = shrink(office.name, BOLD, 11, room, 7)
    pen.text(left, y + 10, fit(office.name, BOLD, size, room), Style(BOLD, size, INK))
    small = Style(REGULAR, 7, MUTED)
    pen.text(left, y + 20.5, fit(office.address, small.font, small.size, room), small)
    contact = f"RFC {office.rfc}  ·  Tel. {office.phone}"
    pen.text(left, y + 30, fit(contact, small.font, small.size, room), small)


def draw_drops(pen: Pen, x: float, y: float, side: float, ink: str = ACCENT) -> None:
    """The emblem: a large and a small drop of water in a square of *side* points."""
    pen.raw(f"{ink} rg")
    _drop(pen, x + side * 0.38, y, side * 0.74, side)
    pen.raw(f"{ink} RG {WHITE} rg {side * 0.045:.2f} w")
    _drop(pen, x + side * 0.78, y + side * 0.36, side * 0.44, side * 0.6, "B")


def _drop(pen: Pen, x: float, y: float, wide: float, high: float, paint: str = "f") -> None:
    top, bottom, half = pen.height - y, pen.height - y - high, wide / 2
    belly = bottom + high * 0.36
    pen.raw(
        f"{x:.2f} {top:.2f} m {x + half * 0.5:.2f} {top - high * 0.26:.2f} "
        f"{x + half:.2f} {belly + high * 0.2:.2f} {x + half:.2f} {belly:.2f} c "
        f"{x + half:.2f} {bottom + high * 0.14:.2f} {x + half * 0.55:.2f} {bottom:.2f} "
        f"{x:.2f} {bottom:.2f} c {x - half * 0.55:.2f} {bottom:.2f} "
        f"{x - half:.2f} {bottom + high * 0.14:.2f} {x - half:.2f} {belly:.2f} c "
        f"{x - half:.2f} {belly + high * 0.2:.2f} {x - half * 0.5:.2f} {top - high * 0.26:.2f} "
        f"{x:.2f} {top:.2f} c h {paint}"
    )


def draw_watermarks(
    pen: Pen, size: Size, reprint: Reprint | None, demonstration: bool, *more: str
) -> None:
    """The marks across the sheet, pale and drawn first, so that nothing is hidden by them."""
    marks = [DEMONSTRATION] if demonstration else []
    marks += [reprint.mark] if reprint else []
    marks += more
    step = size[1] * (0.30 if len(marks) < 3 else 0.24)
    for index, mark in enumerate(marks):
        _across(pen, size, mark, (index - (len(marks) - 1) / 2) * step)


def _across(pen: Pen, size: Size, mark: str, down: float) -> None:
    wide, high = size
    angle = atan2(high, wide) * 0.8
    points = hypot(wide, high) * 0.62 / width(mark, BOLD, 1)
    points = min(points, high * 0.2)
    length = width(mark, BOLD, points)
    c, s = cos(angle), sin(angle)
    x = wide / 2 - c * length / 2 + s * points * 0.36
    y = pen.height - high / 2 - down - s * length / 2 - c * points * 0.36
    glyphs = pen.glyphs(mark, Style(BOLD, round(points, 2)))
    place = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x:.2f} {y:.2f} Tm"
    pen.raw(f"{_WATERMARK} rg BT {place} {glyphs} ET")


def draw_marks_line(
    pen: Pen, x: float, y: float, reprint: Reprint | None, demonstration: bool
) -> None:
    """Small pills that say in words what the watermarks say, with who and when."""
    texts = [(DEMONSTRATION_MEANING, ACCENT)] if demonstration else []
    texts += [(f"{reprint.mark} · {reprint.origin}", RED)] if reprint else []
    for words, ink in texts:
        wide = width(words, SEMIBOLD, 6.5) + 10
        pen.box(x, y, wide, 11, fill=WHITE, stroke=ink, radius=3)
        pen.text(x + 5, y + 7.9, words, Style(SEMIBOLD, 6.5, ink))
        x += wide + 6


def page_of(number: int, count: int) -> str:
    """``Página 1 de 3``."""
    return f"Página {number} de {count}"
