"""Eight desks at the same instant: nobody called twice, nobody lost, nobody passed for ever."""

from __future__ import annotations

import contextlib
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from functools import partial

import psycopg
import pytest

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.queue import TicketCommand, Turn, TurnCommand
from tests.support.day.office import CASHIERS, Office
from tests.support.day.together import side_by_side, together
from tests.support.day.truth import settled_truth
from tests.support.queue import Clerk, clerk, load_queue_rules
from tests.support.trials import Trials

ROUNDS = 60
ARRIVALS = 120


@pytest.fixture
def desks(office: Office) -> list[Clerk]:
    """Eight cashiers at eight desks that serve the same."""
    load_queue_rules(office.town, more_desks=len(CASHIERS))
    return [
        clerk(office.town, name, f"D{number}", "cashier")
        for number, name in enumerate(CASHIERS, start=1)
    ]


def waiting(office: Office) -> int:
    query = "SELECT count(*) FROM commercial.service_request WHERE state = 'waiting'"
    return int(str(office.ask(query)[0][0]))


def test_eight_desks_call_at_the_same_instant(
    office: Office, desks: list[Clerk], trials: Trials
) -> None:
    """As many different people as there are, up to eight; the longest waiting of both lanes."""
    for _ in range(ROUNDS):
        arrivals = trials.rng.randint(0, 12)
        for _ in range(arrivals):
            desks[0].take(priority=trials.rng.choice(("", "", "MAYOR")))
        before = waiting(office)
        found = together([desk.next for desk in desks])
        called = [turn for turn in found if isinstance(turn, Turn)]
        assert len(called) == min(before, len(desks))
        assert [each for each in found if isinstance(each, r.Refusal)] == []
        assert max(Counter(turn.ticket_id for turn in called).values(), default=1) == 1
        for desk, turn in zip(desks, found, strict=True):
            if isinstance(turn, Turn):
                desk.serve(turn)
        assert waiting(office) == before - len(called)
        trials.add(len(desks))
    assert settled_truth(office) == []


def test_one_person_is_chosen_by_two_and_called_by_six(
    office: Office, desks: list[Clerk], trials: Trials
) -> None:
    for _ in range(10):
        turn = desks[0].take()
        acts: list[Callable[[], object]] = [
            partial(desks[number].act, "call_chosen", turn, "Cita acordada") for number in (0, 1)
        ]
        found = together([*acts, *(desk.next for desk in desks[2:])])
        assert sum(isinstance(each, Turn) for each in found) == 1
        assert all(isinstance(each, (Turn, r.TurnTaken, type(None))) for each in found)
        winner = next(
            desk for desk, each in zip(desks, found, strict=True) if isinstance(each, Turn)
        )
        winner.serve(turn)
        trials.add(len(desks))
    assert settled_truth(office) == []


def test_one_command_sent_twice_at_once_is_one(
    office: Office, desks: list[Clerk], trials: Trials
) -> None:
    """A double click that reached the server twice: both are told the same."""
    for _ in range(15):
        ticket = TicketCommand(uuid.uuid4(), "INFORMES")
        one, other = together([partial(desks[0].service.take_ticket, ticket)] * 2)
        assert isinstance(one, Turn)
        assert one == other
        key = uuid.uuid4()
        called, again = together([partial(desks[1].service.call_next, key)] * 2)
        assert isinstance(called, Turn)
        assert called == again
        for name in ("begin", "finish"):
            command = TurnCommand(uuid.uuid4(), called.request_id)
            done, same = together([partial(getattr(desks[1].service, name), command)] * 2)
            assert done == same
        trials.add(4)
    assert office.ask("SELECT count(*), max(number) FROM commercial.queue_ticket") == [(15, 15)]
    assert settled_truth(office) == []


def test_one_desk_is_taken_by_one(office: Office, desks: list[Clerk], trials: Trials) -> None:
    for _ in range(8):
        found = together([partial(desk.sit, "V1") for desk in desks])
        assert sum(isinstance(each, r.DeskTaken) for each in found) == len(desks) - 1
        for number, desk in enumerate(desks, start=1):
            desk.sit(f"D{number}")
        trials.add(len(desks))


