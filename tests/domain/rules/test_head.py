from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.refusals import InvalidRules
from tehuacan_comercial.domain.rules.parse import parse_files, parse_rules
from tehuacan_comercial.domain.rules.values import (
    DenominationRules,
    RuleHeader,
    RuleKind,
    RuleSet,
    in_force,
)
from tests.domain.rules.texts import CONCEPTS, head, problems, shipped_files

PIECE = ("[[denomination]]", "value = 20", 'kind = "coin"')
GOOD = head("denominations", *PIECE)


def test_the_head_is_read() -> None:
    rules = parse_rules(
        "prueba.toml", GOOD.replace("demonstration", "valid_to = 2026-12-31\ndemonstration", 1)
    )
    assert rules.header == RuleHeader(
        kind=RuleKind.DENOMINATIONS,
        code="PRUEBA",
        version=1,
        title="Prueba (DEMOSTRACIÓN)",
        legal_basis="Ninguno",
        published_in="No publicado",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        demonstration=True,
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            'kind = "denominations"',
            'kind = "piezas"',
            "línea 1: «kind» no puede ser «piezas»; escriba uno de: concepts, tariff, taxes, "
            "surcharges, uma, calendar, office, denominations, anomalies, authority, "
            "accounting_map, returned_cheque, queue",
        ),
        ("version = 1", "version = 0", "línea 3: «version» debe ser 1 o más; dice 0"),
        ("version = 1", "version = true", "línea 3: «version» debe ser un número entero"),
        ("version = 1", "", "línea 1: falta «version»"),
        ('"PRUEBA"', '"prueba 1"', "línea 2: «code» tiene una forma no válida: «prueba 1»"),
        ('"Ninguno"', '" "', "línea 5: «legal_basis» debe ser un texto entre comillas"),
        (
            "2026-01-01",
            '"2026-01-01"',
            "línea 7: «valid_from» debe ser una fecha sin comillas (2026-01-31)",
        ),
        (
            "demonstration = true",
            "valid_to = 2025-12-31\ndemonstration = true",
            "línea 8: la vigencia termina antes de empezar",
        ),
        (
            " (DEMOSTRACIÓN)",
            "",
            "línea 4: el título lleva la palabra DEMOSTRACIÓN si y solo si demonstration = true",
        ),
        (
            "demonstration = true",
            "demonstration = true\nvijencia = 3",
            "línea 9: no se conoce «vijencia»; revise cómo está escrito",
        ),
        (
            "[[denomination]]",
            "[[pieza]]\nvalue = 3\n[[denomination]]",
            "línea 10: no se conoce la sección «pieza»",
        ),
        (
            "version = 1",
            "version = = 1",
            "línea 3: no se entiende lo escrito en la columna 11; "
            "revise comillas, corchetes y signos =",
        ),
        ("value = 20", "value = 20.005", "línea 11: «value» admite hasta 2 decimales; dice 20.005"),
        ("value = 20", "value = -20", "línea 11: «value» no puede ser negativo: -20"),
        ("value = 20", "value = nan", "línea 11: «value» no puede ser negativo: NaN"),
        ("value = 20", 'value = "20"', "línea 11: «value» debe ser un número sin comillas"),
        ("value = 20", "value = 0", "línea 11: una pieza no puede valer 0"),
        ("value = 20", "valor = 20", "línea 10: falta «value»"),
    ],
)
def test_each_problem_names_its_line_and_reason(before: str, after: str, expected: str) -> None:
    assert before in GOOD
    assert expected in problems(GOOD.replace(before, after, 1))


def test_all_problems_at_once() -> None:
    text = GOOD.replace("version = 1", "version = 0").replace('"coin"', '"papel"')
    assert [each.partition(":")[0] for each in problems(text)] == ["línea 3", "línea 12"]


def test_an_empty_file_and_one_without_rows() -> None:
    assert "línea 1: falta «kind»" in problems("")
    assert problems(head("denominations")) == [
        "línea 1: el archivo no tiene ningún [[denomination]]"
    ]


def test_tariff_needs_a_catalogue() -> None:
    with pytest.raises(InvalidRules) as refused:
        parse_rules("t.toml", head("tariff"))
    assert refused.value.problems == (
        "t.toml, línea 1: no hay catálogo de conceptos válido contra el cual revisarlo",
    )


@given(st.text(max_size=200))
def test_any_text_is_refused_by_line_or_read(text: str) -> None:
    for content in (text, GOOD + text, text + GOOD):
        try:
            rules = parse_rules("x.toml", content)
        except InvalidRules as refused:
            assert refused.problems  # noqa: PT017 - either outcome is right
            continue
        assert isinstance(rules, DenominationRules)


@given(st.sampled_from(sorted(shipped_files())), st.data())
def test_a_shipped_file_with_a_line_lost_never_breaks_the_reader(
    name: str, data: st.DataObject
) -> None:
    files = shipped_files()
    lines = files[name].splitlines()
    lost = data.draw(st.integers(0, len(lines) - 1))
    files[name] = "\n".join(lines[:lost] + lines[lost + 1 :])
    try:
        rule_sets = parse_files(files)
    except InvalidRules as refused:
        assert all(", línea " in each for each in refused.problems)  # noqa: PT017
        return
    assert len(rule_sets) == len(files)


def test_files_are_read_together_whatever_their_names() -> None:
    tax = ("[[tax]]", 'concept = ["AGUA", "DREN"]', "percent = 16")
    rule_sets = parse_files({"a.toml": head("taxes", *tax), "z.toml": CONCEPTS})
    assert [each.header.kind for each in rule_sets] == [RuleKind.CONCEPTS, RuleKind.TAXES]


def test_the_problems_of_all_files_come_together() -> None:
    with pytest.raises(InvalidRules) as refused:
        parse_files({"a.toml": "x = ", "b.toml": head("uma"), "c.toml": GOOD, "d.toml": GOOD})
    assert [each.split(":")[0] for each in refused.value.problems] == [
        "a.toml, línea 1",
        "b.toml, línea 1",
        "d.toml, línea 1",
    ]


def version(number: int, begins: str, ends: str | None = None) -> RuleSet:
    text = GOOD.replace("version = 1", f"version = {number}").replace("2026-01-01", begins)
    if ends:
        text = f"valid_to = {ends}\n{text}"
    return parse_rules(f"{number}.toml", text)


def test_the_latest_version_that_holds_is_in_force() -> None:
    first, second = version(7, "2024-01-01"), version(2, "2026-01-01", "2026-12-31")
    corrected = version(3, "2026-01-01", "2026-12-31")
    sets = (second, first)
    kind = RuleKind.DENOMINATIONS
    assert in_force(sets, kind, date(2023, 12, 31)) is None
    assert in_force(sets, kind, date(2025, 12, 31)) is first
    assert in_force(sets, kind, date(2026, 1, 1)) is second
    assert in_force((*sets, corrected), kind, date(2026, 12, 31)) is corrected
    assert in_force(sets, kind, date(2027, 1, 1)) is first
    assert in_force(sets, RuleKind.TARIFF, date(2026, 1, 1)) is None
