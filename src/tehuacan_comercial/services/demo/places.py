"""Where the people of the demonstration live: real neighbourhoods, invented streets and routes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tehuacan_comercial.assets import resource

ACCOUNTS_PER_ROUTE = 250
_CENTRE = "Tehuacán Centro"
_AVENUES = (
    "Av. Reforma Norte", "Av. Reforma Sur", "Av. Independencia Oriente",
    "Av. Independencia Poniente", "Calz. Adolfo López Mateos", "Av. José Garci Crespo",
)  # fmt: skip
_NAMES = (
    "Aquiles Serdán", "Vicente Guerrero", "Miguel Hidalgo", "José María Morelos", "Álvaro Obregón",
    "Francisco I. Madero", "Venustiano Carranza", "Ignacio Zaragoza", "Benito Juárez",
    "Melchor Ocampo", "Guadalupe Victoria", "Niños Héroes", "5 de Mayo", "16 de Septiembre",
    "20 de Noviembre", "Josefa Ortiz de Domínguez", "Mariano Matamoros", "Nicolás Bravo",
    "Agustín de Iturbide", "Lázaro Cárdenas",
)  # fmt: skip
_TREES = (
    "los Laureles", "las Jacarandas", "los Cedros", "las Palmas", "los Fresnos", "las Bugambilias",
    "los Mezquites", "las Granadas", "los Pirules", "las Azucenas", "los Naranjos", "las Magnolias",
)  # fmt: skip
_SIDES = ("Norte", "Sur", "Oriente", "Poniente")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A neighbourhood with its zone of the tariff and the streets that were invented for it."""

    name: str
    kind: str
    postal_code: str
    sector: str
    zone: str
    weight: int
    streets: tuple[str, ...]


def read_neighbourhoods(path: Path | None = None) -> list[tuple[str, str, str]]:
    """Name, kind and postal code of the neighbourhoods of Tehuacán, in the order of the file."""
    file = path or resource("demo", "neighbourhoods.csv")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [(row["colonia"], row["tipo"], row["codigo_postal"]) for row in rows]


def make_neighbourhoods(dice: Random) -> list[Neighbourhood]:
    """Every neighbourhood with zone, size and streets; neighbours share a sector."""
    read = read_neighbourhoods()
    codes = sorted({code for _, _, code in read})
    return [_neighbourhood(dice, row, codes.index(row[2])) for row in read]


def _neighbourhood(dice: Random, row: tuple[str, str, str], place: int) -> Neighbourhood:
    name, kind, code = row
    zones = {"Fraccionamiento": ("MED", "RES", "RES"), "Pueblo": ("POP",)}
    zone = dice.choice(zones.get(kind, ("POP", "POP", "MED")))
    return Neighbourhood(
        name=name,
        kind=kind,
        postal_code=code,
        sector=f"{place // 5 + 1:02d}",
        zone="MED" if name == _CENTRE else zone,
        weight=60 if name == _CENTRE else dice.randint(8, 30),
        streets=tuple(_streets(dice, kind, name == _CENTRE)),
    )


def _streets(dice: Random, kind: str, centre: bool) -> list[str]:
    if centre:
        numbered = [f"{n} {side}" for n in range(1, 12) for side in _SIDES]
        return [*_AVENUES, *dice.sample(numbered, 20)]
    if kind in ("Fraccionamiento", "Unidad habitacional", "Conjunto habitacional"):
        kinds = ("Priv. de", "Calle de", "Andador de", "Circuito de")
        return [f"{dice.choice(kinds)} {tree}" for tree in dice.sample(_TREES, 7)]
    return [f"Calle {name}" for name in dice.sample(_NAMES, 8)]
