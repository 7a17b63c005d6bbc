"""A bank's or shop's file as it was read: its rows, its totals, the hash of its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tehuacan_comercial.domain.money import total_of


@dataclass(frozen=True, slots=True)
class BankRow:
    """One movement or payment; pesos, positive is money in. ``account`` is digits or ''."""

    line: int
    day: date
    amount: Decimal
    reference: str = ""
    folio: str = ""
    description: str = ""
    account: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """Totals that came with the file; None where it has no such total. Pesos."""

    rows: int | None = None
    amount: Decimal | None = None
    credits: Decimal | None = None
    debits: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file as read, with the hash of its bytes."""

    name: str
    sha256: str
    rows: tuple[BankRow, ...]
    control: Control

    @property
    def credits(self) -> Decimal:
        """Money in, pesos."""
        return total_of(row.amount for row in self.rows if row.amount > 0)

    @property
    def debits(self) -> Decimal:
        """Money out, pesos, positive."""
        return total_of(-row.amount for row in self.rows if row.amount < 0)
