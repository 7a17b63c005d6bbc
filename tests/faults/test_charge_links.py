"""A link that breaks at every message of a charge: retried, asked again, settled at a restart."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pytest

from tehuacan_comercial.domain.refusals import TroubleRefusal
from tehuacan_comercial.services.intents import Intent
from tests.support.day.office import Office
from tests.support.day.station import Station
from tests.support.day.together import side_by_side
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.proxy import Fault, Proxy, proxy_to
from tests.support.trials import Trials

LANES = 4
DEADLINE = 0.7
AMOUNT = Decimal(9)
CUTS = (Fault.BEFORE_REQUEST, Fault.AFTER_ANSWER_MADE, Fault.WITHIN_ANSWER)


@dataclass
class Lane:
    """A till whose link breaks, beside the same till's unbroken one."""

    office: Office
    number: int
    near: Station
    link: Proxy

    def far(self) -> Station:
        """The station as it starts: no connection yet, its journal of before."""
        made = Station(self.office, self.number, port=self.link.port, deadline_seconds=DEADLINE)
        made.session_id = self.near.session_id
        return made

    def restart(self) -> Station:
        """Start again until the server can be asked about every charge without an answer."""
        for _ in range(10):
            station = self.far()
            try:
                station.recover()
            except TroubleRefusal:
                continue
            return station
        raise TimeoutError("the station does not start")


@contextmanager
def lane(office: Office, number: int) -> Iterator[Lane]:
    address = office.town.server.cluster.address
    near = Station(office, number)
    near.open()
    with proxy_to(address.host, address.port) as link:
        yield Lane(office, number, near, link)


def messages_of(made: Lane, act: Callable[[Station], object]) -> int:
    """How many messages the act sends when the station has just started."""
    before = made.link.requests
    act(made.far())
    return made.link.requests - before


def spread(trials: list[tuple[Fault, int]]) -> list[list[tuple[Fault, int]]]:
    return [trials[number::LANES] for number in range(LANES)]


def all_faults(messages: int) -> list[tuple[Fault, int]]:
    return list(itertools.product(Fault, range(messages)))


def in_lanes(office: Office, work: list[Callable[[Lane], None]]) -> None:
    def run(number: int) -> None:
        with lane(office, number) as made:
            work[number](made)
            made.near.count_and_close()

    side_by_side([partial(run, number) for number in range(len(work))])


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_a_charge_whose_link_breaks_at_any_message_stands_once(
    office: Office, trials: Trials, warm: bool
) -> None:
    """Cold: from the first message of the connection on. Warm: the charge's only message."""
    accounts = office.accounts()

    def charge(made: Lane, station: Station) -> None:
        command = made.near.command(accounts[made.number], AMOUNT)
        assert station.charge_to_the_end(command).stands

    with lane(office, LANES) as first:
        messages = 1 if warm else messages_of(first, partial(charge, first))
    assert warm or messages > 2

    def work(mine: list[tuple[Fault, int]], made: Lane) -> None:
        for fault, skip in mine:
            station = made.far()
            if warm:
                charge(made, station)
            made.link.arm(fault, skip)
            charge(made, station)
            assert made.link.struck.is_set(), (fault, skip)
            assert station.intents == []

    planned = all_faults(messages) * (4 if warm else 1)
    in_lanes(office, [partial(work, mine) for mine in spread(planned)])
    trials.add(len(planned))
    assert settled_truth(office) == []


@pytest.mark.parametrize("arrived", [False, True], ids=["not_arrived", "arrived"])
def test_a_restart_whose_link_breaks_at_any_message_finds_the_truth(
    office: Office, trials: Trials, arrived: bool
) -> None:
    """The station fell before it heard the answer; while it starts again, the link breaks."""
    accounts = office.accounts()

    def fall(made: Lane) -> None:
        command = made.near.command(accounts[made.number], AMOUNT)
        office.note(Told(command))
        made.near.journal.write(Intent(made.near.username, command.payload()))
        if arrived:
            made.near.database.call("post_payment", command.payload())

    with lane(office, LANES) as first:
        fall(first)
        messages = messages_of(first, Station.recover)
    assert messages > 2

    def work(mine: list[tuple[Fault, int]], made: Lane) -> None:
        for fault, skip in mine:
            fall(made)
            made.link.arm(fault, skip)
            assert made.restart().intents == []
            assert made.link.struck.is_set(), (fault, skip)

    planned = all_faults(messages)
    in_lanes(office, [partial(work, mine) for mine in spread(planned)])
    trials.add(len(planned))
    assert settled_truth(office) == []


def test_a_stormy_day(office: Office, trials: Trials) -> None:
    """Faults at any moment; then a restart, or a question, or the customer leaves."""
    accounts = office.accounts()

    def work(rng: random.Random, made: Lane) -> None:
        station = made.far()
        for _ in range(25):
            made.link.arm(rng.choice(CUTS), 0)
            made.link.refuse_new = rng.random() < 0.6
            command = made.near.command(rng.choice(accounts), Decimal(1), advance=Decimal(2))
            told = station.charge(command)
            made.link.refuse_new = False
            if told.stands:
                continue
            after = rng.randrange(3)
            if after == 0:
                station = made.restart()
            elif after == 1:
                give_up(station)
            if office.told.get(told.command_id) == told:
                assert station.charge_to_the_end(command).stands

    seeds = [random.Random(trials.rng.random()) for _ in range(LANES)]
    in_lanes(office, [partial(work, seed) for seed in seeds])
    trials.add(LANES * 25)
    assert settled_truth(office) == []


def give_up(station: Station) -> None:
    """What does not stand is discarded and must never stand; what stands is told."""
    for lost in station.cash.lost_charges():
        told = station.office.told.pop(lost.intent.command_id)
        if lost.charged is None:
            station.cash.discard(lost.intent, "El usuario se fue")
        else:
            station.office.note(Told(told.command, lost.charged))
