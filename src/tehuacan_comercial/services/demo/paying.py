"""Who pays what, when, at which till and how, in the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from tehuacan_comercial.data.demo_history import AccountKey, PastPayment
from tehuacan_comercial.domain.calendar import BusinessCalendar

from .accounts import ZERO, DemoAccount

ZONE = ZoneInfo("America/Mexico_City")
EVERYTHING = Decimal("9999999.99")
_TILLS = (("C1", 5), ("C2", 4), ("C3", 2))
_TENDERS = (("cash", 78), ("card", 12), ("transfer", 8), ("cheque", 2))
_BANKS = ("BBVA", "Banorte", "Santander", "HSBC", "Banco Azteca")


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of days in which people pay for a period.

    ``index`` counts the periods from 0, ``left`` how many follow; ``on_time`` says whether the
    deadline has not passed, ``share`` which part of the stretch is already over (1 for all).
    """

    index: int
    left: int
    on_time: bool
    days: tuple[date, ...]
    share: float = 1.0


def business_days(calendar: BusinessCalendar, first: date, last: date) -> tuple[date, ...]:
    """The days on which the tills were open, both ends included."""
    span = (last - first).days + 1
    days = (first + timedelta(days=offset) for offset in range(max(0, span)))
    return tuple(day for day in days if calendar.is_business_day(day))


def make_payments(
    dice: Random, accounts: list[DemoAccount], keys: dict[str, AccountKey], when: Moment
) -> Iterator[PastPayment]:
    """At most one payment for each account in this stretch of days."""
    if not when.days:
        return
    for account in accounts:
        # Drawn for everybody, so that one account's habit never moves another's.
        luck, partly, extra = dice.random(), dice.random(), dice.random()
        if not account.billed or not _pays(account.payer, when, luck):
            continue
        yield _payment(dice, account, keys[account.row.account_number], when, partly, extra)


def _pays(payer: str, when: Moment, luck: float) -> bool:
    """Whether the account pays now; what was paid in time leaves nothing for the late stretch."""
    luck /= when.share or 1.0
    match payer:
        case "punctual" | "advance":
            return luck < (0.93 if when.on_time else 0.85)
        case "late":
            return not when.on_time and luck < 0.8
        case "skipper":
            return not when.on_time and when.index % 3 == 2 and luck < 0.9
        case "stopped":
            return when.left >= 1 + when.index % 3 and luck < 0.7
    return False


def _payment(
    dice: Random, account: DemoAccount, key: AccountKey, when: Moment, partly: float, extra: float
) -> PastPayment:
    tender = _draw(dice, _TENDERS)
    some = account.payer in ("late", "skipper", "stopped") and partly < 0.12
    ahead = account.payer == "advance" and extra < 0.12
    return PastPayment(
        account_id=key.account_id,
        till=_draw(dice, _TILLS),
        paid_at=_moment(dice, when.days),
        tender=tender,
        up_to=Decimal(dice.randint(1, 6) * 100) if some else EVERYTHING,
        advance=Decimal(dice.randint(2, 8) * 100) if ahead else ZERO,
        reference="" if tender == "cash" else f"DEMO{dice.randrange(100_000, 999_999)}",
        bank="" if tender == "cash" else dice.choice(_BANKS),
    )


def _draw(dice: Random, shares: tuple[tuple[str, int], ...]) -> str:
    return dice.choices([name for name, _ in shares], [share for _, share in shares])[0]


def _moment(dice: Random, days: tuple[date, ...]) -> datetime:
    """Within office hours; towards the deadline the line is longer."""
    day = days[min(int(dice.triangular(0, len(days), len(days) * 0.8)), len(days) - 1)]
    start = datetime.combine(day, time(8, 35), ZONE)
    return start + timedelta(seconds=dice.randrange(7 * 3600))
