"""What a drawer was short: put back at the bank, by payroll or in cash, or condoned (H20)."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from decimal import Decimal

import psycopg
import pytest

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.cash import CloseSessionCommand
from tehuacan_comercial.domain.custody import CountCommand
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.shortages import (
    ReceiveShortageCommand,
    SettlementWay,
    SettleShortageCommand,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.receipts import ReceiptsService
from tests.data.test_closings import Closing, closing
from tests.documents.reading import text_of
from tests.support.asking import request
from tests.support.day.station import Station
from tests.support.deposits import deposit, pieces
from tests.support.voids import decision
from tests.support.vouchers import decide, issue, today

__all__ = ["closing"]


@pytest.fixture
def short(closing: Closing) -> Closing:
    """Rosa's closing is $30.00 short in cash, verified with $5.00 less."""
    closing.sign(closing.count("-30.00"))
    counted = closing.count("-35.00")
    elena = supervision(closing, "elena", "head_cashier")
    elena.verify(CountCommand(uuid.uuid4(), counted.session_id, counted.pieces, counted.declared))
    return closing


def supervision(closing: Closing, username: str, job: str) -> CustodyService:
    actor = Actor(username, username, "Prueba", job)
    return CustodyService(closing.office.town.sign_in(username), actor)


def repaid(closing: Closing, pesos: str, reference: str = "FICHA-9") -> SettleShortageCommand:
    return SettleShortageCommand(
        uuid.uuid4(), closing.till.session_id, Decimal(pesos), SettlementWay.BANK, reference
    )


def owing(custody: CustodyService) -> list[tuple[str, ...]]:
    return [(r.cashier, str(r.owed), str(r.settled), str(r.pending)) for r in custody.debts()]


def test_a_shortage_is_put_back_in_parts(short: Closing) -> None:
    elena = supervision(short, "elena", "head_cashier")
    assert owing(elena) == [("rosa", "35.00", "0.00", "35.00")]
    first = repaid(short, "20.00")
    elena.settle_shortage(first)
    elena.settle_shortage(first)
    with pytest.raises(r.CommandReused):
        elena.settle_shortage(replace(first, amount=Decimal(1)))
    with pytest.raises(r.ShortageNotOwed) as refused:
        elena.settle_shortage(repaid(short, "15.01"))
    assert (refused.value.pending, refused.value.asked) == (Decimal("15.00"), Decimal("15.01"))
    supervision(short, "gerente", "manager").settle_shortage(repaid(short, "15.00", "OFICIO 3"))
    rosa = CustodyService(short.till.database, Actor("rosa", "", "Caja", "cashier"))
    assert owing(rosa) == [("rosa", "35.00", "35.00", "0.00")]
    assert rosa.debts()[0].how == "FICHA-9, OFICIO 3"
    assert owing(CustodyService(short.office.town.sign_in("lupe"), rosa.actor)) == []
    booked = short.office.ask(
        "SELECT ledger_account, sum(amount) FROM commercial.journal_line"
        " WHERE ledger_account LIKE 'SHORTAGE%' GROUP BY 1 ORDER BY 1"
    )
    assert booked == [("SHORTAGE", 0), ("SHORTAGE_REPAID", 35)]


@pytest.mark.parametrize("pesos", ["0", "-1.00", "NaN", "1e999"])
def test_nonsense_is_not_put_back(short: Closing, pesos: str) -> None:
    order = repaid(short, "1.00").payload() | {"amount": pesos}
    with pytest.raises((r.InvalidCommand, r.ShortageNotOwed)):
        short.office.town.sign_in("elena").call("settle_shortage", order)
    with pytest.raises(r.InvalidCommand):
        supervision(short, "elena", "head_cashier").settle_shortage(repaid(short, "1.00", " "))


def settle_as_head_cashier(closing: Closing, username: str) -> None:
    """In a transaction that is undone: a role is the whole server's, other tests use it too."""
    order = json.dumps(repaid(closing, "30.00").payload(), default=str)
    with closing.office.town.admin() as connection, connection.transaction(force_rollback=True):
        connection.execute(
            "UPDATE staff_member SET job = 'head_cashier' WHERE username = %s", (username,)
        )
        connection.execute(f"GRANT head_cashier TO {username}".encode())
        connection.execute(f"SET SESSION AUTHORIZATION {username}".encode())
        connection.execute("SELECT settle_shortage(%s::jsonb)", (order,))


def test_nobody_settles_their_own_debt_or_one_that_may_change(closing: Closing) -> None:
    closing.sign(closing.count("-30.00"))
    with pytest.raises(r.ShortageNotOwed) as refused:
        supervision(closing, "elena", "head_cashier").settle_shortage(repaid(closing, "30.00"))
    assert refused.value.state == "closed"
    with pytest.raises(r.NotPermitted):
        closing.till.database.call("settle_shortage", repaid(closing, "30.00").payload())
    with pytest.raises(psycopg.DatabaseError) as herself:
        settle_as_head_cashier(closing, "rosa")
    assert herself.value.sqlstate == "TC041"


