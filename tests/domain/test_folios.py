from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.folios import (
    Folio,
    check_digit,
    format_folio,
    has_valid_check_digit,
    parse_code,
    parse_folio,
    show_code,
    verification_code,
)

SERIES = st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True)
NUMBERS = st.integers(1, 10**12 - 1)


def test_a_folio_on_paper() -> None:
    assert format_folio("C2", 18835) == "C2-018835"
    assert format_folio("C2", 12345678) == "C2-12345678"


@pytest.mark.parametrize("text", ["C2-018835", "c2-18835", " C2 018835 ", "C2'018835"])
def test_a_folio_as_typed(text: str) -> None:
    assert parse_folio(text) == Folio("C2", 18835)


@pytest.mark.parametrize("text", ["", "C2", "018835", "2C-018835", "C2-000000", "C2-12x", "C2--1"])
def test_what_is_no_folio(text: str) -> None:
    assert parse_folio(text) is None


@pytest.mark.parametrize(("series", "number"), [("c2", 1), ("", 1), ("C2", 0), ("ABCDEFGHI", 1)])
def test_a_malformed_folio_cannot_be_made(series: str, number: int) -> None:
    with pytest.raises(ValueError, match=f"{series}-{number}"):
        Folio(series, number)


@given(SERIES, NUMBERS)
def test_folios_read_back(series: str, number: int) -> None:
    assert parse_folio(format_folio(series, number)) == Folio(series, number)


def test_check_digit_of_the_published_example() -> None:
    """GitHub resuelve/cookbook, AlgoritmoBancomer00.md: 18000359700002387 gives 1."""
    assert check_digit("18000359700002387") == "1"
    assert has_valid_check_digit("180003597000023871")
    assert not has_valid_check_digit("180003597000023872")
    assert not has_valid_check_digit("7")
    with pytest.raises(ValueError, match="12a"):
        check_digit("12a")


@given(st.from_regex(r"[0-9]{1,18}", fullmatch=True), st.data())
def test_a_mistyped_digit_is_noticed(digits: str, data: st.DataObject) -> None:
    number = digits + check_digit(digits)
    assert has_valid_check_digit(number)
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert not has_valid_check_digit(number[:place] + wrong + number[place + 1 :])


def test_verification_code_by_hand() -> None:
    """Fifty bits 00000 00001 … are the digits 0, 1, …; here 0x00443214C74 and so on."""
    bits = "".join(f"{value:05b}" for value in (0, 1, 2, 9, 10, 17, 18, 20, 30, 31))
    digest = f"{int(bits + '00', 2):013x}"
    assert verification_code(digest) == "0129AHJMYZ"
    assert show_code("0129AHJMYZ") == "0129A-HJMYZ"


@pytest.mark.parametrize("text", ["0129A-HJMYZ", "o129a hjmyz", "O1 29A'HJMYZ", "0L29A-HJMYZ"])
def test_a_code_as_a_person_reads_it(text: str) -> None:
    assert parse_code(text) == "0129AHJMYZ"


@pytest.mark.parametrize("text", ["", "0129A-HJMY", "0129A-HJMYU", "0129A-HJMYZ0", "0129AÑHJMY"])
def test_what_is_no_code(text: str) -> None:
    assert parse_code(text) is None


@pytest.mark.parametrize("text", ["0", "abc", "x" * 64, "f" * 12])
def test_what_is_no_hash(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        verification_code(text)


@given(st.binary())
def test_codes_read_back_and_depend_on_the_first_bits_only(content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    code = verification_code(digest)
    assert parse_code(show_code(code).lower()) == code
    assert verification_code(digest.upper()) == code
    assert verification_code(digest[:13] + "0" * 51) == code
