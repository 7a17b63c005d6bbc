"""Pesos as Decimal: the one function that rounds them, and what a person may type for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    FloatOperation,
    InvalidOperation,
    Overflow,
)
from enum import StrEnum

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
LARGEST = Decimal("9999999999.99")
"""The largest amount that fits NUMERIC(12,2)."""

# Wide enough never to round before the cent; a float raises instead of bringing its binary dust.
_EXACT = Context(
    prec=60,
    rounding=ROUND_HALF_UP,
    traps=[InvalidOperation, DivisionByZero, Overflow, FloatOperation],
)

_GROUPED = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?")


class AmountProblem(StrEnum):
    """Why a text is not an amount."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_LARGE = "too_large"


@dataclass(eq=False)
class NotAnAmount(ValueError):  # noqa: N818 - an answer to the person who typed
    """The text does not say an amount of pesos that could be paid."""

    text: str
    problem: AmountProblem


def round_money(amount: Decimal | int | str) -> Decimal:
    """Round to the cent, halves away from zero, as PostgreSQL's ``round(numeric, 2)`` does.

    Raises:
        FloatOperation: for a float, whose cents are not what they seem.
        InvalidOperation: for a text that is not a number.
        ValueError: for NaN.
    """
    exact = _EXACT.create_decimal(amount)
    if exact.is_nan():
        raise ValueError(amount)
    # Adding zero turns a "-0.00" left by the rounding into "0.00".
    return exact.quantize(CENT, context=_EXACT) + ZERO


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """Sum in pesos; 0.00 for nothing."""
    return sum(amounts, ZERO)


def parse_amount(text: str) -> Decimal:
    """Read pesos as typed: ``1500.5``, ``1,500``, ``$1 500.50``.

    Separators must stand at the thousands, so that ``1,50`` is asked again instead of guessed.

    Raises:
        NotAnAmount: with the text and what is wrong with it.
    """
    plain = " ".join(text.replace("$", " ").split())
    if not plain:
        raise NotAnAmount(text, AmountProblem.EMPTY)
    # People also paste typographic minus signs.
    if plain[0] in "-−–":
        raise NotAnAmount(text, AmountProblem.NEGATIVE)
    if not _GROUPED.fullmatch(plain) or not re.search("[0-9]", plain):
        raise NotAnAmount(text, AmountProblem.NOT_A_NUMBER)
    if len(plain.partition(".")[2]) > 2:
        raise NotAnAmount(text, AmountProblem.TOO_MANY_DECIMALS)
    return _within_range(text, plain.replace(",", "").replace(" ", ""))


def _within_range(text: str, digits: str) -> Decimal:
    if len(digits) > len(str(LARGEST)) or (amount := round_money(digits)) > LARGEST:
        raise NotAnAmount(text, AmountProblem.TOO_LARGE)
    return amount


def round_cash(amount: Decimal, step: Decimal) -> Decimal:
    """Round pesos to the nearest multiple of *step*, halves up; a step of 0 leaves the amount.

    The difference is a line of its own on the receipt, never hidden in a concept.

    Raises:
        ValueError: when the step is negative.
    """
    if step < 0:
        raise ValueError(step)
    if step == 0:
        return round_money(amount)
    steps = _EXACT.divide(amount, step).to_integral_value(ROUND_HALF_UP)
    return round_money(steps * step)
