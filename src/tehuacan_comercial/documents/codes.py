"""Code 128 and QR in whole dots of a 203 dpi thermal head, so that no bar is blurred."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Any

import segno
from reportlab.graphics.barcode.code128 import Code128Auto

from tehuacan_comercial.documents.pen import WHITE, Pen

DOT = 72 / 203  # points
BAR_QUIET = 10  # modules left and right, ISO/IEC 15417
QR_QUIET = 4  # modules around, ISO/IEC 18004

Rectangles = tuple[tuple[int, int, int, int], ...]


@lru_cache(maxsize=256)
def _bars(payload: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Width in modules and the bars as (start, width), by ReportLab's encoder."""
    if not payload.isascii():
        raise ValueError(f"Code 128 carries ASCII only: {payload!r}")
    symbol: Any = Code128Auto(payload)
    symbol.validate()
    symbol.encode()
    symbol.decompose()
    at, bars = 0, []
    for sign in symbol.decomposed:  # a-d are spaces, A-D bars of one to four modules
        wide = "abcd".index(sign.lower()) + 1
        if sign.isupper():
            bars.append((at, wide))
        at += wide
    return at, tuple(bars)


def code128_width(payload: str, dots: int) -> float:
    """Width in points of the symbol with its quiet zones, *dots* printer dots per module."""
    return (_bars(payload)[0] + 2 * BAR_QUIET) * dots * DOT


def widest_module(payload: str, room: float, most: int = 3) -> int:
    """The most dots per module (one to *most*) with which the symbol fits in *room* points."""
    fitting = [dots for dots in range(1, most + 1) if code128_width(payload, dots) <= room]
    return max(fitting, default=1)


def draw_code128(pen: Pen, x: float, y: float, payload: str, high: float, dots: int = 2) -> None:
    """Bars from the corner (x, y), which is the corner of the quiet zone, snapped to the dots.

    Raises:
        ValueError: the payload is not ASCII.
    """
    module = dots * DOT
    pen.box(x, y, code128_width(payload, dots), high, fill=WHITE)
    rectangles = [
        ((BAR_QUIET + start) * module, 0.0, wide * module, high)
        for start, wide in _bars(payload)[1]
    ]
    pen.modules(_snapped(x), _snapped(y), rectangles)


@lru_cache(maxsize=256)
def _squares(payload: str) -> tuple[int, Rectangles]:
    """Side in modules and the dark runs of every row.

    The mask is fixed: any of the eight is valid and readers undo it, and trying them all costs
    five times as much as the rest of the symbol.
    """
    matrix = segno.make(payload, error="m", micro=False, mask=3).matrix
    runs = []
    for row, signs in enumerate(matrix):
        start = None
        for column, dark in enumerate((*signs, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((start, row, column - start, 1))
                start = None
    return len(matrix), tuple(runs)


def qr_side(payload: str, dots: int) -> float:
    """Side in points of the QR with its quiet zone."""
    return (_squares(payload)[0] + 2 * QR_QUIET) * dots * DOT


def draw_qr(pen: Pen, x: float, y: float, payload: str, dots: int = 4) -> None:
    """A QR whose quiet zone has its corner at (x, y), snapped to the dots."""
    module = dots * DOT
    side = qr_side(payload, dots)
    pen.box(x, y, side, side, fill=WHITE)
    rectangles = [
        ((QR_QUIET + left) * module, (QR_QUIET + down) * module, wide * module, high * module)
        for left, down, wide, high in _squares(payload)[1]
    ]
    pen.modules(_snapped(x), _snapped(y), rectangles)


def _snapped(position: float) -> float:
    return ceil(round(position / DOT, 6)) * DOT
