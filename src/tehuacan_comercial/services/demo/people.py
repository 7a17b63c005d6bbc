"""Invented people and companies, with identity numbers whose check digits are right.

Nobody of them exists: the account of each is marked as demonstration.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.mx import curp as curp_rules
from stdnum.mx import rfc as rfc_rules

_BORN_FROM = date(1938, 1, 1)
_BORN_DAYS = 24_500
_VOWELS = "AEIOU"
_SMALL = {"DE", "DEL", "LA", "LAS", "LOS", "Y"}
_TRADES = (
    "Tortillería", "Lavandería", "Purificadora", "Panadería", "Taller Mecánico", "Abarrotes",
    "Farmacia", "Restaurante", "Estética", "Ferretería", "Granja Avícola", "Maquiladora", "Hotel",
)  # fmt: skip
_OFFICES = ("Escuela Primaria", "Jardín de Niños", "Centro de Salud", "Mercado", "Biblioteca")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the account; names in capitals as the registry writes them."""

    kind: str
    name: str
    rfc: str | None
    curp: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """Where first names and surnames come from; each call gives the next one."""

    woman: Callable[[], str]
    man: Callable[[], str]
    surname: Callable[[], str]


def mexican_names(seed: int) -> Names:
    """Names of Faker's es_MX, the same for the same seed."""
    from faker import Faker

    source = Faker("es_MX")
    source.seed_instance(seed)
    return Names(source.first_name_female, source.first_name_male, source.last_name)


def make_person(dice: Random, names: Names) -> Holder:
    """A person; two of three gave an identity number, three of five a telephone."""
    woman = dice.random() < 0.5
    first = names.woman() if woman else names.man()
    father, mother = names.surname(), names.surname()
    name = f"{father} {mother} {first}".upper()
    born = _BORN_FROM + timedelta(days=dice.randrange(_BORN_DAYS))
    curp = _curp(dice, (first, father, mother), woman, born)
    identified = dice.random() < 0.66
    return Holder(
        kind="person",
        name=name,
        rfc=_rfc(dice, curp[:10]) if identified and dice.random() < 0.5 else None,
        curp=curp if identified else None,
        phone=f"238{dice.randrange(1_000_000, 9_999_999)}" if dice.random() < 0.6 else None,
        email=None,
    )


def make_company(dice: Random, names: Names, use: str) -> Holder:
    """A shop or factory, or for public use an office, with DEMOSTRACIÓN in its name."""
    kinds = _OFFICES if use == "PUB" else _TRADES
    tail = "" if use == "PUB" else " S.A. DE C.V."
    name = f"{dice.choice(kinds)} {names.surname()} (DEMOSTRACIÓN){tail}".upper()
    born = date(1985, 1, 1) + timedelta(days=dice.randrange(14_000))
    return Holder(
        kind="company",
        name=name,
        rfc=_rfc(dice, f"{_letters(name)[:3]}{born:%y%m%d}"),
        curp=None,
        phone=f"238{dice.randrange(1_000_000, 9_999_999)}",
        email=f"contacto{dice.randrange(1000, 9999)}@demostracion.example",
    )


def _plain(word: str) -> str:
    """Capital letters only: no accents, Ñ as X, no small words."""
    kept = [part for part in word.upper().split() if part not in _SMALL] or ["X"]
    text = kept[0].replace("Ñ", "X")
    bare = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in bare if "A" <= letter <= "Z") or "X"


def _letters(name: str) -> str:
    return "".join(_plain(part)[:1] for part in name.split()) + "XXX"


def _inner(word: str, vowel: bool) -> str:
    found = (letter for letter in word[1:] if (letter in _VOWELS) is vowel)
    return next(found, "X")


def _curp(dice: Random, full: tuple[str, str, str], woman: bool, born: date) -> str:
    first, father, mother = (_plain(part) for part in full)
    letters = father[0] + _inner(father, vowel=True) + mother[0] + first[0]
    if letters in curp_rules._name_blacklist:
        letters = letters[0] + "X" + letters[2:]
    inner = "".join(_inner(part, vowel=False) for part in (father, mother, first))
    century = "A" if born.year >= 2000 else "0"
    state = "PL" if dice.random() < 0.85 else dice.choice(("OC", "VZ", "DF", "MC"))
    stem = f"{letters}{born:%y%m%d}{'M' if woman else 'H'}{state}{inner}{century}"
    return stem + curp_rules.calc_check_digit(stem + "0")


def _rfc(dice: Random, root: str) -> str:
    stem = root + dice.choice("123456789ABCDEFGHIJKLMNPQRSTUV") + dice.choice("123456789ABCDXYZ")
    return stem + str(rfc_rules.calc_check_digit(stem))
