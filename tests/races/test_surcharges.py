"""Surcharges that accrue while the same account pays: nothing twice, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import SurchargesNotAccrued
from tehuacan_comercial.services.cash import Debt
from tests.support.day.office import Office, build_office
from tests.support.day.station import Station, stations
from tests.support.day.together import together
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.server import TestServer
from tests.support.trials import Trials


@pytest.fixture
def office(
    any_server: TestServer, any_new_database: Callable[[], str], tmp_path: Path
) -> Iterator[Office]:
    """Eight accounts whose older charges are late, and nothing accrued yet."""
    made = build_office(any_server, any_new_database(), tmp_path, grace_days=0)
    yield made
    made.town.close()


def charge_again(till: Station, told: Told) -> Told:
    """Who came before the surcharges was refused, and charges once they are there."""
    if told.stands:
        return told
    assert isinstance(told.refusal, SurchargesNotAccrued)
    till.cash.debt(told.command.account_id)
    return till.charge(told.command)


def surcharges(office: Office, account: int) -> Decimal:
    query = "SELECT coalesce(sum(total), 0) FROM charge WHERE source = 'surcharge'"
    return Decimal(str(office.ask(f"{query} AND account_id = {account}")[0][0]))


def test_eight_stations_look_at_one_debt(office: Office, trials: Trials) -> None:
    tills = stations(office, 8)
    for account in office.accounts():
        found = together([partial(till.cash.debt, account) for till in tills])
        debts = [each for each in found if isinstance(each, Debt)]
        assert len(debts) == len(tills)
        assert len(set(debts)) == 1
        accrued = surcharges(office, account)
        assert accrued > 0
        together([partial(till.cash.debt, account) for till in tills[:2]])
        assert surcharges(office, account) == accrued
        trials.add(len(tills))
    assert settled_truth(office) == []


def test_surcharges_accrue_while_the_account_pays(office: Office, trials: Trials) -> None:
    """Charges chosen before the surcharge are paid; the surcharge stays owed, once."""
    tills = stations(office, 4)
    for account in office.accounts():
        order = tills[0].command(account)
        acts: list[Callable[[], object]] = [partial(tills[0].charge, order)]
        acts += [partial(till.cash.debt, account) for till in tills[1:]]
        trials.rng.shuffle(acts)
        found = together(acts)
        (told,) = [each for each in found if isinstance(each, Told)]
        assert charge_again(tills[0], told).stands
        accrued = surcharges(office, account)
        left = tills[1].cash.debt(account)
        assert sum((item.outstanding for item in left.items), Decimal(0)) == accrued
        trials.add(len(acts))
    assert settled_truth(office) == []


def test_a_whole_route_accrues_while_its_accounts_pay(office: Office, trials: Trials) -> None:
    tills = stations(office, 8)
    registry = office.town.sign_in("paty")
    orders = [till.command(account) for till, account in zip(tills, office.accounts(), strict=True)]
    acts: list[Callable[[], object]] = [
        partial(till.charge, order) for till, order in zip(tills, orders, strict=True)
    ]
    acts += [partial(registry.call, "accrue_surcharges", {"route": "R01"})] * 3
    trials.rng.shuffle(acts)
    together(acts)
    trials.add(len(acts))
    for till, order in zip(tills, orders, strict=True):
        charge_again(till, office.told[str(order.command_id)])
    assert all(told.stands for told in office.told.values())
    assert settled_truth(office) == []
