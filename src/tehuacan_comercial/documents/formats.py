"""Money, dates and quantities as they are written on the office's paper."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

MINUS = "−"
NOTHING = "—"
MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def money(pesos: Decimal) -> str:
    """Pesos without a sign of currency, as in a column: ``1,141.50``, ``−29.13``."""
    return f"{pesos:,.2f}".replace("-", MINUS)


def money_or_dash(pesos: Decimal) -> str:
    """Pesos, or a dash where there is nothing, so that a column reads at a glance."""
    return money(pesos) if pesos else NOTHING


def difference_words(pesos: Decimal) -> str:
    """``Faltan 50.00`` or ``Sobran 50.00`` of a closing; a dash where nothing does."""
    if not pesos:
        return NOTHING
    return f"{'Sobran' if pesos > 0 else 'Faltan'} {money(abs(pesos))}"


def peso(pesos: Decimal) -> str:
    """Pesos with their sign: ``$1,141.50``, ``−$29.13``."""
    return f"{MINUS}${-pesos:,.2f}" if pesos < 0 else f"${pesos:,.2f}"


def denomination(value: Decimal) -> str:
    """A note or a coin as it is called: ``$1,000``, ``50 ¢``."""
    return f"{value * 100:.0f} ¢" if value < 1 else f"${value:,.0f}"


def short_date(day: date) -> str:
    """``24/11/2026``."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def long_date(day: date) -> str:
    """``24 de noviembre de 2026``."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def short_moment(moment: datetime) -> str:
    """``24/11/2026 13:05``, on the clock the moment was given in (no zone is converted)."""
    return f"{short_date(moment.date())} {moment.hour:02}:{moment.minute:02}"


def cubic_metres(volume: Decimal) -> str:
    """A volume in m³ without idle decimals: ``18``, ``1,204.5``."""
    plain = f"{volume:,.3f}".rstrip("0").rstrip(".")
    return plain.replace("-", MINUS)
