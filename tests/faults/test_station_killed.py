"""``kill -9`` of the station: what it had sent is settled truthfully when it starts again."""

from __future__ import annotations

import os
import signal
import sys
import time
from decimal import Decimal
from multiprocessing.connection import Connection

import psycopg
import pytest

from tehuacan_comercial.domain.cash import ChargeCommand, Charged
from tests.support.day import places
from tests.support.day.office import Office
from tests.support.day.program import MOMENTS, Life, Said, rest_of, running
from tests.support.day.station import Station, stations
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.server import plain_url
from tests.support.town import PASSWORD
from tests.support.trials import Trials

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


def life_of(till: Station, orders: list[ChargeCommand] | None = None, dies_at: str = "") -> Life:
    town = till.office.town
    url = town.server.login_url(town.database, till.username, PASSWORD)
    return Life(url, till.username, till.home, tuple(orders or ()), dies_at)


def hear(office: Office, orders: list[ChargeCommand], said: list[Said]) -> None:
    """The office learns what the cashier saw."""
    by_id = {str(order.command_id): order for order in orders}
    by_id |= {key: told.command for key, told in office.told.items()}
    for each in said:
        if each.kind != "done":
            office.note(Told(by_id[each.command_id], each.charged))


def look_around(till: Station) -> list[str]:
    """After a fall: who is not in the station's journal is looked up in the session's list.

    What is not there either was never sent; the cashier makes a new sheet. Gives what only the
    list knew.
    """
    remembered = set(till.intents)
    found = []
    for key, told in list(till.office.told.items()):
        if not told.unknown or key in remembered:
            continue
        answer = till.database.call("ask_payment", told.command.payload())["payment"]
        if answer is None:
            del till.office.told[key]
        else:
            till.office.note(Told(told.command, Charged.of(answer)))
            found.append(key)
    return found


def restart(till: Station) -> list[Said]:
    """A life that only settles what the last one left."""
    with running(life_of(till)) as (_, screen):
        said = list(rest_of(screen))
    assert said[-1].kind == "done"
    hear(till.office, [], said)
    assert till.intents == []
    return said[:-1]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_station_that_falls_between_two_steps(
    office: Office, trials: Trials, moment: str
) -> None:
    till = stations(office, 1)[0]
    for account in office.accounts()[:3]:
        order = till.command(account, Decimal(11))
        with running(life_of(till, [order], moment)) as (_, screen):
            said = list(rest_of(screen))
        assert [each.kind for each in said] == ["intends"]
        hear(office, [order], said)
        from_the_list = look_around(till)
        settled = restart(till)
        assert len(from_the_list) == (moment == "forgotten")
        assert len(settled) == (moment in ("intent_written", "answered"))
        trials.add()
    assert len(office.told) == (0 if moment in ("before_intent", "half_written") else 3)
    assert settled_truth(office) == []


def test_a_station_killed_while_the_server_works_on_its_charge(
    office: Office, trials: Trials
) -> None:
    """The server finishes what the dead station asked for; the next start tells it."""
    till = stations(office, 1)[0]
    places.install(office)
    for place in places.PLACES:
        order = till.command(office.accounts()[0], Decimal(11), advance=Decimal(4))
        with psycopg.connect(
            plain_url(office.town.server.superuser_url(office.town.database))
        ) as holder:
            holder.execute("SELECT pg_advisory_xact_lock(%s)", (places.LOCK,))
            places.arm(office, place, "wait")
            with running(life_of(till, [order])) as (pid, screen):
                places.until(lambda: places.backend_waiting(office))
                os.kill(pid, signal.SIGKILL)
                hear(office, [order], list(rest_of(screen)))
        assert [each.kind for each in restart(till)] == ["stands"]
        trials.add()
    assert settled_truth(office) == []


def one_charge_lasts(till: Station, account: int) -> float:
    """Seconds, as the process itself needs them."""
    orders = [till.command(account, Decimal(1)) for _ in range(10)]
    with running(life_of(till, orders)) as (_, screen):
        first: Said = screen.recv()
        began = time.monotonic()
        said = [first, *rest_of(screen)]
    hear(till.office, orders, said)
    return (time.monotonic() - began) / len(orders)


def test_a_station_killed_at_random_moments_of_a_charge(office: Office, trials: Trials) -> None:
    till = stations(office, 1)[0]
    accounts = office.accounts()
    span = one_charge_lasts(till, accounts[0])
    for number in range(25):
        account = accounts[number % len(accounts)]
        orders = [till.command(account, Decimal(5)) for _ in range(8)]
        with running(life_of(till, orders)) as (pid, screen):
            said = until_charge(screen, trials.rng.randrange(4))
            time.sleep(trials.rng.uniform(0, 1.5 * span))  # the moment itself, not a wait
            os.kill(pid, signal.SIGKILL)
            said += list(rest_of(screen))
        hear(office, orders, said)
        look_around(till)
        restart(till)
        trials.add()
    till.count_and_close()
    assert settled_truth(office) == []


def until_charge(screen: Connection, number: int) -> list[Said]:
    """Everything it says up to the moment in which the charge of that number begins."""
    said: list[Said] = []
    while [each.kind for each in said].count("intends") <= number:
        said.append(screen.recv())
    return said
