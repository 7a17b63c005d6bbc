"""Links and servers that break in the middle of a request or a decision: once, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.authorisations import (
    AuthorisationState,
    DecisionCommand,
    RequestCommand,
    Verdict,
)
from tehuacan_comercial.domain.refusals import (
    AuthorisationPending,
    ResultUnknown,
    ServerFull,
    ServerUnreachable,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.authorisations import AuthorisationsService
from tests.support.day import places
from tests.support.day.office import Office
from tests.support.day.patience import deadline_for, until_answered
from tests.support.day.station import QUICK, Station, stations
from tests.support.day.truth import settled_truth
from tests.support.proxy import Fault, Proxy, proxy_to
from tests.support.town import PASSWORD
from tests.support.trials import Trials

ANSWERED = (Fault.AFTER_ANSWER_MADE, Fault.WITHIN_ANSWER, Fault.BLACK_HOLE_ANSWER)
LOST = (Fault.BEFORE_REQUEST, Fault.BLACK_HOLE_REQUEST)


@pytest.fixture
def link(office: Office) -> Iterator[Proxy]:
    address = office.town.server.cluster.address
    with proxy_to(address.host, address.port) as made:
        yield made


def service(
    office: Office, username: str, job: str, link: Proxy | None = None, fault: Fault | None = None
) -> AuthorisationsService:
    """Somebody at their window, behind the link where it is given."""
    near = office.town.server.cluster.address.port
    url = office.town.server.login_url(office.town.database, username, PASSWORD)
    port = link.port if link else near
    seconds = deadline_for(fault) if fault else 3.0
    database = Database(
        url.replace(f":{near}/", f":{port}/"), station="E9", deadline_seconds=seconds
    )
    office.town.opened.append(database)
    made = AuthorisationsService(database, Actor(username, username, "", job), pauses=QUICK)
    until_answered(made.mine)  # its link is made
    return made


def receipt_of(till: Station, account: int) -> int:
    """A part and an advance, so that a void takes back everything there is."""
    told = till.charge(till.command(account, Decimal(15), advance=Decimal(5)))
    assert told.charged is not None
    return told.charged.receipt_id


def ask(receipt: int) -> RequestCommand:
    return RequestCommand(
        uuid.uuid4(), "void_receipt", receipt, "CAPTURA", options={"paper": "in_hand"}
    )


@pytest.mark.parametrize("fault", [*ANSWERED, *LOST])
def test_a_decision_stands_once_whatever_the_link_does(
    office: Office, link: Proxy, trials: Trials, fault: Fault
) -> None:
    """The answer is lost and the server out of reach; later the same command asks again."""
    till = stations(office, 1)[0]
    cashier = service(office, "rosa", "cashier")
    manager = service(office, "gerente", "manager", link, fault)
    for account in office.accounts()[:3]:
        made = cashier.request(ask(receipt_of(till, account)))
        asked = made.decided.authorisation_id
        command = DecisionCommand(uuid.uuid4(), asked, Verdict.APPROVE)
        link.arm(fault)
        link.refuse_new = True
        with pytest.raises((ResultUnknown, ServerUnreachable)):
            manager.decide(command)
        assert link.struck.is_set()
        committed = office.ask(f"SELECT state FROM authorisation WHERE id = {asked}")
        assert committed == [("approved" if fault in ANSWERED else "requested",)]
        link.refuse_new = False
        again = until_answered(partial(manager.decide, command))
        assert again.decided.state is AuthorisationState.APPROVED
        assert again.decided.outcome["kind"] == "void"
        trials.add()
    assert office.ask("SELECT count(*) FROM receipt_void") == [(3,)]
    assert settled_truth(office) == []


@pytest.mark.parametrize("fault", [*ANSWERED, *LOST])
def test_a_request_is_made_once_whatever_the_link_does(
    office: Office, link: Proxy, trials: Trials, fault: Fault
) -> None:
    till = stations(office, 1)[0]
    cashier = service(office, "rosa", "cashier", link, fault)
    for account in office.accounts()[:3]:
        receipt = receipt_of(till, account)
        command = ask(receipt)
        link.arm(fault)
        made = cashier.request(command)  # asks again by itself
        assert cashier.request(command).decided == made.decided
        with pytest.raises(AuthorisationPending):
            cashier.request(ask(receipt))
        trials.add()
    assert office.ask("SELECT count(*) FROM authorisation") == [(3,)]
    assert settled_truth(office) == []


@pytest.mark.parametrize("act", ["full", "terminate"])
def test_a_statement_that_fails_leaves_nothing_of_its_void(
    office: Office, trials: Trials, act: places.Act
) -> None:
    """At every table the approval writes, and at its commit: all of it, or nothing."""
    till = stations(office, 1)[0]
    cashier, manager = service(office, "rosa", "cashier"), service(office, "gerente", "manager")
    account = office.accounts()[0]
    places.install(office, places.VOID_PLACES[:-1], "receipt_void")
    for place in places.VOID_PLACES:
        places.disarm(office)
        made = cashier.request(ask(receipt_of(till, account)))
        command = DecisionCommand(uuid.uuid4(), made.decided.authorisation_id, Verdict.APPROVE)
        places.arm(office, place, act)
        if act == "full":
            with pytest.raises(ServerFull):
                manager.decide(command)
            rows = office.ask("SELECT count(*) FROM authorisation WHERE state = 'requested'")
            assert rows == [(1,)], place
        assert manager.decide(command).decided.state is AuthorisationState.APPROVED, place
        assert places.struck(office), place
        trials.add()
    places.disarm(office)
    count = len(places.VOID_PLACES)
    assert office.ask("SELECT count(*) FROM receipt_void") == [(count,)]
    till.count_and_close()
    assert settled_truth(office) == []
