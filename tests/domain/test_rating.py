from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tehuacan_comercial.domain.money import round_money
from tehuacan_comercial.domain.rating import (
    MODALITY_LABELS,
    BasisKind,
    BasisStep,
    Modality,
    PricingForm,
    RatedLine,
    RateRow,
    TaxRow,
    choose_rows,
    rate_bill,
    tax_rate,
)
from tehuacan_comercial.domain.refusals import PeriodNotBillable
from tests.domain.strategies import pesos

FIXED, METERED = Modality.FIXED, Modality.METERED


def row(
    form: PricingForm,
    amount: str,
    from_m3: int = 0,
    to_m3: int | None = None,
    *,
    concept: str = "AGUA",
    zone: str | None = None,
    percent_of: str | None = None,
    minimum: str | None = None,
) -> RateRow:
    return RateRow(
        concept=concept,
        use_class="DOM",
        zone=zone,
        modality=FIXED if form is PricingForm.FIXED else METERED,
        form=form,
        from_m3=from_m3,
        to_m3=to_m3,
        amount=Decimal(amount),
        percent_of=percent_of,
        minimum=Decimal(minimum) if minimum else None,
    )


BLOCKS = (
    row(PricingForm.BLOCK, "6.4000", 0, 15, minimum="128.00"),
    row(PricingForm.BLOCK, "8.2500", 16, 30, minimum="128.00"),
    row(PricingForm.BLOCK, "11.1250", 31, None, minimum="128.00"),
)
# The metered popular colonies of 2017 as the press told them (angulo7.com.mx), made open-ended.
RANGES = (
    row(PricingForm.RANGE, "37", 0, 5),
    row(PricingForm.RANGE, "68", 6, 15),
    row(PricingForm.RANGE, "99", 16, None),
)
SEWERAGE = row(PricingForm.PERCENT, "12.5", concept="DREN", percent_of="AGUA")
TAXES = (
    TaxRow("AGUA", None, Decimal("0.16")),
    TaxRow("AGUA", "DOM", Decimal("0.00")),
    TaxRow("DREN", None, Decimal("0.16")),
)


def bill(rows: tuple[RateRow, ...], services: tuple[str, ...], m3: int) -> tuple[RatedLine, ...]:
    return rate_bill(rows, TAXES, services, "DOM", "POP", METERED, m3)


def test_blocks_by_hand() -> None:
    """35 m³: 15 x 6.40 + 15 x 8.25 + 5 x 11.125 = 96 + 123.75 + 55.625 = 275.375."""
    (water,) = bill(BLOCKS, ("AGUA",), 35)
    assert water.amount == Decimal("275.38")
    assert (water.tax, water.tax_rate) == (Decimal("0.00"), Decimal("0.00"))
    assert [(step.quantity, step.amount) for step in water.basis] == [
        (Decimal(15), Decimal("96.0000")),
        (Decimal(15), Decimal("123.7500")),
        (Decimal(5), Decimal("55.6250")),
    ]


def test_the_minimum_is_a_step_of_its_own() -> None:
    """10 m³ x 6.40 = 64.00, lifted to 128.00."""
    (water,) = bill(BLOCKS, ("AGUA",), 10)
    assert water.amount == Decimal("128.00")
    assert water.basis[-1] == BasisStep(
        BasisKind.MINIMUM, Decimal(1), Decimal("128.00"), Decimal("64.00")
    )


@pytest.mark.parametrize(
    ("m3", "pesos_"), [(0, "37"), (5, "37"), (6, "68"), (15, "68"), (16, "99"), (400, "99")]
)
def test_ranges_cost_a_flat_sum(m3: int, pesos_: str) -> None:
    (water,) = bill(RANGES, ("AGUA",), m3)
    assert water.amount == Decimal(pesos_)


def test_percentage_waits_for_its_base_whatever_the_order() -> None:
    """12.5 % of 275.38 = 34.4225; tax 16 % of 34.42 = 5.5072."""
    sewerage, water = bill((*BLOCKS, SEWERAGE), ("DREN", "AGUA"), 35)
    assert (water.concept, sewerage.concept) == ("AGUA", "DREN")
    assert (sewerage.amount, sewerage.tax) == (Decimal("34.42"), Decimal("5.51"))
    assert sewerage.basis[0].quantity == Decimal("275.38")


def test_a_percentage_waits_even_when_its_name_comes_first() -> None:
    base = row(PricingForm.RANGE, "80", 0, None, concept="DREN")
    share = row(PricingForm.PERCENT, "50", concept="AGUA", percent_of="DREN")
    for services in (("AGUA", "DREN"), ("DREN", "AGUA")):
        amounts = {line.concept: line.amount for line in bill((share, base), services, 3)}
        assert amounts == {"AGUA": Decimal(40), "DREN": Decimal(80)}


def test_percentage_of_what_is_not_on_the_bill_is_only_the_minimum() -> None:
    (alone,) = bill((*BLOCKS, SEWERAGE), ("DREN",), 35)
    assert alone.amount == 0
    with_minimum = row(
        PricingForm.PERCENT, "10", concept="DREN", percent_of="AGUA", minimum="25.00"
    )
    (lifted,) = bill((with_minimum,), ("DREN",), 35)
    assert lifted.amount == Decimal("25.00")


