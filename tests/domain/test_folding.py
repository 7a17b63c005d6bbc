from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.folding import fold, search_terms, sort_key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Núñez  Peña, José", "nunez pena jose"),
        ("NU\u0301N\u0303EZ", "nunez"),
        ("Av. Reforma #12-B", "av reforma 12 b"),
        ("Constituyentes 2ª Sección", "constituyentes 2a seccion"),
        ("C2-018835", "c2 018835"),
        ("PINGÜINO", "pinguino"),
        ("  ¿?  ", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_spanish_order() -> None:
    names = ["álamo", "Alva", "Álvarez", "Nava", "Nuno", "Nuñez", "Núñez", "Ñandú", "Ñúñez"]
    for start in (names, list(reversed(names)), sorted(names)):
        ordered = sorted(start, key=lambda name: (sort_key(name), name))
        assert [sort_key(name) for name in ordered] == [sort_key(name) for name in names]
    assert sort_key("Nuñez") == sort_key("Núñez") == "nun~ez"


def test_sort_key_keeps_decomposed_enye() -> None:
    assert sort_key("N\u0303andu\u0301") == sort_key("Ñandú") == "n~andu"


def test_search_terms_come_once() -> None:
    assert search_terms("María nuñez maría 4") == ("maria", "nunez", "4")
    assert search_terms("  ") == ()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text(alphabet="aábcdeéiínñoóuúüzAÁÉÍÑÓÚÜ '-.,"))
def test_accents_and_case_do_not_matter(text: str) -> None:
    plain = text.translate(str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN"))
    assert fold(text.upper()) == fold(plain) == fold(text)
    assert sort_key(text.upper()) == sort_key(text)
    assert sort_key(text).isascii()


@given(st.lists(st.text(alphabet="nñoaáz", min_size=1), min_size=2, max_size=2))
def test_sort_follows_the_alphabet_letter_by_letter(pair: list[str]) -> None:
    def letters(word: str) -> list[int]:
        return ["anñoz".index(each) for each in word.replace("á", "a")]

    one, other = pair
    assert (sort_key(one) < sort_key(other)) == (letters(one) < letters(other))
