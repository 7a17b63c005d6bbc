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

from tehuacan_comercial.data import demo_history, registry_load
from tehuacan_comercial.data.demo_history import AccountKey
from tehuacan_comercial.data.demo_queue import add_queue
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import queue as queue_queries
from tehuacan_comercial.data.registry_load import LoadTotals
from tehuacan_comercial.data.scram import scram_verifier
from tehuacan_comercial.domain.calendar import BillingPeriod, BusinessCalendar, period_containing
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.refusals import InvalidTransition
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.billing import BillingService, OpenedPeriod
from tehuacan_comercial.services.rules import RulesService

from .accounts import ZERO, DemoAccount, make_accounts
from .paying import Moment, business_days, make_payments
from .people import mexican_names
from .places import make_neighbourhoods
from .queue import make_mornings, waiting_now
from .staff import (
    BANK_ACCOUNT,
    CASHIERS,
    HEAD_CASHIER,
    HOST,
    PASSWORD,
    QUEUE_DESKS,
    STAFF,
    STATIONS,
    TILLS,
)
from .usage import make_meters, read_meters

PERIODS = 12
"""Two years of two months each."""

LATE_AFTER = 12
"""Days after the deadline on which surcharges are accrued and the late ones begin to pay."""

_UNTIL_NEXT = 58
"""Days from one issue to the eve of the next, in the shortest two months."""

_MORNINGS = 7
"""Days back from today whose queue is remembered."""

