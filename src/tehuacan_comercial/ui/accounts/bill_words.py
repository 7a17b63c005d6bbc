"""Why a line of a bill costs what it costs, in plain words ("explíqueme este recibo")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tehuacan_comercial.domain.money import round_money
from tehuacan_comercial.services.accounts import BillLineRow
from tehuacan_comercial.ui.formats import money

NOT_KEPT = "El sistema anterior no conservó el cálculo."


def explain(line: BillLineRow) -> tuple[str, ...]:
    """One sentence for each step of the line, and one for its tax."""
    steps = tuple(_step(step) for step in _steps(line.basis))
    return (*(steps or (NOT_KEPT,)), _tax(line))


def _steps(basis: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    steps = (basis or {}).get("steps", ())
    return tuple(step for step in steps if _number(step["quantity"]) or len(steps) == 1)


def _step(step: Mapping[str, Any]) -> str:
    quantity, price = _number(step["quantity"]), _number(step["price"])
    amount = money(round_money(_number(step["amount"])))
    match step["kind"]:
        case "block":
            return f"{_plain(quantity)} m³ a {money_each(price)} = {amount}"
        case "percent":
            return f"{_plain(price)} % de {money(round_money(quantity))} = {amount}"
        case "minimum":
            return f"Ajuste al mínimo de {money(round_money(price))}: {amount}"
        case "range":
            return f"Tarifa del rango de consumo: {amount}"
        case _:
            return f"Cuota fija del periodo: {amount}"


def _tax(line: BillLineRow) -> str:
    if not line.tax_rate:
        return "IVA tasa 0 %"
    return f"IVA {_plain(line.tax_rate * 100)} % de {money(line.amount)} = {money(line.tax)}"


def money_each(price: Decimal) -> str:
    """A price per m³ with the decimals it was published with, at least two."""
    plain = price.normalize()
    places = max(2, -int(plain.as_tuple().exponent))
    return f"${plain:,.{places}f}"


def _number(value: object) -> Decimal:
    return Decimal(str(value))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"
