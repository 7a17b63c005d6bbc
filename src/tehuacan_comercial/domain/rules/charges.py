"""Rules files ``taxes``, ``surcharges`` and ``returned_cheque``: what is added to a debt."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from tehuacan_comercial.domain.rating import TaxRow
from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.values import (
    ConceptKind,
    ConceptRules,
    ReturnedChequeRules,
    RuleHeader,
    SurchargeRow,
    SurchargeRules,
    TaxRules,
)
from tehuacan_comercial.domain.surcharges import SurchargeBase, SurchargeRule

_TAXED = (ConceptKind.SERVICE, ConceptKind.OTHER)


def read_taxes(header: RuleHeader, file: RuleFile, catalogue: ConceptRules) -> TaxRules:
    """IVA rates; every service and use must find one, accessories follow their service."""
    rows: list[TaxRow] = []
    for table in file.rows("tax"):
        for row in _taxes(table, catalogue):
            if any((each.concept, each.use_class) == (row.concept, row.use_class) for each in rows):
                where = f"uso {row.use_class}" if row.use_class else "todo uso"
                table.complain(f"{row.concept} ya tiene tasa para {where}")
            rows.append(row)
    _check_taxed(file, rows, catalogue)
    return TaxRules(header, tuple(rows))


def _taxes(table: Table, catalogue: ConceptRules) -> tuple[TaxRow, ...]:
    concepts = table.texts("concept")
    uses: tuple[str | None, ...] = table.texts("use") if table.has("use") else (None,)
    percent = table.number("percent")
    table.finish()
    for code in concepts:
        concept = catalogue.concept(code)
        if concept is None:
            table.complain(f"el concepto {code} no está en el catálogo", "concept")
        elif concept.kind is ConceptKind.ACCESSORY:
            table.complain(f"{code} lleva la tasa de {concept.follows}, no una propia", "concept")
    for use in uses:
        if use is not None and use not in {each.code for each in catalogue.uses}:
            table.complain(f"el uso {use} no está en el catálogo", "use")
    return tuple(TaxRow(code, use, percent / 100) for code, use in product(concepts, uses))


def _check_taxed(file: RuleFile, rows: Sequence[TaxRow], catalogue: ConceptRules) -> None:
    covered = {(row.concept, row.use_class) for row in rows}
    for concept, use in product(catalogue.concepts, catalogue.uses):
        if concept.kind in _TAXED and not covered & {
            (concept.code, None),
            (concept.code, use.code),
        }:
            file.complain(1, f"falta la tasa de IVA de {concept.code} para el uso {use.code}")


def read_surcharges(header: RuleHeader, file: RuleFile, catalogue: ConceptRules) -> SurchargeRules:
    """Surcharges by concept, each charged under an accessory that follows it."""
    rows: list[SurchargeRow] = []
    for table in file.rows("surcharge"):
        row = _surcharge(table)
        accessory = catalogue.concept(row.accessory)
        if accessory is None or accessory.follows != row.concept:
            table.complain(
                f"{row.accessory} no es un accesorio que siga a {row.concept}", "accessory"
            )
        if row.concept in {each.concept for each in rows}:
            table.complain(f"{row.concept} ya tiene recargo", "concept")
        rows.append(row)
    return SurchargeRules(header, tuple(rows))


def _surcharge(table: Table) -> SurchargeRow:
    cap = table.optional_number("cap_percent")
    rule = SurchargeRule(
        monthly_rate=table.number("monthly_percent", places=4) / 100,
        base=table.choice("base", SurchargeBase),
        grace_days=table.whole("grace_days"),
        cap_ratio=None if cap is None else cap / Decimal(100),
        month_fraction_counts=table.flag("month_fraction_counts"),
    )
    row = SurchargeRow(table.text("concept"), table.text("accessory"), rule)
    table.finish()
    return row


def read_returned_cheque(
    header: RuleHeader, file: RuleFile, catalogue: ConceptRules
) -> ReturnedChequeRules:
    """The fee for a cheque that the bank did not pay, under a concept that is charged alone."""
    head = file.head
    rules = ReturnedChequeRules(
        header, head.number("percent"), head.number("minimum"), head.text("concept")
    )
    concept = catalogue.concept(rules.concept)
    if concept is None or concept.kind is not ConceptKind.OTHER:
        head.complain(f"{rules.concept} no es un concepto de tipo other del catálogo", "concept")
    return rules
