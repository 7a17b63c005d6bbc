"""Surcharges (*recargos*) on overdue principal, counted up to a day so that repeating adds nothing.

SQL mirrors it: with ``start = due_on + grace_days + 1``,
``full = 12 * (year difference) + (month difference) - (day(through) < day(start))::int``,
``months = full + 1`` (or ``full`` where a fraction does not count) once ``through >= start``,
``amount = least(round(base * rate * new_months, 2), round(cap_ratio * original, 2) - accrued)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from tehuacan_comercial.domain.money import ZERO, round_money
from tehuacan_comercial.domain.open_items import OpenItem


class SurchargeBase(StrEnum):
    """What the rate is applied to."""

    PRINCIPAL = "principal"
    PRINCIPAL_AND_TAX = "principal_and_tax"


@dataclass(frozen=True, slots=True)
class SurchargeRule:
    """How late payment is charged.

    *monthly_rate* is 0.015 for 1.5 % a month; *grace_days* are natural days after the deadline;
    *cap_ratio* limits all surcharges of a charge to that part of its original principal; with
    *month_fraction_counts* a month begun counts whole (*mes o fracción*).
    """

    monthly_rate: Decimal
    base: SurchargeBase
    grace_days: int
    cap_ratio: Decimal | None
    month_fraction_counts: bool


@dataclass(frozen=True, slots=True)
class SurchargeQuote:
    """Months charged up to the day, of which so many are new, and the pesos they add.

    Store *months* as the new watermark: it never goes back.
    """

    months: int
    new_months: int
    amount: Decimal


def late_months(due_on: date, rule: SurchargeRule, through: date) -> int:
    """Months of delay from the first day after deadline and grace, up to *through* inclusive."""
    start = due_on + timedelta(days=rule.grace_days + 1)
    if through < start:
        return 0
    full = 12 * (through.year - start.year) + through.month - start.month
    full -= through.day < start.day
    return full + rule.month_fraction_counts


def surcharge_base(item: OpenItem, rule: SurchargeRule) -> tuple[Decimal, Decimal]:
    """Pesos of the charge on which the rule counts: still outstanding, and originally."""
    if rule.base is SurchargeBase.PRINCIPAL_AND_TAX:
        return item.outstanding, item.total
    return item.outstanding - item.outstanding_tax, item.amount


def surcharge_due(
    principal_outstanding: Decimal,
    original_principal: Decimal,
    due_on: date,
    accrued_months: int,
    accrued_amount: Decimal,
    rule: SurchargeRule,
    through: date,
) -> SurchargeQuote:
    """What the months since the last run add, up to *through* inclusive (C8).

    The two principals come from :func:`surcharge_base`; *accrued_months* and *accrued_amount*
    (pesos) are what earlier runs charged. The same or an earlier day again adds nothing. New
    months are charged on what is outstanding now, so a payment must accrue to its own day before
    it lowers the principal.
    """
    months = max(accrued_months, late_months(due_on, rule, through))
    new_months = months - accrued_months
    amount = round_money(principal_outstanding * rule.monthly_rate * new_months)
    if rule.cap_ratio is not None:
        room = round_money(rule.cap_ratio * original_principal) - accrued_amount
        amount = max(ZERO, min(amount, room))
    return SurchargeQuote(months, new_months, amount)
