"""The files that the program ships: readable, complete, and honest about being invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import product
from typing import TypeVar

import pytest

from tehuacan_comercial.domain.rating import Modality, PricingForm, rate_bill, tax_rate
from tehuacan_comercial.domain.rules.parse import parse_files
from tehuacan_comercial.domain.rules.values import (
    ConceptKind,
    ConceptRules,
    DenominationRules,
    OfficeRules,
    RuleKind,
    RuleSet,
    SurchargeRules,
    TariffRules,
    TaxRules,
    UmaRules,
    in_force,
)
from tehuacan_comercial.domain.tendering import MXN_DENOMINATIONS, TenderKind
from tests.domain.rules.texts import shipped_files

TODAY = date(2026, 11, 24)
Rules = TypeVar("Rules", bound=RuleSet)


@pytest.fixture(scope="module")
def rule_sets() -> tuple[RuleSet, ...]:
    return parse_files(shipped_files())


@pytest.fixture
def find(rule_sets: tuple[RuleSet, ...]) -> Callable[[type[Rules], RuleKind], Rules]:
    def find(wanted: type[Rules], kind: RuleKind) -> Rules:
        found = in_force(rule_sets, kind, TODAY)
        assert isinstance(found, wanted)
        return found

    return find


Find = Callable[[type[Rules], RuleKind], Rules]


def test_every_kind_is_there(rule_sets: tuple[RuleSet, ...]) -> None:
    assert {each.header.kind for each in rule_sets} == set(RuleKind)


def test_only_published_values_are_not_demonstration(rule_sets: tuple[RuleSet, ...]) -> None:
    real = {each.header.kind for each in rule_sets if not each.header.demonstration}
    assert real == {RuleKind.UMA, RuleKind.DENOMINATIONS}


def test_every_account_finds_its_price_since_2020(rule_sets: tuple[RuleSet, ...]) -> None:
    for day in (date(2020, 1, 1), date(2025, 12, 31), TODAY):
        concepts = in_force(rule_sets, RuleKind.CONCEPTS, day)
        tariff = in_force(rule_sets, RuleKind.TARIFF, day)
        taxes = in_force(rule_sets, RuleKind.TAXES, day)
        assert isinstance(concepts, ConceptRules)
        assert isinstance(tariff, TariffRules)
        assert isinstance(taxes, TaxRules)
        services = [each.code for each in concepts.concepts if each.kind is ConceptKind.SERVICE]
        for use, zone, modality, m3 in product(
            concepts.uses, concepts.zones, Modality, (0, 1, 20, 21, 400)
        ):
            lines = rate_bill(tariff.rows, taxes.rows, services, use.code, zone.code, modality, m3)
            assert all(line.amount > 0 for line in lines)
            domestic_water = (lines[0].concept, use.code) == ("AGUA", "DOM")
            assert (lines[0].tax == 0) == domestic_water
            assert all(line.tax_rate == Decimal("0.16") for line in lines[1:])


def test_the_demonstration_tariff_shows_the_four_forms(find: Find[TariffRules]) -> None:
    tariff = find(TariffRules, RuleKind.TARIFF)
    assert {row.form for row in tariff.rows} == set(PricingForm)
    assert tariff.header.version == 2


def test_a_bill_of_2026_by_hand(find: Find[RuleSet]) -> None:
    """Residential, 45 m³: 20 x 8.944 + 20 x 12.22 + 5 x 17.056 = 178.88 + 244.40 + 85.28.

    Sewerage 12 % of 508.56 = 61.0272, its tax 16 % of 61.03 = 9.7648.
    """
    tariff, taxes = find(TariffRules, RuleKind.TARIFF), find(TaxRules, RuleKind.TAXES)
    assert isinstance(tariff, TariffRules)
    assert isinstance(taxes, TaxRules)
    water, sewerage = rate_bill(
        tariff.rows, taxes.rows, ["AGUA", "DREN"], "DOM", "RES", Modality.METERED, 45
    )
    assert (water.amount, water.tax) == (Decimal("508.56"), Decimal("0.00"))
    assert (sewerage.amount, sewerage.tax) == (Decimal("61.03"), Decimal("9.76"))


def test_accessories_follow_their_service(find: Find[RuleSet]) -> None:
    concepts, taxes = find(ConceptRules, RuleKind.CONCEPTS), find(TaxRules, RuleKind.TAXES)
    assert isinstance(concepts, ConceptRules)
    assert isinstance(taxes, TaxRules)
    rates = [
        tax_rate(taxes.rows, f"REC-{service}", use, concepts.follows)
        for service in ("AGUA", "DREN", "SAN")
        for use in ("DOM", "COM")
    ]
    assert rates == [Decimal(each) for each in ("0", "0.16", "0.16", "0.16", "0.16", "0.16")]


def test_every_service_has_a_surcharge(find: Find[RuleSet]) -> None:
    concepts = find(ConceptRules, RuleKind.CONCEPTS)
    surcharges = find(SurchargeRules, RuleKind.SURCHARGES)
    assert isinstance(concepts, ConceptRules)
    assert isinstance(surcharges, SurchargeRules)
    services = {each.code for each in concepts.concepts if each.kind is ConceptKind.SERVICE}
    assert {row.concept for row in surcharges.rows} == services
    assert {row.rule.monthly_rate for row in surcharges.rows} == {Decimal("0.015")}


def test_uma_of_every_year(find: Find[UmaRules]) -> None:
    uma = find(UmaRules, RuleKind.UMA)
    assert [row.year for row in uma.rows] == list(range(2016, 2027))
    row = uma.on(TODAY)
    assert row is not None
    assert (row.daily, row.annual) == (Decimal("117.31"), Decimal("42794.64"))


def test_denominations_are_the_mexican_ones(find: Find[DenominationRules]) -> None:
    assert find(DenominationRules, RuleKind.DENOMINATIONS).rows == MXN_DENOMINATIONS


def test_the_office_takes_every_form_of_payment(find: Find[OfficeRules]) -> None:
    office = find(OfficeRules, RuleKind.OFFICE)
    assert {row.kind for row in office.tenders} == set(TenderKind)
    needing = {row.kind for row in office.tenders if row.needs_reference}
    assert needing == {TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CHEQUE}
    assert office.legends_of("receipt")[0] == "Este recibo no libera de adeudos anteriores."
    assert "DEMOSTRACIÓN" in office.name
