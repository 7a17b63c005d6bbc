"""Links that break in the middle of a call or at the end of an attention: once, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import partial

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.queue import TicketCommand, TurnCommand
from tehuacan_comercial.domain.refusals import ResultUnknown, ServerUnreachable
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.queue import QueueService
from tests.support.day.office import Office
from tests.support.day.patience import deadline_for, until_answered
from tests.support.day.truth import settled_truth
from tests.support.proxy import Fault, Proxy, proxy_to
from tests.support.queue import QUICK, clerk, load_queue_rules
from tests.support.town import PASSWORD
from tests.support.trials import Trials

ANSWERED = (Fault.AFTER_ANSWER_MADE, Fault.WITHIN_ANSWER, Fault.BLACK_HOLE_ANSWER)
LOST = (Fault.BEFORE_REQUEST, Fault.BLACK_HOLE_REQUEST)
BROKEN = (ResultUnknown, ServerUnreachable)


@pytest.fixture
def link(office: Office) -> Iterator[Proxy]:
    load_queue_rules(office.town)
    address = office.town.server.cluster.address
    with proxy_to(address.host, address.port) as made:
        yield made


def far(office: Office, port: int, fault: Fault) -> QueueService:
    """Rosa's station behind the link, connected."""
    near = office.town.server.cluster.address.port
    url = office.town.login("rosa", PASSWORD).replace(f":{near}/", f":{port}/")
    database = Database(url, station="E1", deadline_seconds=deadline_for(fault))
    office.town.opened.append(database)
    made = QueueService(database, Actor("rosa", "Rosa", "Caja", "cashier"), pauses=QUICK)
    until_answered(made.board)
    return made


def states(office: Office) -> list[str]:
    query = "SELECT state FROM commercial.service_request ORDER BY id"
    return [str(row[0]) for row in office.ask(query)]


@pytest.mark.parametrize("fault", [*ANSWERED, *LOST])
def test_a_call_whose_answer_is_lost_calls_one_person(
    office: Office, link: Proxy, trials: Trials, fault: Fault
) -> None:
    """Asked again later with the same command: the same person, and nobody else is called."""
    near = clerk(office.town, "rosa", "C1")
    for _ in range(3):
        near.take()
        service = far(office, link.port, fault)
        key = uuid.uuid4()
        link.arm(fault)
        link.refuse_new = True
        with pytest.raises(BROKEN):
            service.call_next(key)
        assert link.struck.is_set()
        assert states(office)[-1] == ("called" if fault in ANSWERED else "waiting")
        link.refuse_new = False
        called = until_answered(partial(service.call_next, key))
        assert called is not None
        assert near.service.call_next(key) == called
        assert states(office).count("called") == 1
        near.serve(called)
        trials.add()
    assert settled_truth(office) == []


@pytest.mark.parametrize("fault", [*ANSWERED, *LOST])
def test_a_ticket_and_an_end_are_written_once(
    office: Office, link: Proxy, trials: Trials, fault: Fault
) -> None:
    near = clerk(office.town, "rosa", "C1")
    for turn in range(2):
        service = far(office, link.port, fault)
        ticket = TicketCommand(uuid.uuid4(), "PAGO")
        link.arm(fault)
        taken = service.take_ticket(ticket)  # asks again by itself
        assert taken.label == f"C-{turn + 1:03}"
        begun = near.act("begin", near.must())
        end = TurnCommand(uuid.uuid4(), begun.request_id)
        service = far(office, link.port, fault)
        link.arm(fault)
        link.refuse_new = True
        with pytest.raises(BROKEN):
            service.finish(end)
        assert states(office)[-1] == ("done" if fault in ANSWERED else "serving")
        link.refuse_new = False
        done = until_answered(partial(service.finish, end))
        assert near.service.finish(end) == done
        trials.add(2)
    acts = office.ask("SELECT count(*) FROM commercial.service_period WHERE act = 'finish'")
    assert acts == [(2,)]
    assert settled_truth(office) == []
