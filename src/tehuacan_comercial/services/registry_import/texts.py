"""Text as people and Excel leave it in cells, made plain."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tehuacan_comercial.domain import folding

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_QUOTED_FORMULA = re.compile(r'^="([^"]*)"$')
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf‘‰“šœ\u2018-\u203a±¡©­³º]|Â[\u0080-\u00bf]|\ufffd")
_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]")


def tidy(text: str) -> str:
    """Text without invisible characters and with single spaces; letters and case are kept.

    Also undoes the two tricks by which zeros are saved from Excel: ``'00123`` and ``="00123"``.
    """
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    plain = " ".join(visible.split())
    if plain.startswith(("=", "'")):
        formula = _QUOTED_FORMULA.match(plain)
        return (formula[1] if formula else plain.removeprefix("'")).strip()
    return plain


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The office's folding, remembered: a registry says the same words 100,000 times."""
    return folding.fold(text)


def damaged(text: str) -> bool:
    """Whether letters were lost on the way, as in ``MUÃ‘OZ``, ``MU?OZ`` or ``MU\ufffdOZ``."""
    return bool(_MOJIBAKE.search(text) or _LOST_LETTER.search(text))
