"""References as banks check them: the published examples, and which mistakes are always caught."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.check_digits import (
    Base97,
    NotAReference,
    base10_digit,
    base10_verifies,
    base97_digits,
    condensed_amount,
    condensed_date,
    is_clabe,
)

DIGITS = st.text("0123456789", min_size=1, max_size=30)
ACCOUNTS = st.text("0123456789", min_size=1, max_size=12)
AMOUNTS = st.decimals("0.00", "9999999.99", places=2)
DAYS = st.dates(date(2014, 1, 1), date(2039, 12, 31))
BBVA = Base97()


def test_the_published_example_of_base_97() -> None:
    """067591119700, $4,256.50, 23/05/1997 gives 3494·6·2·26."""
    assert condensed_date(date(1997, 5, 23), 1988) == "3494"
    assert condensed_amount(Decimal("4256.50")) == "6"
    reference = Base97(base_year=1988).reference(
        "067591119700", date(1997, 5, 23), Decimal("4256.50")
    )
    assert reference == "06759111970034946226"
    assert Base97(base_year=1988).verifies(reference)


def test_the_published_example_of_base_10() -> None:
    assert base10_digit("18000359700002387") == "1"
    assert base10_verifies("180003597000023871")


@pytest.mark.parametrize("clabe", ["002010077777777771", "012650001000000010"])
def test_a_clabe(clabe: str) -> None:
    assert is_clabe(clabe)
    for place in range(18):
        for other in set("0123456789") - {clabe[place]}:
            assert not is_clabe(clabe[:place] + other + clabe[place + 1 :])
    assert not is_clabe(clabe[:17])
    assert not is_clabe(clabe + "0")
    assert not is_clabe("٠" + clabe[1:])


@given(ACCOUNTS, DAYS, AMOUNTS)
def test_every_reference_verifies(account: str, day: date, amount: Decimal) -> None:
    reference = BBVA.reference(account, day, amount)
    assert BBVA.verifies(reference)
    assert reference.startswith(account)
    assert len(reference) == len(account) + 8


@given(ACCOUNTS, DAYS, AMOUNTS, st.data())
def test_base_97_catches_every_wrong_digit(
    account: str, day: date, amount: Decimal, data: st.DataObject
) -> None:
    """Weights are below 97 and share no factor with it, so one digit always moves the sum."""
    reference = BBVA.reference(account, day, amount)
    place = data.draw(st.integers(0, len(reference) - 1))
    other = data.draw(st.sampled_from(sorted(set("0123456789") - {reference[place]})))
    assert not BBVA.verifies(reference[:place] + other + reference[place + 1 :])


@given(ACCOUNTS, DAYS, AMOUNTS, st.data())
def test_base_97_catches_every_exchange_of_neighbours(
    account: str, day: date, amount: Decimal, data: st.DataObject
) -> None:
    """Neighbours differ by 2, 4 or 12 in weight and by less than ten in digit: never by 97."""
    reference = BBVA.reference(account, day, amount)
    place = data.draw(st.integers(0, len(reference) - 2))
    one, two = reference[place], reference[place + 1]
    wrong = reference[:place] + two + one + reference[place + 2 :]
    assert BBVA.verifies(wrong) is (one == two)


@given(DIGITS, st.data())
def test_base_10_catches_every_wrong_digit(body: str, data: st.DataObject) -> None:
    reference = body + base10_digit(body)
    place = data.draw(st.integers(0, len(reference) - 1))
    other = data.draw(st.sampled_from(sorted(set("0123456789") - {reference[place]})))
    assert not base10_verifies(reference[:place] + other + reference[place + 1 :])


@given(DIGITS, st.data())
def test_base_10_misses_only_the_exchange_of_nought_and_nine(
    body: str, data: st.DataObject
) -> None:
    """The algorithm promises no more: 09 and 90 give the same sum."""
    reference = body + base10_digit(body)
    place = data.draw(st.integers(0, len(reference) - 2))
    pair = reference[place : place + 2]
    wrong = reference[:place] + pair[::-1] + reference[place + 2 :]
    assert base10_verifies(wrong) is (pair[0] == pair[1] or pair in ("09", "90"))


def test_four_digits_last_twenty_six_years() -> None:
    last = date(2040, 11, 17)
    assert condensed_date(date(2014, 1, 1), 2014) == "0000"
    assert condensed_date(last, 2014) == "9998"
    for day in (date(2013, 12, 31), last + timedelta(days=2)):
        with pytest.raises(NotAReference):
            condensed_date(day, 2014)


@given(st.dates(date(2014, 1, 1), date(2039, 12, 30)))
def test_a_later_day_has_a_later_number(day: date) -> None:
    assert condensed_date(day, 2014) < condensed_date(day + timedelta(days=1), 2014)


@pytest.mark.parametrize("text", ["", " ", "12a4", "-1", "१२", "1.2"])
def test_what_is_no_digits_is_no_reference(text: str) -> None:
    with pytest.raises(NotAReference):
        base97_digits(text)
    with pytest.raises(NotAReference):
        base10_digit(text)
    assert not BBVA.verifies(text)
    assert not base10_verifies(text)


@pytest.mark.parametrize("amount", ["-0.01", "0.001"])
def test_an_amount_is_pesos_and_centavos(amount: str) -> None:
    with pytest.raises(NotAReference):
        condensed_amount(Decimal(amount))


def test_a_reference_without_its_constant_is_not_of_this_contract() -> None:
    other = Base97(constant="3").reference("1234", date(2026, 1, 1), Decimal(10))
    assert not BBVA.verifies(other)
    assert Base97(constant="3").verifies(other)
    assert not BBVA.verifies("226")
