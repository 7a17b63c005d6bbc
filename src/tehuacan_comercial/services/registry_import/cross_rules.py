"""Rules between the cells of one row: a meter for metered service, a date for a reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from .identity import GENERIC_RFCS, birth_date
from .values import Value

Finding = tuple[str, str]
"""Field name and Spanish reason."""


def findings(values: Mapping[str, Value]) -> Iterator[Finding]:
    """Everything that does not go together in a row. Cells already at fault are absent."""
    yield from _balances(values)
    yield from _meter(values)
    yield from _reading(values)
    yield from _days(values)
    yield from _holder(values)


def _balances(values: Mapping[str, Value]) -> Iterator[Finding]:
    for name, label in (("opening_balance", "saldo inicial"), ("credit_balance", "saldo a favor")):
        amount = values.get(name)
        if isinstance(amount, Decimal) and amount < 0:
            yield name, f"El {label} no puede ser negativo."
    owed = values.get("opening_balance")
    if isinstance(owed, Decimal) and owed > 0 and _missing(values, "opening_balance_since"):
        yield "opening_balance_since", "Con saldo inicial debe decir desde qué fecha se debe."


def _meter(values: Mapping[str, Value]) -> Iterator[Finding]:
    gone = values.get("state") == "permanent_off"
    if values.get("modality") == "metered" and not gone and _missing(values, "meter_serial"):
        yield "meter_serial", "El servicio medido debe tener la serie de su medidor."
    digits = values.get("meter_digits")
    if isinstance(digits, int) and not 3 <= digits <= 9:
        yield "meter_digits", "Los dígitos del medidor deben estar entre 3 y 9."


def _reading(values: Mapping[str, Value]) -> Iterator[Finding]:
    reading, digits = values.get("last_reading"), values.get("meter_digits")
    if isinstance(reading, int):
        if _missing(values, "last_reading_on"):
            yield "last_reading_on", "La lectura debe llevar su fecha."
        if _missing(values, "meter_serial") and values.get("modality") != "metered":
            yield "meter_serial", "Hay una lectura, pero no la serie del medidor."
        if isinstance(digits, int) and 3 <= digits <= 9 and reading >= 10**digits:
            yield "last_reading", f"La lectura no cabe en un medidor de {digits} dígitos."
    elif _present(values, "last_reading_on") and _missing(values, "last_reading"):
        yield "last_reading", "Hay fecha de lectura, pero falta la lectura."


def _days(values: Mapping[str, Value]) -> Iterator[Finding]:
    installed, read = values.get("meter_installed_on"), values.get("last_reading_on")
    contract = values.get("contract_on")
    if isinstance(installed, date) and isinstance(read, date) and read < installed:
        yield "last_reading_on", "La lectura es anterior a la instalación del medidor."
    since = values.get("opening_balance_since")
    if isinstance(contract, date) and isinstance(since, date) and since < contract:
        yield "opening_balance_since", "No puede deber desde antes de su contrato."


def _holder(values: Mapping[str, Value]) -> Iterator[Finding]:
    rfc, curp, kind = values.get("rfc"), values.get("curp"), values.get("holder_kind")
    company = kind == "company"
    if kind and isinstance(rfc, str) and rfc not in GENERIC_RFCS and company != (len(rfc) == 12):
        size = "12 caracteres" if company else "13 caracteres"
        yield "rfc", f"El RFC no es del tipo de titular; debe tener {size}."
    if not isinstance(curp, str):
        return
    if company:
        yield "curp", "Una persona moral no tiene CURP."
    elif _is_person(rfc) and str(rfc)[4:10] != f"{birth_date(curp):%y%m%d}":
        yield "curp", "La CURP y el RFC no tienen la misma fecha de nacimiento."


def _is_person(rfc: Value) -> bool:
    return isinstance(rfc, str) and len(rfc) == 13 and rfc not in GENERIC_RFCS


def _missing(values: Mapping[str, Value], name: str) -> bool:
    """Whether the cell was read and is empty (a cell at fault is told once, not twice)."""
    return name in values and values[name] is None


def _present(values: Mapping[str, Value], name: str) -> bool:
    return values.get(name) is not None
