from __future__ import annotations

from decimal import Decimal

import pytest

from tehuacan_comercial.domain.rating import Modality, PricingForm, RateRow
from tehuacan_comercial.domain.rules.values import TariffRules
from tests.domain.rules.texts import head, problems, read

# Lines 10 to 20: blocks for one zone, then for the other; then the percentage.
POPULAR = (
    "[[rate]]",
    'concept = "AGUA"',
    'use = "DOM"',
    'zone = "POP"',
    'modality = "metered"',
    'form = "block"',
    "minimum = 90.00",
    "steps = [",
    "  { from = 0, to = 20, price = 6.20 },",
    "  { from = 21, price = 8.4550 },",
    "]",
)
RESIDENTIAL = tuple(line.replace("POP", "RES") for line in POPULAR)
SEWERAGE = (
    "[[rate]]",
    'concept = "DREN"',
    'use = "DOM"',
    'modality = "metered"',
    'form = "percent"',
    "percent = 12.5",
    'percent_of = "AGUA"',
)
GOOD = head("tariff", *POPULAR, *RESIDENTIAL, *SEWERAGE)


def test_a_tariff_is_read_to_rows() -> None:
    tariff = read(GOOD)
    assert isinstance(tariff, TariffRules)
    assert tariff.rows[0] == RateRow(
        concept="AGUA",
        use_class="DOM",
        zone="POP",
        modality=Modality.METERED,
        form=PricingForm.BLOCK,
        from_m3=0,
        to_m3=20,
        amount=Decimal("6.20"),
        percent_of=None,
        minimum=Decimal("90.00"),
    )
    assert (tariff.rows[1].from_m3, tariff.rows[1].to_m3) == (21, None)
    assert [row.zone for row in tariff.rows] == ["POP", "POP", "RES", "RES", None]
    assert (tariff.rows[-1].amount, tariff.rows[-1].percent_of) == (Decimal("12.5"), "AGUA")


def test_lists_spread_to_every_combination() -> None:
    text = head(
        "tariff",
        "[[rate]]",
        'concept = "AGUA"',
        'use = ["DOM"]',
        'zone = ["POP", "RES"]',
        'modality = ["fixed", "metered"]',
        'form = "fixed"',
        "amount = 180",
    )
    tariff = read(text)
    assert isinstance(tariff, TariffRules)
    assert {(row.zone, row.modality) for row in tariff.rows} == {
        (zone, modality) for zone in ("POP", "RES") for modality in Modality
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "from = 21",
            "from = 20",
            "línea 19: se traslapa con el rango anterior: empieza en 20 m³ y aquel termina en 20",
        ),
        (
            "from = 21",
            "from = 22",
            "línea 19: hay un hueco: el rango anterior termina en 20 m³ y este empieza en 22",
        ),
        ("from = 0", "from = 1", "línea 18: el primer rango debe empezar en 0 m³, no en 1"),
        (
            "from = 21,",
            "from = 21, to = 15,",
            "línea 19: el rango termina en 15 m³, antes de empezar en 21",
        ),
        (
            "from = 21,",
            "from = 21, to = 40,",
            "línea 19: el último rango no lleva «to»: vale para todo consumo mayor",
        ),
        (
            "to = 20, ",
            "",
            "línea 19: el rango anterior no tiene fin («to»), así que este nunca se usaría",
        ),
        ("price = 6.20", "price = -6.20", "línea 18: «price» no puede ser negativo: -6.20"),
        (
            "price = 8.4550",
            "price = 8.45501",
            "línea 19: «price» admite hasta 4 decimales; dice 8.45501",
        ),
        ("price = 6.20", "precio = 6.20", "línea 18: falta «price»"),
        ('"AGUA"', '"AQUA"', "línea 11: AQUA no es un servicio del catálogo de conceptos"),
        ('"AGUA"', '"REC-AGUA"', "línea 11: REC-AGUA no es un servicio del catálogo de conceptos"),
        ('"DOM"', '"CASA"', "línea 12: el uso CASA no está en el catálogo"),
        ('"POP"', '"ALTA"', "línea 13: la zona ALTA no está en el catálogo"),
        (
            '"metered"',
            '"medido"',
            "línea 14: «modality» no puede ser «medido»; escriba uno de: fixed, metered",
        ),
        (
            '"metered"',
            '"fixed"',
            "línea 15: sin medidor no hay m³: la cuota fija no admite range ni block",
        ),
        (
            '"POP"',
            '"RES"',
            "línea 21: AGUA, uso DOM, zona RES, servicio medido ya tiene tarifa en la línea 10",
        ),
        ('percent_of = "AGUA"', "", "línea 32: falta «percent_of»"),
        (
            'percent_of = "AGUA"',
            'percent_of = "GAS"',
            "línea 38: GAS no es un servicio del catálogo de conceptos",
        ),
        (
            'percent_of = "AGUA"',
            'percent_of = "DREN"',
            "línea 32: el porcentaje de DREN no tiene base: DREN es a su vez un porcentaje",
        ),
        ("steps = [", "steps = [] # [", "línea 17: «steps» debe ser una lista de renglones { … }"),
    ],
)
def test_each_problem_names_its_line_and_reason(before: str, after: str, expected: str) -> None:
    assert before in GOOD
    text = GOOD.replace(before, after, 1)
    if "[] #" in after:
        text = "\n".join(line for at, line in enumerate(text.split("\n")) if at not in (17, 18, 19))
    assert expected in problems(text)


def test_a_zone_without_price_is_missed() -> None:
    assert problems(head("tariff", *POPULAR, *SEWERAGE)) == [
        "línea 10: falta AGUA, uso DOM, zona RES, servicio medido"
    ]


def test_a_percentage_of_nothing_is_missed() -> None:
    text = head("tariff", *SEWERAGE)
    assert problems(text) == [
        "línea 10: el porcentaje de DREN no tiene base: AGUA, uso DOM, servicio medido "
        "no tiene tarifa"
    ]


def test_a_modality_that_one_service_lacks_is_missed() -> None:
    fixed = ("[[rate]]", 'concept = "AGUA"', 'use = "DOM"', 'modality = "fixed"')
    text = GOOD + "\n".join((*fixed, 'form = "fixed"', "amount = 180", ""))
    assert problems(text) == ["línea 32: falta DREN, uso DOM, cuota fija"]
