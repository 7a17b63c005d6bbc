"""What reading a registry file gives: clean rows, faults and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

HolderKind = Literal["person", "company"]
UseClass = Literal["DOM", "COM", "IND", "PUB"]
Zone = Literal["POP", "MED", "RES"]
Modality = Literal["fixed", "metered"]
Service = Literal["water", "sewerage", "sanitation"]
ServiceState = Literal["active", "restricted", "temporary_off", "permanent_off", "uncollectible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRow:
    """One account of the old system, checked. Money in pesos, readings in whole m³.

    ``line`` is the row in the file as the user sees it (1 is the first).
    """

    line: int
    account_number: str
    holder_name: str
    holder_kind: HolderKind
    rfc: str | None
    curp: str | None
    phone: str | None
    email: str | None
    street: str
    exterior_number: str | None
    interior_number: str | None
    neighbourhood: str
    postal_code: str | None
    cadastral_key: str | None
    sector: str | None
    route: str | None
    block: str | None
    sequence: int | None
    use_class: UseClass
    zone: Zone
    modality: Modality
    services: frozenset[Service]
    meter_serial: str | None
    meter_brand: str | None
    meter_digits: int | None
    meter_installed_on: date | None
    last_reading: int | None
    last_reading_on: date | None
    contract_on: date | None
    state: ServiceState
    opening_balance: Decimal
    opening_balance_since: date | None
    credit_balance: Decimal


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one cell; ``reason`` is a Spanish sentence that says the rule.

    ``column`` is the column as the file has it, ``field`` our name for it ("" for a whole row).
    """

    line: int
    column: str
    value: str
    reason: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no account, left out and told: a repeated header or a row of totals."""

    line: int
    kind: Literal["header", "total"]


@dataclass(frozen=True, slots=True)
class Reference:
    """What the office already knows, to check the file against.

    ``neighbourhoods`` are the valid names; None accepts any. ``accounts`` and ``meters`` exist
    already and may not come again.
    """

    neighbourhoods: tuple[str, ...] | None = None
    accounts: frozenset[str] = frozenset()
    meters: frozenset[str] = frozenset()