def lupe_at_c2(closing: Closing) -> Station:
    """Another cashier with an open drawer of $500.00."""
    lupe = Station(closing.office, 1)
    lupe.open()
    return lupe


def received(
    closing: Closing, till: Station, pesos: str, into: int | None = None
) -> ReceiveShortageCommand:
    return ReceiveShortageCommand(
        uuid.uuid4(), closing.till.session_id, into or till.session_id, Decimal(pesos), "En mano"
    )


def custody_of(till: Station) -> CustodyService:
    return CustodyService(till.database, Actor(till.username, till.username, "Caja", "cashier"))


def expected(closing: Closing, session: int) -> Decimal:
    query = f"SELECT expected FROM session_expected({session}) WHERE tender = 'cash'"
    return Decimal(str(closing.office.ask(query)[0][0]))


def test_cash_enters_the_drawer_that_is_open_by_the_books(short: Closing) -> None:
    lupe = lupe_at_c2(short)
    order = received(short, lupe, "20.00")
    repaid_once = custody_of(lupe).receive_shortage(order)
    assert custody_of(lupe).receive_shortage(order) == repaid_once
    with pytest.raises(r.CommandReused):
        custody_of(lupe).receive_shortage(replace(order, amount=Decimal(1)))
    assert repaid_once.folio == "RF-000001"
    assert expected(short, lupe.session_id) == Decimal("520.00")
    elena = supervision(short, "elena", "head_cashier")
    assert owing(elena) == [("rosa", "35.00", "20.00", "15.00")]
    with pytest.raises(r.ShortageNotOwed):
        custody_of(lupe).receive_shortage(received(short, lupe, "15.50"))
    booked = short.office.ask(
        "SELECT ledger_account, sum(amount) FROM commercial.journal_line l"
        " JOIN commercial.journal j ON j.id = l.journal_id WHERE j.kind = 'shortage_settled'"
        " GROUP BY 1 ORDER BY 1"
    )
    assert booked == [("CASH", 20), ("SHORTAGE", -20)]


def test_who_receives_holds_an_open_drawer_and_does_not_owe(short: Closing) -> None:
    lupe = lupe_at_c2(short)
    rosa = Station(short.office)
    rosa.open()
    with pytest.raises(r.SecondPersonNeeded):
        custody_of(rosa).receive_shortage(received(short, rosa, "20.00"))
    with pytest.raises(r.NotYourSession):
        custody_of(lupe).receive_shortage(received(short, lupe, "20.00", rosa.session_id))
    with pytest.raises(r.NotPermitted):
        short.office.town.sign_in("gerente").call(
            "receive_shortage", received(short, lupe, "20.00").payload()
        )
    with pytest.raises(r.UnknownDocument):
        lupe.database.call(
            "receive_shortage", received(short, lupe, "20.00").payload() | {"session_id": 0}
        )
    lupe.cash.begin_count(lupe.session_id)
    with pytest.raises(r.SessionNotOpen):
        custody_of(lupe).receive_shortage(received(short, lupe, "20.00"))


@pytest.mark.parametrize("pesos", ["0", "-1.00", "NaN", "1e999", "0.30", "", None])
def test_only_an_amount_of_coins_is_received(short: Closing, pesos: str | None) -> None:
    lupe = lupe_at_c2(short)
    order = received(short, lupe, "1.00").payload() | {"amount": pesos}
    with pytest.raises((r.InvalidCommand, r.ShortageNotOwed)):
        lupe.database.call("receive_shortage", order)
    assert short.office.ask("SELECT count(*) FROM commercial.shortage_settlement") == [(0,)]


def test_the_day_adds_up_with_what_was_put_back_in_cash(short: Closing) -> None:
    """Count, paper, deposit and verification sheet: the drawer holds it, no receipt says it."""
    lupe = lupe_at_c2(short)
    assert lupe.charge_account(short.office.more_accounts(1)[0]).stands
    repaid_now = custody_of(lupe).receive_shortage(received(short, lupe, "35.00"))
    elena = short.office.town.sign_in("elena")
    interim = {"command_id": str(uuid.uuid4()), "session_id": lupe.session_id}
    report = elena.call("take_interim_report", interim)
    paper = ReceiptsService(elena, Actor("elena", "", "", "head_cashier"), short.office.home / "e")
    told = text_of(paper.custody(CustodyPaper.INTERIM_REPORT, int(report["id"])).pdf)
    assert "Faltante repuesto" in told
    slip = text_of(paper.custody(CustodyPaper.SHORTAGE_REPAID, repaid_now.settlement_id).pdf)
    for words in ("REPOSICIÓN DE FALTANTE", "RF-000001", "Rosa Núñez Peña", "Lupe Núñez Peña",
                  "TREINTA Y CINCO PESOS 00/100", "En mano"):  # fmt: skip
        assert words in slip
    cash = expected(short, lupe.session_id)
    counted = {Decimal(value): number for value, number in pieces(cash).items()}
    closed = lupe.cash.close_session(
        CloseSessionCommand(uuid.uuid4(), lupe.session_id, counted, {})
    )
    assert closed.difference == 0
    assert "Reposición RF-000001" in text_of(paper.closing(closed.closing_id).pdf)
    day = today(short.office.town)
    with elena.read() as connection:
        query = f"SELECT verification_sheet('{day}')"
        sheet = connection.exec_driver_sql(query).scalar_one()
    totals = {total["key"]: total for total in sheet["totals"]}
    assert totals["sessions"]["ok"], totals["sessions"]
    assert totals["receipts"]["ok"], totals["receipts"]
    deposit(short.office.town, elena, short.till.session_id, lupe.session_id)
    with elena.read() as connection:
        sheet = connection.exec_driver_sql(query).scalar_one()
    assert {total["key"]: total["ok"] for total in sheet["totals"]}["slips"] is True
    made = issue(elena, "collection", day)
    decide(short.office.town.sign_in("gerente"), made["voucher_id"], "verify")


