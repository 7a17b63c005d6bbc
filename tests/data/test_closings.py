"""Closings within the office's tolerance, and with somebody's permission beyond it (H6, H7)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.cash import CloseSessionCommand, SessionClosed
from tehuacan_comercial.domain.custody import CountCommand
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.cash import CashService
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.intents import IntentJournal
from tests.support.asking import allow, request
from tests.support.day.office import Office, build_office
from tests.support.day.station import Station
from tests.support.day.truth import settled_truth
from tests.support.server import TestServer
from tests.support.voids import decision, void

TOLERANCE = """INSERT INTO commercial.office_setting (rule_set_id, key, value)
SELECT id, 'closing_tolerance', '"50.00"' FROM commercial.rule_set WHERE kind = 'office'"""


@dataclass
class Closing:
    """Rosa at C1 charged an account; her drawer must hold ``cash`` pesos and a card slip."""

    office: Office
    till: Station
    cash: Decimal

    def count(self, off: str, card: str = "318.40") -> CloseSessionCommand:
        """A count that is ``off`` pesos away in cash, in coins of a centavo."""
        pieces = {Decimal("0.01"): int((self.cash + Decimal(off)) * 100)}
        declared = {TenderKind.CARD: Decimal(card)}
        return CloseSessionCommand(uuid.uuid4(), self.till.session_id, pieces, declared)

    def sign(self, command: CloseSessionCommand) -> SessionClosed:
        return self.till.cash.close_session(command)

    def request(self, username: str = "rosa") -> int:
        asker = self.office.town.sign_in(username)
        return request(asker, "closing_tolerance", self.till.session_id, "SINCAUSA")

    def decide(self, username: str, asked: int, verdict: str = "approve") -> dict[str, Any]:
        database = self.office.town.sign_in(username)
        return database.call("decide_authorisation", decision(asked, verdict))

    def decide_again(self, username: str, asked: int, answer: dict[str, Any]) -> bool:
        """Whether the decision stands as it was answered, asked by its own person once more."""
        with pytest.raises(r.AuthorisationDecided):
            self.decide(username, asked)
        state = self.office.ask(f"SELECT state FROM commercial.authorisation WHERE id = {asked}")
        return state == [(answer["state"],)]

    def counts(self) -> int:
        query = "SELECT count(*) FROM commercial.cash_count WHERE kind = 'closing'"
        return int(str(self.office.ask(query)[0][0]))

    def twice_off(self, off: str = "-60.00") -> CloseSessionCommand:
        with pytest.raises(r.RecountNeeded):
            self.sign(self.count(off))
        second = self.count(off)
        with pytest.raises(r.ClosingNeedsPermission):
            self.sign(second)
        return second


@pytest.fixture
def closing(
    test_server: TestServer, new_database: Callable[[], str], tmp_path: Path
) -> Iterator[Closing]:
    office = build_office(test_server, new_database(), tmp_path, accounts=2)
    office.run(TOLERANCE)
    till = Station(office)
    till.open()
    assert till.charge_account(office.accounts()[0]).stands
    card = till.command(office.accounts()[1], Decimal("318.40"), kind=TenderKind.CARD)
    assert till.charge(card).stands
    expected = office.ask(
        f"SELECT expected FROM commercial.session_expected({till.session_id}) WHERE tender = 'cash'"
    )
    yield Closing(office, till, Decimal(str(expected[0][0])))
    assert settled_truth(office) == []
    office.town.close()


@pytest.mark.parametrize("off", ["0.00", "50.00", "-50.00"])
def test_within_the_tolerance_one_count_closes(closing: Closing, off: str) -> None:
    assert closing.sign(closing.count(off)).difference == Decimal(off)


def test_cash_too_much_does_not_make_good_a_missing_slip(closing: Closing) -> None:
    with pytest.raises(r.RecountNeeded):
        closing.sign(closing.count("26.00", card="292.40"))


def test_beyond_it_the_count_stays_and_a_second_one_may_close(closing: Closing) -> None:
    first = closing.count("-50.01")
    for _ in range(2):
        with pytest.raises(r.RecountNeeded) as told:
            closing.sign(first)
        assert told.value.counts == 1
    assert closing.counts() == 1
    with pytest.raises(r.CountAlreadySigned):
        closing.till.cash.resume(closing.till.session_id)
    command = closing.till.command(closing.office.accounts()[1])
    with pytest.raises(r.SessionNotOpen):
        closing.till.cash.charge(command)
    second = closing.count("1.00")
    closed = closing.sign(second)
    assert [closed.difference, closing.counts()] == [1, 2]
    assert closing.sign(second) == closed
    with pytest.raises(r.CountAlreadySigned):
        closing.sign(first)


def test_the_count_stays_blind_for_its_cashier(closing: Closing) -> None:
    with pytest.raises(r.RecountNeeded):
        closing.sign(closing.count("-60.00"))
    with pytest.raises(r.RecountNeeded):
        closing.request()
    database = closing.office.town.sign_in("rosa")
    with database.read() as connection:
        seen = connection.exec_driver_sql("SELECT expected FROM cash_count").scalars().all()
    assert seen == [None]


def test_twice_beyond_it_needs_somebody_who_may_decide(closing: Closing) -> None:
    second = closing.twice_off("-600.00")
    with pytest.raises(r.ClosingNeedsPermission):
        closing.sign(closing.count("0.00"))
    asked = closing.request()
    with pytest.raises(r.ClosingNeedsPermission):
        closing.till.cash.finish_closing(closing.till.session_id)
    with pytest.raises(r.BeyondAuthority):
        closing.decide("elena", asked)
    closing.decide("gerente", asked)
    closed = closing.sign(second)
    assert closed.difference == -600
    assert closing.till.cash.finish_closing(closing.till.session_id) == closed
    booked = closing.office.ask(
        "SELECT ledger_account, amount FROM commercial.journal_line l JOIN commercial.journal j"
        " ON j.id = l.journal_id WHERE j.kind = 'cash_difference' ORDER BY 1"
    )
    assert booked == [("CASH", -600), ("SHORTAGE", 600)]


def test_the_close_may_be_finished_without_its_command(closing: Closing) -> None:
    closing.twice_off()
    closing.decide("elena", closing.request())
    assert closing.till.cash.finish_closing(closing.till.session_id).difference == -60


def test_after_a_denial_a_third_count_needs_permission_too(closing: Closing) -> None:
    closing.twice_off()
    first = closing.request()
    closing.decide("elena", first, "deny")
    third = closing.count("0.00")
    with pytest.raises(r.ClosingNeedsPermission):
        closing.sign(third)
    closing.decide("elena", closing.request())
    assert closing.sign(third).difference == 0
    assert closing.counts() == 3


def test_the_permission_is_for_that_count(closing: Closing) -> None:
    closing.twice_off()
    with pytest.raises(r.NotYourSession):
        closing.request("lupe")
    asked = closing.request()
    with pytest.raises(r.NotPermitted):
        closing.decide("rosa", asked)
    actor = Actor("rosa", "rosa", "Prueba", "cashier")
    custody = CustodyService(closing.till.database, actor)
    row = custody.blockers(closing.till.session_id)[0]
    assert row.blocking
    assert (row.code, row.facts["authorisation"]["state"]) == ("difference", "requested")
    closing.decide("elena", asked)
    assert not any(row.blocking for row in custody.blockers(closing.till.session_id))
    closing.till.cash.finish_closing(closing.till.session_id)


def test_who_takes_the_session_over_finishes_it(closing: Closing) -> None:
    closing.twice_off()
    elena = closing.office.town.sign_in("elena")
    actor = Actor("elena", "elena", "Prueba", "head_cashier")
    CustodyService(elena, actor).take_over(closing.till.session_id, "Se fue")
    cash = CashService(elena, actor, IntentJournal(closing.office.home / "elena"))
    with pytest.raises(r.NotYourSession):
        closing.request()
    asked = closing.request("elena")
    with pytest.raises(r.OwnRequest):
        closing.decide("elena", asked)
    closing.decide("gerente", asked)
    assert cash.finish_closing(closing.till.session_id).difference == -60


def test_a_delivery_does_not_move_what_was_counted(closing: Closing) -> None:
    with pytest.raises(r.RecountNeeded):
        closing.sign(closing.count("-60.00"))
    order = {"command_id": str(uuid.uuid4()), "session_id": closing.till.session_id}
    with pytest.raises(r.CountAlreadySigned):
        closing.till.database.call("send_withdrawal", order | {"denominations": {"100": 1}})
    closing.sign(closing.count("0.00"))


def reopen(closing: Closing, decider: str = "elena") -> int:
    database = closing.office.town.sign_in(decider)
    session = closing.till.session_id
    return allow(closing.till.database, database, "reopen_session", session, "CONTEO")


def test_a_reopened_session_is_counted_anew(closing: Closing) -> None:
    command = closing.count("-50.00")
    first = closing.sign(command)
    reopen(closing)
    with pytest.raises(r.CountAlreadySigned):
        closing.till.cash.resume(closing.till.session_id)
    assert closing.sign(command) == first, "a late answer tells what stood"
    with pytest.raises(r.RecountNeeded):
        closing.sign(closing.count("-51.00"))
    second = closing.sign(closing.count("1.00"))
    assert second.folio != first.folio
    told = closing.office.ask(
        "SELECT content ->> 'replaces', replaces_id FROM commercial.cash_closing ORDER BY id"
    )
    assert told == [(None, None), (first.folio, first.closing_id)]
    booked = closing.office.ask(
        "SELECT ledger_account, sum(amount) FROM commercial.journal_line l JOIN commercial.journal"
        " j ON j.id = l.journal_id WHERE j.kind = 'cash_difference' GROUP BY 1 ORDER BY 1"
    )
    assert booked == [("CASH", 1), ("OVERAGE", -1), ("SHORTAGE", 0)]


def test_a_reversal_stays_one_when_its_session_is_counted_anew(closing: Closing) -> None:
    closing.sign(closing.count("0.00"))
    receipt = closing.office.ask("SELECT min(id) FROM commercial.receipt")[0][0]
    void(closing.till.database, closing.office.town.sign_in("gerente"), int(str(receipt)))
    reopen(closing)
    closing.sign(closing.count("0.00"))
    assert closing.office.ask("SELECT kind FROM commercial.receipt_void") == [("reversal",)]
    assert settled_truth(closing.office) == []


def test_what_was_verified_is_not_reopened(closing: Closing) -> None:
    closing.sign(closing.count("-1.00"))
    actor = Actor("elena", "elena", "Prueba", "head_cashier")
    elena = CustodyService(closing.office.town.sign_in("elena"), actor)
    counted = closing.count("-1.00")
    elena.verify(CountCommand(uuid.uuid4(), counted.session_id, counted.pieces, counted.declared))
    with pytest.raises(r.InvalidTransition):
        reopen(closing)


def test_nobody_reopens_while_till_or_cashier_is_busy(closing: Closing) -> None:
    closing.sign(closing.count("0.00"))
    elena = closing.office.town.sign_in("elena")
    asked = request(closing.till.database, "reopen_session", closing.till.session_id, "CONTEO")
    closing.till.open()
    with pytest.raises(r.TillBusy):
        elena.call("decide_authorisation", decision(asked))


def test_the_owner_of_the_tables_reopens_nothing(closing: Closing) -> None:
    closing.sign(closing.count("0.00"))
    with pytest.raises(psycopg.Error, match="reopened by its authorisation"):
        closing.office.run("UPDATE commercial.cash_session SET state = 'counting'")


def test_a_reopened_session_may_be_taken_over(closing: Closing) -> None:
    closing.sign(closing.count("-1.00"))
    reopen(closing, "gerente")
    actor = Actor("elena", "elena", "Prueba", "head_cashier")
    elena = closing.office.town.sign_in("elena")
    CustodyService(elena, actor).take_over(closing.till.session_id, "Salió")
    cash = CashService(elena, actor, IntentJournal(closing.office.home / "elena"))
    assert cash.close_session(closing.count("0.00")).difference == 0


def test_a_shortage_is_the_debt_of_its_cashier(closing: Closing) -> None:
    closing.sign(closing.count("-20.00"))
    reopen(closing)
    closing.sign(closing.count("-30.00"))
    elena = Actor("elena", "elena", "Prueba", "head_cashier")
    custody = CustodyService(closing.office.town.sign_in("elena"), elena)
    counted = closing.count("-35.00")
    custody.verify(CountCommand(uuid.uuid4(), counted.session_id, counted.pieces, counted.declared))
    today = date.fromisoformat(str(closing.office.ask("SELECT commercial.office_today()")[0][0]))
    found = custody.differences(today, today)
    told = [(row.cashier, row.source, row.tender, str(row.amount)) for row in found]
    assert told == [
        ("rosa", "closing", "cash", "-30.00"),
        ("rosa", "verification", "cash", "-5.00"),
    ]
    rosa = CustodyService(closing.till.database, Actor("rosa", "", "Caja", "cashier"))
    assert rosa.differences(today, today) == found
    lupe = CustodyService(closing.office.town.sign_in("lupe"), Actor("lupe", "", "", "cashier"))
    assert lupe.differences(today, today) == ()
