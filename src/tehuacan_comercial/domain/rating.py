"""What a billing period costs: the four pricing forms of a tariff, minimums and tax.

This is the specification. Billing says the same in set-based SQL, and a test compares both, so
every step is one that ``NUMERIC`` does alike:

* a line is ``greatest(round(sum(step), 2), minimum)`` and its tax ``round(line * rate, 2)``;
* the m³ of a block are ``greatest(0, least(m3, to_m3) - greatest(from_m3 - 1, 0))``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tehuacan_comercial.domain.money import ZERO, round_money
from tehuacan_comercial.domain.refusals import PeriodNotBillable


class PricingForm(StrEnum):
    """How a row of the tariff prices a service."""

    FIXED = "fixed"
    RANGE = "range"
    BLOCK = "block"
    PERCENT = "percent"


class Modality(StrEnum):
    """Whether the tap pays by meter (*servicio medido*) or a fixed sum (*cuota fija*)."""

    FIXED = "fixed"
    METERED = "metered"


MODALITY_LABELS: dict[Modality, str] = {
    Modality.FIXED: "Cuota fija",
    Modality.METERED: "Servicio medido",
}


class BasisKind(StrEnum):
    """What a step of the computation is."""

    FIXED = "fixed"
    RANGE = "range"
    BLOCK = "block"
    PERCENT = "percent"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True)
class RateRow:
    """One row of a tariff.

    *amount* is pesos per period (FIXED, RANGE), pesos per m³ (BLOCK) or the percentage, 10 for
    10 % (PERCENT). *from_m3* and *to_m3* are whole m³, both inclusive; no *to_m3* means "and
    more". No *zone* means every zone. *minimum* is pesos per period before tax.
    """

    concept: str
    use_class: str
    zone: str | None
    modality: Modality
    form: PricingForm
    from_m3: int
    to_m3: int | None
    amount: Decimal
    percent_of: str | None = None
    minimum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaxRow:
    """Tax rate (0.16 for 16 %) of a concept; no *use_class* means every use."""

    concept: str
    use_class: str | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class BasisStep:
    """One step on the bill: *quantity* (m³, pesos or 1) at *price* makes *amount*, unrounded."""

    kind: BasisKind
    quantity: Decimal
    price: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RatedLine:
    """One concept of the bill, in pesos; the rounded sum of the basis is the amount before tax."""

    concept: str
    amount: Decimal
    tax: Decimal
    tax_rate: Decimal
    basis: tuple[BasisStep, ...]


def choose_rows(
    rows: Iterable[RateRow], concept: str, use: str, zone: str | None, modality: Modality
) -> tuple[RateRow, ...]:
    """The rows that price a concept, by first m³; rows of the zone replace those of every zone."""
    matching = [
        row
        for row in rows
        if (row.concept, row.use_class, row.modality) == (concept, use, modality)
    ]
    of_zone = [row for row in matching if row.zone is not None and row.zone == zone]
    chosen = of_zone or [row for row in matching if row.zone is None]
    return tuple(sorted(chosen, key=lambda row: row.from_m3))


def tax_rate(
    taxes: Iterable[TaxRow], concept: str, use: str, follows: Mapping[str, str] | None = None
) -> Decimal:
    """Tax rate of a concept for a use, from the tax rules in force on the date.

    An accessory (a surcharge, a collection expense) has the rate of the service it *follows*
    (thesis III.7o.A.5 A (11a.), 23-Sep-2022); *follows* maps accessory to service. A row for the
    use is stronger than one for every use.

    Raises:
        PeriodNotBillable: when no row covers the concept and use: nothing is taken for untaxed.
    """
    taxed = (follows or {}).get(concept, concept)
    rates = {row.use_class: row.rate for row in taxes if row.concept == taxed}
    if use in rates:
        return rates[use]
    if None in rates:
        return rates[None]
    raise PeriodNotBillable(problem=f"no hay tasa de IVA para {taxed} en uso {use}")


def rate_bill(
    rows: Sequence[RateRow],
    taxes: Sequence[TaxRow],
    services: Sequence[str],
    use: str,
    zone: str | None,
    modality: Modality,
    m3: int,
) -> tuple[RatedLine, ...]:
    """Price the contracted *services* of one period, in the order given.

    *m3* is the consumption in whole m³, ignored by FIXED and PERCENT. A percentage is taken of
    what its base costs on this same bill before tax, minimum included; of a base that is not on
    the bill it is zero, so that only the minimum remains.

    Raises:
        PeriodNotBillable: when the tariff or the taxes have no row for a service, use and zone.
        ValueError: when the consumption is negative.
    """
    if m3 < 0:
        raise ValueError(m3)
    chosen = {concept: _priced_rows(rows, concept, use, zone, modality) for concept in services}
    bases: dict[str, tuple[BasisStep, ...]] = {}
    amounts: dict[str, Decimal] = {}
    # False sorts before True: what is a percentage waits until its base is known.
    for concept in sorted(chosen, key=lambda each: _is_percent(chosen[each])):
        bases[concept] = _with_minimum(chosen[concept], _steps(chosen[concept], m3, amounts))
        amounts[concept] = _sum(bases[concept])
    return tuple(
        _line(concept, amounts[concept], tax_rate(taxes, concept, use), bases[concept])
        for concept in chosen
    )


def _priced_rows(
    rows: Sequence[RateRow], concept: str, use: str, zone: str | None, modality: Modality
) -> tuple[RateRow, ...]:
    chosen = choose_rows(rows, concept, use, zone, modality)
    if not chosen:
        where = f"uso {use}, zona {zone or 'sin zona'}, {MODALITY_LABELS[modality].lower()}"
        raise PeriodNotBillable(problem=f"no hay tarifa de {concept} para {where}")
    return chosen


def _is_percent(rows: tuple[RateRow, ...]) -> bool:
    return rows[0].form is PricingForm.PERCENT


def _line(concept: str, amount: Decimal, rate: Decimal, basis: tuple[BasisStep, ...]) -> RatedLine:
    return RatedLine(concept, amount, round_money(amount * rate), rate, basis)


def _sum(steps: Iterable[BasisStep]) -> Decimal:
    return round_money(sum((step.amount for step in steps), ZERO))


def _steps(
    rows: tuple[RateRow, ...], m3: int, amounts: Mapping[str, Decimal]
) -> tuple[BasisStep, ...]:
    match rows[0].form:
        case PricingForm.FIXED:
            return (_once(BasisKind.FIXED, rows[0].amount),)
        case PricingForm.RANGE:
            return (_once(BasisKind.RANGE, _row_at(rows, m3).amount),)
        case PricingForm.BLOCK:
            return tuple(_block(row, m3) for row in rows if _m3_in(row, m3) or row.from_m3 == 0)
        case PricingForm.PERCENT:
            base = amounts.get(rows[0].percent_of or "", ZERO)
            percent = rows[0].amount
            return (BasisStep(BasisKind.PERCENT, base, percent, base * percent / 100),)


def _once(kind: BasisKind, price: Decimal) -> BasisStep:
    return BasisStep(kind, Decimal(1), price, price)


def _row_at(rows: tuple[RateRow, ...], m3: int) -> RateRow:
    for row in rows:
        if row.from_m3 <= m3 and (row.to_m3 is None or m3 <= row.to_m3):
            return row
    raise PeriodNotBillable(problem=f"la tarifa de {rows[0].concept} no alcanza {m3} m³")


def _m3_in(row: RateRow, m3: int) -> int:
    """Whole m³ of the consumption that fall in the block: from 16 to 30 holds 15 of them."""
    last = m3 if row.to_m3 is None else min(m3, row.to_m3)
    return max(0, last - max(row.from_m3 - 1, 0))


def _block(row: RateRow, m3: int) -> BasisStep:
    quantity = Decimal(_m3_in(row, m3))
    return BasisStep(BasisKind.BLOCK, quantity, row.amount, quantity * row.amount)


def _with_minimum(rows: tuple[RateRow, ...], steps: tuple[BasisStep, ...]) -> tuple[BasisStep, ...]:
    """Add the pesos that lift the line to its minimum, as a step of its own."""
    minimum = rows[0].minimum
    if minimum is None or _sum(steps) >= minimum:
        return steps
    lift = minimum - _sum(steps)
    return (*steps, BasisStep(BasisKind.MINIMUM, Decimal(1), minimum, lift))
