"""Billing as the office does it: rules from the files, a period, its routes, surcharges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.calendar import BillingPeriod
from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.services.actor import OFFICE, Actor
from tehuacan_comercial.services.billing import BillingService
from tests.support.server import TestServer
from tests.support.tariffs import random_rates, random_taxes, store_rates
from tests.support.town import Town, add_account, build_town

PATY = Actor("paty", "Paty", "Padrón", "registry")
BETO = Actor("beto", "Beto", "Ventanilla", "counter")


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(test_server, new_database(), accounts=6, grace_days=0)
    with made.admin() as connection:
        connection.execute(
            "INSERT INTO concept VALUES ('SAN', 'Saneamiento', 'service', NULL, 40,"
            " 'REVENUE_ALC', 'sanitation'); INSERT INTO route VALUES ('R02', 'Ruta 2', 'S1');"
            " UPDATE tap SET route_code = 'R02' WHERE sequence > 4"
        )
        store_rates(connection, random_rates(Random(3)), random_taxes(Random(3)))
    yield made
    made.close()


def test_a_run_tells_its_progress_and_reconciles(town: Town) -> None:
    billing = BillingService(town.sign_in("paty"), PATY)
    told: list[tuple[int, int, str]] = []
    summary = billing.run("202609", lambda *step: told.append(step))
    assert told == [(1, 2, "R01"), (2, 2, "R02")]
    assert (summary.accounts, summary.estimated) == (6, 6)
    assert summary.total == total_of(each.amount + each.tax for each in summary.by_concept.values())
    assert [run.repeated for run in billing.run_at_once("202609").runs] == [True, True]
    assert billing.run("202609").total == summary.total


def test_a_later_run_tells_who_was_billed_before(town: Town) -> None:
    billing = BillingService(town.sign_in("paty"), PATY)
    first = billing.run("202609")
    with town.admin() as connection:
        add_account(connection, 9)
    told: list[tuple[int, int, str]] = []
    later = billing.run("202609", lambda *step: told.append(step))
    assert told == [(1, 2, "R01"), (2, 2, "R02")]
    assert (first.accounts, first.billed_before) == (6, 0)
    assert (later.accounts, later.billed_before, later.routes) == (7, 6, ["R01", "R02"])
    assert later.total > first.total
    row = next(each for each in billing.periods() if each.code == "202609")
    assert (row.routes_billed, row.routes) == (2, 2)


def test_an_interrupted_run_goes_on_where_it_was(town: Town) -> None:
    billing = BillingService(town.sign_in("paty"), PATY)

    def stop(_done: int, _total: int, _route: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        billing.run("202609", stop)
    assert [run.repeated for run in billing.run("202609").runs] == [True, False]
    row = next(each for each in billing.periods() if each.code == "202609")
    assert (row.routes_billed, row.routes) == (2, 2)


def test_a_period_is_due_on_a_business_day(town: Town) -> None:
    billing = BillingService(town.sign_in("paty"), PATY)
    period = BillingPeriod(date(2026, 11, 1))
    with pytest.raises(refusals.PeriodNotBillable):
        billing.open_period(period)
    with town.admin() as connection:
        connection.execute(
            "INSERT INTO office_setting SELECT id, 'payment_days', '17' FROM rule_set"
            " WHERE kind = 'office'"
        )
    opened = billing.open_period(period)
    assert (opened.code, opened.issued_on, opened.opened) == ("202611", date(2026, 12, 31), True)
    assert opened.due_on == date(2027, 1, 18)  # the 17th is a Sunday
    assert not billing.open_period(period).opened


def test_surcharges_of_all_go_route_by_route(town: Town) -> None:
    billing = BillingService(town.sign_in("paty"), PATY)
    told: list[int] = []
    done = billing.accrue(through=date(2026, 11, 20), progress=lambda at, *_: told.append(at))
    assert (done.charges, done.accounts, done.amount) == (6, 6, 6 * Decimal("14.33"))
    assert told == [1, 2]
    assert billing.accrue(through=date(2026, 11, 20)).charges == 0


def test_the_counter_accrues_one_account_only(town: Town) -> None:
    billing = BillingService(town.sign_in("beto"), BETO)
    account = town.account_ids()[0]
    assert billing.accrue(account, date(2026, 11, 20)).charges == 1
    with pytest.raises(refusals.NotPermitted):
        billing.accrue()
    with pytest.raises(refusals.NotPermitted):
        billing.run("202609")
    with pytest.raises(refusals.NotPermitted):  # PostgreSQL says the same
        BillingService(town.sign_in("beto"), OFFICE).run("202609")
