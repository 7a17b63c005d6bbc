"""The attention queue: numbers, order, states, desks, and what each act refuses."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from itertools import product
from uuid import UUID

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.lifecycles import SERVICE_REQUEST, RequestState
from tehuacan_comercial.domain.queue import RoutingCommand, TicketCommand, Turn, TurnCommand
from tehuacan_comercial.domain.queue_fairness import Waiting, next_in_line, run_after
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.verify import VerifyService
from tests.support.queue import Clerk, clerk, load_queue_rules
from tests.support.server import TestServer
from tests.support.town import Town, build_town


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    """Verified at the end of every test."""
    made = build_town(test_server, new_database())
    load_queue_rules(made)
    yield made
    database = Database(made.server.superuser_url(made.database))
    assert VerifyService(database, OFFICE).run() == []
    database.close()
    made.close()


@pytest.fixture
def beto(town: Town) -> Clerk:
    return clerk(town, "beto", "V1")


@pytest.fixture
def paty(town: Town) -> Clerk:
    return clerk(town, "paty", "V2")


def forge(town: Town, statement: str) -> None:
    """As the superuser, past every guard: a clock that a test cannot wait for."""
    with town.admin() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement.encode())


def ask(town: Town, query: str) -> list[tuple[object, ...]]:
    with town.admin() as connection:
        return connection.execute(query.encode()).fetchall()


def test_the_two_tables_of_pairs_are_one(town: Town) -> None:
    for before, after in product(RequestState, repeat=2):
        found = ask(town, f"SELECT request_step_allowed('{before}', '{after}')")[0][0]
        assert found is SERVICE_REQUEST.can(before, after), (before, after)


def test_numbers_are_of_the_procedure_and_have_no_gap(beto: Clerk) -> None:
    taken = [beto.take(code).label for code in ("PAGO", "INFORMES", "PAGO", "ACLARACION")]
    assert taken == ["C-001", "A-001", "C-002", "A-002"]
    with pytest.raises(r.InvalidCommand):
        beto.take("NADA")
    with pytest.raises(r.InvalidCommand):
        beto.take("PAGO", "NADIE")
    assert beto.take("PAGO").label == "C-003"


def test_the_same_command_again_gives_the_same_ticket(town: Town, beto: Clerk) -> None:
    command = TicketCommand(uuid.uuid4(), "PAGO", "MAYOR", town.account_ids()[0], "  Recibo  ")
    first = beto.service.take_ticket(command)
    assert beto.service.take_ticket(command) == first
    assert (first.priority_name, first.account_id, first.note) == (
        "Persona adulta mayor", town.account_ids()[0], "Recibo",
    )  # fmt: skip
    with pytest.raises(r.CommandReused):
        beto.service.take_ticket(TicketCommand(command.command_id, "PAGO"))
    with pytest.raises(r.CommandReused):
        clerk(town, "rosa").service.take_ticket(command)
    assert ask(town, "SELECT count(*) FROM queue_ticket") == [(1,)]


def test_the_database_calls_by_the_rule_of_the_domain(town: Town, beto: Clerk) -> None:
    """Random mornings at two desks: who is called is whom the pure function names."""
    rng = random.Random(26)
    seats = [beto, clerk(town, "paty", "V2")]
    procedures = ("INFORMES", "ACLARACION", "CONTRATO", "PAGO")
    calls = 0
    while calls < 60:
        for _ in range(rng.randint(0, 3)):
            seats[0].take(rng.choice(procedures), rng.choice(("", "", "MAYOR", "EMBARAZO")))
        seat = rng.choice(seats)
        desk = "V1" if seat is beto else "V2"
        rows = ask(town, f"SELECT request_id, preferential, seniority FROM desk_line('{desk}')")
        line = [Waiting(*row) for row in rows]  # type: ignore[arg-type]
        run = int(str(ask(town, f"SELECT desk_run('{desk}')")[0][0]))
        wanted = next_in_line(line, run, 2)
        called = seat.next()
        assert (called and called.request_id) == (wanted and wanted.key)
        if called is None or wanted is None:
            continue
        calls += 1
        assert ask(town, f"SELECT desk_run('{desk}')") == [(run_after(wanted, line, run),)]
        seat.serve(called)
    left = ask(town, "SELECT DISTINCT procedure FROM service_request WHERE state = 'waiting'")
    assert ("PAGO",) in left, "the desks that call do not serve payments"


def test_a_turn_from_the_ticket_to_the_end_row_by_row(town: Town, beto: Clerk) -> None:
    ticket = beto.take(account_id=town.account_ids()[0])
    called = beto.must()
    assert (called.request_id, called.state, called.desk, called.calls) == (
        ticket.request_id, RequestState.CALLED, "V1", 1,
    )  # fmt: skip
    again = beto.act("recall", called)
    assert (again.calls, again.state) == (2, RequestState.CALLED)
    begun = beto.act("begin", again)
    held = beto.act("hold", begun, "Va por copias")
    assert held.state is RequestState.ON_HOLD
    done = beto.act("finish", beto.act("resume", held))
    assert (done.state, done.attended_by, done.seniority) == (
        RequestState.DONE, "beto", ticket.seniority,
    )  # fmt: skip
    rows = ask(town, "SELECT act, state, coalesce(desk, '') FROM service_period ORDER BY number")
    assert rows == [
        ("take", "waiting", ""), ("call_next", "called", "V1"), ("recall", "called", "V1"),
        ("begin", "serving", "V1"), ("hold", "on_hold", "V1"), ("resume", "serving", "V1"),
        ("finish", "done", "V1"),
    ]  # fmt: skip
    with pytest.raises(r.TurnTaken) as told:
        beto.act("begin", done)
    assert (told.value.label, told.value.state) == ("A-001", "done")


def test_every_act_is_done_once_however_often_it_is_asked(town: Town, beto: Clerk) -> None:
    beto.take()
    key = uuid.uuid4()
    called = beto.service.call_next(key)
    assert called is not None
    assert beto.service.call_next(key) == called

    def twice(act: Callable[[TurnCommand], Turn], turn: Turn, note: str = "") -> Turn:
        command = TurnCommand(uuid.uuid4(), turn.request_id, note)
        first = act(command)
        assert act(command) == first
        with pytest.raises(r.CommandReused):
            act(TurnCommand(command.command_id, turn.request_id, f"{note}, otra cosa"))
        return first

    service = beto.service
    turn = twice(service.recall, called)
    absent = twice(service.no_show, turn)
    back = twice(service.revive, absent)
    chosen = twice(service.call_chosen, back, "Cita acordada")
    begun = twice(service.begin, chosen)
    resumed = twice(service.resume, twice(service.hold, begun, "Va por copias"))
    more = RoutingCommand(uuid.uuid4(), resumed.request_id, "CONTRATO", "")
    assert service.add_service(more) == service.add_service(more)
    moved = RoutingCommand(uuid.uuid4(), resumed.request_id, "ACLARACION", "Trae fotos")
    waits = service.transfer(moved)
    assert service.transfer(moved) == waits
    twice(service.abandon, waits)
    assert ask(town, "SELECT count(*), count(DISTINCT ticket_id) FROM service_request") == [(3, 1)]


def test_a_transfer_keeps_seniority_account_and_note(town: Town, beto: Clerk, paty: Clerk) -> None:
    account = town.account_ids()[0]
    first = beto.take(account_id=account)
    later = paty.take("CONTRATO")
    begun = beto.act("begin", beto.must())
    with pytest.raises(r.ReasonRequired):
        beto.pass_on(begun, "CONTRATO", note=" ")
    moved = beto.pass_on(begun, "CONTRATO", note="Ya trae la escritura")
    assert (moved.seniority, moved.account_id, moved.note, moved.label) == (
        first.seniority, account, "Ya trae la escritura", first.label,
    )  # fmt: skip
    assert [paty.must().request_id, beto.next()] == [moved.request_id, None]
    assert later.seniority > moved.seniority


def test_a_wanted_desk_binds_only_while_somebody_attends_there(beto: Clerk, paty: Clerk) -> None:
    beto.take()
    moved = beto.pass_on(beto.must(), "INFORMES", "V2")
    assert beto.next() is None
    paty.service.leave_desk()
    assert beto.must().request_id == moved.request_id


def test_several_services_of_one_visit_one_after_the_other(beto: Clerk, paty: Clerk) -> None:
    beto.take()
    begun = beto.act("begin", beto.must())
    more = beto.add(begun, "CONTRATO")
    assert more.seniority > begun.seniority
    assert paty.next() is None, "the person is still at the other desk"
    beto.act("finish", begun)
    assert paty.must().request_id == more.request_id


def test_nobody_is_absent_before_two_calls(town: Town, beto: Clerk) -> None:
    beto.take()
    called = beto.must()
    with pytest.raises(r.CallAgainFirst) as told:
        beto.act("no_show", called)
    assert (told.value.calls, told.value.needed) == (1, 2)
    absent = beto.act("no_show", beto.act("recall", called))
    back = clerk(town, "rosa").act("revive", absent)
    assert (back.state, back.seniority, back.calls) == (RequestState.WAITING, absent.seniority, 0)


def test_an_absent_person_comes_back_within_the_minutes_of_the_rules(
    town: Town, beto: Clerk
) -> None:
    beto.take()
    absent = beto.act("no_show", beto.act("recall", beto.must()))
    forge(town, "UPDATE service_period SET at = at - interval '31 minutes'")
    with pytest.raises(r.RevivalLate) as told:
        beto.act("revive", absent)
    assert (told.value.label, told.value.minutes) == ("A-001", 30)
    forge(town, "UPDATE service_period SET at = at + interval '31 minutes'")


def test_the_rules_may_also_ask_for_a_moment_of_patience(
    test_server: TestServer, new_database: Callable[[], str]
) -> None:
    patient = build_town(test_server, new_database(), accounts=0)
    load_queue_rules(patient, no_show_seconds="60")
    beto = clerk(patient, "beto", "V1")
    beto.take()
    called = beto.act("recall", beto.must())
    with pytest.raises(r.CallAgainFirst):
        beto.act("no_show", called)
    forge(patient, "UPDATE service_period SET at = at - interval '61 seconds'")
    assert beto.act("no_show", called).state is RequestState.NO_SHOW
    patient.close()


def test_out_of_turn_only_with_a_reason_and_only_who_waits(beto: Clerk, paty: Clerk) -> None:
    first, second = beto.take(), beto.take()
    with pytest.raises(r.ReasonRequired):
        paty.act("call_chosen", second)
    assert paty.act("call_chosen", second, "Cita acordada").desk == "V2"
    with pytest.raises(r.TurnTaken) as told:
        beto.act("call_chosen", second, "Cita acordada")
    assert (told.value.desk, told.value.by) == ("Ventanilla 2", "Paty Núñez Peña")
    assert beto.must().request_id == first.request_id


def test_a_desk_has_one_person_and_a_person_one_desk(town: Town, beto: Clerk, paty: Clerk) -> None:
    with pytest.raises(r.DeskTaken) as told:
        paty.sit("V1")
    assert (told.value.desk, told.value.by) == ("Ventanilla 1", "Beto Núñez Peña")
    with pytest.raises(r.InvalidCommand):
        paty.sit("V9")
    assert beto.sit("V1").desk == "V1"
    assert paty.sit("V3").desk_name == "Ventanilla 3"
    assert ask(town, "SELECT count(*) FILTER (WHERE closed_at IS NULL), count(*) FROM desk_shift"
               ) == [(2, 3)]  # fmt: skip
    beto.take()
    called = beto.must()
    for refused in (beto.service.leave_desk, lambda: beto.sit("V2"), beto.must):
        with pytest.raises(r.TurnInHand):
            refused()
    beto.serve(called)
    beto.service.leave_desk()
    beto.service.leave_desk()
    with pytest.raises(r.NoDesk):
        beto.next()


def test_the_hands_of_another_desk_are_not_one_s_own(beto: Clerk, paty: Clerk) -> None:
    beto.take()
    called = beto.must()
    for name in ("recall", "begin", "no_show", "abandon", "finish"):
        with pytest.raises(r.NotYourTurn) as told:
            paty.act(name, called)
        assert told.value.desk == "Ventanilla 1"
    with pytest.raises(r.NotYourTurn):
        paty.pass_on(called, "CONTRATO")
    held = beto.act("hold", beto.act("begin", called), "Va por copias")
    assert paty.act("resume", held).desk == "V2", "whoever paused may be gone"


def test_supervision_frees_a_desk_whose_person_is_gone(town: Town, beto: Clerk) -> None:
    first = beto.take()
    beto.act("begin", beto.must())
    elena = clerk(town, "elena")
    with pytest.raises(r.ReasonRequired):
        elena.service.free_desk("V1", " ")
    assert elena.service.free_desk("V1", "Se apagó la estación") == ("A-001",)
    assert elena.service.free_desk("V1", "Otra vez") == ()
    with pytest.raises(r.NoDesk):
        beto.next()
    elena.sit("V1")
    again = elena.must()
    assert (again.request_id, again.seniority) == (first.request_id, first.seniority)


def test_what_yesterday_left_open_ends_with_the_first_desk_of_today(
    town: Town, beto: Clerk
) -> None:
    for _ in range(3):
        beto.take()
    beto.act("hold", beto.act("begin", beto.must()), "Va por copias")
    beto.act("begin", beto.must())
    for column, table in (
        ("business_date", "queue_ticket"), ("day", "queue_series"),
    ):  # fmt: skip
        forge(town, f"UPDATE {table} SET {column} = {column} - 1")
    for column, table in (
        ("opened_at", "desk_shift"), ("at", "service_period"), ("taken_at", "queue_ticket"),
        ("seniority_at", "service_request"), ("created_at", "service_request"),
    ):  # fmt: skip
        forge(town, f"UPDATE {table} SET {column} = {column} - interval '1 day'")
    paty = clerk(town, "paty", "V1")
    assert ask(town, "SELECT DISTINCT state FROM service_request") == [("abandoned",)]
    assert ask(town, "SELECT count(*) FROM service_period WHERE act = 'day_end'") == [(3,)]
    assert paty.next() is None
    assert paty.take().label == "A-001"


def test_a_person_without_the_job_does_not_attend(town: Town) -> None:
    with pytest.raises(r.NotPermitted):
        clerk(town, "directora").take()
    director = clerk(town, "directora", job="counter").service
    with pytest.raises(r.NotPermitted):  # nor does PostgreSQL let her
        director.take_ticket(TicketCommand(uuid.uuid4(), "PAGO"))
    assert clerk(town, "directora").service.board().turns == ()
    with pytest.raises(r.NotPermitted):
        clerk(town, "beto", job="manager").service.free_desk("V1", "Porque sí")


def test_a_command_without_identifier_is_refused(town: Town) -> None:
    database = town.sign_in("beto")
    for name in ("take_ticket", "call_next", "take_desk", "recall_turn"):
        with pytest.raises(r.InvalidCommand):
            database.call(name, {"procedure": "PAGO", "desk": "V1"})
    with pytest.raises(r.UnknownDocument):
        database.call("begin_turn", {"command_id": str(UUID(int=1)), "request_id": 999})


def test_other_stations_are_told(town: Town, beto: Clerk) -> None:
    before = int(str(ask(town, "SELECT count(*) FROM change_notice WHERE topic = 'queue'")[0][0]))
    beto.take()
    beto.must()
    after = int(str(ask(town, "SELECT count(*) FROM change_notice WHERE topic = 'queue'")[0][0]))
    assert after - before == 2
