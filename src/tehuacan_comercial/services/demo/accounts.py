"""The accounts of the demonstration town as registry rows, with how each one uses and pays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tehuacan_comercial.data.registry_load import StagedRow

from .people import Holder, Names, make_company, make_person
from .places import ACCOUNTS_PER_ROUTE, Neighbourhood

ZERO = Decimal("0.00")
_USES = (("DOM", 88), ("COM", 9), ("PUB", 2), ("IND", 1))
_METERED = {"DOM": 0.72, "COM": 0.85, "PUB": 0.60, "IND": 1.0}
_STATES = (
    ("active", 930), ("restricted", 30), ("temporary_off", 22), ("permanent_off", 10),
    ("uncollectible", 8),
)  # fmt: skip
_USAGES = (("usual", 84), ("vacant", 6), ("leak", 5), ("stuck", 5))
_PAYERS = (
    ("punctual", 60), ("late", 17), ("skipper", 8), ("stopped", 9), ("never", 3), ("advance", 3),
)  # fmt: skip
_BRANDS = ("CICASA", "AZTECA", "ELSTER", "ITRON", "ARAD")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account: its row, how it uses water (``usage``) and how it pays (``payer``).

    ``monthly_m3`` is the usual consumption of a month.
    """

    row: StagedRow
    usage: str
    payer: str
    monthly_m3: int

    @property
    def billed(self) -> bool:
        """Whether the service is on, so that bills are made."""
        return self.row.state in ("active", "restricted")


def make_accounts(
    dice: Random, names: Names, places: list[Neighbourhood], count: int, span: tuple[date, date]
) -> Iterator[DemoAccount]:
    """So many accounts, route after route; ``span`` is the first and last day of history."""
    chosen = sorted(dice.choices(range(len(places)), [p.weight for p in places], k=count))
    route, sequence, before = 0, 0, -1
    for line, index in enumerate(chosen, start=1):
        place = places[index]
        if index != before or sequence >= ACCOUNTS_PER_ROUTE:
            route, sequence = route + 1, 0
        sequence, before = sequence + 1, index
        yield _account(dice, names, place, line, f"{route:03d}", sequence, span)


def _account(
    dice: Random,
    names: Names,
    place: Neighbourhood,
    line: int,
    route: str,
    turn: int,
    span: tuple[date, date],
) -> DemoAccount:
    begins, ends = span
    use = _draw(dice, _USES)
    metered = dice.random() < _METERED[use]
    holder = make_person(dice, names) if use == "DOM" else make_company(dice, names, use)
    contract = _contract_day(dice, begins, ends)
    state = _draw(dice, _STATES)
    usage = _draw(dice, _USAGES) if metered else "usual"
    payer = "never" if state == "uncollectible" else _draw(dice, _PAYERS)
    row = StagedRow(
        **_identity(line, place, holder),
        **_place(dice, place, route, turn),
        **_service(dice, use, place, metered),
        **_meter(dice, line, metered, max(contract, begins - timedelta(days=2500))),
        **_money(dice, payer, begins, contract),
        contract_on=contract,
        state=state,
    )
    return DemoAccount(row, usage, payer, _monthly_m3(dice, use, place.zone))


def _draw(dice: Random, shares: tuple[tuple[str, int], ...]) -> str:
    return dice.choices([name for name, _ in shares], [share for _, share in shares])[0]


def _identity(line: int, place: Neighbourhood, holder: Holder) -> dict[str, Any]:
    return {
        "line": line,
        "account_number": f"{place.sector}{line:06d}",
        "holder_name": holder.name,
        "holder_kind": holder.kind,
        "rfc": holder.rfc,
        "curp": holder.curp,
        "phone": holder.phone,
        "email": holder.email,
    }


def _place(dice: Random, place: Neighbourhood, route: str, turn: int) -> dict[str, Any]:
    return {
        "street": dice.choice(place.streets),
        "exterior_number": str(dice.randint(1, 2400)),
        "interior_number": f"{dice.choice('ABCDEF')}" if dice.random() < 0.06 else None,
        "neighbourhood": place.name,
        "postal_code": place.postal_code,
        "cadastral_key": f"U-{place.sector}-{dice.randrange(100_000, 999_999)}",
        "sector": place.sector,
        "route": route,
        "block": f"{(turn - 1) // 20 + 1:03d}",
        "sequence": turn * 10,
    }


def _service(dice: Random, use: str, place: Neighbourhood, metered: bool) -> dict[str, Any]:
    sewerage = dice.random() < 0.93
    return {
        "use_class": use,
        "zone": place.zone,
        "modality": "metered" if metered else "fixed",
        "water": True,
        "sewerage": sewerage,
        "sanitation": sewerage and dice.random() < 0.85,
    }


def _meter(dice: Random, line: int, metered: bool, since: date) -> dict[str, Any]:
    start = dice.randint(40, 4000)
    digits = 4 if dice.random() < 0.2 else 5
    return {
        "meter_serial": f"D{line:07d}" if metered else None,
        "meter_brand": dice.choice(_BRANDS) if metered else None,
        "meter_digits": digits if metered else None,
        "meter_installed_on": since if metered else None,
        "last_reading": start if metered else None,
        "last_reading_on": None,
    }


def _money(dice: Random, payer: str, begins: date, contract: date) -> dict[str, Any]:
    """Old debts are of those who do not pay; a few others came with a balance in their favour."""
    owed = credit = ZERO
    since = None
    if contract < begins - timedelta(days=900):
        if payer == "never" or (payer == "stopped" and dice.random() < 0.15):
            owed = Decimal(dice.randint(60_000, 1_250_000)) / 100
            since = begins - timedelta(days=dice.randint(120, 800))
        elif dice.random() < 0.015:
            credit = Decimal(dice.randint(2_000, 60_000)) / 100
    return {"opening_balance": owed, "opening_balance_since": since, "credit_balance": credit}


def _contract_day(dice: Random, begins: date, ends: date) -> date:
    """One in twenty-five contracted during the history; the rest long before."""
    if dice.random() < 0.04:
        return begins + timedelta(days=dice.randrange((ends - begins).days))
    return begins - timedelta(days=dice.randint(60, 9_000))


def _monthly_m3(dice: Random, use: str, zone: str) -> int:
    middle = {"DOM": {"POP": 10, "MED": 13, "RES": 18}[zone], "COM": 16, "PUB": 45, "IND": 110}[use]
    return max(2, round(dice.gammavariate(5.0, middle / 5.0)))
