"""Numbers that stand on paper: folios, account check digits and verification codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHORTEST_NUMBER = 6
_SERIES = re.compile(r"[A-Z][A-Z0-9]{0,7}")
_FOLIO = re.compile(r"(?P<series>[A-Z][A-Z0-9]{0,7})[-' ](?P<number>[0-9]{1,12})")

CODE_LENGTH = 10
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 5 * CODE_LENGTH
# Crockford's reading of the letters that people mistake for digits.
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


@dataclass(frozen=True, slots=True, order=True)
class Folio:
    """Series and consecutive number of a document: C2-018835.

    Raises:
        ValueError: for a series that is not a letter and up to seven more, or a number below 1.
    """

    series: str
    number: int

    def __post_init__(self) -> None:
        if not _SERIES.fullmatch(self.series) or self.number < 1:
            raise ValueError(f"{self.series}-{self.number}")

    def __str__(self) -> str:
        return f"{self.series}-{self.number:0{SHORTEST_NUMBER}d}"


def format_folio(series: str, number: int) -> str:
    """Series, dash and at least six digits.

    Raises:
        ValueError: as :class:`Folio`.
    """
    return str(Folio(series, number))


def parse_folio(text: str) -> Folio | None:
    """The folio that a person or a scanner wrote, leading zeros or not; None if it is none.

    A scanner set for another keyboard writes ' for the dash.
    """
    found = _FOLIO.fullmatch(text.strip().upper())
    if found is None or int(found["number"]) == 0:
        return None
    return Folio(found["series"], int(found["number"]))


def check_digit(digits: str) -> str:
    """Base-10 check digit: weights 2, 1 from the right, digits added up, complement to ten.

    Raises:
        ValueError: when something else than digits comes.
    """
    if not re.fullmatch("[0-9]+", digits):
        raise ValueError(digits)
    total = 0
    for position, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 if position % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str(-total % 10)


def has_valid_check_digit(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    return bool(re.fullmatch("[0-9]{2,}", digits)) and check_digit(digits[:-1]) == digits[-1]


def verification_code(hash_hex: str) -> str:
    """Ten Crockford base-32 characters from the first fifty bits of a document's hash.

    Raises:
        ValueError: when the hash is not hexadecimal or shorter than fifty bits.
    """
    bits = 4 * len(hash_hex)
    if not re.fullmatch("[0-9A-Fa-f]+", hash_hex) or bits < _BITS:
        raise ValueError(hash_hex)
    value = int(hash_hex, 16) >> (bits - _BITS)
    return "".join(_CROCKFORD[value >> shift & 31] for shift in range(_BITS - 5, -1, -5))


def show_code(code: str) -> str:
    """The code in two groups of five, as it is printed: ``7K3QD-9TZ0A``."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def parse_code(text: str) -> str | None:
    """The code that somebody read from paper, however grouped; None if it cannot be one."""
    plain = re.sub(r"[\s'-]", "", text).upper().translate(_LOOKALIKES)
    if len(plain) != CODE_LENGTH or not set(plain) <= set(_CROCKFORD):
        return None
    return plain
