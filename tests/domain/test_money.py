from __future__ import annotations

from decimal import Decimal, FloatOperation, InvalidOperation

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tehuacan_comercial.domain.money import (
    LARGEST,
    ZERO,
    AmountProblem,
    NotAnAmount,
    parse_amount,
    round_cash,
    round_money,
    total_of,
)
from tests.domain.strategies import pesos


@pytest.mark.parametrize(
    ("given_amount", "expected"),
    [
        ("0.005", "0.01"),
        ("0.004999999999999999999999999999999999", "0.00"),
        ("2.675", "2.68"),
        ("2.665", "2.67"),
        ("-2.675", "-2.68"),
        ("1234567890.125", "1234567890.13"),
        (7, "7.00"),
        (Decimal("1E+3"), "1000.00"),
    ],
)
def test_halves_go_up(given_amount: str | int | Decimal, expected: str) -> None:
    assert str(round_money(given_amount)) == expected


def test_no_negative_zero_and_two_decimals_always() -> None:
    assert str(round_money("-0.001")) == "0.00"
    assert str(round_money(0)) == "0.00"


def test_a_float_is_refused() -> None:
    with pytest.raises(FloatOperation):
        round_money(0.1)  # type: ignore[arg-type]


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        round_money(Decimal("NaN"))
    with pytest.raises(InvalidOperation):
        round_money(Decimal("Infinity"))
    with pytest.raises(InvalidOperation):
        round_money("doce")


@given(st.integers(-(10**14), 10**14))
@example(25)
@example(-25)
def test_rounds_to_the_nearest_cent(tenths_of_cents: int) -> None:
    exact = Decimal(tenths_of_cents).scaleb(-3)
    rounded = round_money(exact)
    assert abs(rounded - exact) <= Decimal("0.005")
    if abs(rounded - exact) == Decimal("0.005"):
        assert abs(rounded) > abs(exact)
    assert round_money(rounded) == rounded


def test_total_of_nothing_is_zero_pesos() -> None:
    assert str(total_of([])) == "0.00"
    assert total_of([Decimal("1.10"), Decimal("2.20")]) == Decimal("3.30")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,500", "1500.00"),
        ("$1 500.50", "1500.50"),
        ("1500.5", "1500.50"),
        (" $ 12 ", "12.00"),
        ("1\u00a0234\u00a0567.89", "1234567.89"),
        (".50", "0.50"),
        ("1500.", "1500.00"),
        ("0", "0.00"),
        ("9,999,999,999.99", "9999999999.99"),
    ],
)
def test_reads_what_a_cashier_types(text: str, expected: str) -> None:
    assert str(parse_amount(text)) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", AmountProblem.EMPTY),
        ("  $ ", AmountProblem.EMPTY),
        ("-5", AmountProblem.NEGATIVE),
        ("$-5", AmountProblem.NEGATIVE),
        ("−5", AmountProblem.NEGATIVE),
        ("12a", AmountProblem.NOT_A_NUMBER),
        ("1,50", AmountProblem.NOT_A_NUMBER),
        ("1,5000", AmountProblem.NOT_A_NUMBER),
        ("1,500 000", AmountProblem.NOT_A_NUMBER),
        ("1.500.00", AmountProblem.NOT_A_NUMBER),
        ("1e3", AmountProblem.NOT_A_NUMBER),
        ("٣", AmountProblem.NOT_A_NUMBER),
        (".", AmountProblem.NOT_A_NUMBER),
        ("NaN", AmountProblem.NOT_A_NUMBER),
        ("1.505", AmountProblem.TOO_MANY_DECIMALS),
        ("1.500", AmountProblem.TOO_MANY_DECIMALS),
        ("10000000000", AmountProblem.TOO_LARGE),
        ("9" * 400, AmountProblem.TOO_LARGE),
    ],
)
def test_asks_again_instead_of_guessing(text: str, problem: AmountProblem) -> None:
    with pytest.raises(NotAnAmount) as refused:
        parse_amount(text)
    assert (refused.value.text, refused.value.problem) == (text, problem)


@given(pesos(most=str(LARGEST)))
def test_reads_back_every_way_of_writing(amount: Decimal) -> None:
    for text in (str(amount), f"{amount:,}", f"$ {amount:,}".replace(",", " ")):
        assert parse_amount(text) == amount


@given(st.text())
def test_any_text_is_an_amount_or_a_named_problem(text: str) -> None:
    try:
        amount = parse_amount(text)
    except NotAnAmount:
        return
    assert ZERO <= amount <= LARGEST
    assert amount == round_money(amount)


@pytest.mark.parametrize(
    ("amount", "step", "expected"),
    [
        ("10.24", "0.50", "10.00"),
        ("10.25", "0.50", "10.50"),
        ("10.75", "0.50", "11.00"),
        ("10.74", "0.50", "10.50"),
        ("0.24", "0.50", "0.00"),
        ("10.50", "1", "11.00"),
        ("10.24", "0", "10.24"),
    ],
)
def test_cash_rounding(amount: str, step: str, expected: str) -> None:
    assert str(round_cash(Decimal(amount), Decimal(step))) == expected


def test_cash_rounding_refuses_a_negative_step() -> None:
    with pytest.raises(ValueError, match="-1"):
        round_cash(Decimal("1.00"), Decimal(-1))


@given(pesos(), st.sampled_from(("0.05", "0.10", "0.20", "0.50", "1", "5")))
def test_cash_rounding_is_the_nearest_multiple(amount: Decimal, step_text: str) -> None:
    step = Decimal(step_text)
    rounded = round_cash(amount, step)
    assert rounded % step == 0
    assert abs(rounded - amount) * 2 <= step
    if abs(rounded - amount) * 2 == step:
        assert rounded > amount
