"""How figures, dates and times are written on screen in Mexico."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

MINUS = "−"
DASH = "—"
_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_DAYS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")


def figure(amount: Decimal | None) -> str:
    """Pesos with thousands and cents, no sign of currency: ``1,234.50``; None is a dash."""
    if amount is None:
        return DASH
    text = f"{abs(amount):,.2f}"
    return f"{MINUS}{text}" if amount < 0 else text


def money(amount: Decimal | None) -> str:
    """Pesos with the sign: ``$1,234.50``, ``−$3.00``; None is a dash."""
    if amount is None:
        return DASH
    return f"{MINUS}${abs(amount):,.2f}" if amount < 0 else f"${amount:,.2f}"


def count(number: int) -> str:
    """A whole number with thousands."""
    return f"{number:,}"


def day(value: date | None) -> str:
    """``15/07/2026``; None is a dash."""
    return value.strftime("%d/%m/%Y") if value else DASH


def moment(value: datetime | None) -> str:
    """``15/07/2026 10:22``; None is a dash."""
    return value.strftime("%d/%m/%Y %H:%M") if value else DASH


def long_day(value: date) -> str:
    """``mar 24 nov 2026``."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """``nov 2026``."""
    return f"{_MONTHS[value.month - 1]} {value.year}"
