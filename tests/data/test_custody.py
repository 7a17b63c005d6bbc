"""Custody of a session's money: deliveries, surprise counts, takeovers, verified closings."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from tehuacan_comercial.data.queries.cash import closing
from tehuacan_comercial.documents.closing_report.sheet import CashStep
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.cash import CloseSessionCommand
from tehuacan_comercial.domain.custody import (
    CashLevel,
    CountCommand,
    SendWithdrawalCommand,
    Withdrawn,
)
from tehuacan_comercial.domain.lifecycles import WITHDRAWAL, WithdrawalState
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.cash import CashService
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.intents import IntentJournal
from tehuacan_comercial.services.paper.closing import closing_sheet
from tests.support.asking import request
from tests.support.day.office import Office, build_office
from tests.support.day.station import Station
from tests.support.day.truth import settled_truth
from tests.support.server import TestServer

HUNDRED = Decimal(100)


@dataclass
class Desk:
    """Custody and till of one person."""

    custody: CustodyService
    cash: CashService


@dataclass
class Watched:
    """Rosa charges at C1 ($757.00 in cash over a float of $500.00); the others watch."""

    office: Office
    till: Station

    def desk(self, username: str, job: str) -> Desk:
        database = self.office.town.sign_in(username)
        actor = Actor(username, username, "Prueba", job)
        journal = IntentJournal(self.office.home / username)
        return Desk(CustodyService(database, actor), CashService(database, actor, journal))

    @property
    def rosa(self) -> CustodyService:
        return self.desk("rosa", "cashier").custody

    @property
    def elena(self) -> CustodyService:
        return self.desk("elena", "head_cashier").custody

    @property
    def manager(self) -> CustodyService:
        return self.desk("gerente", "manager").custody

    def send(self, hundreds: int) -> Withdrawn:
        return self.rosa.send_withdrawal(self.order(hundreds))

    def order(self, hundreds: int) -> SendWithdrawalCommand:
        return SendWithdrawalCommand(uuid.uuid4(), self.till.session_id, {HUNDRED: hundreds})

    def count(self, hundreds: int, card: str = "0") -> CountCommand:
        declared = {TenderKind.CARD: Decimal(card)}
        return CountCommand(uuid.uuid4(), self.till.session_id, {HUNDRED: hundreds}, declared)


@pytest.fixture
def watched(
    test_server: TestServer, new_database: Callable[[], str], tmp_path: Path
) -> Iterator[Watched]:
    office = build_office(test_server, new_database(), tmp_path, accounts=2)
    till = Station(office)
    till.open()
    assert till.charge_account(office.accounts()[0]).stands
    yield Watched(office, till)
    assert settled_truth(office) == []
    office.town.close()


def expected_cash(watched: Watched) -> Decimal:
    query = f"SELECT expected FROM commercial.session_expected({watched.till.session_id})"
    return Decimal(str(watched.office.ask(f"{query} WHERE tender = 'cash'")[0][0]))


def test_a_delivery_leaves_the_drawer_when_somebody_else_received_it(watched: Watched) -> None:
    before = expected_cash(watched)
    order = watched.order(3)
    sent = watched.rosa.send_withdrawal(order)
    assert watched.rosa.send_withdrawal(order) == sent
    assert (sent.state, sent.amount) == (WithdrawalState.IN_TRANSIT, Decimal(300))
    assert expected_cash(watched) == before, "in transit it still belongs to the drawer"
    assert [row.folio for row in watched.elena.in_transit()] == [sent.folio]
    taken = watched.elena.accept(sent.withdrawal_id, {HUNDRED: 3})
    assert taken.state is WithdrawalState.ACCEPTED
    assert watched.elena.accept(sent.withdrawal_id, {HUNDRED: 3}) == taken
    assert expected_cash(watched) == before - 300


def test_a_rejected_delivery_goes_back_to_the_drawer(watched: Watched) -> None:
    before = expected_cash(watched)
    sent = watched.send(1)
    with pytest.raises(r.ReasonRequired):
        watched.elena.reject(sent.withdrawal_id, " ")
    assert watched.elena.reject(sent.withdrawal_id, "Falta una pieza").state == "rejected"
    assert expected_cash(watched) == before
    with pytest.raises(r.WithdrawalDecided) as refused:
        watched.manager.accept(sent.withdrawal_id, {HUNDRED: 1})
    assert (refused.value.folio, refused.value.state) == (sent.folio, "rejected")


def test_who_sent_it_takes_it_back_and_nobody_else(watched: Watched) -> None:
    before = expected_cash(watched)
    sent = watched.send(1)
    with pytest.raises(r.ReasonRequired):
        watched.rosa.take_back(sent.withdrawal_id, " ")
    with pytest.raises(r.NotYourSession):
        watched.elena.take_back(sent.withdrawal_id, "No es mía")
    back = watched.rosa.take_back(sent.withdrawal_id, "Conté de más")
    assert back.state is WithdrawalState.WITHDRAWN
    assert watched.rosa.take_back(sent.withdrawal_id, "Conté de más") == back
    assert expected_cash(watched) == before
    with pytest.raises(r.WithdrawalDecided) as refused:
        watched.manager.accept(sent.withdrawal_id, {HUNDRED: 1})
    assert refused.value.state == "withdrawn"


def test_what_was_received_is_not_taken_back(watched: Watched) -> None:
    sent = watched.send(1)
    watched.elena.accept(sent.withdrawal_id, {HUNDRED: 1})
    with pytest.raises(r.WithdrawalDecided):
        watched.rosa.take_back(sent.withdrawal_id, "Tarde")
    with pytest.raises(r.UnknownDocument):
        watched.rosa.take_back(9_999, "No existe")


def test_the_owner_of_the_tables_takes_nothing_back_for_somebody_else(watched: Watched) -> None:
    sent = watched.send(1)
    for who, state in (("elena", "withdrawn"), ("rosa", "accepted")):
        with pytest.raises(psycopg.errors.CheckViolation, match="two_people"):
            watched.office.run(
                f"UPDATE commercial.withdrawal SET state = '{state}', decided_by = '{who}',"
                f" decided_at = now(), decision_note = 'X' WHERE id = {sent.withdrawal_id}"
            )


def test_what_is_received_is_counted(watched: Watched) -> None:
    sent = watched.send(2)
    with pytest.raises(r.AmountsDisagree):
        watched.elena.accept(sent.withdrawal_id, {HUNDRED: 1})
    assert watched.elena.accept(sent.withdrawal_id, {Decimal(50): 4}).state == "accepted"


def test_nobody_receives_their_own_delivery(watched: Watched) -> None:
    sent = watched.send(1)
    for desk in (watched.desk("rosa", "cashier"), watched.desk("rosa", "head_cashier")):
        with pytest.raises(r.NotPermitted):
            desk.custody.accept(sent.withdrawal_id, {HUNDRED: 1})
    watched.elena.reject(sent.withdrawal_id, "Prueba")


@pytest.mark.parametrize("pieces", [{}, {HUNDRED: 500_000}, {Decimal("0.001"): 5}, {HUNDRED: -1}])
def test_nonsense_is_not_delivered(watched: Watched, pieces: dict[Decimal, int]) -> None:
    order = SendWithdrawalCommand(uuid.uuid4(), watched.till.session_id, pieces)
    with pytest.raises((r.InvalidCommand, r.NotThatMuchCash)):
        watched.rosa.send_withdrawal(order)


def test_what_is_in_transit_is_not_delivered_twice(watched: Watched) -> None:
    whole = int(expected_cash(watched) // 100)
    sent = watched.send(whole)
    with pytest.raises(r.NotThatMuchCash):
        watched.send(1)
    watched.elena.accept(sent.withdrawal_id, {HUNDRED: whole})


def blocking(watched: Watched) -> list[tuple[str, str]]:
    found = watched.rosa.blockers(watched.till.session_id)
    return [(row.code, row.subject) for row in found if row.blocking]


def test_a_refused_close_lists_everything_that_is_in_the_way(watched: Watched) -> None:
    folios = [watched.send(1).folio, watched.send(1).folio]
    with pytest.raises(r.CloseBlocked) as refused:
        watched.till.count_and_close()
    told = [(each["code"], each["subject"]) for each in refused.value.blockers]
    assert told == blocking(watched)
    assert [subject for _code, subject in told] == folios


def test_a_receipt_that_never_came_out_is_told_and_stops_nothing(watched: Watched) -> None:
    database, session = watched.till.database, watched.till.session_id
    (row,) = watched.rosa.blockers(session)
    assert (row.code, row.blocking, row.facts["receipts"]) == ("paper_unprinted", False, 1)
    order = {"kind": "receipt", "subject_id": row.facts["receipt_id"], "format": "letter"}
    sheet = database.call("issue_document", order)
    for state, left in (("failed", 1), ("printed", 0)):
        report = {"document_id": sheet["id"], "printer": "P", "state": state}
        database.call("report_print", report)
        assert len(watched.rosa.blockers(session)) == left


def test_a_transfer_that_waits_is_told_and_stops_nothing(watched: Watched) -> None:
    second, first = watched.office.accounts()[:2]
    paid = watched.till.charge_account(first)
    assert paid.charged is not None
    asker = watched.till.database
    options = {"to_account": second}
    asked = request(asker, "transfer_payment", paid.charged.receipt_id, "CUENTA", options=options)
    rows = {row.code: row for row in watched.rosa.blockers(watched.till.session_id)}
    assert rows["authorisation_pending"].facts["authorisation_id"] == asked
    assert not rows["authorisation_pending"].blocking
    watched.till.count_and_close()


def test_a_delivery_in_transit_is_in_the_way_of_the_close(watched: Watched) -> None:
    sent = watched.send(1)
    assert blocking(watched) == [("withdrawal_in_transit", sent.folio)]
    with pytest.raises(r.CloseBlocked) as refused:
        watched.till.count_and_close()
    (blocker,) = refused.value.blockers
    assert (blocker["code"], blocker["subject"]) == ("withdrawal_in_transit", sent.folio)
    watched.elena.accept(sent.withdrawal_id, {HUNDRED: 1})
    assert blocking(watched) == []
    watched.till.count_and_close()
    with pytest.raises(r.SessionNotOpen):
        watched.send(1)


def test_the_drawer_warns_at_nine_tenths_and_never_stops_a_charge(watched: Watched) -> None:
    cash = expected_cash(watched)
    for limit, level in (
        ("NULL", CashLevel.NONE),
        (cash, CashLevel.FULL),
        (cash / Decimal("0.9") + 1, CashLevel.FREE),
        (cash / Decimal("0.9") - 1, CashLevel.NEAR),
    ):
        watched.office.run(f"UPDATE commercial.till SET cash_limit = {limit} WHERE code = 'C1'")
        assert watched.rosa.level(watched.till.session_id) is level
    watched.office.run("UPDATE commercial.till SET cash_limit = 1 WHERE code = 'C1'")
    assert watched.till.charge_account(watched.office.accounts()[1]).stands


def test_a_surprise_count_is_a_new_row_and_stays_hidden_from_the_cashier(watched: Watched) -> None:
    order = watched.count(12)
    counted = watched.elena.count_by_surprise(order)
    assert watched.elena.count_by_surprise(order) == counted
    assert counted.difference == 1200 - expected_cash(watched)
    assert watched.manager.count_by_surprise(watched.count(13)).number == 2
    with watched.office.town.sign_in("rosa").read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cash_count").scalar() == 0
    assert watched.till.charge_account(watched.office.accounts()[1]).stands


def test_somebody_else_gives_the_third_figure(watched: Watched) -> None:
    with pytest.raises(r.InvalidTransition):
        watched.elena.verify(watched.count(5))
    watched.till.count_and_close()
    order = watched.count(4)
    verified = watched.elena.verify(order)
    assert watched.elena.verify(order) == verified
    cash = next(line for line in verified.lines if line.tender is TenderKind.CASH)
    assert [cash.declared, cash.verified, cash.difference] == [500, 400, -100]
    with pytest.raises(r.SessionVerifiedAlready):
        watched.manager.verify(watched.count(5))


def test_the_session_of_an_absent_cashier_is_closed_by_name(watched: Watched) -> None:
    session = watched.till.session_id
    with pytest.raises(r.ReasonRequired):
        watched.elena.take_over(session, "")
    watched.office.run("UPDATE commercial.staff_member SET active = false WHERE username = 'rosa'")
    watched.elena.take_over(session, "Baja de la cajera")
    with pytest.raises(r.NotYourSession):
        watched.manager.take_over(session, "También")
    desk = watched.desk("elena", "head_cashier")
    with pytest.raises(r.NotYourSession):
        desk.cash.resume(session)
    desk.cash.close_session(CloseSessionCommand(uuid.uuid4(), session, {HUNDRED: 12}, {}))
    with pytest.raises(r.SecondPersonNeeded):
        watched.elena.verify(watched.count(12))
    with watched.office.town.sign_in("elena").read() as connection:
        (key,) = connection.exec_driver_sql("SELECT id FROM cash_closing").one()
        row = closing(connection, key)
    assert row is not None
    sheet = closing_sheet(row, (), {}, None)
    assert sheet.signatures[0].name == "Elena Núñez Peña"
    assert watched.manager.verify(watched.count(12)).difference == 0


def test_the_paper_tells_what_was_delivered(watched: Watched) -> None:
    sent = watched.send(2)
    watched.elena.accept(sent.withdrawal_id, {HUNDRED: 2})
    closed = watched.till.count_and_close()
    with watched.office.town.sign_in("elena").read() as connection:
        row = closing(connection, closed.closing_id)
    assert row is not None
    steps = closing_sheet(row, (), {}, None).cash_steps
    assert steps[-1] == CashStep(f"Entrega {sent.folio}", Decimal("-200.00"))
    expected = next(line.expected for line in closed.lines if line.tender is TenderKind.CASH)
    assert sum(step.amount for step in steps) == expected


def test_a_taken_session_takes_no_payment_of_its_cashier(watched: Watched) -> None:
    watched.elena.take_over(watched.till.session_id, "Ausente")
    told = watched.till.charge_account(watched.office.accounts()[1])
    assert isinstance(told.refusal, r.SessionNotOpen)
    del watched.office.told[told.command_id]
    with pytest.raises(r.NotYourSession):
        watched.till.count_and_close()


def test_an_interim_report_is_numbered_and_blind_for_the_cashier(watched: Watched) -> None:
    session, key = watched.till.session_id, uuid.uuid4()
    own = watched.rosa.interim_report(key, session)
    assert watched.rosa.interim_report(key, session) == own
    assert (own["receipts"], own["blind"], "applied" in own) == (1, True, False)
    whole = watched.elena.interim_report(uuid.uuid4(), session)
    cash = next(row for row in whole["tenders"] if row["tender"] == "cash")
    assert Decimal(cash["expected"]) == expected_cash(watched)
    assert [own["folio"][-2:], whole["folio"][-2:]] == ["X1", "X2"]
    with pytest.raises(r.UnknownDocument):
        watched.desk("lupe", "cashier").custody.interim_report(uuid.uuid4(), session)


def test_supervision_sees_every_drawer(watched: Watched) -> None:
    cash = expected_cash(watched)
    sent = watched.send(2)
    (row,) = watched.manager.sessions()
    assert (row.till_code, row.state) == ("C1", "open")
    assert [row.in_transit, row.cash] == [200, cash - 200]
    watched.elena.accept(sent.withdrawal_id, {HUNDRED: 2})
    watched.till.count_and_close()
    (row,) = watched.manager.sessions()
    assert (row.state, row.closing_difference) == ("closed", 500 - (cash - 200))


def test_database_and_screen_know_the_same_steps(watched: Watched) -> None:
    for before in WithdrawalState:
        for after in WithdrawalState:
            allowed = watched.office.ask(
                f"SELECT commercial.withdrawal_step_allowed('{before}', '{after}')"
            )
            assert allowed == [(WITHDRAWAL.can(before, after),)]
