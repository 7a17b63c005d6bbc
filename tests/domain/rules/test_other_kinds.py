from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tehuacan_comercial.domain.rating import TaxRow
from tehuacan_comercial.domain.refusals import InvalidRules
from tehuacan_comercial.domain.rules.parse import parse_rules
from tehuacan_comercial.domain.rules.values import (
    AuthorityRules,
    CalendarRules,
    SurchargeRules,
    TaxRules,
    UmaRules,
)
from tehuacan_comercial.domain.surcharges import SurchargeBase, SurchargeRule
from tests.domain.rules.texts import CONCEPTS, catalogue, concept, head, problems, read

TAXES = head(
    "taxes",
    "[[tax]]",
    'concept = "AGUA"',
    'use = "DOM"',
    "percent = 0",
    "[[tax]]",
    'concept = ["DREN", "AGUA"]',
    "percent = 16",
)
SURCHARGES = head(
    "surcharges",
    "[[surcharge]]",
    'concept = "AGUA"',
    'accessory = "REC-AGUA"',
    "monthly_percent = 1.5",
    'base = "principal"',
    "grace_days = 3",
    "cap_percent = 100",
    "month_fraction_counts = true",
)
UMA = head(
    "uma",
    "[[uma]]",
    "year = 2025",
    "valid_from = 2025-02-01",
    "valid_to = 2026-01-31",
    "daily = 113.14",
    "monthly = 3439.46",
    "annual = 41273.52",
    "[[uma]]",
    "year = 2026",
    "valid_from = 2026-02-01",
    "valid_to = 2027-01-31",
    "daily = 117.31",
    "monthly = 3566.22",
    "annual = 42794.64",
)
CALENDAR = head(
    "calendar",
    'rest_weekdays = ["sábado", "domingo"]',
    "[[day]]",
    "date = 2026-12-24",
    'name = "Víspera"',
)
OFFICE = head(
    "office",
    'name = "Agua (DEMOSTRACIÓN)"',
    'short_name = "Agua"',
    'rfc = "XAXX010101000"',
    'address = ["Calle 1"]',
    'phone = "238 000 0000"',
    "cash_rounding_step = 0.50",
    "idle_lock_minutes = 5",
    "payment_days = 20",
    "period_months = 2",
    "[[tender]]",
    'kind = "cash"',
    'name = "Efectivo"',
    "[[legend]]",
    'document = "bill"',
    'text = "Pague a tiempo."',
)
ANOMALIES = head(
    "anomalies", "[[anomaly]]", 'code = "ROTO"', 'name = "Roto"', "allows_missing = true"
)


def test_concepts() -> None:
    rules = catalogue()
    assert rules.follows == {"REC-AGUA": "AGUA"}
    assert [each.code for each in rules.zones] == ["POP", "RES"]
    sewerage = rules.concept("DREN")
    assert sewerage is not None
    assert sewerage.ledger_account == "4143-01"
    assert rules.concept("GAS") is None


def test_taxes() -> None:
    taxes = read(TAXES)
    assert isinstance(taxes, TaxRules)
    assert taxes.rows == (
        TaxRow("AGUA", "DOM", Decimal(0)),
        TaxRow("DREN", None, Decimal("0.16")),
        TaxRow("AGUA", None, Decimal("0.16")),
    )


def test_surcharges() -> None:
    surcharges = read(SURCHARGES)
    assert isinstance(surcharges, SurchargeRules)
    assert surcharges.rows[0].rule == SurchargeRule(
        Decimal("0.015"), SurchargeBase.PRINCIPAL, 3, Decimal(1), month_fraction_counts=True
    )


def test_in_january_the_uma_is_still_last_years() -> None:
    uma = read(UMA)
    assert isinstance(uma, UmaRules)
    values = [uma.on(day) for day in (date(2026, 1, 31), date(2026, 2, 1))]
    assert [row.daily for row in values if row] == [Decimal("113.14"), Decimal("117.31")]
    assert uma.on(date(2025, 1, 31)) is None


