"""Rules file ``tariff``: prices by concept, use, zone and modality in the four pricing forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from tehuacan_comercial.domain.rating import (
    MODALITY_LABELS,
    Modality,
    PricingForm,
    RateRow,
    choose_rows,
)
from tehuacan_comercial.domain.rules.steps import Step, read_steps
from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.values import (
    ConceptKind,
    ConceptRules,
    RuleHeader,
    TariffRules,
)

Key = tuple[str, str, str | None, Modality]


@dataclass(frozen=True, slots=True)
class _Rate:
    """One ``[[rate]]`` as written, before it is spread over uses, zones and modalities."""

    table: Table
    concept: str
    form: PricingForm
    uses: tuple[str, ...]
    zones: tuple[str | None, ...]
    modalities: tuple[Modality, ...]
    steps: tuple[Step, ...]
    percent_of: str | None
    minimum: Decimal | None

    def priced(self) -> tuple[Key, ...]:
        """What the rate prices."""
        return tuple(product((self.concept,), self.uses, self.zones, self.modalities))

    def rows(self) -> tuple[RateRow, ...]:
        """The rows of the tariff that it stands for."""
        return tuple(
            RateRow(
                *key, self.form, step.first, step.last, step.price, self.percent_of, self.minimum
            )
            for key in self.priced()
            for step in self.steps
        )


def read_tariff(header: RuleHeader, file: RuleFile, catalogue: ConceptRules) -> TariffRules:
    """Rates spread to rows; complains of gaps, overlaps, repeats, strangers and what is missing."""
    rates = [_rate(table) for table in file.rows("rate")]
    for rate in rates:
        _check_known(rate, catalogue)
    _check_repeats(rates)
    rows = tuple(row for rate in rates if rate.table.sound for row in rate.rows())
    if all(rate.table.sound for rate in rates):
        _check_percentages(rates, rows)
        _check_coverage(rates, rows, catalogue)
    return TariffRules(header, rows)


def _rate(table: Table) -> _Rate:
    form = table.choice("form", PricingForm)
    rate = _Rate(
        table=table,
        concept=table.text("concept"),
        form=form,
        uses=table.texts("use"),
        zones=table.texts("zone") if table.has("zone") else (None,),
        modalities=table.choices("modality", Modality),
        steps=_steps(table, form),
        percent_of=table.text("percent_of") if form is PricingForm.PERCENT else None,
        minimum=table.optional_number("minimum"),
    )
    table.finish()
    if form in (PricingForm.RANGE, PricingForm.BLOCK) and Modality.FIXED in rate.modalities:
        table.complain("sin medidor no hay m³: la cuota fija no admite range ni block", "form")
    return rate


def _steps(table: Table, form: PricingForm) -> tuple[Step, ...]:
    match form:
        case PricingForm.FIXED:
            return (Step(0, None, table.number("amount")),)
        case PricingForm.PERCENT:
            return (Step(0, None, table.number("percent", places=4)),)
        case PricingForm.RANGE:
            return read_steps(table, places=2)
        case PricingForm.BLOCK:
            return read_steps(table, places=4)


def _check_known(rate: _Rate, catalogue: ConceptRules) -> None:
    services = {each.code for each in catalogue.concepts if each.kind is ConceptKind.SERVICE}
    uses = {each.code for each in catalogue.uses}
    zones = {each.code for each in catalogue.zones}
    for key, code in (("concept", rate.concept), ("percent_of", rate.percent_of)):
        if code and code not in services:
            rate.table.complain(f"{code} no es un servicio del catálogo de conceptos", key)
    for use in rate.uses:
        if use not in uses:
            rate.table.complain(f"el uso {use} no está en el catálogo", "use")
    for zone in rate.zones:
        if zone is not None and zone not in zones:
            rate.table.complain(f"la zona {zone} no está en el catálogo", "zone")


def _check_repeats(rates: Sequence[_Rate]) -> None:
    lines: dict[Key, int] = {}
    for rate in rates:
        repeated = [key for key in rate.priced() if key in lines]
        if repeated:
            first = repeated[0]
            rate.table.complain(f"{_say(first)} ya tiene tarifa en la línea {lines[first]}")
        lines.update({key: rate.table.line for key in rate.priced() if key not in lines})


def _check_percentages(rates: Sequence[_Rate], rows: Sequence[RateRow]) -> None:
    for rate in rates:
        if rate.percent_of is None:
            continue
        for _, use, zone, modality in rate.priced():
            reason = _baseless(rows, (rate.percent_of, use, zone, modality))
            if reason:
                rate.table.complain(f"el porcentaje de {rate.concept} no tiene base: {reason}")
                break


def _baseless(rows: Sequence[RateRow], base: Key) -> str | None:
    """Why nothing can be a percentage of *base*; without a zone any zone's price will do."""
    concept, use, zone, modality = base
    if zone is None:
        priced = [row for row in rows if (row.concept, row.use_class) == (concept, use)]
        found = tuple(row for row in priced if row.modality is modality)
    else:
        found = choose_rows(rows, concept, use, zone, modality)
    if not found:
        return f"{_say(base)} no tiene tarifa"
    if any(row.form is PricingForm.PERCENT for row in found):
        return f"{concept} es a su vez un porcentaje"
    return None


def _check_coverage(
    rates: Sequence[_Rate], rows: Sequence[RateRow], catalogue: ConceptRules
) -> None:
    """Whoever has a service must find its price: every use, in every zone, by either modality."""
    zones: tuple[str | None, ...] = tuple(each.code for each in catalogue.zones) or (None,)
    for concept in dict.fromkeys(rate.concept for rate in rates):
        written = next(rate.table for rate in rates if rate.concept == concept)
        used = {modality for rate in rates for modality in rate.modalities}
        for use, modality in product(catalogue.uses, sorted(used)):
            missing = [
                zone for zone in zones if not choose_rows(rows, concept, use.code, zone, modality)
            ]
            if missing:
                where = missing[0] if len(missing) < len(zones) else None
                written.complain(f"falta {_say((concept, use.code, where, modality))}")


def _say(key: Key) -> str:
    concept, use, zone, modality = key
    place = f", zona {zone}" if zone else ""
    return f"{concept}, uso {use}{place}, {MODALITY_LABELS[modality].lower()}"
