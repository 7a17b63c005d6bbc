"""Spanish text made comparable: folded for searching, keyed for sorting as dictionaries do."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def _strip_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def fold(text: str) -> str:
    """Lower case without accents, ñ as n, words apart by one space: ``Núñez, J.`` → ``nunez j``."""
    # Twice, because lowering may bring a mark of its own (İ) and decomposing a capital (™).
    plain = _strip_marks(_strip_marks(text).casefold())
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


def sort_key(text: str) -> str:
    """A key that sorts bytewise as Spanish does: accents ignored, ñ a letter after n.

    ``~`` stands after ``z`` in ASCII, so the same key serves Python and ``ORDER BY … COLLATE "C"``.
    """
    lowered = unicodedata.normalize("NFC", " ".join(text.split())).lower()
    return "".join("n~" if each == "ñ" else _strip_marks(each) for each in lowered)


def search_terms(text: str) -> tuple[str, ...]:
    """The folded words of what was typed, each once, in order."""
    return tuple(dict.fromkeys(fold(text).split()))
