"""Use cases of billing: open a period, bill it route by route, accrue surcharges, take readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import billing as queries
from tehuacan_comercial.data.queries import tariffs
from tehuacan_comercial.data.queries.billing import PeriodRow
from tehuacan_comercial.domain.calendar import BillingPeriod
from tehuacan_comercial.domain.money import ZERO, total_of
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import AmountsDisagree, PeriodNotBillable
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.permission import requires

__all__ = [
    "Accrual",
    "BillingService",
    "BillingSummary",
    "ConceptSum",
    "OpenedPeriod",
    "PeriodRow",
    "Reading",
    "ReadingsTaken",
    "RouteRun",
]

Progress = Callable[[int, int, str], None]
"""Called with (routes done, routes in all, the route just done)."""

_ROUTE_SECONDS = 300.0
_ALL_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class ConceptSum:
    """What one concept came to: how many bills carry it, pesos before tax, and tax."""

    bills: int = 0
    amount: Decimal = ZERO
    tax: Decimal = ZERO

    def __add__(self, other: ConceptSum) -> ConceptSum:
        return ConceptSum(
            self.bills + other.bills, self.amount + other.amount, self.tax + other.tax
        )


@dataclass(frozen=True, slots=True)
class RouteRun:
    """What was billed of a route at one time; *repeated* when it is told again, from before.

    Consumption is m³, money pesos; *credit_applied* is what credit balances paid of it.
    """

    route: str
    accounts: int
    estimated: int
    consumption: int
    amount: Decimal
    tax: Decimal
    credit_applied: Decimal
    by_concept: Mapping[str, ConceptSum]
    repeated: bool


@dataclass(frozen=True, slots=True)
class BillingSummary:
    """All that is billed of a period on the routes asked for, now and before, run by run.

    The sums by concept are those of the charges and of the books. *closed* periods bill nobody
    any more.
    """

    period: str
    runs: tuple[RouteRun, ...]
    closed: bool = False

    @property
    def routes(self) -> list[str]:
        """The routes, each once, in order."""
        return sorted({run.route for run in self.runs})

    @property
    def accounts(self) -> int:
        """Accounts billed, now and before."""
        return sum(run.accounts for run in self.runs)

    @property
    def billed_before(self) -> int:
        """Accounts that earlier runs had billed already."""
        return sum(run.accounts for run in self.runs if run.repeated)

    @property
    def estimated(self) -> int:
        """Consumptions that were estimated."""
        return sum(run.estimated for run in self.runs)

    @property
    def consumption(self) -> int:
        """m³ billed."""
        return sum(run.consumption for run in self.runs)

    @property
    def total(self) -> Decimal:
        """Pesos billed, tax included."""
        return total_of(run.amount + run.tax for run in self.runs)

    @property
    def by_concept(self) -> dict[str, ConceptSum]:
        """Pesos and tax of each concept."""
        sums: dict[str, ConceptSum] = {}
        for run in self.runs:
            for concept, each in run.by_concept.items():
                sums[concept] = sums.get(concept, ConceptSum()) + each
        return dict(sorted(sums.items()))


@dataclass(frozen=True, slots=True)
class OpenedPeriod:
    """A period and its dates; *opened* is False when it was already."""

    code: str
    name: str
    issued_on: date
    due_on: date
    opened: bool


@dataclass(frozen=True, slots=True)
class Accrual:
    """Surcharges added up to a day: charges, accounts, and pesos before and of tax."""

    through: date
    charges: int
    accounts: int
    amount: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """A row of the reading sheet: whole m³ on the meter, or the anomaly that excuses its absence.

    *read_on* is the server's today by default; *segment* 2 is the new meter of a changed one.
    """

    account_id: int
    value: int | None
    anomaly: str | None = None
    read_on: date | None = None
    segment: int = 1


@dataclass(frozen=True, slots=True)
class ReadingsTaken:
    """How many readings were taken, and by account why others were not.

    Reasons: unknown_account, already_billed, in_the_future, unknown_anomaly,
    missing_without_anomaly, no_meter, does_not_fit_meter, lower_than_previous.
    """

    taken: int
    problems: Mapping[int, str]


class BillingService:
    """Billing for the signed-in person, or for the office tools."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self.actor = actor

    @requires(Permission.BILLING_RUN)
    def periods(self) -> list[PeriodRow]:
        """Every period, newest first."""
        with self._database.read() as connection:
            return queries.periods(connection)

    @requires(Permission.BILLING_RUN)
    def open_period(self, period: BillingPeriod) -> OpenedPeriod:
        """Open a period: issued on its last day, due as the office's rules say.

        Raises:
            PeriodNotBillable: no rules of the office are in force, or another period holds its
                days.
        """
        issued = period.last_day
        with self._database.read() as connection:
            days = tariffs.payment_days_on(connection, issued)
            calendar = tariffs.calendar_on(connection, issued)
        if days is None:
            problem = f"no hay datos de la oficina vigentes el {issued:%d/%m/%Y}"
            raise PeriodNotBillable(period.code, problem)
        due = calendar.due_date(issued, days)
        done = self._database.call(
            "open_period",
            {
                "code": period.code,
                "name": period.name,
                "starts_on": period.first_day,
                "ends_on": period.last_day,
                "issued_on": issued,
                "due_on": due,
                "months": period.months,
            },
        )
        return OpenedPeriod(period.code, period.name, issued, due, bool(done["opened"]))

    @requires(Permission.BILLING_RUN)
    def run(
        self,
        period: str,
        progress: Progress | None = None,
        routes: Sequence[str] | None = None,
    ) -> BillingSummary:
        """Bill the routes (all of them by default), each in its own transaction.

        Accounts billed before are told again and not repeated; those that came to their route
        since are billed. So an interrupted run is simply started again. *progress* may raise to
        stop after a route.

        Raises:
            PeriodNotBillable: no such period, closed, or a price or tax is missing; the routes
                before it stay billed.
            AmountsDisagree: bills and charges of the period do not add up.
        """
        with self._database.read() as connection:
            wanted = list(routes) if routes is not None else queries.route_codes(connection)
        whole = BillingSummary(period, ())
        for done, route in enumerate(wanted, 1):
            told = self._bill({"period": period, "route": route}, _ROUTE_SECONDS)
            whole = BillingSummary(period, (*whole.runs, *told.runs), told.closed)
            if progress is not None:
                progress(done, len(wanted), route)
        self._reconcile(period)
        return whole

    @requires(Permission.BILLING_RUN)
    def run_at_once(self, period: str) -> BillingSummary:
        """Bill all that are left in one transaction: faster, and all or nothing.

        Raises:
            PeriodNotBillable, AmountsDisagree: as ``run``, but nothing is billed.
        """
        told = self._bill({"period": period}, _ALL_SECONDS)
        self._reconcile(period)
        return told

    @requires(Permission.BILLING_SURCHARGE)
    def accrue(
        self,
        account_id: int | None = None,
        through: date | None = None,
        progress: Progress | None = None,
    ) -> Accrual:
        """Surcharges of one account or of all, up to a day (the server's today by default).

        The same day again adds nothing. All accounts go route by route, each its own transaction.

        Raises:
            InvalidCommand: the day is in the future.
            NotPermitted: all accounts are for the registry and the manager.
        """
        if account_id is not None:
            return self._accrue({"account_id": account_id, "through": through})
        with self._database.read() as connection:
            routes = queries.route_codes(connection)
            until = through or tariffs.office_today(connection)
        total = Accrual(until, 0, 0, ZERO, ZERO)
        for done, route in enumerate(routes, 1):
            total = _both(total, self._accrue({"route": route, "through": until}))
            if progress is not None:
                progress(done, len(routes), route)
        return total

    @requires(Permission.BILLING_READINGS)
    def record_readings(self, period: str, readings: Sequence[Reading]) -> ReadingsTaken:
        """Take a reading sheet; rows that cannot be are told and the others are taken.

        A reading may be taken again until the account is billed.

        Raises:
            PeriodNotBillable: there is no such open period.
        """
        rows = [asdict(reading) for reading in readings]
        done = self._database.call(
            "record_readings", {"period": period, "readings": rows}, deadline_seconds=_ROUTE_SECONDS
        )
        problems = {each["account_id"]: each["problem"] for each in done["problems"]}
        return ReadingsTaken(done["taken"], problems)

    def _bill(self, command: Mapping[str, object], seconds: float) -> BillingSummary:
        done = self._database.call("bill_route", command, deadline_seconds=seconds)
        return BillingSummary(
            done["period"], tuple(_run(each) for each in done["runs"]), done["closed"]
        )

    def _reconcile(self, period: str) -> None:
        """Every run was checked against its journal already; this is bills against charges."""
        with self._database.read(_ROUTE_SECONDS) as connection:
            control = queries.billing_control(connection, period)
        if control.billed != control.charged:
            raise AmountsDisagree(f"bills of {period}", control.billed, control.charged)

    def _accrue(self, command: Mapping[str, object]) -> Accrual:
        done = self._database.call("accrue_surcharges", command, deadline_seconds=_ROUTE_SECONDS)
        return Accrual(
            date.fromisoformat(done["through"]), done["charges"], done["accounts"],
            Decimal(done["amount"]), Decimal(done["tax"]),
        )  # fmt: skip


def _run(told: Mapping[str, Any]) -> RouteRun:
    return RouteRun(
        route=told["route"],
        accounts=told["accounts"],
        estimated=told["estimated"],
        consumption=told["consumption"],
        amount=Decimal(told["amount"]),
        tax=Decimal(told["tax"]),
        credit_applied=Decimal(told["credit_applied"]),
        by_concept={
            concept: ConceptSum(each["bills"], Decimal(each["amount"]), Decimal(each["tax"]))
            for concept, each in told["by_concept"].items()
        },
        repeated=told["repeated"],
    )


def _both(one: Accrual, other: Accrual) -> Accrual:
    return Accrual(
        one.through,
        one.charges + other.charges,
        one.accounts + other.accounts,
        one.amount + other.amount,
        one.tax + other.tax,
    )
