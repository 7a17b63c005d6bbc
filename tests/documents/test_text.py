"""Text is cut, wrapped and written the way the office reads it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import (
    cubic_metres,
    long_date,
    money,
    money_or_dash,
    peso,
    short_date,
)
from tehuacan_comercial.documents.text import fit, shrink, width, wrap

WORDS = st.text(st.sampled_from("aeiouñÁbcd lmMW .,-0123456789"), max_size=200)


def test_the_ten_figures_are_equally_wide_in_every_weight() -> None:
    for weight in (REGULAR, MEDIUM, SEMIBOLD, BOLD):
        assert len({width(figure, weight, 10) for figure in "0123456789"}) == 1


@given(WORDS, st.floats(min_value=20, max_value=400))
def test_what_is_cut_fits_and_begins_as_it_was(words: str, room: float) -> None:
    cut = fit(words, REGULAR, 9, room)
    assert width(cut, REGULAR, 9) <= room
    assert cut == words or (cut.endswith("…") and words.startswith(cut[:-1]))


@given(WORDS, st.floats(min_value=30, max_value=400))
def test_wrapping_loses_no_letter_and_keeps_within_the_room(words: str, room: float) -> None:
    lines = wrap(words, REGULAR, 9, room)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(width(line, REGULAR, 9) <= room for line in lines)


@given(WORDS, st.integers(min_value=1, max_value=4))
def test_wrapping_stops_at_the_last_line_allowed(words: str, most: int) -> None:
    lines = wrap(words, REGULAR, 9, 60, most)
    assert len(lines) <= most
    assert all(width(line, REGULAR, 9) <= 60 for line in lines)
    if lines and "".join("".join(lines).split()) != "".join(words.split()):
        assert lines[-1].endswith("…")


def test_shrinking_stops_at_the_least_size() -> None:
    assert shrink("abc", REGULAR, 12, 500, 6) == 12
    assert shrink("abc" * 100, REGULAR, 12, 50, 6) == 6


def test_money_and_dates() -> None:
    assert money(Decimal("1234567.5")) == "1,234,567.50"
    assert money(Decimal("-29.13")) == "−29.13"
    assert money_or_dash(Decimal("0.00")) == "—"
    assert peso(Decimal("-29.13")) == "−$29.13"
    assert short_date(date(2026, 2, 3)) == "03/02/2026"
    assert long_date(date(2026, 11, 24)) == "24 de noviembre de 2026"
    assert cubic_metres(Decimal("18.000")) == "18"
    assert cubic_metres(Decimal("1204.500")) == "1,204.5"
    assert cubic_metres(Decimal("100")) == "100"
