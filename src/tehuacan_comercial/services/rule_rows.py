"""Rule values as the rows that ``load_rules`` writes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import holidays

from tehuacan_comercial.domain.rules.values import (
    AccountingRules,
    AnomalyRules,
    AuthorityRules,
    CalendarRules,
    ConceptRules,
    DenominationRules,
    OfficeRules,
    QueueRules,
    ReturnedChequeRules,
    RuleSet,
    SurchargeRules,
    TariffRules,
    TaxRules,
    UmaRules,
)

YEARS_AHEAD = 5
"""How far the federal holidays of a calendar without an end are computed."""

Rows = dict[str, object]


def rows_of(rules: RuleSet, today: date) -> Rows:  # noqa: C901 - one case for each kind of file
    """The rows of a rule set under the names that the database knows them by."""
    match rules:
        case ConceptRules():
            return {
                "concepts": [asdict(row) for row in rules.concepts],
                "uses": [asdict(row) for row in rules.uses],
                "zones": [asdict(row) for row in rules.zones],
            }
        case TariffRules():
            return {"rates": [asdict(row) for row in rules.rows]}
        case TaxRules():
            return {"taxes": [asdict(row) for row in rules.rows]}
        case SurchargeRules():
            return {
                "surcharges": [
                    {"concept": row.concept, "accessory": row.accessory, **asdict(row.rule)}
                    for row in rules.rows
                ]
            }
        case UmaRules():
            return {"uma": [asdict(row) for row in rules.rows]}
        case CalendarRules():
            return {
                "days": _closed_days(rules, today),
                "settings": {"rest_weekdays": sorted(rules.rest_weekdays)},
            }
        case OfficeRules():
            return {"settings": _flat(rules)}
        case DenominationRules() | AnomalyRules():
            return {"settings": {rules.header.kind.value: [asdict(row) for row in rules.rows]}}
        case AccountingRules():
            return {"settings": {"accounting_map": _flat(rules)}}
        case ReturnedChequeRules():
            return {"settings": {"returned_cheque": _flat(rules)}}
        case AuthorityRules():
            return _authority(rules)
        case QueueRules():
            return {"settings": {"queue": asdict(rules.catalogue)}}


def federal_holidays(first: date, last: date) -> dict[date, str]:
    """Days of obligatory rest (Ley Federal del Trabajo, art. 74) between two days, in Spanish."""
    found = holidays.country_holidays("MX", years=range(first.year, last.year + 1), language="es")
    return {day: name for day, name in found.items() if first <= day <= last}


def _closed_days(rules: CalendarRules, today: date) -> list[Rows]:
    """Federal holidays of the years in force, and the office's own days."""
    head = rules.header
    last = head.valid_to or date(today.year + YEARS_AHEAD, 12, 31)
    days = federal_holidays(head.valid_from, last) | {row.day: row.name for row in rules.rows}
    return [{"day": day, "name": name} for day, name in sorted(days.items())]


def _authority(rules: AuthorityRules) -> Rows:
    return {
        "limits": [asdict(row) for row in rules.limits],
        "reasons": [asdict(row) for row in rules.reasons],
    }


def _flat(rules: OfficeRules | AccountingRules | ReturnedChequeRules) -> Rows:
    settings = asdict(rules)
    del settings["header"]
    return {key: value for key, value in settings.items() if value is not None}
