"""Links and servers that break in the middle of a close or of a handover: once, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import pytest

from tehuacan_comercial.domain.cash import CloseSessionCommand
from tehuacan_comercial.domain.handovers import HandoverCommand, Proof
from tehuacan_comercial.domain.refusals import (
    RecountNeeded,
    ResultUnknown,
    ServerFull,
    ServerUnreachable,
)
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.handovers import HandoversService
from tests.support.day import places
from tests.support.day.office import Office
from tests.support.day.patience import deadline_for, until_answered
from tests.support.day.station import QUICK, Station, stations
from tests.support.day.truth import settled_truth
from tests.support.proxy import Fault, Proxy, proxy_to
from tests.support.trials import Trials

HUNDRED = Decimal(100)
ANSWERED = (Fault.AFTER_ANSWER_MADE, Fault.WITHIN_ANSWER, Fault.BLACK_HOLE_ANSWER)
LOST = (Fault.BEFORE_REQUEST, Fault.BLACK_HOLE_REQUEST)


@pytest.fixture
def link(office: Office) -> Iterator[Proxy]:
    address = office.town.server.cluster.address
    with proxy_to(address.host, address.port) as made:
        yield made


def far(office: Office, till: Station, port: int, fault: Fault) -> Station:
    """The same till behind the link, connected."""
    number = int(till.till[1:]) - 1
    made = Station(office, number, port=port, deadline_seconds=deadline_for(fault))
    made.session_id = till.session_id
    until_answered(made.cash.tills)
    return made


def hands(till: Station) -> HandoversService:
    return HandoversService(till.database, Actor(till.username, "", "", "cashier"), pauses=QUICK)


def state_of(office: Office, till: Station) -> str:
    query = f"SELECT state FROM commercial.cash_session WHERE id = {till.session_id}"
    return str(office.ask(query)[0][0])


def handover(giver: Station, receiver: Station) -> HandoverCommand:
    """A note of $100.00 and every proof of the drawer."""
    proofs = tuple(Proof(row.payment_id, row.line) for row in hands(giver).proofs(giver.session_id))
    sessions = (giver.session_id, receiver.session_id)
    return HandoverCommand(uuid.uuid4(), *sessions, {HUNDRED: 1}, proofs)


@pytest.mark.parametrize("fault", [*ANSWERED, *LOST])
def test_a_session_closes_once_whatever_the_link_does(
    office: Office, link: Proxy, trials: Trials, fault: Fault
) -> None:
    """The answer is lost and the server out of reach; later the same signed count asks again."""
    for turn in range(3):
        (till,) = stations(office, 1)
        till.charge_account(office.more_accounts(1)[0])
        station = far(office, till, link.port, fault)
        command = till.closing()
        link.arm(fault)
        link.refuse_new = True
        with pytest.raises((ResultUnknown, ServerUnreachable)):
            station.cash.close_session(command)
        assert link.struck.is_set()
        assert state_of(office, till) == ("closed" if fault in ANSWERED else "open")
        link.refuse_new = False
        closed = until_answered(partial(station.cash.close_session, command))
        assert till.cash.close_session(command) == closed
        assert office.ask("SELECT count(*) FROM commercial.cash_count") == [(turn + 1,)]
        trials.add()
    assert settled_truth(office) == []


@pytest.mark.parametrize("fault", [*ANSWERED, *LOST])
def test_a_count_beyond_the_tolerance_is_kept_once(
    office: Office, link: Proxy, trials: Trials, fault: Fault
) -> None:
    office.run(
        "INSERT INTO commercial.office_setting (rule_set_id, key, value)"
        " SELECT id, 'closing_tolerance', '\"1.00\"' FROM commercial.rule_set"
        " WHERE kind = 'office'"
    )
    (till,) = stations(office, 1)
    station = far(office, till, link.port, fault)
    short = CloseSessionCommand(uuid.uuid4(), till.session_id, {HUNDRED: 4}, {})
    link.arm(fault)
    with pytest.raises(RecountNeeded):
        station.cash.close_session(short)  # asks again by itself
    assert office.ask("SELECT count(*) FROM commercial.cash_count") == [(1,)]
    assert station.cash.close_session(till.closing()).difference == 0
    trials.add()
    assert settled_truth(office) == []


@pytest.mark.parametrize("fault", [*ANSWERED, *LOST])
def test_a_handover_is_made_and_answered_once_whatever_the_link_does(
    office: Office, link: Proxy, trials: Trials, fault: Fault
) -> None:
    giver, receiver = stations(office, 2)
    command = giver.command(office.accounts()[0], HUNDRED, kind=TenderKind.CARD)
    assert giver.charge(command).stands
    for _ in range(3):
        order = handover(giver, receiver)
        sender, taker = (far(office, till, link.port, fault) for till in (giver, receiver))
        link.arm(fault)
        sent = hands(sender).send(order)  # asks again by itself
        assert link.struck.wait(5), "the handover"
        assert hands(giver).send(order) == sent
        trials.add()
        for item in sent.items:
            pieces = {HUNDRED: 1} if item.tender is TenderKind.CASH else {}
            link.arm(fault)
            with pytest.raises((ResultUnknown, ServerUnreachable)):
                hands(taker).accept(item.item_id, pieces)
            assert link.struck.wait(5), "the answer"
            answered = until_answered(partial(hands(taker).accept, item.item_id, pieces))
            assert hands(receiver).accept(item.item_id, pieces) == answered
            trials.add()
        assert not answered.in_transit
    expected = office.ask(
        "SELECT s.till_code, e.tender, e.expected FROM commercial.cash_session s,"
        " commercial.session_expected(s.id) e WHERE e.tender IN ('cash', 'card') ORDER BY 1, 2"
    )
    assert expected == [
        ("C1", "card", 0), ("C1", "cash", 200), ("C2", "card", 100), ("C2", "cash", 800),
    ]  # fmt: skip
    assert settled_truth(office) == []


@pytest.mark.parametrize("act", ["full", "terminate"])
def test_a_statement_that_fails_leaves_nothing_of_its_close(
    office: Office, trials: Trials, act: places.Act
) -> None:
    """At every table the close writes, and at its commit: all of it, or nothing."""
    places.install(office, places.CLOSE_PLACES[:-1], "cash_closing")
    for place in places.CLOSE_PLACES:
        places.disarm(office)
        (till,) = stations(office, 1)
        till.charge_account(office.more_accounts(1)[0])
        command = till.closing()
        places.arm(office, place, act)
        if act == "full":
            with pytest.raises(ServerFull):
                till.cash.close_session(command)
            assert state_of(office, till) == "open", place
        assert till.cash.close_session(command).difference < 0, place
        assert places.struck(office), place
        trials.add()
    assert settled_truth(office) == []


@pytest.mark.parametrize("act", ["full", "terminate"])
def test_a_statement_that_fails_leaves_nothing_of_its_handover(
    office: Office, trials: Trials, act: places.Act
) -> None:
    places.install(office, places.HANDOVER_PLACES[:-1], "handover")
    giver, receiver = stations(office, 2)
    for place in places.HANDOVER_PLACES:
        places.disarm(office)
        order = handover(giver, receiver)
        places.arm(office, place, act)
        if act == "full":
            with pytest.raises(ServerFull):
                hands(giver).send(order)
        sent = hands(giver).send(order)
        assert places.struck(office), place
        (item,) = sent.items
        hands(receiver).accept(item.item_id, {HUNDRED: 1})
        trials.add()
    places.disarm(office)
    count = len(places.HANDOVER_PLACES)
    assert office.ask("SELECT count(*) FROM commercial.handover") == [(count,)]
    assert settled_truth(office) == []
