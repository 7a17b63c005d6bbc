"""Check digits of payment references: base 97 and base 10 as banks define them, and the CLABE.

A reference is printed on a bill and typed at a bank or a shop; its check digits catch the typing
mistakes before the money goes to another account. Everything here is text of digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import cycle

from tehuacan_comercial.domain.money import CENT

_DIGITS = frozenset("0123456789")
_AMOUNT_WEIGHTS = (7, 3, 1)
_BASE97_WEIGHTS = (11, 13, 17, 19, 23)
_CLABE_WEIGHTS = (3, 7, 1)
_LONGEST_DATE = 9999


class NotAReference(ValueError):  # noqa: N818 - an answer to what was typed
    """The text cannot be (part of) a reference, or the date does not fit its four digits."""


@dataclass(frozen=True, slots=True)
class Base97:
    """Parameters that the bank's contract gives; the defaults are BBVA's of the checked example.

    ``base_year`` is the year of which day one is 0000: four digits last 26 years from it, so a
    contract changes it from time to time. ``constant`` is appended before the check digits.
    """

    base_year: int = 2014
    constant: str = "2"

    def reference(self, account: str, due_on: date, amount: Decimal) -> str:
        """Account, condensed date, condensed amount, constant, two check digits.

        ``amount`` is pesos. The bank takes no other amount and, by its own rule, no other date.

        Raises:
            NotAReference: ``account`` is not digits, or the date does not fit.
        """
        body = (
            _digits(account)
            + condensed_date(due_on, self.base_year)
            + condensed_amount(amount)
            + self.constant
        )
        return body + base97_digits(body)

    def verifies(self, reference: str) -> bool:
        """Whether the last two digits are those of the rest, and the constant is in its place."""
        if len(reference) < len(self.constant) + 3 or not _all_digits(reference):
            return False
        body = reference[:-2]
        return body.endswith(self.constant) and reference[-2:] == base97_digits(body)


def condensed_date(day: date, base_year: int) -> str:
    """Four digits: (year − base) × 372 + (month − 1) × 31 + (day − 1).

    Raises:
        NotAReference: the day is before the base year or later than four digits reach.
    """
    number = (day.year - base_year) * 372 + (day.month - 1) * 31 + day.day - 1
    if not 0 <= number <= _LONGEST_DATE:
        raise NotAReference(f"{day} no cabe en cuatro dígitos desde {base_year}")
    return f"{number:04}"


def condensed_amount(amount: Decimal) -> str:
    """One digit: the digits of the centavos by 7, 3, 1 from the right, modulo ten.

    Raises:
        NotAReference: a negative amount, or a part of a centavo.
    """
    cents = amount / CENT
    if amount < 0 or cents != cents.to_integral_value():
        raise NotAReference(f"{amount} no es un importe en pesos y centavos")
    return str(_weighted(str(int(cents)), _AMOUNT_WEIGHTS) % 10)


def base97_digits(body: str) -> str:
    """Two digits: the weighted sum by 11, 13, 17, 19, 23 from the right, modulo 97, plus one.

    Raises:
        NotAReference: ``body`` is not digits.
    """
    return f"{_weighted(_digits(body), _BASE97_WEIGHTS) % 97 + 1:02}"


def base10_digit(body: str) -> str:
    """One digit: weights 2, 1 from the right, digits of the products added, complement to ten.

    Raises:
        NotAReference: ``body`` is not digits.
    """
    total = sum(
        sum(divmod(int(digit) * weight, 10))
        for digit, weight in zip(reversed(_digits(body)), cycle((2, 1)), strict=False)
    )
    return str(-total % 10)


def base10_verifies(reference: str) -> bool:
    """Whether the last digit is that of the rest."""
    return (
        len(reference) > 1
        and _all_digits(reference)
        and reference[-1] == base10_digit(reference[:-1])
    )


def is_clabe(text: str) -> bool:
    """Eighteen digits, the last of which checks the others by 3, 7, 1 from the left."""
    if len(text) != 18 or not _all_digits(text):
        return False
    total = sum(
        int(digit) * weight % 10
        for digit, weight in zip(text[:17], cycle(_CLABE_WEIGHTS), strict=False)
    )
    return text[17] == str(-total % 10)


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(
        int(digit) * weight for digit, weight in zip(reversed(digits), cycle(weights), strict=False)
    )


def _all_digits(text: str) -> bool:
    return bool(text) and set(text) <= _DIGITS


def _digits(text: str) -> str:
    if not _all_digits(text):
        raise NotAReference(f"«{text}» no son dígitos")
    return text
