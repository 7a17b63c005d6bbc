"""What the finder finds among payments, and what it leaves alone; what each job may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from uuid import uuid4

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.clarifications import ChequeReturnCommand, FindingKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.clarifications import ClarificationsService, FindingRow
from tests.support.books import open_charges, open_session, order_of, pay
from tests.support.returns import cash, cheque, close_right, pay_mixed, transfer
from tests.support.server import TestServer
from tests.support.town import STAFF, Town, build_town
from tests.support.voids import void


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(test_server, new_database(), accounts=12)
    yield made
    made.close()


def service(town: Town, username: str = "elena") -> ClarificationsService:
    actor = Actor(username, username.capitalize(), "Prueba", STAFF[username])
    return ClarificationsService(town.sign_in(username), actor)


def told(rows: tuple[FindingRow, ...]) -> list[tuple[str, str, str]]:
    return [(row.kind, row.folio, row.other_folio or row.other_account_number) for row in rows]


def card(rosa: Database, session: int, account: int, town: Town, reference: str) -> int:
    order = order_of(session, account, open_charges(town, account)[:1], "card")
    order["tenders"][0]["reference"] = reference
    return int(rosa.call("post_payment", order)["receipt_id"])


def test_the_same_amount_twice_and_the_same_proof_twice(town: Town) -> None:
    rosa, accounts = town.sign_in("rosa"), town.account_ids()
    session = open_session(rosa, "C1")
    for _ in range(2):
        pay_mixed(rosa, session, accounts[4], [], cash("55.00"), advance="55.00")
    card(rosa, session, accounts[0], town, "aut 99-12")
    card(rosa, session, accounts[7], town, "AUT9912")
    found = [row for row in service(town).findings() if row.reason is not FindingKind.NEIGHBOUR]
    assert told(tuple(found)) == [
        ("reference", "C1-000004", "C1-000003"),
        ("double", "C1-000002", "C1-000001"),
    ]
    assert found[0].detail == "AUT9912"


def test_a_payment_on_a_look_alike_account(town: Town) -> None:
    """10-00001-0 paid what 10-00010-0 owes (two digits changed over); nobody else is named."""
    rosa, accounts = town.sign_in("rosa"), town.account_ids()
    session = open_session(rosa, "C1")
    for account in accounts[1:9]:  # one digit away, and paid up
        pay(rosa, session, account, open_charges(town, account), "cash")
    only = open_charges(town, accounts[9])[:1]
    pay(rosa, session, accounts[9], open_charges(town, accounts[9])[1:], "cash")
    paid = pay_mixed(rosa, session, accounts[0], [], cash(str(only[0][1])), advance=str(only[0][1]))
    found = [row for row in service(town).findings() if row.other_receipt_id is None]
    assert told(tuple(found)) == [("neighbour", paid["folio"], "10-00010-0")]
    assert found[0].other_amount == only[0][1]


def test_the_same_charged_on_two_look_alikes_within_minutes(town: Town) -> None:
    rosa, accounts = town.sign_in("rosa"), town.account_ids()
    session = open_session(rosa, "C1")
    for account in (accounts[0], accounts[1], accounts[11]):
        pay(rosa, session, account, open_charges(town, account)[:1], "cash")
    pairs = {(row.account_number, row.other_account_number)
             for row in service(town).findings() if row.other_receipt_id}  # fmt: skip
    assert ("10-00002-0", "10-00001-0") in pairs
    assert ("10-00012-0", "10-00002-0") in pairs
    assert ("10-00012-0", "10-00001-0") not in pairs  # two digits away


def test_what_was_cleared_up_is_found_no_more(town: Town) -> None:
    rosa, manager, accounts = town.sign_in("rosa"), town.sign_in("gerente"), town.account_ids()
    session = open_session(rosa, "C1")
    receipts = [
        pay_mixed(rosa, session, accounts[4], [], cash("55.00"), advance="55.00")["receipt_id"]
        for _ in range(3)
    ]
    elena = service(town)
    doubles = [row for row in elena.findings() if row.reason is FindingKind.DOUBLE]
    assert len(doubles) == 3
    void(rosa, manager, receipts[1])
    transfer(rosa, manager, receipts[2], accounts[8])
    assert [row for row in elena.findings() if row.reason is FindingKind.DOUBLE] == []
    assert [row.to_number for row in elena.transfers()] == ["10-00009-0"]


def test_a_cheque_from_the_till_to_its_return(town: Town) -> None:
    rosa, account = town.sign_in("rosa"), town.account_ids()[0]
    session = open_session(rosa, "C1")
    pay_mixed(rosa, session, account, open_charges(town, account)[:1], cheque("318.40"))
    elena = service(town)
    (row,) = elena.cheques()
    assert (row.session_closed, row.would_charge) == (False, Decimal("63.68"))
    close_right(rosa, session, cheque="318.40")
    command = ChequeReturnCommand(uuid4(), row.receipt_id, row.line, row.business_date, "FONDOS")
    made = elena.record_return(command)
    assert (made.reopened, made.fee) == (Decimal("318.40"), Decimal("63.68"))
    assert elena.record_return(command) == made
    (row,) = elena.cheques()
    assert (row.bank_reason, row.fee) == ("Fondos insuficientes", Decimal("63.68"))
    (ban,) = elena.bans()
    assert (ban.account_number, ban.lifted_at) == ("10-00001-0", None)
    with pytest.raises(r.NotPermitted):
        elena.lift_ban(ban.ban_id, "Trajo carta del banco")
    assert service(town, "gerente").lift_ban(ban.ban_id, "Trajo carta del banco").accounts
    (ban,) = elena.bans()
    assert ban.lift_reason == "Trajo carta del banco"


@pytest.mark.parametrize("username", ["rosa", "beto", "paty", "memo", "tono_", "sistemas"])
def test_only_the_supervision_reads_it(town: Town, username: str) -> None:
    for read in (service(town, username).cheques, service(town, username).findings):
        with pytest.raises(r.NotPermitted):
            read()
