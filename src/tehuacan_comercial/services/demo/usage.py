"""What the meters of the demonstration say: season, leaks, stuck dials, vacant homes, no access."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tehuacan_comercial.data.demo_history import AccountKey, PastReading
from tehuacan_comercial.domain.calendar import BillingPeriod
from tehuacan_comercial.domain.consumption import estimated_consumption

from .accounts import DemoAccount

SEASON = {1: 88, 3: 112, 5: 122, 7: 101, 9: 96, 11: 91}
"""Percent of the usual consumption by the period's first month: spring is hot and dry."""

_NO_ACCESS = 0.035
_REASONS = ("CERRADA", "CERRADA", "PERRO", "OBSTACULO")


@dataclass(slots=True)
class Meter:
    """A meter while time goes by. ``shown`` is what the books suppose it shows, ``real`` the truth.

    ``trouble`` is the index of the period from which a leak or a stuck dial counts.
    """

    account: DemoAccount
    account_id: int
    meter_id: int
    shown: int
    real: int
    capacity: int
    trouble: int
    past: list[int] = field(default_factory=list)


def make_meters(
    dice: Random, accounts: list[DemoAccount], keys: dict[str, AccountKey], periods: int
) -> list[Meter]:
    """The meters of the accounts that are billed by consumption."""
    meters: list[Meter] = []
    for account in accounts:
        key = keys[account.row.account_number]
        if key.meter_id is None or not account.billed:
            continue
        start = account.row.last_reading or 0
        capacity = int(10 ** (account.row.meter_digits or 5))
        trouble = dice.randint(max(1, periods - 5), max(1, periods - 1))
        meters.append(Meter(account, key.account_id, key.meter_id, start, start, capacity, trouble))
    return meters


def read_meters(
    dice: Random, meters: list[Meter], period: BillingPeriod, index: int
) -> Iterator[PastReading]:
    """One reading for each meter that was there; where nobody could read, the reason why.

    The estimate that billing will make is foreseen, so that the next reading continues from it.
    """
    for meter in meters:
        if (meter.account.row.contract_on or period.first_day) > period.last_day:
            continue
        used = _used(dice, meter, period, index)
        meter.real += used
        if dice.random() < _NO_ACCESS:
            guess = estimated_consumption(meter.past).m3
            yield _reading(dice, meter, period, None, None, dice.choice(_REASONS))
            meter.shown = (meter.shown + guess) % meter.capacity
            continue
        # A dial that was supposed further on than it is waits until it gets there.
        before = meter.shown
        billed = max(0, meter.real - _unrolled(meter, before))
        meter.real = _unrolled(meter, before) + billed
        meter.shown = meter.real % meter.capacity
        meter.past.append(billed)
        yield _reading(dice, meter, period, meter.shown, billed, _anomaly(meter, index))


def _unrolled(meter: Meter, shown: int) -> int:
    """The supposed value on the same count as the real one, which never begins again."""
    turns = (meter.real + meter.capacity // 2 - shown) // meter.capacity
    return shown + max(0, turns) * meter.capacity


def _used(dice: Random, meter: Meter, period: BillingPeriod, index: int) -> int:
    usual = meter.account.monthly_m3 * period.months * SEASON.get(period.first_day.month, 100)
    m3 = max(0, round(usual * dice.uniform(0.82, 1.18) / 100))
    match meter.account.usage:
        case "vacant":
            return dice.choice((0, 0, 0, 1))
        case "stuck" if index >= meter.trouble:
            return 0
        case "leak" if meter.trouble <= index < meter.trouble + 2:
            return m3 * dice.randint(2, 4)
    return m3


def _anomaly(meter: Meter, index: int) -> str | None:
    match meter.account.usage:
        case "stuck" if index >= meter.trouble:
            return "PEGADO"
        case "leak" if index == meter.trouble + 1:
            return "FUGA"
        case "vacant" if index % 3 == 0:
            return "SIN-USO"
    return None


def _reading(
    dice: Random,
    meter: Meter,
    period: BillingPeriod,
    value: int | None,
    consumption: int | None,
    anomaly: str | None,
) -> PastReading:
    before = meter.shown if value is None or consumption is None else value - consumption
    return PastReading(
        account_id=meter.account_id,
        period_code=period.code,
        meter_id=meter.meter_id,
        read_on=period.last_day - timedelta(days=dice.randint(0, 6)),
        previous_value=before % meter.capacity,
        value=value,
        consumption=consumption,
        kind="missing" if value is None else "actual",
        anomaly=anomaly,
        reader="Lecturista DEMOSTRACIÓN",
    )
