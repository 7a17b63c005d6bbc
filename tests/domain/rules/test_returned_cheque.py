"""Rules file ``returned_cheque``: a percentage, a minimum, a concept that is charged alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import InvalidRules
from tehuacan_comercial.domain.rules.parse import parse_rules
from tehuacan_comercial.domain.rules.values import ConceptRules, ReturnedChequeRules

RULES = Path(__file__).parents[3] / "resources" / "rules"
TEXT = (RULES / "returned-cheque.toml").read_text(encoding="utf-8")


def catalogue() -> ConceptRules:
    found = parse_rules("concepts.toml", (RULES / "concepts.toml").read_text(encoding="utf-8"))
    assert isinstance(found, ConceptRules)
    return found


def test_the_shipped_rule_is_a_demonstration() -> None:
    rules = parse_rules("returned-cheque.toml", TEXT, catalogue())
    assert isinstance(rules, ReturnedChequeRules)
    assert (rules.percent, rules.minimum, rules.concept) == (
        Decimal(20), Decimal(100), "CHEQUE-DEV",
    )  # fmt: skip
    assert rules.header.demonstration


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('concept = "CHEQUE-DEV"', 'concept = "AGUA"', "AGUA no es un concepto de tipo other"),
        ('concept = "CHEQUE-DEV"', 'concept = "NADA"', "NADA no es un concepto de tipo other"),
        ("percent = 20", "percent = -1", "percent"),
        ("minimum = 100", "", "falta «minimum»"),
    ],
)
def test_what_is_wrong_is_said(before: str, after: str, said: str) -> None:
    with pytest.raises(InvalidRules) as refused:
        parse_rules("returned-cheque.toml", TEXT.replace(before, after), catalogue())
    assert any(said in problem for problem in refused.value.problems)
