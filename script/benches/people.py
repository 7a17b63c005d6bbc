"""Invented accounts whose names repeat as often as real ones do, the same for the same seed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from tehuacan_comercial import assets
from tehuacan_comercial.data.registry_load import StagedRow

SURNAMES = (
    "HERNÁNDEZ", "GARCÍA", "MARTÍNEZ", "LÓPEZ", "GONZÁLEZ", "PÉREZ", "RODRÍGUEZ", "SÁNCHEZ",
    "RAMÍREZ", "CRUZ", "FLORES", "GÓMEZ", "MORALES", "VÁZQUEZ", "REYES", "JIMÉNEZ", "TORRES",
    "DÍAZ", "GUTIÉRREZ", "MENDOZA", "RUIZ", "AGUILAR", "ORTIZ", "CASTILLO", "MORENO", "ROMERO",
    "ÁLVAREZ", "MÉNDEZ", "CHÁVEZ", "RIVERA", "JUÁREZ", "HERRERA", "DOMÍNGUEZ", "MEDINA", "CASTRO",
    "VARGAS", "GUZMÁN", "MUÑOZ", "SALAZAR", "ROJAS", "CONTRERAS", "CUAUTLE", "XOCHIHUA", "TEPOLE",
    "NÚÑEZ", "PEÑA", "BALDERAS", "ZAVALETA", "LEZAMA", "BARRAGÁN", "OSORIO", "PACHECO", "CARRERA",
)  # fmt: skip
FIRST_NAMES = (
    "MARÍA GUADALUPE", "JUAN", "JOSÉ LUIS", "MARÍA", "FRANCISCO", "MARGARITA", "MARÍA DEL CARMEN",
    "JUAN CARLOS", "JOSÉ", "ALEJANDRO", "VERÓNICA", "MIGUEL ÁNGEL", "ROSA", "PEDRO", "LETICIA",
    "JESÚS", "MARÍA ELENA", "ANTONIO", "ALICIA", "ROBERTO", "GLORIA", "FERNANDO", "MARTHA",
    "SILVIA", "RICARDO", "YOLANDA", "JORGE", "TERESA", "ARTURO", "SOFÍA", "RAÚL", "IGNACIO",
    "ÍÑIGO", "ERNESTINA", "BEGOÑA", "URIEL",
)  # fmt: skip
STREETS = (
    "Calle 5 de Mayo", "Av. Reforma Norte", "Av. Independencia", "Calle 16 de Septiembre",
    "Priv. de los Laureles", "Calle Benito Juárez", "Calle San Juan", "Calle Hidalgo Sur",
    "Av. de la Juventud", "Calle Morelos", "Cda. del Peñón", "Calle 2 Oriente", "Calle 3 Poniente",
    "Blvd. Tehuacán San Marcos", "Calle Nicolás Bravo", "Calle Niños Héroes", "Calle Galeana",
)  # fmt: skip
ROUTES = 40
ZERO = Decimal("0.00")
_SURNAME_WEIGHTS = [1 / (rank + 3) for rank in range(len(SURNAMES))]
_FIRST_WEIGHTS = [1 / (rank + 4) for rank in range(len(FIRST_NAMES))]


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood (colonia) with its postal code."""

    name: str
    postal_code: str


def places() -> list[Place]:
    """The neighbourhoods of the demonstration."""
    with assets.resource("demo", "neighbourhoods.csv").open(
        encoding="utf-8-sig", newline=""
    ) as opened:
        rows = csv.DictReader(opened)
        return [Place(row["colonia"], row["codigo_postal"]) for row in rows]


def accounts(count: int, seed: int) -> Iterator[StagedRow]:
    """As a checked registry hands them to the load."""
    dice, around = Random(seed), places()  # noqa: S311 - invented people, not secrets
    for number in range(1, count + 1):
        yield _account(number, dice, dice.choice(around))


def _account(number: int, dice: Random, place: Place) -> StagedRow:
    surnames = dice.choices(SURNAMES, _SURNAME_WEIGHTS, k=2)
    first = dice.choices(FIRST_NAMES, _FIRST_WEIGHTS)[0]
    metered = dice.random() < 0.8
    owes = dice.random() < 0.1
    return StagedRow(
        line=number,
        account_number=f"{10 + number % 20}-{number:06}-{number % 10}",
        holder_name=f"{surnames[0]} {surnames[1]} {first}",
        holder_kind="person",
        rfc=None,
        curp=None,
        phone=f"238{dice.randrange(1_000_000, 9_999_999)}" if dice.random() < 0.6 else None,
        email=None,
        street=dice.choice(STREETS),
        exterior_number=str(dice.randrange(1, 2400)),
        interior_number=None,
        neighbourhood=place.name,
        postal_code=place.postal_code,
        cadastral_key=None,
        sector=f"S{number % 4}",
        route=f"R{number % ROUTES:02}",
        block=None,
        sequence=number,
        use_class=dice.choices(("DOM", "COM", "IND"), (86, 11, 3))[0],
        zone=dice.choices(("POP", "MED", "RES"), (5, 4, 1))[0],
        modality="metered" if metered else "fixed",
        water=True,
        sewerage=True,
        sanitation=True,
        meter_serial=f"M{number:07}" if metered else None,
        meter_brand="Azteca" if metered else None,
        meter_digits=5 if metered else None,
        meter_installed_on=date(2022, 3, 1) if metered else None,
        last_reading=dice.randrange(100, 3000) if metered else None,
        last_reading_on=date(2025, 12, 31) if metered else None,
        contract_on=date(2020, 1, 1),
        state="active",
        opening_balance=Decimal(dice.randrange(10_000, 900_000)).scaleb(-2) if owes else ZERO,
        opening_balance_since=date(2025, 12, 31) if owes else None,
        credit_balance=ZERO,
    )
