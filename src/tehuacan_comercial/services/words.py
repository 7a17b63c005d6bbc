"""An amount in words for the screen: the same words that stand on the receipt."""

from __future__ import annotations

from decimal import Decimal

from tehuacan_comercial.documents.amount_words import amount_in_words


def in_words(pesos: Decimal) -> str:
    """``1141.50`` → ``Un mil ciento cuarenta y un pesos 50/100 M.N.``.

    Raises:
        ValueError: the amount is negative, has fractions of a cent or does not fit the ledger.
    """
    words, mark, currency = amount_in_words(pesos).rpartition(" ")
    return f"{words.capitalize()}{mark}{currency}"