def test_the_calendar_joins_own_days_and_holidays() -> None:
    rules = read(CALENDAR)
    assert isinstance(rules, CalendarRules)
    calendar = rules.calendar([date(2026, 12, 25)])
    assert calendar.next_business_day(date(2026, 12, 24)) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("text", "before", "after", "expected"),
    [
        (TAXES, '"DREN", ', "", "línea 1: falta la tasa de IVA de DREN para el uso DOM"),
        (TAXES, '"DREN"', '"GAS"', "línea 15: el concepto GAS no está en el catálogo"),
        (
            TAXES,
            '"DREN"',
            '"REC-AGUA"',
            "línea 15: REC-AGUA lleva la tasa de AGUA, no una propia",
        ),
        (TAXES, 'use = "DOM"', 'use = "CASA"', "línea 12: el uso CASA no está en el catálogo"),
        (TAXES, 'use = "DOM"', "", "línea 14: AGUA ya tiene tasa para todo uso"),
        (
            SURCHARGES,
            '"REC-AGUA"',
            '"DREN"',
            "línea 12: DREN no es un accesorio que siga a AGUA",
        ),
        (SURCHARGES, "grace_days = 3", "", "línea 10: falta «grace_days»"),
        (
            SURCHARGES,
            '"principal"',
            '"todo"',
            "línea 14: «base» no puede ser «todo»; escriba uno de: principal, principal_and_tax",
        ),
        (UMA, "3439.46", "3439.45", "línea 15: el valor mensual no es el diario por 30.4"),
        (UMA, "42794.64", "42794.65", "línea 23: el valor anual no es el mensual por 12"),
        (
            UMA,
            "valid_from = 2026-02-01",
            "valid_from = 2026-02-02",
            "línea 19: no empieza al día siguiente de que termina la anterior",
        ),
        (
            UMA,
            "valid_to = 2027-01-31",
            "valid_to = 2026-01-31",
            "línea 20: la vigencia termina antes de empezar",
        ),
        (CALENDAR, '"sábado"', '"sabado"', "línea 10: «sabado» no es un día de la semana"),
        (
            CALENDAR,
            '"sábado"',
            '"lunes", "martes", "miércoles", "jueves", "viernes", "sábado"',
            "línea 10: la oficina no puede descansar toda la semana",
        ),
        (
            CALENDAR,
            "2026-12-24",
            "2025-12-24",
            "línea 12: el día 24/12/2025 está fuera de la vigencia",
        ),
        (
            CALENDAR,
            '"Víspera"',
            '"Víspera"\n[[day]]\ndate = 2026-12-24\nname = "Otra"',
            "línea 15: el día 24/12/2026 está repetido",
        ),
        (OFFICE, "XAXX010101000", "XAXX", "línea 12: «rfc» tiene una forma no válida: «XAXX»"),
        (
            OFFICE,
            "period_months = 2",
            "period_months = 5",
            "línea 18: los meses del periodo deben dividir el año: 1, 2, 3, 4, 6 o 12",
        ),
        (
            OFFICE,
            '"bill"',
            '"recibo"',
            "línea 23: no hay documento «recibo»; escriba uno de: "
            "receipt, bill, closing, statement",
        ),
        (
            OFFICE,
            '"Efectivo"',
            '"Efectivo"\n[[tender]]\nkind = "cash"\nname = "Otro"',
            "línea 23: la forma de pago cash está repetida",
        ),
        (
            ANOMALIES,
            "allows_missing = true",
            'allows_missing = true\n[[anomaly]]\ncode = "ROTO"\nname = "X"\nallows_missing = true',
            "línea 15: la clave ROTO está repetida",
        ),
        (
            ANOMALIES,
            "allows_missing = true",
            'allows_missing = "sí"',
            "línea 13: «allows_missing» debe ser true o false",
        ),
        (
            CONCEPTS,
            'follows = "AGUA"',
            'follows = "REC-AGUA"',
            "línea 28: el accesorio REC-AGUA debe seguir a un servicio",
        ),
        (
            CONCEPTS,
            "\n".join(concept("DREN", service="sewerage")),
            "\n".join(concept("AGUA", service="sewerage")),
            "línea 18: el concepto AGUA está repetido",
        ),
        (
            CONCEPTS,
            'kind = "accessory"',
            'kind = "other"',
            "línea 28: REC-AGUA no es accesorio y no puede seguir a otro",
        ),
        (
            CONCEPTS,
            '"4143-01"',
            '"caja"',
            "línea 16: «ledger_account» tiene una forma no válida: «caja»",
        ),
        (
            CONCEPTS,
            'service = "water"\n',
            "",
            "línea 10: solo un servicio, y todo servicio, lleva «service»: "
            "water, sewerage, sanitation",
        ),
        (
            CONCEPTS,
            '"sewerage"',
            '"water"',
            "línea 21: ya hay un concepto con service = «water»",
        ),
        (CONCEPTS, '"RES"', '"POP"', "línea 38: la clave POP está repetida"),
    ],
)
def test_each_problem_names_its_line_and_reason(
    text: str, before: str, after: str, expected: str
) -> None:
    assert before in text
    assert expected in problems(text.replace(before, after, 1))


def test_a_repeated_value_in_a_list_is_said() -> None:
    expected = ["línea 15: «concept» repite un valor"]
    assert problems(TAXES.replace('"DREN", "AGUA"', '"DREN", "DREN"'))[:1] == expected


def test_a_list_of_other_things_is_said() -> None:
    assert problems(TAXES.replace('["DREN", "AGUA"]', "[1, 2]"))[:1] == [
        "línea 15: «concept» debe ser una lista que solo lleve textos"
    ]


AUTHORITY = """kind = "authority"
code = "LIMITES"
version = 1
title = "Límites (DEMOSTRACIÓN)"
legal_basis = "Ninguno"
published_in = "No publicado"
valid_from = 2026-01-01
demonstration = true

[[limit]]
kind = "void_receipt"
job = "manager"
from = 0
up_to = 500

[[reason]]
list = "void_receipt"
code = "OTRO"
name = "Otro"
needs_note = true
"""
ONE_LIMIT = AUTHORITY[AUTHORITY.index("[[limit]]") : AUTHORITY.index("[[reason]]")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('job = "manager"', 'job = "gerente"', "no hay función «gerente»"),
        ("up_to = 500", "up_to = -1", "«up_to» no puede ser negativo"),
        ("from = 0", "from = 600", "«up_to» es menor que «from»"),
        ("[[reason]]", f"{ONE_LIMIT}[[reason]]", "ya tiene límite"),
        ('code = "OTRO"', 'code = "otro motivo"', "forma no válida"),
        ("needs_note = true", "", "falta «needs_note»"),
    ],
)
def test_limits_and_reasons_are_checked(before: str, after: str, expected: str) -> None:
    with pytest.raises(InvalidRules) as refused:
        parse_rules("authority.toml", AUTHORITY.replace(before, after, 1))
    assert any(expected in problem for problem in refused.value.problems)


def test_limits_without_a_top_reach_any_amount() -> None:
    rules = parse_rules("authority.toml", AUTHORITY.replace("up_to = 500\n", ""))
    assert isinstance(rules, AuthorityRules)
    assert rules.limits[0].up_to is None
    assert rules.reasons[0].needs_note
