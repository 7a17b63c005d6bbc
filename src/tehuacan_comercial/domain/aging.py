"""Debt by age: how long ago the last day for paying each charge passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.open_items import OpenItem

NOT_DUE = "Por vencer"
LATE_BANDS: tuple[tuple[int, str], ...] = (
    (60, "1 a 60 días"),
    (180, "61 a 180 días"),
    (365, "181 días a 1 año"),
)
"""Last day of each band, counted from the deadline, and its name."""
OLDEST = "Más de 1 año"


@dataclass(frozen=True, slots=True)
class AgeSum:
    """One band of the debt: its name, pesos outstanding, and whether it is overdue."""

    label: str
    amount: Decimal
    overdue: bool


def debt_by_age(items: Iterable[OpenItem], today: date) -> tuple[AgeSum, ...]:
    """Every band in order, the one that is not due first; empty bands hold zero pesos."""
    labels = (NOT_DUE, *(label for _last, label in LATE_BANDS), OLDEST)
    sums = dict.fromkeys(labels, ZERO)
    for item in items:
        sums[_band((today - item.deadline).days)] += item.outstanding
    return tuple(AgeSum(label, sums[label], label != NOT_DUE) for label in labels)


def _band(days: int) -> str:
    if days <= 0:
        return NOT_DUE
    return next((label for last, label in LATE_BANDS if days <= last), OLDEST)
