"""Payments on the wrong account: both debts, the drawer, the document, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.verify import VerifyService
from tests.support.books import open_charges, open_session, pay
from tests.support.returns import (
    cash,
    close_right,
    credit,
    pay_mixed,
    request_transfer,
    transfer,
    transfer_request,
)
from tests.support.server import TestServer
from tests.support.town import Town, build_town
from tests.support.voids import decision, request_void, void


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database())
    yield made
    database = Database(made.server.superuser_url(made.database))
    assert list(VerifyService(database, OFFICE).run()) == []
    database.close()
    made.close()


@pytest.fixture
def rosa(town: Town) -> Database:
    return town.sign_in("rosa")


@pytest.fixture
def manager(town: Town) -> Database:
    return town.sign_in("gerente")


def one(town: Town, sql: str) -> Any:
    with town.admin() as admin:
        row = admin.execute(sql.encode()).fetchone()
    return row[0] if row and len(row) == 1 else row


def test_the_old_account_owes_again_and_the_new_one_is_settled_oldest_first(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, (account, other, _) = open_session(rosa, "C1"), town.account_ids()
    owed, wanted = open_charges(town, account), open_charges(town, other)
    paid = pay(rosa, session, account, owed[:2], "cash")
    close_right(rosa, session)
    drawer = one(town, "SELECT expected FROM session_expected(1) WHERE tender = 'cash'")
    content = one(town, "SELECT content::text FROM cash_closing")
    made = transfer(rosa, manager, paid["receipt_id"], other)
    assert made["folio"] == "TR-000001"
    assert open_charges(town, account) == owed
    assert open_charges(town, other) == wanted[2:]
    assert one(town, "SELECT content::text FROM cash_closing") == content
    assert one(town, "SELECT expected FROM session_expected(1) WHERE tender = 'cash'") == drawer
    told = one(town, "SELECT content FROM payment_transfer")
    assert (told["original_folio"], told["from_number"]) == ("C1-000001", "10-00001-0")
    assert (told["account_number"], len(told["lines"])) == ("10-00002-0", 2)


def test_what_is_left_over_is_credit_of_the_new_account(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, (account, other, _) = open_session(rosa, "C1"), town.account_ids()
    paid = pay_mixed(rosa, session, account, [], cash("1000.00"), advance="1000.00")
    wanted = sum(pesos for _, pesos in open_charges(town, other))
    transfer(rosa, manager, paid["receipt_id"], other)
    assert open_charges(town, other) == []
    assert credit(town, account) == 0
    assert credit(town, other) == 1000 - wanted


def test_credit_of_the_old_account_stays_there_and_so_does_rounding(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, (account, other, _) = open_session(rosa, "C1"), town.account_ids()
    pay_mixed(rosa, session, account, [], cash("100.00"), advance="100.00")
    owed = open_charges(town, account)[:1]
    paid = pay_mixed(
        rosa, session, account, owed,
        {"kind": "credit", "received": "100.00"}, cash("218.50"), rounding="0.10",
    )  # fmt: skip
    made = transfer(rosa, manager, paid["receipt_id"], other)
    assert made["settled"] == Decimal("218.40")
    assert credit(town, account) == 100
    assert open_charges(town, account)[:1] == owed


def test_it_may_move_again_and_comes_home_whole(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, (account, other, third) = open_session(rosa, "C1"), town.account_ids()
    before = {each: open_charges(town, each) for each in (account, other, third)}
    paid = pay(rosa, session, account, before[account][:2], "card")
    for target in (other, third, account):
        transfer(rosa, manager, paid["receipt_id"], target)
    assert open_charges(town, account) == before[account][2:]
    assert open_charges(town, other) == before[other]
    assert open_charges(town, third) == before[third]
    assert one(town, "SELECT count(*), max(transfer_number) FROM payment_transfer") == (3, 3)


def test_debt_that_was_paid_meanwhile_becomes_credit(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, (account, other, _) = open_session(rosa, "C1"), town.account_ids()
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")
    asked = request_transfer(rosa, paid["receipt_id"], other)
    pay(rosa, session, other, open_charges(town, other), "cash")
    manager.call("decide_authorisation", decision(asked))
    assert credit(town, other) == Decimal("318.40")


def test_what_cannot_move_is_refused(town: Town, rosa: Database, manager: Database) -> None:
    session, (account, other, _) = open_session(rosa, "C1"), town.account_ids()
    owed = open_charges(town, account)
    paid = pay(rosa, session, account, owed[:1], "cash")["receipt_id"]
    voided = pay(rosa, session, account, owed[1:2], "cash")["receipt_id"]
    void(rosa, manager, voided)
    for receipt, target, problem in ((paid, account, "same"), (voided, other, "void")):
        with pytest.raises(r.NotTransferable) as refused:
            rosa.call("request_authorisation", transfer_request(receipt, target))
        assert refused.value.problem == problem
    for options in ({"to_account": 9999}, {}):
        with pytest.raises(r.UnknownAccount):
            rosa.call("request_authorisation", transfer_request(paid, 0, options=options))
    ahead = pay_mixed(rosa, session, account, [], cash("50.00"), advance="50.00")["receipt_id"]
    pay(rosa, session, account, [(owed[1][0], Decimal("10.00"))], "credit")
    with pytest.raises(r.AdvanceUsed):
        rosa.call("request_authorisation", transfer_request(ahead, other))


def test_void_and_transfer_of_one_receipt_exclude_each_other(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, (account, other, _) = open_session(rosa, "C1"), town.account_ids()
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")["receipt_id"]
    to_void = request_void(rosa, paid)
    to_move = request_transfer(rosa, paid, other)
    manager.call("decide_authorisation", decision(to_move))
    with pytest.raises(r.PaymentMoved):
        manager.call("decide_authorisation", decision(to_void))
    rosa.call("withdraw_authorisation", {"authorisation_id": to_void})
    with pytest.raises(r.PaymentMoved):
        request_void(rosa, paid)


def test_nobody_moves_a_payment_on_their_own(town: Town, rosa: Database, manager: Database) -> None:
    session, (account, other, _) = open_session(rosa, "C1"), town.account_ids()
    owed = open_charges(town, account)
    small = pay(rosa, session, account, owed[1:2], "cash")["receipt_id"]
    large = pay(rosa, session, account, [owed[0], *owed[2:]], "cash")["receipt_id"]
    asked = request_transfer(manager, small, other)
    with pytest.raises(r.OwnRequest):
        manager.call("decide_authorisation", decision(asked))
    elena = town.sign_in("elena")
    with pytest.raises(r.BeyondAuthority):
        elena.call("decide_authorisation", decision(request_transfer(rosa, large, other)))
    elena.call("decide_authorisation", decision(asked))
    with pytest.raises(r.NotPermitted):
        town.sign_in("auditora").call("request_authorisation", transfer_request(large, other))
