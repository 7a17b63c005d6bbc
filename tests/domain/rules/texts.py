"""Small rules files for tests, and the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import InvalidRules
from tehuacan_comercial.domain.rules.parse import parse_rules
from tehuacan_comercial.domain.rules.values import ConceptRules, RuleSet

SHIPPED = Path(__file__).parents[3] / "resources" / "rules"


def shipped_files() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.toml")}


def head(kind: str, *more: str) -> str:
    """A head of nine lines, then the lines given."""
    return "\n".join(
        (
            f'kind = "{kind}"',
            'code = "PRUEBA"',
            "version = 1",
            'title = "Prueba (DEMOSTRACIÓN)"',
            'legal_basis = "Ninguno"',
            'published_in = "No publicado"',
            "valid_from = 2026-01-01",
            "demonstration = true",
            "",
            *more,
            "",
        )
    )


def concept(
    code: str, kind: str = "service", follows: str | None = None, service: str | None = None
) -> tuple[str, ...]:
    return (
        "[[concept]]",
        f'code = "{code}"',
        f'name = "Concepto {code}"',
        f'kind = "{kind}"',
        *((f'follows = "{follows}"',) if follows else ()),
        *((f'service = "{service}"',) if service else ()),
        "settlement_order = 10",
        'ledger_account = "4143-01"',
    )


CONCEPTS = head(
    "concepts",
    *concept("AGUA", service="water"),
    *concept("DREN", service="sewerage"),
    *concept("REC-AGUA", "accessory", "AGUA"),
    "[[use]]",
    'code = "DOM"',
    'name = "Doméstico"',
    "[[zone]]",
    'code = "POP"',
    'name = "Popular"',
    "[[zone]]",
    'code = "RES"',
    'name = "Residencial"',
)


def catalogue() -> ConceptRules:
    rules = parse_rules("concepts.toml", CONCEPTS)
    assert isinstance(rules, ConceptRules)
    return rules


def read(text: str) -> RuleSet:
    return parse_rules("prueba.toml", text, catalogue())


def problems(text: str, against: ConceptRules | None = None) -> list[str]:
    """What is wrong with a text, without the file's name."""
    with pytest.raises(InvalidRules) as refused:
        parse_rules("prueba.toml", text, against or catalogue())
    assert all(each.startswith("prueba.toml, ") for each in refused.value.problems)
    return [each.removeprefix("prueba.toml, ") for each in refused.value.problems]
