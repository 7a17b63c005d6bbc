"""Numbers as people and Excel write them: thousands, decimals, pesos signs, accountants' minus."""

from __future__ import annotations

import re
from decimal import Decimal

from .mapping import DecimalStyle

_SIGNS = re.compile(r"(?i)^(mxn|m\.n\.|\$|mn)|(mxn|m\.n\.|mn|pesos|m3|m³)$")
_NEGATIVE = re.compile(r"^\((?P<inside>.+)\)$|^-(?P<after>.+)$|^(?P<before>.+)-$")
_THOUSANDS = {
    "punto": re.compile(r"^\d{1,3}(,\d{3})+(\.\d*)?$"),
    "coma": re.compile(r"^\d{1,3}(\.\d{3})+(,\d*)?$"),
}
_PLAIN = {"punto": re.compile(r"^\d*\.?\d*$"), "coma": re.compile(r"^\d*,?\d*$")}
_SCIENTIFIC = re.compile(r"^[\d.,]+[eE][+-]?\d+$")


class NotANumberError(ValueError):
    """The text is no number, or could be two; the message is the Spanish reason."""


def read_number(text: str, style: DecimalStyle) -> Decimal:
    """The number written in ``text``; ``-`` alone is zero, as accountants write it.

    Raises:
        NotANumberError: it is none, or it is ambiguous (``1.234`` without a known style).
    """
    bare = text.replace(" ", "").replace("−", "-").replace("'", "").replace("’", "")
    if bare in ("-", "$-", "–", "-$"):
        return Decimal(0)
    negative, digits = _unsigned(bare)
    if _SCIENTIFIC.match(digits):
        raise NotANumberError(
            "Excel lo guardó en notación científica y perdió cifras; escríbalo completo."
        )
    number = _unpunctuated(digits, style)
    return -number if negative else number


def _unsigned(bare: str) -> tuple[bool, str]:
    without = _strip_signs(bare)
    minus = _NEGATIVE.match(without)
    if minus is None:
        return False, without
    return True, _strip_signs(next(part for part in minus.groups() if part))


def _strip_signs(text: str) -> str:
    return _SIGNS.sub("", _SIGNS.sub("", text))


def _unpunctuated(digits: str, style: DecimalStyle) -> Decimal:
    if not re.search(r"\d", digits) or not digits.isascii():
        raise NotANumberError("No es un número.")
    chosen = style if style != "auto" else _guess(digits)
    if _THOUSANDS[chosen].match(digits) or _PLAIN[chosen].match(digits):
        thousands, point = (",", ".") if chosen == "punto" else (".", ",")
        return Decimal(digits.replace(thousands, "").replace(point, "."))
    raise NotANumberError("No es un número, o sus comas y puntos no están en orden.")


def _guess(digits: str) -> str:
    """Style of one number by itself: the last sign is the decimal one, Mexico's if in doubt."""
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits):
        raise NotANumberError(
            "Puede ser miles o decimales; diga en la correspondencia decimales = «punto» o «coma»."
        )
    comma, point = digits.rfind(","), digits.rfind(".")
    if point > comma:
        return "coma" if digits.count(".") > 1 else "punto"
    return "coma" if not re.search(r"^\d{1,3}(,\d{3})+$", digits) else "punto"
