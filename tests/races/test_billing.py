"""Billing runs at the same instant, while accounts come to the route: each is billed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import psycopg
import pytest

from tehuacan_comercial.data.engine import Database
from tests.support.day.office import Office
from tests.support.day.together import together
from tests.support.day.truth import settled_truth
from tests.support.tariffs import random_rates, random_taxes, store_rates
from tests.support.trials import Trials

PERIOD = "202609"
BILLS = "SELECT account_id, count(*) FROM bill GROUP BY account_id ORDER BY account_id"
REPEAT = """
INSERT INTO bill (account_id, period_code, run_id, issued_on, due_on, use_class, zone, modality,
                  consumption, estimated, previous_balance, credit_balance, amount, tax)
SELECT account_id, period_code, run_id, issued_on, due_on, use_class, zone, modality, consumption,
       estimated, previous_balance, credit_balance, amount, tax FROM bill LIMIT 1
"""


@pytest.fixture
def priced(office: Office) -> Office:
    with office.town.admin() as connection:
        connection.execute(
            "INSERT INTO concept VALUES ('SAN', 'Saneamiento', 'service', NULL, 40,"
            " 'REVENUE_ALC', 'sanitation')"
        )
        store_rates(connection, random_rates(Random(5)), random_taxes(Random(5)))
    return office


def bill(database: Database) -> list[dict[str, Any]]:
    """The runs that this call itself made."""
    told = database.call("bill_route", {"period": PERIOD, "route": "R01"}, deadline_seconds=60)
    return [run for run in told["runs"] if not run["repeated"]]


def test_runs_at_once_bill_each_account_once(priced: Office, trials: Trials) -> None:
    people = [priced.town.sign_in(name) for name in ("paty", "gerente", "paty")]
    for newcomers in (0, 1, 3, 2):
        if newcomers:
            priced.more_accounts(newcomers)
        made = together([partial(bill, person) for person in people])
        runs = [run for each in made if isinstance(each, list) for run in each]
        assert [run["accounts"] for run in runs] == [newcomers or 8]
        assert priced.ask(BILLS) == [(account, 1) for account in priced.accounts()]
        trials.add(len(people))
    assert settled_truth(priced) == []


def test_accounts_that_come_during_the_runs_are_billed_once(priced: Office, trials: Trials) -> None:
    people = [priced.town.sign_in(name) for name in ("paty", "gerente")]
    for _ in range(4):
        acts: list[Callable[[], object]] = [partial(bill, person) for person in people]
        acts.append(partial(priced.more_accounts, 3))
        trials.rng.shuffle(acts)
        together(acts)
        trials.add(len(acts))
    bill(people[0])
    assert priced.ask(BILLS) == [(account, 1) for account in priced.accounts()]
    assert len(priced.accounts()) == 20
    assert settled_truth(priced) == []


def test_a_second_bill_cannot_be_written_even_by_the_superuser(priced: Office) -> None:
    bill(priced.town.sign_in("paty"))
    with pytest.raises(psycopg.errors.UniqueViolation):
        priced.run(REPEAT)
