"""Builds the demonstration town in an empty database: people, two years of bills, payments, debts.

The same count, seed and day give the same town. Needs the rules (tariff, taxes, surcharges,
office) loaded, and a connection that may act as the owner of the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Protocol

from tehuacan_comercial.data import demo_history, registry_load
from tehuacan_comercial.data.demo_history import AccountKey
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.registry_load import LoadTotals
from tehuacan_comercial.data.scram import scram_verifier
from tehuacan_comercial.domain.calendar import BillingPeriod, BusinessCalendar, period_containing
from tehuacan_comercial.domain.refusals import InvalidTransition

from .accounts import ZERO, DemoAccount, make_accounts
from .paying import Moment, business_days, make_payments
from .people import mexican_names
from .places import make_neighbourhoods
from .staff import CASHIERS, PASSWORD, STAFF, STATIONS, TILLS
from .usage import make_meters, read_meters

PERIODS = 12
"""Two years of two months each."""

LATE_AFTER = 12
"""Days after the deadline on which surcharges are accrued and the late ones begin to pay."""

_MEASURED = (0, 1, 3, 7)
"""Periods after which the tables have doubled."""

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what comes next in Spanish)."""


class Clerk(Protocol):
    """Bills and accrues as the office does."""

    def open_period(self, period: BillingPeriod) -> tuple[date, date]:
        """Opens the period; gives the day of issue and the deadline."""
        ...

    def bill(self, period: BillingPeriod) -> int:
        """Bills every route; gives how many bills."""
        ...

    def accrue(self, through: date) -> None:
        """Accrues surcharges up to the day."""
        ...


@dataclass(frozen=True, slots=True)
class DemoTown:
    """What was built. ``payments`` counts receipts."""

    accounts: int
    periods: tuple[str, ...]
    bills: int
    payments: int


def _silent(_done: int, _total: int, _what: str) -> None:
    """For whoever only wants the town."""


def build_town(
    database: Database,
    clerk: Clerk,
    *,
    accounts: int,
    seed: int,
    today: date,
    calendar: BusinessCalendar,
    periods: int = PERIODS,
    progress: Progress = _silent,
) -> DemoTown:
    """Build the town up to yesterday; ``today`` is the server's. About a minute for 2,000 accounts.

    ``clerk`` bills and accrues; ``periods`` counts back from the last one that ended.

    Raises:
        InvalidTransition: the database already has accounts; nothing is changed.
        PeriodNotBillable: rules are missing.
    """
    if demo_history.any_accounts(database):
        raise InvalidTransition("La base de datos", "con cuentas", "demostración")
    dice = Random(seed)  # noqa: S311 - the same town for the same seed
    builder = _Builder(database, clerk, dice, today, calendar, progress, periods)
    builder.settle_staff()
    people = builder.settle_people(accounts, seed)
    return builder.live(people)


@dataclass
class _Builder:
    """The town while it is being built."""

    database: Database
    clerk: Clerk
    dice: Random
    today: date
    calendar: BusinessCalendar
    progress: Progress
    count: int

    def settle_staff(self) -> None:
        """Stations, tills, and the people of the office."""
        self.progress(0, self.count + 3, "Personal, estaciones y cajas")
        for code, name, desk in STATIONS:
            self.database.call("save_station", {"code": code, "name": name, "desk": desk})
        for code, name, station in TILLS:
            self.database.call("save_till", _till(code, name, station))
        for person in STAFF:
            verifier = scram_verifier(PASSWORD, person.username)
            self.database.call(
                "add_staff", {**asdict(person), "verifier": verifier, "demonstration": True}
            )

    def settle_people(self, accounts: int, seed: int) -> list[DemoAccount]:
        """The registry, loaded as a real one is."""
        self.progress(1, self.count + 3, f"Padrón de {accounts:,} cuentas")
        places = make_neighbourhoods(self.dice)
        rows = [(place.name, place.kind, place.postal_code) for place in places]
        demo_history.add_neighbourhoods(self.database, rows)
        made = list(
            make_accounts(
                self.dice, mexican_names(seed), places, accounts, self._periods()[0].first_day
            )
        )
        registry_load.load_registry(
            self.database,
            (account.row for account in made),
            LoadTotals(
                len(made),
                sum((account.row.opening_balance for account in made), ZERO),
                sum((account.row.credit_balance for account in made), ZERO),
            ),
            source="DEMOSTRACIÓN",
            demonstration=True,
        )
        demo_history.measure(self.database)
        return made

    def live(self, people: list[DemoAccount]) -> DemoTown:
        """Period after period: readings, bills, payments, surcharges, late payments."""
        keys = demo_history.account_keys(self.database)
        periods = self._periods()
        meters = make_meters(self.dice, people, keys, len(periods))
        bills = payments = 0
        for index, period in enumerate(periods):
            self.progress(index + 2, self.count + 3, f"Periodo {period.name}")
            issued, due = self.clerk.open_period(period)
            readings = read_meters(self.dice, meters, period, index)
            demo_history.add_readings(self.database, readings)
            bills += self.clerk.bill(period)
            stretch = _Stretch(index, len(periods) - 1 - index, issued, due)
            payments += self._pay(people, keys, stretch)
            if index in _MEASURED:
                demo_history.measure(self.database)
        self.progress(self.count + 2, self.count + 3, "Recargos al día y fechas")
        demo_history.backdate(self.database)
        self.clerk.accrue(self.today)
        demo_history.measure(self.database)
        codes = tuple(period.code for period in periods)
        return DemoTown(len(people), codes, bills, payments)

    def _pay(
        self, people: list[DemoAccount], keys: dict[str, AccountKey], stretch: _Stretch
    ) -> int:
        """Those who pay in time, then, with surcharges, those who are late."""
        yesterday = self.today - timedelta(days=1)
        posted = 0
        turn = stretch.due + timedelta(days=LATE_AFTER)
        ends = stretch.issued + timedelta(days=61) - timedelta(days=3)
        for on_time, first, last in ((True, stretch.issued, stretch.due), (False, turn, ends)):
            days = business_days(self.calendar, first + timedelta(days=1), min(last, yesterday))
            if not days:
                continue
            if not on_time:
                self.clerk.accrue(turn)
            whole = business_days(self.calendar, first + timedelta(days=1), last)
            when = Moment(stretch.index, stretch.left, on_time, days, len(days) / len(whole))
            rows = make_payments(self.dice, people, keys, when)
            posted += demo_history.post_payments(self.database, rows, CASHIERS)
        return posted

    def _periods(self) -> list[BillingPeriod]:
        """The last periods that ended before today, oldest first."""
        found: list[BillingPeriod] = []
        last = period_containing(self.today)
        while len(found) < self.count:
            last = period_containing(last.first_day - timedelta(days=1))
            found.insert(0, last)
        return found


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A period while it is paid: when its bills came and until when they could be paid."""

    index: int
    left: int
    issued: date
    due: date


def _till(code: str, name: str, station: str) -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "station": station,
        "opening_float": Decimal("500.00"),
        "cash_limit": Decimal("30000.00"),
        "tenders": ["cash", "card", "transfer", "cheque", "credit"],
    }
