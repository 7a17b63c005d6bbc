"""Inter in four weights, with figures of one width so that columns of money line up."""

from __future__ import annotations

import struct
from functools import cache
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tehuacan_comercial.assets import resource

# Streams stay binary: a fifth smaller and quicker than ReportLab's default ASCII85 armour.
rl_config.useA85 = 0

REGULAR = "Inter"
MEDIUM = "Inter-Medium"
SEMIBOLD = "Inter-SemiBold"
BOLD = "Inter-Bold"

_FILES = {
    REGULAR: "Inter_400Regular.ttf",
    MEDIUM: "Inter_500Medium.ttf",
    SEMIBOLD: "Inter_600SemiBold.ttf",
    BOLD: "Inter_700Bold.ttf",
}


@cache
def font(name: str) -> Any:
    """The parsed font of one weight, read once per process.

    Raises:
        KeyError: the name is none of the four weights.
        FileNotFoundError: the program was installed without its fonts.
    """
    loaded = TTFont(name, str(resource("fonts", _FILES[name])), asciiReadable=False)
    _use_tabular_digits(loaded.face)
    pdfmetrics.registerFont(loaded)
    return loaded


def _use_tabular_digits(face: Any) -> None:
    """Let the ten digits stand for the font's own ``tnum`` alternates, all equally wide."""
    alternates = _single_substitutions(bytes(face.get_table("GSUB")), b"tnum")
    for digit in map(ord, "0123456789"):
        glyph = alternates.get(face.charToGlyph[digit], face.charToGlyph[digit])
        face.charToGlyph[digit] = glyph
        face.charWidths[digit] = face.hmetrics[glyph][0] * 1000 / face.unitsPerEm


def _u16(table: bytes, at: int, count: int = 1) -> tuple[int, ...]:
    return struct.unpack_from(f">{count}H", table, at)


def _single_substitutions(gsub: bytes, feature: bytes) -> dict[int, int]:
    """Glyph → glyph of one feature (OpenType GSUB, lookup type 1, format 2)."""
    found: dict[int, int] = {}
    _, _, _, features, lookups = _u16(gsub, 0, 5)
    for index in range(_u16(gsub, features)[0]):
        record = features + 2 + 6 * index
        if gsub[record : record + 4] == feature:
            at = features + _u16(gsub, record + 4)[0]
            for number in _u16(gsub, at + 4, _u16(gsub, at + 2)[0]):
                found |= _lookup(gsub, lookups + _u16(gsub, lookups + 2 + 2 * number)[0])
    return found


def _lookup(gsub: bytes, at: int) -> dict[int, int]:
    kind, _, count = _u16(gsub, at, 3)
    found: dict[int, int] = {}
    for offset in _u16(gsub, at + 6, count):
        form, coverage, glyphs = _u16(gsub, at + offset, 3)
        if (kind, form) == (1, 2):
            covered = _coverage(gsub, at + offset + coverage)
            found |= dict(zip(covered, _u16(gsub, at + offset + 6, glyphs), strict=True))
    return found


def _coverage(gsub: bytes, at: int) -> list[int]:
    form, count = _u16(gsub, at, 2)
    if form == 1:
        return list(_u16(gsub, at + 4, count))
    ranges = [_u16(gsub, at + 4 + 6 * index, 2) for index in range(count)]
    return [glyph for first, last in ranges for glyph in range(first, last + 1)]
