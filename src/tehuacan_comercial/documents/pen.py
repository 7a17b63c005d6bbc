"""A pen on one page: points from the top left corner, text by its baseline, colours as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tehuacan_comercial.documents.fonts import font
from tehuacan_comercial.documents.text import width

Align = Literal["left", "right", "center"]


def colour(code: str) -> str:
    """``#0B5A84`` as the three operands PDF wants."""
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


INK = colour("#13212C")
MUTED = colour("#566673")
ACCENT = colour("#0B5A84")
ACCENT_SOFT = colour("#E8F2F8")
LINE = colour("#CFD8DF")
STRIPE = colour("#F5F8FA")
GREEN = colour("#0E6B4A")
RED = colour("#A1262B")
RED_SOFT = colour("#FBEBEB")
AMBER = colour("#875A06")
AMBER_SOFT = colour("#FDF3DF")
BLACK = colour("#000000")
WHITE = colour("#FFFFFF")

_ARC = 0.4477  # 1 − the Bézier constant of a quarter circle


@dataclass(frozen=True, slots=True)
class Style:
    """A font, its size in points and its colour."""

    font: str
    size: float
    colour: str = INK

    def at(self, size: float) -> Style:
        """The same style in another size."""
        return Style(self.font, size, self.colour)

    def inked(self, ink: str) -> Style:
        """The same style in another colour."""
        return Style(self.font, self.size, ink)


class Pen:
    """Writes PDF operators straight into a canvas: several times quicker than its own methods."""

    def __init__(self, canvas: Any, height: float) -> None:
        self._canvas = canvas
        self._out: list[str] = canvas._code
        self.height = height

    def shifted(self, down: float) -> Pen:
        """The same page with the origin moved down by so many points."""
        return Pen(self._canvas, self.height - down)

    def raw(self, *operators: str) -> None:
        """Operators as they are."""
        self._out.extend(operators)

    def stamp(self, form: str, high: float) -> None:
        """Put a form of the document, *high* points high (``Paper.begin_form``), at the origin."""
        self._out.append(f"q 1 0 0 1 0 {self.height - high:.2f} cm")
        self._canvas.doForm(form)
        self._out.append("Q")

    def text(self, x: float, y: float, words: str, style: Style, align: Align = "left") -> None:
        """One line of text; *x* is its left end, right end or middle."""
        if align != "left":
            shift = width(words, style.font, style.size)
            x -= shift if align == "right" else shift / 2
        place = f"1 0 0 1 {x:.2f} {self.height - y:.2f} Tm"
        self._out.append(f"{style.colour} rg BT {place} {self.glyphs(words, style)} ET")

    def glyphs(self, words: str, style: Style) -> str:
        """The operators that show the words with the font's embedded subset."""
        face, document = font(style.font), self._canvas._doc
        parts = [
            f"{face.getSubsetInternalName(subset, document)} {style.size} Tf <{codes.hex()}> Tj"
            for subset, codes in face.splitString(words, document)
        ]
        return " ".join(parts)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, ink: str = LINE, thick: float = 0.6
    ) -> None:
        """A straight rule."""
        top = self.height
        self._out.append(
            f"{ink} RG {thick} w {x1:.2f} {top - y1:.2f} m {x2:.2f} {top - y2:.2f} l S"
        )

    def dashes(self, x1: float, y1: float, x2: float, y2: float, ink: str = MUTED) -> None:
        """A dashed rule, to cut along."""
        self._out.append("q [3 2.5] 0 d")
        self.line(x1, y1, x2, y2, ink, 0.6)
        self._out.append("Q")

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        fill: str | None = None,
        stroke: str | None = None,
        radius: float = 0,
    ) -> None:
        """A rectangle, rounded if wished, filled and/or outlined."""
        bottom = self.height - y - high
        path = (
            f"{x:.2f} {bottom:.2f} {wide:.2f} {high:.2f} re"
            if not radius
            else _rounded(x, bottom, wide, high, min(radius, wide / 2, high / 2))
        )
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}
        inks = f"{fill} rg " if fill else ""
        inks += f"{stroke} RG 0.6 w " if stroke else ""
        self._out.append(f"{inks}{path} {paint[bool(fill), bool(stroke)]}")

    def modules(
        self, x: float, y: float, rectangles: Iterable[tuple[float, float, float, float]]
    ) -> None:
        """Black rectangles (x, y, width, height from the given corner) filled as one path."""
        top = self.height - y
        path = " ".join(
            f"{x + left:.4f} {top - down - high:.4f} {wide:.4f} {high:.4f} re"
            for left, down, wide, high in rectangles
        )
        self._out.append(f"{BLACK} rg {path} f")


def _rounded(x: float, y: float, wide: float, high: float, radius: float) -> str:
    r, k = radius, radius * _ARC
    right, top = x + wide, y + high
    corners = (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l",
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c",
        f"{right:.2f} {top - r:.2f} l",
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c",
        f"{x + r:.2f} {top:.2f} l",
        f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c",
        f"{x:.2f} {y + r:.2f} l",
        f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h",
    )
    return " ".join(corners)
