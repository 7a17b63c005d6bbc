"""Importe con letra against an oracle that knows nothing of num2words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tehuacan_comercial.documents.amount_words import amount_in_words

UNITS = [
    "CERO",
    "UN",
    "DOS",
    "TRES",
    "CUATRO",
    "CINCO",
    "SEIS",
    "SIETE",
    "OCHO",
    "NUEVE",
    "DIEZ",
    "ONCE",
    "DOCE",
    "TRECE",
    "CATORCE",
    "QUINCE",
    "DIECISÉIS",
    "DIECISIETE",
    "DIECIOCHO",
    "DIECINUEVE",
    "VEINTE",
    "VEINTIÚN",
    "VEINTIDÓS",
    "VEINTITRÉS",
    "VEINTICUATRO",
    "VEINTICINCO",
    "VEINTISÉIS",
    "VEINTISIETE",
    "VEINTIOCHO",
    "VEINTINUEVE",
]
TENS = ["TREINTA", "CUARENTA", "CINCUENTA", "SESENTA", "SETENTA", "OCHENTA", "NOVENTA"]
HUNDREDS = [
    "CIENTO",
    "DOSCIENTOS",
    "TRESCIENTOS",
    "CUATROCIENTOS",
    "QUINIENTOS",
    "SEISCIENTOS",
    "SETECIENTOS",
    "OCHOCIENTOS",
    "NOVECIENTOS",
]


def below_thousand(number: int) -> list[str]:
    if number == 100:
        return ["CIEN"]
    hundreds, rest = divmod(number, 100)
    words = [HUNDREDS[hundreds - 1]] if hundreds else []
    if rest >= 30:
        words.append(TENS[rest // 10 - 3])
        words += ["Y", UNITS[rest % 10]] if rest % 10 else []
    elif rest or not hundreds:
        words.append(UNITS[rest])
    return words


def oracle(cents: int) -> str:
    pesos, centavos = divmod(cents, 100)
    millions, thousands, rest = pesos // 1_000_000, pesos // 1000 % 1000, pesos % 1000
    words: list[str] = []
    if millions:
        words += [*below_thousand(millions), "MILLÓN" if millions == 1 else "MILLONES"]
    if thousands:
        words += [*below_thousand(thousands), "MIL"]
    if rest or not pesos:
        words += below_thousand(rest)
    if millions and not thousands and not rest:
        words.append("DE")
    words.append("PESO" if pesos == 1 else "PESOS")
    return f"{' '.join(words)} {centavos:02}/100 M.N."


def in_words(cents: int) -> str:
    return amount_in_words(Decimal(cents).scaleb(-2))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.00", "CERO PESOS 00/100 M.N."),
        ("0.01", "CERO PESOS 01/100 M.N."),
        ("1", "UN PESO 00/100 M.N."),
        ("1.50", "UN PESO 50/100 M.N."),
        ("16", "DIECISÉIS PESOS 00/100 M.N."),
        ("21", "VEINTIÚN PESOS 00/100 M.N."),
        ("31", "TREINTA Y UN PESOS 00/100 M.N."),
        ("100", "CIEN PESOS 00/100 M.N."),
        ("101", "CIENTO UN PESOS 00/100 M.N."),
        ("1000", "UN MIL PESOS 00/100 M.N."),
        ("1000.10", "UN MIL PESOS 10/100 M.N."),
        ("1141.00", "UN MIL CIENTO CUARENTA Y UN PESOS 00/100 M.N."),
        ("21000", "VEINTIÚN MIL PESOS 00/100 M.N."),
        ("31001", "TREINTA Y UN MIL UN PESOS 00/100 M.N."),
        ("101000", "CIENTO UN MIL PESOS 00/100 M.N."),
        ("1000000", "UN MILLÓN DE PESOS 00/100 M.N."),
        ("1000000.01", "UN MILLÓN DE PESOS 01/100 M.N."),
        ("1000001", "UN MILLÓN UN PESOS 00/100 M.N."),
        ("1001000", "UN MILLÓN UN MIL PESOS 00/100 M.N."),
        ("1500000", "UN MILLÓN QUINIENTOS MIL PESOS 00/100 M.N."),
        ("2000000", "DOS MILLONES DE PESOS 00/100 M.N."),
        ("2021021.50", "DOS MILLONES VEINTIÚN MIL VEINTIÚN PESOS 50/100 M.N."),
        (
            "9999999.99",
            "NUEVE MILLONES NOVECIENTOS NOVENTA Y NUEVE MIL NOVECIENTOS NOVENTA Y NUEVE"
            " PESOS 99/100 M.N.",
        ),
    ],
)
def test_the_forms_an_office_writes(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount)) == words


@settings(max_examples=3000, deadline=None)
@given(st.integers(min_value=0, max_value=999_999_999))
@example(2_102_100_00)
@example(1_001_001_01)
def test_it_agrees_with_the_oracle(cents: int) -> None:
    assert in_words(cents) == oracle(cents)


def test_every_peso_to_ten_thousand_and_every_thousand_to_ten_million() -> None:
    for pesos in (*range(10_001), *range(0, 10_000_000, 1000), *range(1, 10_000_000, 9973)):
        assert in_words(pesos * 100) == oracle(pesos * 100)


def test_every_centavo() -> None:
    for cents in range(1000):
        assert in_words(cents) == oracle(cents)


def test_no_two_amounts_read_the_same() -> None:
    assert len({in_words(cents * 97) for cents in range(20_000)}) == 20_000


@pytest.mark.parametrize("amount", ["-0.01", "0.005", "10000000000", "NaN", "Infinity"])
def test_what_is_no_amount_of_the_ledger_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount of the ledger"):
        amount_in_words(Decimal(amount))
