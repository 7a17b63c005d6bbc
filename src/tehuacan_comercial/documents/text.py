"""How wide text is, and how it is cut, wrapped or shrunk to fit."""

from __future__ import annotations

from functools import cache
from typing import Any

from tehuacan_comercial.documents.fonts import font

ELLIPSIS = "…"


@cache
def _widths(name: str) -> tuple[dict[int, float], float]:
    face: Any = font(name).face
    return face.charWidths, face.defaultWidth


def width(words: str, name: str, size: float) -> float:
    """Width in points of one line set in the named font."""
    widths, default = _widths(name)
    return sum(widths.get(ord(sign), default) for sign in words) * size / 1000


def fit(words: str, name: str, size: float, room: float) -> str:
    """The words, cut with an ellipsis if they are wider than *room* points."""
    if width(words, name, size) <= room:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if width(words[:middle].rstrip() + ELLIPSIS, name, size) <= room:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + ELLIPSIS


def wrap(words: str, name: str, size: float, room: float, most: int = 99) -> list[str]:
    """The words broken into lines no wider than *room*; the last of *most* lines is cut short."""
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, name, size) <= room:
            lines[-1] = joined
        elif len(lines) == most:
            lines[-1] = fit(joined, name, size, room)
            break
        else:
            lines.extend(_pieces(word, name, size, room))
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(lines[most - 1] + ELLIPSIS, name, size, room)]
    return lines


def _pieces(word: str, name: str, size: float, room: float) -> list[str]:
    """A word too long for any line, broken where it must be."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, name, size) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def shrink(words: str, name: str, size: float, room: float, least: float) -> float:
    """The largest size between *least* and *size* points at which the words fit in *room*."""
    natural = width(words, name, size)
    return size if natural <= room else max(least, int(size * room / natural * 10) / 10)
