"""What each job sees of an account is what PostgreSQL lets it read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tests.support.server import TestServer
from tests.support.town import PASSWORD, Town, build_town


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(test_server, new_database(), accounts=1)
    yield made
    made.close()


@pytest.fixture
def sit_down(town: Town, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    opened: list[Desk] = []

    def make(username: str) -> Desk:
        def login(user: str, secret: str) -> str:
            return town.server.login_url(town.database, user, secret)

        tries = FailedTries(tmp_path / "tries.json")
        opened.append(Desk(sign_in(login, username, PASSWORD, "E1", tries), tmp_path))
        return opened[-1]

    yield make
    for desk in opened:
        desk.close()


def test_a_cashier_sees_the_whole_account(sit_down: Callable[[str], Desk]) -> None:
    desk = sit_down("rosa")
    hit = desk.accounts.search("nunez")[0]
    file = desk.accounts.file(hit.account_id)
    assert hit.debt is not None
    assert file.card is not None
    assert file.card.debt == hit.debt == sum(item.outstanding for item in file.items)
    assert file.statement[-1].balance == hit.debt


def test_metering_sees_the_meter_and_no_money(sit_down: Callable[[str], Desk]) -> None:
    desk = sit_down("memo")
    hit = desk.accounts.search("nunez")[0]
    file = desk.accounts.file(hit.account_id)
    assert hit.debt is None
    assert desk.accounts.search("C1-000001") == ()
    assert file.card is None
    assert not file.reach.debt
    assert not file.reach.payments
    assert (file.items, file.statement, file.bills, file.payments) == ((), (), (), ())
    assert file.history
    assert desk.accounts.outline(hit.account_id) == file.outline


def test_a_field_collector_sees_the_debt_and_no_payments(sit_down: Callable[[str], Desk]) -> None:
    desk = sit_down("tono_")
    hit = desk.accounts.search("nunez")[0]
    file = desk.accounts.file(hit.account_id)
    assert file.reach.debt
    assert not file.reach.payments
    assert file.card is None
    assert sum(item.outstanding for item in file.items) == hit.debt


@pytest.mark.parametrize("username", ["memo", "tono_"])
def test_the_banner_with_money_is_refused_by_name_and_the_outline_is_not(
    sit_down: Callable[[str], Desk], username: str
) -> None:
    desk = sit_down(username)
    account_id = desk.accounts.search("nunez")[0].account_id
    with pytest.raises(refusals.NotPermitted) as refused:
        desk.accounts.card(account_id)
    assert refused.value.act == "accounts.see_debt"
    assert desk.accounts.outline(account_id).holder_name


def test_the_banner_is_of_those_who_read_charges_and_payments(
    sit_down: Callable[[str], Desk],
) -> None:
    desk = sit_down("beto")
    hit = desk.accounts.search("nunez")[0]
    assert desk.accounts.card(hit.account_id).debt == hit.debt
