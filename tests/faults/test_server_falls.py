"""The server falls during the day of four stations; after it, all go on and nothing is lost."""

from __future__ import annotations

import itertools
import os
import signal
import threading
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from tehuacan_comercial.data.embedded import postmaster
from tehuacan_comercial.domain.cash import ChargeCommand
from tehuacan_comercial.domain.refusals import TroubleRefusal
from tests.support.day.office import Office
from tests.support.day.patience import PATIENCE
from tests.support.day.station import Station, stations
from tests.support.day.together import side_by_side, together
from tests.support.day.truth import settled_truth
from tests.support.server import TestServer
from tests.support.trials import Trials

STATIONS, CHARGES, FALLS = 4, 60, 3


def stop_immediately(server: TestServer) -> None:
    server.cluster.stop("immediate")


def kill_the_postmaster(server: TestServer) -> None:
    found = postmaster.read(server.cluster.data_folder)
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)


class Day:
    """Four lanes that charge, and a fall whenever enough of them stand."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.tills = stations(office, STATIONS)
        self.accounts = office.accounts()
        self.stood = itertools.count(1)
        steps = range(1, FALLS + 1)
        self.falls = {STATIONS * CHARGES * n // (FALLS + 1): threading.Event() for n in steps}

    def lane(self, till: Station) -> None:
        for number in range(CHARGES):
            account = self.accounts[number % len(self.accounts)]
            assert till.charge_to_the_end(sheet(till, account)).stands
            reached = self.falls.get(next(self.stood))
            if reached is not None:
                reached.set()

    def fall(self, how: Callable[[TestServer], None]) -> None:
        for reached in self.falls.values():
            assert reached.wait(60)
            how(self.office.town.server)
            self.office.town.server.cluster.start()


def sheet(till: Station, account: int) -> ChargeCommand:
    """The debt is read as soon as the server answers again."""
    for _ in range(PATIENCE):
        try:
            return till.command(account, Decimal(2), advance=Decimal(1))
        except TroubleRefusal:
            till.office.town.server.cluster.start()  # attaches, or waits for who starts it
    raise TimeoutError("the server does not come back")


@pytest.mark.parametrize("how", [stop_immediately, kill_the_postmaster])
def test_the_server_falls_during_a_day(
    own_office: Office, trials: Trials, how: Callable[[TestServer], None]
) -> None:
    day = Day(own_office)
    acts: list[Callable[[], None]] = [partial(day.lane, till) for till in day.tills]
    acts.append(partial(day.fall, how))
    side_by_side(acts)
    for till in day.tills:
        assert till.intents == []
        till.count_and_close()
    trials.add(STATIONS * CHARGES)
    assert settled_truth(own_office) == []


def test_a_station_that_falls_with_the_server_asks_when_both_are_back(
    own_office: Office, trials: Trials
) -> None:
    """Power cut: the answer was lost, and what was committed is still there afterwards."""
    tills = stations(own_office, STATIONS)
    for _ in range(2):
        orders = [till.command(own_office.accounts()[0], Decimal(3)) for till in tills]
        stop = partial(stop_immediately, own_office.town.server)
        acts: list[Callable[[], object]] = [
            partial(till.charge, order) for till, order in zip(tills, orders, strict=True)
        ]
        acts.append(stop)
        trials.rng.shuffle(acts)
        together(acts)
        own_office.town.server.cluster.start()
        for number, order in enumerate(orders):
            settle_after_the_cut(own_office, number, order)
        trials.add(STATIONS)
    assert settled_truth(own_office) == []


def settle_after_the_cut(office: Office, number: int, order: ChargeCommand) -> None:
    """A new run of the station; what was told as failed is charged with the same sheet."""
    station = Station(office, number)
    station.session_id = order.session_id
    station.recover()
    if not office.told[str(order.command_id)].stands:
        assert station.charge_to_the_end(order).stands
