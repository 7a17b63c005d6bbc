"""Random tariffs in all four forms, as values for Python and as rows for PostgreSQL."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import psycopg

from tehuacan_comercial.domain.rating import Modality, PricingForm, RateRow, TaxRow

USES = ("DOM", "COM")
ZONES = ("POP", "MED")
CONCEPTS = ("AGUA", "ALC", "SAN")
METERED_FORMS = (PricingForm.FIXED, PricingForm.RANGE, PricingForm.BLOCK, PricingForm.PERCENT)


def random_rates(random: Random) -> tuple[RateRow, ...]:
    """Prices for every concept, use and modality; some zones have their own."""
    rows: list[RateRow] = []
    for concept in CONCEPTS:
        for use in USES:
            for modality in Modality:
                for zone in (None, *(each for each in ZONES if random.random() < 0.4)):
                    rows += _rate(random, (concept, use, zone, modality))
    return tuple(rows)


def random_taxes(random: Random) -> tuple[TaxRow, ...]:
    """A rate for every use of each concept; some uses have their own."""
    own = [
        TaxRow(concept, use, random.choice((Decimal(0), Decimal("0.08"))))
        for concept in CONCEPTS
        for use in USES
        if random.random() < 0.4
    ]
    return (*own, *(TaxRow(concept, None, Decimal("0.16")) for concept in CONCEPTS))


def store_rates(
    connection: psycopg.Connection[Any], rows: tuple[RateRow, ...], taxes: tuple[TaxRow, ...]
) -> None:
    """As two rule sets valid for ever."""
    tariff = _rule_set(connection, "tariff")
    for row in rows:
        connection.execute(
            "INSERT INTO tariff_rate (rule_set_id, concept, use_class, zone, modality, form,"
            " from_m3, to_m3, amount, percent_of, minimum)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (tariff, row.concept, row.use_class, row.zone, row.modality.value, row.form.value,
             row.from_m3, row.to_m3, row.amount, row.percent_of, row.minimum),
        )  # fmt: skip
    stored = _rule_set(connection, "taxes")
    for tax in taxes:
        connection.execute(
            "INSERT INTO tax_rate (rule_set_id, concept, use_class, rate) VALUES (%s, %s, %s, %s)",
            (stored, tax.concept, tax.use_class, tax.rate),
        )


def _rule_set(connection: psycopg.Connection[Any], kind: str) -> int:
    row = connection.execute(
        "INSERT INTO rule_set (kind, code, version, title, legal_basis, published_in, valid,"
        " is_demonstration, source_text, source_sha256) VALUES (%s, 'P', '1',"
        " 'Prueba DEMOSTRACIÓN', '', '', '[2020-01-01,)', true, '', '') RETURNING id",
        (kind,),
    ).fetchone()
    assert row is not None
    return int(row[0])


def _rate(random: Random, key: tuple[str, str, str | None, Modality]) -> list[RateRow]:
    concept, _use, _zone, modality = key
    forms: tuple[PricingForm, ...] = (PricingForm.FIXED, PricingForm.PERCENT)
    if modality is Modality.METERED:
        forms = METERED_FORMS
    if concept == "AGUA":  # what the others are a percentage of is none itself
        forms = tuple(form for form in forms if form is not PricingForm.PERCENT)
    form = random.choice(forms)
    base = "AGUA" if form is PricingForm.PERCENT else None
    minimum = _price(random, 2) * 3 if random.random() < 0.5 else None
    return [
        RateRow(*key, form, first, last, _price(random, 2 if form is PricingForm.RANGE else 4),
                base, minimum)
        for first, last in _limits(random, form)
    ]  # fmt: skip


def _limits(random: Random, form: PricingForm) -> list[tuple[int, int | None]]:
    if form not in (PricingForm.RANGE, PricingForm.BLOCK):
        return [(0, None)]
    cuts = [0, *sorted(random.sample(range(1, 120), random.randint(0, 4)))]
    return [*((first, after - 1) for first, after in pairwise(cuts)), (cuts[-1], None)]


def _price(random: Random, places: int) -> Decimal:
    return Decimal(random.randrange(1, 60 * 10**places)).scaleb(-places)


def forget_rules(connection: psycopg.Connection[Any]) -> None:
    """Take the town's own rules away, so that those of files can be loaded; concepts stay."""
    rows = ("surcharge_rate", "office_setting", "authority_limit", "authorisation_reason")
    for table in (*rows, "rule_set", "concept"):
        connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    for table in (*rows, "rule_set"):
        connection.execute(f"DELETE FROM {table}".encode())
    connection.execute("UPDATE concept SET service = NULL")
    for table in (*rows, "rule_set", "concept"):
        connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
