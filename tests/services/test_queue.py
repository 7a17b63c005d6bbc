"""The queue as a person sees it: the board, the estimate of a wait, the figures of past days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest

from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.queue_estimate import WaitEstimate
from tehuacan_comercial.services.queue import QueueFigures
from tests.support.queue import Clerk, clerk, load_queue_rules
from tests.support.server import TestServer
from tests.support.town import Town, build_town

PACED = 5


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database())
    load_queue_rules(made)
    yield made
    made.close()


@pytest.fixture
def beto(town: Town) -> Clerk:
    return clerk(town, "beto", "V1")


def forge(town: Town, *statements: str) -> None:
    """As the superuser, past every guard: minutes that a test cannot wait for."""
    with town.admin() as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())


def attended(town: Town, desk: Clerk, minutes: int, *, waited: int = 4) -> None:
    """One attention that took so many minutes after so long a wait; all of it ended just now."""
    desk.take()
    done = desk.serve(desk.must())
    of = f"request_id = {done.request_id}"
    forge(
        town,
        f"UPDATE service_period SET at = at - interval '{minutes} minutes' WHERE {of}"
        " AND act <> 'finish'",
        f"UPDATE service_period SET at = at - interval '{waited} minutes' WHERE {of}"
        " AND act = 'take'",
    )


def today(desk: Clerk) -> date:
    """The server's day in the office's zone, by the board's own clock."""
    with desk.service._database.read() as connection:
        return date.fromisoformat(
            str(connection.exec_driver_sql("SELECT office_today()").scalar_one())
        )


def test_the_board_shows_turns_desks_and_accounts(town: Town, beto: Clerk) -> None:
    account = town.account_ids()[0]
    first, second = beto.take("ACLARACION", "MAYOR", account), beto.take("PAGO")
    beto.must()
    board = clerk(town, "auditora").service.board()
    assert board.catalogue is not None
    assert [turn.request_id for turn in board.waiting] == [second.request_id]
    hand = board.in_hand("V1")
    assert hand is not None
    assert (hand.request_id, hand.account_number, hand.priority_name, hand.attended_name) == (
        first.request_id, "10-00001-0", "Persona adulta mayor", "Beto Núñez Peña",
    )  # fmt: skip
    shift = board.shift_of("beto")
    assert shift is not None
    assert (shift.desk_name, shift.staff_name) == ("Ventanilla 1", "Beto Núñez Peña")
    assert board.shift_of("paty") is None
    assert board.in_state(RequestState.DONE) == ()
    assert abs((board.now - hand.since).total_seconds()) < 60


def test_a_town_without_queue_rules_has_an_empty_board(
    any_server: TestServer, any_new_database: Callable[[], str]
) -> None:
    bare = build_town(any_server, any_new_database(), accounts=0)
    board = clerk(bare, "beto").service.board()
    assert (board.catalogue, board.turns, board.shifts) == (None, (), ())
    bare.close()


def test_the_estimate_uses_the_target_until_there_are_facts(town: Town, beto: Clerk) -> None:
    estimate = beto.service.estimate
    turns = [beto.take() for _ in range(3)]
    assert estimate(turns[0].request_id) == WaitEstimate(0, 0.0)
    assert estimate(turns[2].request_id) == WaitEstimate(2, 10.0)
    clerk(town, "paty", "V2")
    assert estimate(turns[2].request_id) == WaitEstimate(2, 5.0)
    assert estimate(beto.take("PAGO").request_id) == WaitEstimate(0, None), "no till is open"
    assert estimate(999) is None


def test_the_estimate_learns_from_what_attentions_took(town: Town, beto: Clerk) -> None:
    for minutes in (2, 8, 8, 8, 30):
        attended(town, beto, minutes)
    beto.take()
    mine = beto.take()
    found = beto.service.estimate(mine.request_id)
    assert found is not None
    assert found.ahead == 1
    assert found.minutes == pytest.approx(8, abs=0.1)
    called = beto.act("begin", beto.must())
    forge(
        town,
        f"UPDATE service_period SET at = at - interval '5 minutes'"
        f" WHERE request_id = {called.request_id}",
    )
    found = beto.service.estimate(mine.request_id)
    assert found is not None
    assert found.minutes == pytest.approx(3, abs=0.2), "five of the usual eight are over"


def test_the_figures_of_a_day(town: Town, beto: Clerk) -> None:
    """Ten attentions of 1 to 10 minutes, waits of 4; one left, one absent, one out of turn."""
    for minutes in range(1, 11):
        attended(town, beto, minutes, waited=4 if minutes < 10 else 40)
    beto.act("abandon", beto.take(), "Se fue")
    beto.take()
    beto.act("no_show", beto.act("recall", beto.must()))
    chosen = beto.take()
    beto.act("begin", beto.act("call_chosen", chosen, "Cita acordada"))
    elena, day = clerk(town, "elena"), today(beto)
    (row,) = elena.service.statistics("procedure", day, day)
    assert (row.group, row.asked, row.attended, row.no_show, row.abandoned, row.chosen) == (
        "Informes y estado de cuenta", 13, 10, 1, 1, 1,
    )  # fmt: skip
    assert row.in_time == 9, "one waited 40 of the desired 15 minutes"
    assert (row.wait_half, row.service_half) == (Decimal("4.0"), Decimal("5.5"))
    assert (row.wait_most, row.service_most) == (Decimal("7.6"), Decimal("9.1"))
    for dimension, groups in (
        ("desk", {"", "Ventanilla 1"}), ("staff", {"", "Beto Núñez Peña"}),
    ):  # fmt: skip
        found: tuple[QueueFigures, ...] = elena.service.statistics(dimension, day, day)
        assert {each.group for each in found} == groups
        assert sum(each.asked for each in found) == 13
    (hour, *_) = elena.service.statistics("hour", day, day)
    assert hour.group.endswith(":00")
    assert elena.service.statistics("desk", date(2020, 1, 1), date(2020, 1, 2)) == ()