_MEASURED = (0, 1, 3, 7)
"""Periods in which the tables have doubled since they were last measured."""

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what comes next in Spanish)."""


@dataclass(frozen=True, slots=True)
class DemoTown:
    """What was built. ``payments`` counts receipts, ``deposits`` batches taken to the bank."""

    accounts: int
    periods: tuple[str, ...]
    bills: int
    payments: int
    deposits: int


def _silent(_done: int, _total: int, _what: str) -> None:
    """For whoever only wants the town."""


def build_town(
    database: Database,
    actor: Actor,
    *,
    accounts: int,
    seed: int,
    today: date,
    periods: int = PERIODS,
    progress: Progress = _silent,
) -> DemoTown:
    """Build the town up to yesterday; ``today`` is the server's. About a minute for 2,000 accounts.

    ``actor`` bills and accrues; ``periods`` counts back from the last one that ended.

    Raises:
        InvalidTransition: the database already has accounts; nothing is changed.
        PeriodNotBillable: rules are missing.
    """
    if demo_history.any_accounts(database):
        raise InvalidTransition("La base de datos", "con cuentas", "demostración")
    dice = Random(seed)  # noqa: S311 - the same town for the same seed
    calendar = RulesService(database, actor).calendar(today)
    clerk = BillingService(database, actor)
    builder = _Builder(database, clerk, dice, today, calendar, progress, periods)
    builder.settle_staff()
    people = builder.settle_people(accounts, seed)
    return builder.live(people)


@dataclass
class _Builder:
    """The town while it is being built."""

    database: Database
    clerk: BillingService
    dice: Random
    today: date
    calendar: BusinessCalendar
    progress: Progress
    count: int

    def settle_staff(self) -> None:
        """Stations, tills, and the people of the office."""
        self.progress(0, self.count + 4, "Personal, estaciones y cajas")
        for code, name, desk in STATIONS:
            self.database.call("save_station", {"code": code, "name": name, "desk": desk})
        for code, name, station in TILLS:
            self.database.call("save_till", _till(code, name, station))
        self.database.call("save_bank_account", BANK_ACCOUNT)
        for person in STAFF:
            verifier = scram_verifier(PASSWORD, person.username)
            self.database.call(
                "add_staff", {**asdict(person), "verifier": verifier, "demonstration": True}
            )

    def settle_people(self, accounts: int, seed: int) -> list[DemoAccount]:
        """The registry, loaded as a real one is."""
        self.progress(1, self.count + 4, f"Padrón de {counted(accounts, 'cuenta', 'cuentas')}")
        places = make_neighbourhoods(self.dice)
        rows = [(place.name, place.kind, place.postal_code) for place in places]
        demo_history.add_neighbourhoods(self.database, rows)
        periods = self._periods()
        span = (periods[0].first_day, periods[-1].last_day)
        made = list(make_accounts(self.dice, mexican_names(seed), places, accounts, span))
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
            self.progress(index + 2, self.count + 4, f"Periodo {period.name}")
            opened = self.clerk.open_period(period)
            readings = read_meters(self.dice, meters, period, index)
            demo_history.add_readings(self.database, readings)
            bills += self.clerk.run_at_once(period.code).accounts
            if index in _MEASURED:
                demo_history.measure(self.database)
            payments += self._pay(people, keys, opened, index)
        self.progress(self.count + 2, self.count + 4, "Depósitos y estados de cuenta del banco")
        demo_history.measure(self.database)
        deposits = demo_history.post_deposits(
            self.database, HEAD_CASHIER, str(BANK_ACCOUNT["code"])
        )
        self.progress(self.count + 3, self.count + 4, "Recargos al día y fechas")
        demo_history.backdate(self.database)
        self.clerk.accrue(through=self.today)
        self._wait_in_line()
        demo_history.measure(self.database)
        codes = tuple(period.code for period in periods)
        return DemoTown(len(people), codes, bills, payments, deposits)

    def _wait_in_line(self) -> None:
        """The queue of the last mornings, and of right now; nothing where it has no rules."""
        with self.database.read() as connection:
            catalogue, now = queue_queries.catalogue(connection), queue_queries.clock(connection)
        if catalogue is None:
            return
        week = business_days(
            self.calendar, self.today - timedelta(days=_MORNINGS), self.today - timedelta(days=1)
        )
        dice = Random(self.dice.random())  # noqa: S311 - its own, so that payments stay as they were
        turns, shifts = make_mornings(dice, catalogue, week, QUEUE_DESKS, HOST)
        turns += waiting_now(dice, catalogue, now, HOST)
        add_queue(self.database, turns, shifts)

    def _pay(
        self,
        people: list[DemoAccount],
        keys: dict[str, AccountKey],
        opened: OpenedPeriod,
        index: int,
    ) -> int:
        """Those who pay in time, then, with surcharges, those who are late."""
        turn = opened.due_on + timedelta(days=LATE_AFTER)
        ends = opened.issued_on + timedelta(days=_UNTIL_NEXT)
        posted = 0
        for on_time, first, last in ((True, opened.issued_on, opened.due_on), (False, turn, ends)):
            when = self._moment(index, on_time, first, last)
            if not when.days:
                continue
            if not on_time:
                self.clerk.accrue(through=turn)
            rows = make_payments(self.dice, people, keys, when)
            posted += demo_history.post_payments(self.database, rows, CASHIERS)
        return posted

    def _moment(self, index: int, on_time: bool, first: date, last: date) -> Moment:
        """The open days after ``first`` up to ``last``, as far as they are over."""
        whole = business_days(self.calendar, first + timedelta(days=1), last)
        days = tuple(day for day in whole if day < self.today)
        share = len(days) / len(whole) if whole else 1.0
        return Moment(index, self.count - 1 - index, on_time, days, share)

    def _periods(self) -> list[BillingPeriod]:
        """The last periods that ended before today, oldest first."""
        found: list[BillingPeriod] = []
        last = period_containing(self.today)
        while len(found) < self.count:
            last = period_containing(last.first_day - timedelta(days=1))
            found.insert(0, last)
        return found


def _till(code: str, name: str, station: str) -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "station": station,
        "opening_float": Decimal("500.00"),
        "cash_limit": Decimal("30000.00"),
        "tenders": ["cash", "card", "transfer", "cheque", "credit"],
    }