def test_fixed_fee() -> None:
    (water,) = rate_bill(
        (row(PricingForm.FIXED, "190.00"),), TAXES, ("AGUA",), "DOM", None, FIXED, 0
    )
    assert water.amount == Decimal("190.00")


def test_rows_of_the_zone_replace_those_of_every_zone() -> None:
    general, popular = row(PricingForm.FIXED, "300"), row(PricingForm.FIXED, "120", zone="POP")
    rows = (general, popular)
    assert choose_rows(rows, "AGUA", "DOM", "POP", FIXED) == (popular,)
    assert choose_rows(rows, "AGUA", "DOM", "RES", FIXED) == (general,)
    assert choose_rows(rows, "AGUA", "DOM", None, FIXED) == (general,)
    assert choose_rows(rows, "AGUA", "COM", "POP", FIXED) == ()
    assert choose_rows(rows, "AGUA", "DOM", "POP", METERED) == ()


def test_a_service_without_price_is_never_free() -> None:
    with pytest.raises(PeriodNotBillable) as refused:
        bill(BLOCKS, ("AGUA", "DREN"), 10)
    assert refused.value.problem == (
        "no hay tarifa de DREN para uso DOM, zona POP, servicio medido"
    )


def test_a_consumption_beyond_the_tariff_is_refused() -> None:
    with pytest.raises(PeriodNotBillable) as refused:
        bill((row(PricingForm.RANGE, "37", 0, 5),), ("AGUA",), 6)
    assert refused.value.problem == "la tarifa de AGUA no alcanza 6 m³"


def test_negative_consumption_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        bill(BLOCKS, ("AGUA",), -1)


def test_tax_by_use_and_accessory() -> None:
    follows = {"REC-AGUA": "AGUA", "REC-DREN": "DREN"}
    assert tax_rate(TAXES, "AGUA", "DOM") == 0
    assert tax_rate(TAXES, "AGUA", "COM") == Decimal("0.16")
    assert tax_rate(TAXES, "REC-AGUA", "DOM", follows) == 0
    assert tax_rate(TAXES, "REC-DREN", "DOM", follows) == Decimal("0.16")
    with pytest.raises(PeriodNotBillable) as refused:
        tax_rate(TAXES, "SAN", "DOM")
    assert refused.value.problem == "no hay tasa de IVA para SAN en uso DOM"


def test_every_modality_has_a_spanish_name() -> None:
    assert set(MODALITY_LABELS) == set(Modality)


@st.composite
def block_tariffs(draw: st.DrawFn) -> tuple[RateRow, ...]:
    widths = draw(st.lists(st.integers(1, 40), max_size=5))
    prices = draw(
        st.lists(
            st.decimals(Decimal(0), Decimal(99), places=4),
            min_size=len(widths) + 1,
            max_size=len(widths) + 1,
        )
    )
    rows = []
    start = 0
    for index, price in enumerate(prices):
        last = max(start - 1, 0) + widths[index] if index < len(widths) else None
        rows.append(row(PricingForm.BLOCK, str(price), start, last))
        start = (last or 0) + 1
    return tuple(rows)


@given(block_tariffs(), st.integers(0, 300))
def test_blocks_hold_every_cubic_metre_once(rows: tuple[RateRow, ...], m3: int) -> None:
    (water,) = bill(rows, ("AGUA",), m3)
    assert sum(step.quantity for step in water.basis) == m3
    one_by_one = sum((_price_of_metre(rows, number) for number in range(1, m3 + 1)), Decimal(0))
    assert water.amount == round_money(one_by_one)


def _price_of_metre(rows: tuple[RateRow, ...], number: int) -> Decimal:
    (block,) = [
        each
        for each in rows
        if each.from_m3 <= number and (each.to_m3 is None or number <= each.to_m3)
    ]
    return block.amount


@given(block_tariffs(), st.integers(0, 300))
def test_one_more_cubic_metre_never_costs_less(rows: tuple[RateRow, ...], m3: int) -> None:
    (less,), (more,) = bill(rows, ("AGUA",), m3), bill(rows, ("AGUA",), m3 + 1)
    assert more.amount >= less.amount


@given(block_tariffs(), st.integers(0, 300), pesos(most="500"), st.integers(0, 100))
def test_the_basis_explains_the_line(
    rows: tuple[RateRow, ...], m3: int, minimum: Decimal, percent: int
) -> None:
    sewerage = row(
        PricingForm.PERCENT,
        str(percent),
        concept="DREN",
        percent_of="AGUA",
        minimum=str(minimum),
    )
    for line in bill((*rows, sewerage), ("AGUA", "DREN"), m3):
        assert line.amount == round_money(sum(step.amount for step in line.basis))
        assert line.tax == round_money(line.amount * line.tax_rate)
    assert line.amount >= minimum


@given(block_tariffs(), st.integers(0, 300), st.randoms())
def test_the_order_of_the_rows_does_not_matter(
    rows: tuple[RateRow, ...], m3: int, random: Random
) -> None:
    assume(len(rows) > 1)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert bill(tuple(shuffled), ("AGUA",), m3) == bill(rows, ("AGUA",), m3)
