"""Faults inside the server at every statement of a charge: all of it stands, or nothing."""

from __future__ import annotations

import os
import signal
import threading
from decimal import Decimal

import psycopg
import pytest

from tehuacan_comercial.domain.refusals import ServerFull
from tests.support.day import places
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.server import plain_url
from tests.support.trials import Trials


def order(till: Station, account: int) -> Told:
    """A part, and an advance, so that every table is written."""
    return Told(till.command(account, Decimal(15), advance=Decimal(5)))


@pytest.mark.parametrize("act", ["full", "terminate"])
def test_a_statement_that_fails_leaves_nothing_of_its_charge(
    office: Office, trials: Trials, act: places.Act
) -> None:
    till = stations(office, 1)[0]
    places.install(office)
    for account in office.accounts()[:2]:
        for place in places.PLACES:
            wanted = order(till, account).command
            places.arm(office, place, act)
            told = till.charge(wanted)
            assert places.struck(office), place
            if act == "full":
                assert isinstance(told.refusal, ServerFull)
                assert till.intents == []
                told = till.charge_to_the_end(wanted)
            assert told.stands, place
            trials.add()
    places.disarm(office)
    till.count_and_close()
    assert settled_truth(office) == []


def test_a_backend_killed_at_every_statement(own_office: Office, trials: Trials) -> None:
    """``kill -9`` of one backend: PostgreSQL ends all of them and recovers; the cashier asks on."""
    till = stations(own_office, 1)[0]
    places.install(own_office)
    account = own_office.accounts()[0]
    for place in places.PLACES:
        wanted = order(till, account).command
        places.arm(own_office, place, "wait")
        kill_at_the_place(own_office, till, wanted_told := Told(wanted))
        assert own_office.told[wanted_told.command_id].stands, place
        trials.add()
    places.disarm(own_office)
    till.count_and_close()
    assert settled_truth(own_office) == []


def kill_at_the_place(office: Office, till: Station, wanted: Told) -> None:
    """The backend waits for a lock that we hold; there it is killed."""
    holder = psycopg.connect(plain_url(office.town.server.superuser_url(office.town.database)))
    holder.execute("SELECT pg_advisory_xact_lock(%s)", (places.LOCK,))
    charging = threading.Thread(target=till.charge_to_the_end, args=(wanted.command,))
    charging.start()
    os.kill(places.until(lambda: places.backend_waiting(office)), signal.SIGKILL)
    charging.join()
    holder.close()
