"""Amounts, dates and identity numbers as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.services.registry_import.amounts import NotANumberError, read_number
from tehuacan_comercial.services.registry_import.dates import NotADateError, read_date
from tehuacan_comercial.services.registry_import.identity import (
    BadValueError,
    read_curp,
    read_mail,
    read_phone,
    read_postal_code,
    read_rfc,
)
from tehuacan_comercial.services.registry_import.mapping import DecimalStyle
from tehuacan_comercial.services.registry_import.texts import damaged, tidy
from tests.support.registry_files import DEFAULT, TODAY


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("1,234.50", "auto", "1234.50"),
        ("1.234,50", "auto", "1234.50"),
        ("1,234", "auto", "1234"),
        ("1.234.567", "auto", "1234567"),
        ("1,234,567.8", "auto", "1234567.8"),
        ("12,5", "auto", "12.5"),
        ("1234.500", "auto", "1234.500"),
        ("$ 1,234.50", "auto", "1234.50"),
        ("1 234.50 MXN", "auto", "1234.50"),
        ("(350.00)", "auto", "-350"),
        ("$(350.00)", "auto", "-350"),
        ("350.00-", "auto", "-350"),
        ("-$350", "auto", "-350"),
        ("−350", "auto", "-350"),
        ("$ -", "auto", "0"),
        (".5", "auto", "0.5"),
        ("1.234", "coma", "1234"),
        ("1.234", "punto", "1.234"),
        ("1,234", "coma", "1.234"),
    ],
)
def test_numbers(text: str, style: DecimalStyle, number: str) -> None:
    assert read_number(text, style) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "style", "reason"),
    [
        ("1.234", "auto", "miles o decimales"),
        ("1.23E+05", "auto", "notación científica"),
        ("PENDIENTE", "auto", "No es un número"),
        ("12,34,567", "punto", "comas y puntos"),
        ("1.234,50", "punto", "comas y puntos"),
        ("1-2", "auto", "comas y puntos"),
        ("--5", "auto", "comas y puntos"),
        ("", "auto", "No es un número"),
        ("٣", "auto", "No es un número"),
    ],
)
def test_no_numbers(text: str, style: DecimalStyle, reason: str) -> None:
    with pytest.raises(NotANumberError, match=reason):
        read_number(text, style)


@given(st.integers(-(10**11), 10**11), st.sampled_from(["punto", "coma"]))
def test_any_amount_written_with_thousands_is_read_back(cents: int, style: DecimalStyle) -> None:
    amount = Decimal(cents) / 100
    written = f"{amount:,.2f}"
    if style == "coma":
        written = written.translate(str.maketrans(",.", ".,"))
    assert read_number(written, style) == amount
    assert read_number(written, "auto") == amount


@pytest.mark.parametrize(
    "text",
    ["05/03/2024", "5/3/2024", "05-03-2024", "2024-03-05", "2024-03-05 00:00:00", "05/03/24",
     "5-mar-24", "05/mar/2024", "5 de marzo de 2024", "05/03/2024 12:00:00 a. m.", "45356",
     "45356.0", "5-MAR-2024"],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert read_date(text, DEFAULT.dates, TODAY) == date(2024, 3, 5)


def test_two_digit_years_are_never_in_the_future() -> None:
    assert read_date("01/01/26", DEFAULT.dates, TODAY) == date(2026, 1, 1)
    assert read_date("01/01/27", DEFAULT.dates, TODAY) == date(1927, 1, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("31/02/2024", "no existe"), ("13/13/2024", "no existe"), ("ayer", "No es una fecha"),
     ("99999", "no corresponde"), ("5-foo-2024", "no es un mes"), ("", "No es una fecha")],
)  # fmt: skip
def test_no_dates(text: str, reason: str) -> None:
    with pytest.raises(NotADateError, match=reason):
        read_date(text, DEFAULT.dates, TODAY)


@given(st.dates(date(1928, 1, 1), TODAY), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y"]))
def test_any_date_is_read_back(day: date, form: str) -> None:
    assert read_date(day.strftime(form), DEFAULT.dates, TODAY) == day


@pytest.mark.parametrize("rfc", ["GODE561231GR8", "gode-561231-gr8", "MAB9307148T4"])
def test_rfc(rfc: str) -> None:
    assert read_rfc(rfc, True) == rfc.replace("-", "").upper()


def test_generic_rfcs_have_no_check_digit() -> None:
    assert read_rfc("XAXX010101000", True) == "XAXX010101000"


@pytest.mark.parametrize(
    ("rfc", "reason"),
    [("GODE561231GR9", "dígito verificador"), ("GODE561231", "homoclave"), ("GODE", "13 car"),
     ("GODE561331GR8", "imposibles"), ("G0DE561231GR8", "letras, fecha")],
)  # fmt: skip
def test_bad_rfc(rfc: str, reason: str) -> None:
    with pytest.raises(BadValueError, match=reason):
        read_rfc(rfc, True)


def test_rfc_check_digit_can_be_let_go() -> None:
    assert read_rfc("VACE460910SX6", False) == "VACE460910SX6"
    with pytest.raises(BadValueError, match="dígito verificador"):
        read_rfc("VACE460910SX6", True)


@pytest.mark.parametrize(
    ("curp", "reason"),
    [("BOXW310820HNERXN08", "dígito verificador"), ("BOXW310820", "18 caracteres"),
     ("BOXW311320HNERXN09", "imposibles"), ("BOXW310820XNERXN09", "imposibles"),
     ("BOXW310820HXXRXN09", "imposibles"), ("BOXW3108A0HNERXN09", "imposibles")],
)  # fmt: skip
def test_bad_curp(curp: str, reason: str) -> None:
    with pytest.raises(BadValueError, match=reason):
        read_curp(curp)


def test_curp() -> None:
    assert read_curp(" boxw310820hnerxn09 ") == "BOXW310820HNERXN09"


@pytest.mark.parametrize(
    "text", ["2381234567", "238 123 4567", "(238) 123-45-67", "+52 238 123 4567", "0442381234567"]
)
def test_phone(text: str) -> None:
    assert read_phone(text) == "2381234567"


@pytest.mark.parametrize("text", ["381234", "2381234567 / 2387654321", "238123456A"])
def test_bad_phone(text: str) -> None:
    with pytest.raises(BadValueError, match="10 dígitos"):
        read_phone(text)


def test_mail_and_postal_code() -> None:
    assert read_mail("Ana@Ejemplo.MX") == "ana@ejemplo.mx"
    assert read_postal_code("6700") == "06700"
    for bad in ("ana", "ana@ejemplo", "a@b.mx; c@d.mx"):
        with pytest.raises(BadValueError, match="nombre@dominio"):
            read_mail(bad)
    with pytest.raises(BadValueError, match="5 dígitos"):
        read_postal_code("757000")


def test_tidy_text() -> None:
    assert tidy("\ufeff  JOSÉ\u00a0 MUN\u0303OZ \u200b") == "JOSÉ MUÑOZ"
    assert tidy('="00123"') == tidy("'00123") == "00123"
    assert tidy("D'ARTAGNAN") == "D'ARTAGNAN"


@pytest.mark.parametrize("text", ["MUÃ‘OZ", "MuÃ±oz", "MU?OZ", "MU\ufffdOZ", "JosÃ©"])
def test_damaged_letters_are_seen(text: str) -> None:
    assert damaged(text)


@pytest.mark.parametrize("text", ["MUÑOZ", "¿QUÉ?", "JOSÉ Y ANA", "GÜEMES", "CALLE 5 #3"])
def test_sound_letters_are_left_alone(text: str) -> None:
    assert not damaged(text)