class Morning:
    """Arrivals, priorities, transfers, pauses, absences, a desk that dies; until nobody is left."""

    def __init__(self, office: Office, desks: list[Clerk], rng: random.Random) -> None:
        self.office, self.desks, self.rng = office, desks, rng
        self.arrived = threading.Event()
        self.done = Counter[str]()
        self.lock = threading.Lock()

    def arrive(self) -> None:
        for _ in range(ARRIVALS):
            self.desks[0].take(priority=self.rng.choice(("", "", "", "MAYOR", "EMBARAZO")))
            time.sleep(self.rng.random() / 100)
        self.arrived.set()

    def attend(self, desk: Clerk, rng: random.Random) -> None:
        while True:
            over = self.arrived.is_set()
            turn = desk.next()
            if turn is not None:
                self.finish(desk, turn, rng)
            elif over and not self.left():
                return

    def left(self) -> int:
        query = (
            "SELECT count(*) FROM commercial.service_request"
            " WHERE state IN ('waiting', 'called', 'serving', 'on_hold')"
        )
        return int(str(self.office.ask(query)[0][0]))

    def finish(self, desk: Clerk, turn: Turn, rng: random.Random) -> None:
        way = rng.choice(("attended",) * 6 + ("absent", "passed", "paused", "more"))
        if way == "absent":
            absent = desk.act("no_show", desk.act("recall", turn))
            if rng.random() < 0.5:
                desk.act("revive", absent)
                way = "revived"
        else:
            begun = desk.act("begin", turn)
            if way == "passed":
                desk.pass_on(begun, "INFORMES", rng.choice(("", "D1", "D5")))
            elif way == "paused":
                desk.act("finish", desk.act("resume", desk.act("hold", begun, "Copias")))
            else:
                if way == "more":
                    desk.add(begun, "INFORMES")
                desk.act("finish", begun)
        with self.lock:
            self.done[way] += 1


def test_a_morning_of_eight_desks_leaves_nobody(
    office: Office, desks: list[Clerk], trials: Trials
) -> None:
    morning = Morning(office, desks, trials.rng)
    seeds = [random.Random(trials.rng.random()) for _ in desks]
    dead, working = desks[-1], desks[:-1]
    dead.take()
    lost = dead.act("begin", dead.must())
    elena = clerk(office.town, "elena")
    acts: list[Callable[[], object]] = [morning.arrive]
    acts += [partial(morning.attend, desk, rng) for desk, rng in zip(working, seeds, strict=False)]
    acts.append(partial(elena.service.free_desk, "D8", "Se apagó la estación"))
    side_by_side(acts)
    ended = Counter(
        str(row[0]) for row in office.ask("SELECT state FROM commercial.service_request")
    )
    assert set(ended) <= {"done", "no_show", "transferred"}
    assert ended["done"] == sum(morning.done[way] for way in ("attended", "paused", "more"))
    assert ended["no_show"] == morning.done["absent"]
    assert ended["transferred"] == morning.done["passed"]
    whole = office.ask(
        "SELECT count(DISTINCT ticket_id) FROM commercial.service_request"
        f" WHERE state IN ('done', 'no_show') OR id = {lost.request_id}"
    )
    assert whole == [(ARRIVALS + 1,)]
    trials.add(sum(morning.done.values()))
    assert settled_truth(office) == []


def test_without_the_lock_the_race_is_seen(office: Office, desks: list[Clerk]) -> None:
    """A test of the test: read without locking, and two desks get the same person."""
    name = "commercial.call_next(jsonb)"
    ((definition,),) = office.ask(f"SELECT pg_get_functiondef('{name}'::regprocedure)")
    wrong = str(definition).replace("FOR UPDATE OF t, s SKIP LOCKED", "")
    assert wrong != definition
    office.run(wrong.replace("RETURN enter_state", "PERFORM pg_sleep(0.05); RETURN enter_state"))
    for _ in range(8):
        desks[0].take()

    def attempt(desk: Clerk) -> Turn | None:
        with contextlib.suppress(psycopg.errors.UniqueViolation):
            return desk.next()
        return None  # the second row of time of one person: the table itself refuses it

    found = together([partial(attempt, desk) for desk in desks])
    called = {turn.ticket_id for turn in found if isinstance(turn, Turn)}
    assert len(called) < len(desks), "eight wait, and fewer were called"
