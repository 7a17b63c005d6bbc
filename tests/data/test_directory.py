"""The directory follows dated rows that begin by themselves."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest

from tests.support.server import TestServer
from tests.support.town import Town, build_town


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(test_server, new_database(), accounts=2)
    yield made
    made.close()


def state_of(town: Town, account: int) -> object:
    with town.admin() as connection:
        row = connection.execute(
            "SELECT state FROM account_directory WHERE account_id = %s", (account,)
        ).fetchone()
    assert row is not None
    return row[0]


def test_the_first_session_of_the_day_catches_what_began_overnight(town: Town) -> None:
    account = town.account_ids()[0]
    with town.admin() as connection:
        # As it stands in the morning: the row was written before, and began at midnight.
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE account_state SET valid = daterange('2020-01-01', office_today())"
            " WHERE account_id = %s",
            (account,),
        )
        connection.execute(
            "INSERT INTO account_state (account_id, state, valid)"
            " VALUES (%s, 'restricted', daterange(office_today(), NULL))",
            (account,),
        )
    assert state_of(town, account) == "active"
    order = {"command_id": str(uuid.uuid4()), "till": "C1", "denominations": {}}
    town.sign_in("rosa").call("open_session", order)
    assert state_of(town, account) == "restricted"
