"""A charge in doubt stays in doubt until PostgreSQL says what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.cash import Charged, OpenSessionCommand
from tehuacan_comercial.services.cash import CashService
from tehuacan_comercial.services.intents import Intent
from tests.support.day.office import Office
from tests.support.day.station import Station
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.proxy import Fault, Proxy, proxy_to
from tests.support.trials import Trials


@pytest.fixture
def link(office: Office) -> Iterator[Proxy]:
    address = office.town.server.cluster.address
    with proxy_to(address.host, address.port) as made:
        yield made


@pytest.fixture
def far(office: Office, link: Proxy) -> Station:
    """Till 1 behind a link that breaks."""
    made = Station(office, port=link.port)
    made.open()
    return made


def lose_the_answer(station: Station, link: Proxy, account: int) -> Told:
    """The charge is committed, and then nothing gets through any more."""
    command = station.command(account)
    link.arm(Fault.AFTER_ANSWER_MADE)
    link.refuse_new = True
    told = station.charge(command)
    assert told.unknown
    return told


def test_asking_while_the_server_is_away_leaves_the_doubt(
    office: Office, far: Station, link: Proxy, trials: Trials
) -> None:
    told = lose_the_answer(far, link, office.accounts()[0])
    assert far.ask_again(told).unknown
    assert far.charge(told.command).unknown  # the same sheet, sent instead of asked
    assert len(far.intents) == 1
    link.refuse_new = False
    assert far.ask_again(told).stands
    assert far.intents == []
    assert settled_truth(office) == []
    trials.add()


def test_a_restart_while_the_server_is_away_leaves_the_doubt(
    office: Office, far: Station, link: Proxy, trials: Trials
) -> None:
    lose_the_answer(far, link, office.accounts()[0])
    again = Station(office, port=link.port)
    with pytest.raises(refusals.ServerUnreachable):
        again.recover()
    link.refuse_new = False
    assert [told.stands for told in again.recover()] == [True]
    assert again.recover() == []
    assert settled_truth(office) == []
    trials.add()


class LateService(CashService):
    """Its first request stays on the way: no answer comes, and it has not arrived either."""

    late: Intent | None = None

    def _post(self, intent: Intent) -> Charged:
        if self.late is None:
            self.late = intent
            raise refusals.ResultUnknown(intent.command_id)
        return super()._post(intent)


def test_what_was_refused_in_doubt_never_arrives_late(office: Office, trials: Trials) -> None:
    """The retry is refused; then the first request arrives after all, when it would be taken."""
    office.service = LateService
    station = Station(office)
    station.open()
    command = station.command(office.accounts()[0])
    station.cash.begin_count(station.session_id)
    told = station.charge(command)
    assert isinstance(told.refusal, refusals.SessionNotOpen)
    station.cash.resume(station.session_id)
    with pytest.raises(refusals.CommandDiscarded):
        station.database.call("post_payment", command.payload())
    assert station.intents == []
    assert settled_truth(office, refusable=(refusals.SessionNotOpen,)) == []
    trials.add()


class OvertakenService(LateService):
    """The first request arrives just before the refusal of the second is dealt with."""

    def _post(self, intent: Intent) -> Charged:
        try:
            return super()._post(intent)
        except refusals.SessionNotOpen:
            self.resume(intent.payload["session_id"])
            self._call("post_payment", intent.payload)
            raise


def test_a_refusal_in_doubt_is_asked_about_once_more(office: Office, trials: Trials) -> None:
    office.service = OvertakenService
    station = Station(office)
    station.open()
    command = station.command(office.accounts()[0])
    station.cash.begin_count(station.session_id)
    assert station.charge(command).stands
    assert settled_truth(office) == []
    trials.add()


def test_an_opening_without_an_answer_is_asked_again(
    office: Office, link: Proxy, trials: Trials
) -> None:
    for fault in (Fault.BEFORE_REQUEST, Fault.AFTER_ANSWER_MADE, Fault.WITHIN_ANSWER):
        station = Station(office, trials.done, port=link.port)
        station.cash.tills()
        station.cash.session()
        link.arm(fault)
        opened = station.cash.open_session(OpenSessionCommand(uuid.uuid4(), station.till))
        assert link.struck.is_set()
        assert opened.cashier == station.username
        trials.add()
    assert office.ask("SELECT count(*) FROM cash_session") == [(3,)]


def test_an_opening_that_is_never_answered_is_unknown(
    office: Office, link: Proxy, trials: Trials
) -> None:
    station = Station(office, port=link.port)
    station.cash.tills()
    link.arm(Fault.AFTER_ANSWER_MADE)
    link.refuse_new = True
    opening = OpenSessionCommand(uuid.uuid4(), station.till)
    with pytest.raises(refusals.ResultUnknown):
        station.cash.open_session(opening)
    link.refuse_new = False
    assert station.cash.open_session(opening).till_code == station.till
    trials.add()


def test_a_closing_without_an_answer_is_asked_again(
    office: Office, far: Station, link: Proxy, trials: Trials
) -> None:
    far.charge_account(office.accounts()[0])
    link.arm(Fault.AFTER_ANSWER_MADE)
    closed = far.count_and_close()
    assert link.struck.is_set()
    assert office.ask("SELECT folio FROM cash_closing") == [(closed.folio,)]
    assert settled_truth(office) == []
    trials.add()
