"""Importe con letra: an amount in words, in the form Mexican offices write it."""

from __future__ import annotations

import re
from decimal import Decimal

from num2words import num2words

_CENT = Decimal("0.01")
_LIMIT = Decimal("10000000000")  # the ledger's NUMERIC(12,2)
_ONE = re.compile(r"\buno\b")
_TWENTY_ONE = re.compile(r"\bveintiuno\b")
_BARE_THOUSAND = re.compile(r"(^|mill(?:ón|ones) )mil\b")


def amount_in_words(pesos: Decimal) -> str:
    """``1141.50`` → ``UN MIL CIENTO CUARENTA Y UN PESOS 50/100 M.N.``.

    Raises:
        ValueError: the amount is negative, has fractions of a cent or does not fit the ledger.
    """
    if not pesos.is_finite() or not 0 <= pesos < _LIMIT or pesos != pesos.quantize(_CENT):
        raise ValueError(f"not an amount of the ledger: {pesos}")
    whole = int(pesos)
    cents = int((pesos - whole) * 100)
    noun = "peso" if whole == 1 else "pesos"
    joint = " de" if whole and whole % 1_000_000 == 0 else ""
    return f"{_whole_in_words(whole)}{joint} {noun} {cents:02}/100 m.n.".upper()


def _whole_in_words(whole: int) -> str:
    """Words before a masculine noun: *uno* shortens, a bare *mil* takes its *un*.

    num2words counts centavos when its currency form is given an int, writes *veintiuno mil* and
    *mil*; so only its plain numerals are used here.
    """
    words = str(num2words(whole, lang="es"))
    words = _TWENTY_ONE.sub("veintiún", words)
    words = _ONE.sub("un", words)
    return _BARE_THOUSAND.sub(r"\1un mil", words)
