"""Rules in force on a day, read back as the values that ``domain`` computes with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one, statement
from tehuacan_comercial.domain.calendar import BusinessCalendar
from tehuacan_comercial.domain.rating import Modality, PricingForm, RateRow, TaxRow
from tehuacan_comercial.domain.rules.values import RuleKind, SurchargeRow
from tehuacan_comercial.domain.surcharges import SurchargeBase, SurchargeRule


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A version as loaded; one without a first day was replaced before it was used."""

    rule_set_id: int
    kind: str
    code: str
    version: str
    title: str
    valid_from: date | None
    valid_to: date | None
    demonstration: bool
    used: bool
    loaded_by: str


def office_today(connection: Connection) -> date:
    """The office's day by the server's clock (D7)."""
    return date.fromisoformat(str(connection.execute(statement("SELECT office_today()")).scalar()))


def versions(connection: Connection) -> list[RuleVersion]:
    """Every version by kind, oldest first."""
    return fetch(
        connection,
        RuleVersion,
        "SELECT id AS rule_set_id, kind, code, version, title, lower(valid) AS valid_from,"
        " upper(valid) - 1 AS valid_to, is_demonstration AS demonstration, used, loaded_by"
        " FROM rule_set ORDER BY kind, lower(valid), id",
    )


def sources_of(connection: Connection, kind: RuleKind) -> list[str]:
    """The texts from which the versions of a kind were loaded, oldest first."""
    found = connection.execute(
        statement(
            "SELECT source_text FROM rule_set WHERE kind = :kind AND NOT isempty(valid)"
            " AND source_text <> '' ORDER BY lower(valid)"
        ),
        {"kind": kind.value},
    )
    return list(found.scalars())


def rates_on(connection: Connection, day: date) -> tuple[RateRow, ...]:
    """The tariff in force; none when there is none."""
    rows = connection.execute(
        statement(
            "SELECT t.concept, t.use_class, t.zone, t.modality, t.form, t.from_m3, t.to_m3,"
            " t.amount, t.percent_of, t.minimum FROM tariff_rate t"
            " JOIN rule_set r ON r.id = t.rule_set_id WHERE r.valid @> :day ORDER BY t.id"
        ),
        {"day": day},
    )
    return tuple(
        RateRow(concept, use, zone, Modality(modality), PricingForm(form), *rest)
        for concept, use, zone, modality, form, *rest in rows
    )


def taxes_on(connection: Connection, day: date) -> tuple[TaxRow, ...]:
    """The IVA rates in force."""
    return tuple(
        fetch(
            connection,
            TaxRow,
            "SELECT t.concept, t.use_class, t.rate FROM tax_rate t"
            " JOIN rule_set r ON r.id = t.rule_set_id WHERE r.valid @> :day ORDER BY t.id",
            day=day,
        )
    )


def surcharges_on(connection: Connection, day: date) -> tuple[SurchargeRow, ...]:
    """How late payment of each service is charged on a day."""
    rows = connection.execute(
        statement(
            "SELECT s.concept, s.accessory, s.monthly_rate, s.base, s.grace_days, s.cap_ratio,"
            " s.month_fraction_counts FROM surcharge_rate s"
            " JOIN rule_set r ON r.id = s.rule_set_id WHERE r.valid @> :day ORDER BY s.id"
        ),
        {"day": day},
    )
    return tuple(
        SurchargeRow(concept, accessory, SurchargeRule(rate, SurchargeBase(base), *rest))
        for concept, accessory, rate, base, *rest in rows
    )


def calendar_on(connection: Connection, day: date) -> BusinessCalendar:
    """The working calendar in force; without one, only weekends rest."""
    found = fetch_one(
        connection,
        _Calendar,
        "SELECT s.value AS rest, ARRAY(SELECT n.day FROM non_working_day n"
        " WHERE n.rule_set_id = r.id) AS closed FROM rule_set r"
        " JOIN office_setting s ON s.rule_set_id = r.id AND s.key = 'rest_weekdays'"
        " WHERE r.kind = 'calendar' AND r.valid @> :day",
        day=day,
    )
    if found is None:
        return BusinessCalendar()
    return BusinessCalendar(frozenset(found.closed), frozenset(found.rest))


@dataclass(frozen=True, slots=True)
class _Calendar:
    rest: list[int]
    closed: list[date]


def payment_days_on(connection: Connection, day: date) -> int | None:
    """Natural days from issue to deadline, by the office's rules of the day."""
    found = connection.execute(
        statement("SELECT office_setting_on('payment_days', :day)"), {"day": day}
    ).scalar()
    return None if found is None else int(found)


@dataclass(frozen=True, slots=True)
class UmaOnDay:
    """UMA in force, pesos a day and a month."""

    year: int
    daily: Decimal
    monthly: Decimal


def uma_on(connection: Connection, day: date) -> UmaOnDay | None:
    """The UMA of a day; in January still last year's."""
    return fetch_one(
        connection,
        UmaOnDay,
        "SELECT u.year, u.daily, u.monthly FROM uma_value u"
        " JOIN rule_set r ON r.id = u.rule_set_id"
        " WHERE NOT isempty(r.valid) AND r.valid @> :day AND u.valid @> :day",
        day=day,
    )
