"""Read paper back: its text, its pages, its barcodes as a scanner sees them at 203 dpi."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from pypdf import PdfReader

HEAD_DPI = 203  # the thermal printer's
POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Glyphs:
    """A run of text and where it lies, in points from the left bottom corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def text_of(pdf: bytes) -> str:
    """All pages' text, white space made single."""
    return " ".join(" ".join(pages_of(pdf)).split())


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    return [
        (float(page.mediabox.width), float(page.mediabox.height))
        for page in PdfReader(BytesIO(pdf)).pages
    ]


def title_of(pdf: bytes) -> str:
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata is not None
    return str(metadata.title)


def codes_of(pdf: bytes, page: int = 0) -> list[tuple[str, str]]:
    """(symbology, text) of every code on the page in black and white at 203 dpi."""
    document: Any = pypdfium2.PdfDocument(pdf)
    image = document[page].render(scale=HEAD_DPI / POINTS_PER_INCH).to_pil().convert("L")
    head: Any = image.point(lambda shade: 255 if shade > 127 else 0)
    found = zxingcpp.read_barcodes(head)
    return sorted((code.format.name, code.text) for code in found)


def runs_of(pdf: bytes, page: int = 0) -> list[Glyphs]:
    """Where every run of text lies."""
    document: Any = pypdfium2.PdfDocument(pdf)
    text: Any = document[page].get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    return [Glyphs(text.get_text_bounded(*box), *box) for box in boxes]
