"""What the manager's window makes of the day's figures (M1, H16): sums kept, levels, comparisons.

Pesos everywhere; hours are those of the office's clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from tehuacan_comercial.domain.money import ZERO, round_money

WARNING_SHARE = Decimal("0.90")
"""From this share of a till's limit on, the cash should be taken away (FEATURES H16)."""
WEEKS_OF_A_YEAR = 52


@dataclass(frozen=True, slots=True)
class Taking:
    """What a session took in one hour in one form of payment; ``early`` is told by the asker."""

    session_id: int
    hour: int
    tender: str
    receipts: int
    amount: Decimal
    last_payment: int
    early: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What an answer of the database says about itself.

    Every payment with a key up to ``last_payment`` was begun by a transaction older than
    ``horizon``, or one cannot know (None); every transaction older than ``xmin`` has ended.
    """

    last_payment: int
    xmin: int
    horizon: int | None


_Place = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Takings:
    """The sums of a day, kept between two readings so that only the newest payments are read.

    The payments up to ``after`` are in ``kept`` for good. Those up to ``candidate`` join them with
    the first answer whose ``xmin`` has reached ``horizon``: then none of them is still under way.
    """

    day: date
    after: int = 0
    candidate: int = 0
    horizon: int = 0
    kept: Mapping[_Place, Taking] = field(default_factory=dict)
    shown: tuple[Taking, ...] = ()

    def met(self, said: Settled, rows: Iterable[Taking]) -> Takings:
        """The sums after an answer to ``after`` and ``candidate``."""
        rows = tuple(rows)
        shown = tuple(_joined(self.kept, rows).values())
        if said.xmin < self.horizon:
            return replace(self, shown=shown)
        early = (row for row in rows if row.early)
        kept = _joined(self.kept, early)
        if said.horizon is None:
            return Takings(self.day, self.candidate, self.candidate, self.horizon, kept, shown)
        candidate = max(said.last_payment, self.candidate)  # a replica may know fewer payments
        return Takings(self.day, self.candidate, candidate, said.horizon, kept, shown)

    def amount(self, session_id: int | None = None, tender: str = "") -> Decimal:
        """Pesos of a session, a form of payment, both, or everything."""
        return sum(
            (
                row.amount
                for row in self.shown
                if session_id in (None, row.session_id) and tender in ("", row.tender)
            ),
            ZERO,
        )

    def receipts(self, session_id: int | None = None) -> int:
        """Receipts of a session, or of all."""
        return sum(row.receipts for row in self.shown if session_id in (None, row.session_id))

    def last_payment(self, session_id: int) -> int | None:
        """Key of the newest payment of a session, or None."""
        keys = [row.last_payment for row in self.shown if row.session_id == session_id]
        return max(keys, default=None)

    def by_tender(self) -> tuple[tuple[str, Decimal], ...]:
        """Pesos of each form of payment, the largest first."""
        tenders = {row.tender for row in self.shown}
        sums = [(tender, self.amount(tender=tender)) for tender in tenders]
        return tuple(sorted(sums, key=lambda each: (-each[1], each[0])))

    def by_hour(self) -> tuple[HourSum, ...]:
        """Hours in which something was taken, in order."""
        hours = sorted({row.hour for row in self.shown})
        return tuple(
            HourSum(
                hour,
                sum(row.receipts for row in self.shown if row.hour == hour),
                sum((row.amount for row in self.shown if row.hour == hour), ZERO),
            )
            for hour in hours
        )


def _joined(kept: Mapping[_Place, Taking], rows: Iterable[Taking]) -> dict[_Place, Taking]:
    joined = dict(kept)
    for row in rows:
        place = (row.session_id, row.hour, row.tender)
        before = joined.get(place)
        joined[place] = (
            replace(row, early=False)
            if before is None
            else Taking(
                *place,
                before.receipts + row.receipts,
                before.amount + row.amount,
                max(before.last_payment, row.last_payment),
            )
        )
    return joined


@dataclass(frozen=True, slots=True)
class HourSum:
    """What was taken in one hour."""

    hour: int
    receipts: int
    amount: Decimal


class CashLevel(StrEnum):
    """How the cash of a drawer stands against the till's limit."""

    FREE = "free"
    """The till has no limit, or no open session."""
    CALM = "calm"
    NEAR = "near"
    OVER = "over"


def cash_level(cash: Decimal | None, limit: Decimal | None) -> CashLevel:
    """Over the limit, from 90 % of it on, or calm."""
    if cash is None or not limit:
        return CashLevel.FREE
    if cash > limit:
        return CashLevel.OVER
    return CashLevel.NEAR if cash >= limit * WARNING_SHARE else CashLevel.CALM


def same_weekday_last_year(day: date) -> date:
    """The same weekday 52 weeks before, since people come by the day of the week."""
    return day - timedelta(weeks=WEEKS_OF_A_YEAR)


def until(hours: Iterable[HourSum], now: datetime) -> Decimal:
    """What a day had taken by a time of day: whole hours, and the part of the present one."""
    total = ZERO
    for each in hours:
        if each.hour < now.hour:
            total += each.amount
        elif each.hour == now.hour:
            total += each.amount * now.minute / 60
    return round_money(total)


def percent(part: Decimal, whole: Decimal | None) -> Decimal | None:
    """Part of a whole in per cent, to the hundredth; None where there is no whole."""
    return round_money(part * 100 / whole) if whole else None
