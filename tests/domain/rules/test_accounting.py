"""Rules file ``accounting_map``: declared accounts, known concepts, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import InvalidRules
from tehuacan_comercial.domain.rules.accounting import OPENING_BALANCE
from tehuacan_comercial.domain.rules.parse import parse_rules
from tehuacan_comercial.domain.rules.values import AccountingRules, ConceptRules, DiscountBooking

RULES = Path(__file__).parents[3] / "resources" / "rules"
SHIPPED = (RULES / "accounting.toml").read_text(encoding="utf-8")


def catalogue() -> ConceptRules:
    found = parse_rules("concepts.toml", (RULES / "concepts.toml").read_text(encoding="utf-8"))
    assert isinstance(found, ConceptRules)
    return found


def test_the_shipped_map_names_every_concept_that_is_charged() -> None:
    rules = parse_rules("accounting.toml", SHIPPED, catalogue())
    assert isinstance(rules, AccountingRules)
    assert rules.booking is DiscountBooking.REVERSAL
    charged = {each.code for each in catalogue().concepts if each.kind in ("service", "accessory")}
    assert {each.concept for each in rules.concepts} == {*charged, OPENING_BALANCE, "CHEQUE-DEV"}
    assert rules.header.demonstration


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (
            'booking = "reversal"',
            'booking = "otra"',
            "«booking» no puede ser «otra»; escriba uno de: reversal, subsidy",
        ),
        ('account = "1111-01"', 'account = "1111-99"', "la cuenta 1111-99 no está entre las"),
        ('ledger = "CARD"', 'ledger = "CASH"', "CASH ya tiene cuenta"),
        ('concept = "DREN"', 'concept = "AGUA"', "AGUA ya tiene cuentas"),
        ('concept = "DREN"', 'concept = "LUZ"', "el concepto LUZ no está en el catálogo"),
        ('code = "1111-02"', 'code = "1111-01"', "la cuenta 1111-01 está repetida"),
        ('income = "4143-01"', 'ingreso = "4143-01"', "falta «income»"),
    ],
)
def test_each_problem_is_told(before: str, after: str, problem: str) -> None:
    assert before in SHIPPED
    with pytest.raises(InvalidRules) as refused:
        parse_rules("accounting.toml", SHIPPED.replace(before, after, 1), catalogue())
    assert any(problem in each for each in refused.value.problems), refused.value.problems


def test_concepts_that_share_their_income_go_to_the_same_accounts() -> None:
    concepts = (RULES / "concepts.toml").read_text(encoding="utf-8")
    shared = parse_rules("c.toml", concepts.replace("4143-02", "4143-01"))
    assert isinstance(shared, ConceptRules)
    with pytest.raises(InvalidRules) as refused:
        parse_rules("accounting.toml", SHIPPED, shared)
    assert "comparten la cuenta de ingreso 4143-01" in refused.value.problems[0]