def ask_waiver(closing: Closing, username: str = "elena") -> int:
    asker = closing.office.town.sign_in(username)
    return request(asker, "waive_shortage", closing.till.session_id, "MENOR")


def test_the_manager_condones_what_is_still_owed(short: Closing) -> None:
    elena = supervision(short, "elena", "head_cashier")
    elena.settle_shortage(repaid(short, "20.00"))
    asked = ask_waiver(short)
    facts = short.office.ask(
        "SELECT amount, facts ->> 'owed', facts ->> 'settled' FROM commercial.authorisation"
    )
    assert facts == [(15, "35.00", "20.00")]
    answer = short.decide("gerente", asked)
    assert answer["state"] == "approved"
    assert short.decide_again("gerente", asked, answer)
    assert owing(elena) == [("rosa", "35.00", "35.00", "0.00")]
    booked = short.office.ask(
        "SELECT ledger_account, sum(amount) FROM commercial.journal_line"
        " WHERE ledger_account LIKE 'SHORTAGE%' GROUP BY 1 ORDER BY 1"
    )
    assert booked == [("SHORTAGE", 0), ("SHORTAGE_REPAID", 20), ("SHORTAGE_WAIVED", 15)]
    with pytest.raises(r.ShortageNotOwed) as nothing:
        ask_waiver(short)
    assert nothing.value.pending == 0


def test_a_waiver_has_limits_and_a_second_person(short: Closing) -> None:
    with pytest.raises(r.NotPermitted):
        ask_waiver(short, "rosa")
    asked = ask_waiver(short)
    with pytest.raises(r.OwnRequest):
        short.decide("elena", asked)
    own = ask_by_manager_denied(short, asked)
    with pytest.raises(r.OwnRequest):
        short.decide("gerente", own)
    with pytest.raises(r.BeyondAuthority):
        short.decide("elena", own)  # a head cashier decides no waiver, whatever the amount
    assert short.decide("directora", own)["state"] == "approved"


def ask_by_manager_denied(short: Closing, asked: int) -> int:
    """The first request is denied; the manager asks themselves."""
    short.decide("gerente", asked, "deny")
    return ask_waiver(short, "gerente")


def test_a_large_debt_is_beyond_the_manager(closing: Closing) -> None:
    command = closing.twice_off("-150.00")
    asked = closing.request()
    closing.decide("gerente", asked)
    closing.sign(command)
    elena = supervision(closing, "elena", "head_cashier")
    elena.verify(CountCommand(uuid.uuid4(), command.session_id, command.pieces, command.declared))
    wish = ask_waiver(closing)
    with pytest.raises(r.BeyondAuthority) as told:
        closing.decide("gerente", wish)
    assert told.value.jobs == "director"
    assert closing.decide("directora", wish)["state"] == "approved"


def test_what_was_put_back_since_changes_the_facts(short: Closing) -> None:
    asked = ask_waiver(short)
    supervision(short, "elena", "head_cashier").settle_shortage(repaid(short, "5.00"))
    with pytest.raises(r.FactsChanged):
        short.decide("gerente", asked)
    assert short.decide("gerente", asked, "deny")["state"] == "denied"


def test_who_owes_condones_nothing_not_even_through_a_deputy(short: Closing) -> None:
    """As the owner of the server could bring it about: the session becomes the director's."""
    asked = ask_waiver(short)
    day = today(short.office.town)
    order = {
        "command_id": str(uuid.uuid4()), "principal": "directora", "deputy": "gerente",
        "kinds": ["waive_shortage"], "from": day, "to": day, "reason": "Viaje",
    }  # fmt: skip
    short.office.town.sign_in("directora").call("record_delegation", order)
    with short.office.town.admin() as connection, connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("UPDATE cash_session SET cashier = 'directora'")
        connection.execute("SET LOCAL session_replication_role = origin")
        for who, absent in (("directora", None), ("gerente", "directora")):
            connection.execute(f"SET LOCAL SESSION AUTHORIZATION {who}".encode())
            with pytest.raises(psycopg.DatabaseError) as refused, connection.transaction():
                connection.execute(
                    "SELECT decide_authorisation(%s::jsonb)",
                    [json.dumps(decision(asked, on_behalf_of=absent))],
                )
            assert refused.value.sqlstate == "TC041", who
            connection.execute("RESET SESSION AUTHORIZATION")
    short.decide("gerente", asked, "deny")
