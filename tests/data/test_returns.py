"""Returned cheques on real PostgreSQL: what is owed again, the fee, the ban, what is refused."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.verify import VerifyService
from tests.support.asking import allow, request
from tests.support.books import open_charges, open_session, order_of, pay
from tests.support.returns import (
    cash,
    cheque,
    close_right,
    credit,
    pay_mixed,
    return_order,
    transfer,
)
from tests.support.server import TestServer
from tests.support.town import Town, build_town
from tests.support.voids import decision, void
from tests.support.vouchers import today

FEE = Decimal("63.68")
"""20 % of $318.40."""


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
def elena(town: Town) -> Database:
    return town.sign_in("elena")


def one(town: Town, sql: str) -> Any:
    with town.admin() as admin:
        row = admin.execute(sql.encode()).fetchone()
    return row[0] if row and len(row) == 1 else row


def gave_back(who: Database, town: Town, receipt: int, line: int = 1, **changes: Any) -> Any:
    order = return_order(receipt, line, returned_on=today(town), **changes)
    return who.call("record_cheque_return", order)


def test_the_debt_opens_again_with_the_fee_and_the_corte_stays(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    owed = open_charges(town, account)
    paid = pay(rosa, session, account, owed[:1], "cheque")
    close_right(rosa, session, cheque="318.40")
    before = one(town, "SELECT content::text FROM cash_closing")
    told = gave_back(elena, town, paid["receipt_id"])
    assert (told["amount"], told["reopened"], told["fee"]) == (
        Decimal("318.40"), Decimal("318.40"), FEE,
    )  # fmt: skip
    assert open_charges(town, account)[:-1] == owed
    assert open_charges(town, account)[-1][1] == FEE
    assert one(town, "SELECT content::text FROM cash_closing") == before
    assert one(town, "SELECT expected FROM session_expected(1) WHERE tender = 'cheque'") == Decimal(
        "318.40"
    )
    assert one(
        town,
        "SELECT sum(amount) FROM journal_line WHERE ledger_account = 'RETURNED_CHEQUE'",
    ) == Decimal("-318.40")


def test_only_the_cheque_part_of_a_mixed_payment_is_undone(
    town: Town, rosa: Database, elena: Database
) -> None:
    """Cash keeps the oldest charges settled; the receipt's rounding stays where it was."""
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    owed = open_charges(town, account)[:2]
    total = sum(pesos for _, pesos in owed)
    paid = pay_mixed(
        rosa, session, account, owed, cash("300.00"), cheque(str(total - 300)), rounding="0.00"
    )
    close_right(rosa, session, cheque=str(total - 300))
    gave_back(elena, town, paid["receipt_id"], 2)
    assert open_charges(town, account)[:2] == [
        (owed[0][0], Decimal("18.40")), (owed[1][0], owed[1][1]),
    ]  # fmt: skip


def test_an_advance_by_cheque_is_taken_back(town: Town, rosa: Database, elena: Database) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay_mixed(rosa, session, account, [], cash("40.00"), cheque("100.00"), advance="140.00")
    close_right(rosa, session, cheque="100.00")
    assert credit(town, account) == 140
    told = gave_back(elena, town, paid["receipt_id"], 2)
    assert credit(town, account) == 40
    assert (told["reopened"], told["fee"]) == (0, 50)


def test_an_advance_that_billing_used_comes_out_of_what_it_settled(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay_mixed(rosa, session, account, [], cheque("100.00"), advance="100.00")
    close_right(rosa, session, cheque="100.00")
    first = open_charges(town, account)[0]
    with town.admin() as admin:  # as a billing run applies it
        admin.execute(
            "WITH j AS (INSERT INTO journal (kind, business_date, memo)"
            " VALUES ('credit', office_today(), 'Aplicado') RETURNING id),"
            " l AS (INSERT INTO journal_line SELECT j.id, v.* FROM j,"
            " (VALUES (1, 'RECEIVABLE', -80.00), (2, 'CUSTOMER_CREDIT', 80.00)) v),"
            " m AS (INSERT INTO credit_movement (account_id, journal_id, amount)"
            " SELECT %(a)s, id, -80 FROM j),"
            " c AS (UPDATE charge SET settled = 80 WHERE id = %(c)s)"
            " INSERT INTO allocation (charge_id, journal_id, amount) SELECT %(c)s, id, 80 FROM j",
            {"a": account, "c": first[0]},
        )
    gave_back(elena, town, paid["receipt_id"])
    assert open_charges(town, account)[0] == first
    assert credit(town, account) == 0


def test_an_advance_that_a_receipt_used_must_be_freed_first(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay_mixed(rosa, session, account, [], cheque("100.00"), advance="100.00")
    first = open_charges(town, account)[0][0]
    spent = pay(rosa, session, account, [(first, Decimal("60.00"))], "credit")
    close_right(rosa, session, cheque="100.00")
    with pytest.raises(r.AdvanceUsed) as refused:
        gave_back(elena, town, paid["receipt_id"])
    assert refused.value.available == 40
    assert refused.value.needed == 100
    void(rosa, town.sign_in("gerente"), spent["receipt_id"])
    gave_back(elena, town, paid["receipt_id"])
    assert credit(town, account) == 0


def test_two_cheques_of_one_payment_come_back_one_after_the_other(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    owed = open_charges(town, account)[:1]
    paid = pay_mixed(rosa, session, account, owed, cheque("200.00"), cheque("118.40", "000452"))
    close_right(rosa, session, cheque="318.40")
    gave_back(elena, town, paid["receipt_id"], 2)
    assert open_charges(town, account)[0][1] == Decimal("118.40")
    gave_back(elena, town, paid["receipt_id"], 1)
    assert open_charges(town, account)[0] == owed[0]
    assert one(town, "SELECT count(*) FROM cheque_ban") == 1


def test_a_cheque_beside_credit_keeps_the_credit_used(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    pay_mixed(rosa, session, account, [], cash("100.00"), advance="100.00")
    owed = open_charges(town, account)[:1]
    paid = pay_mixed(
        rosa, session, account, owed, {"kind": "credit", "received": "100.00"}, cheque("218.40")
    )
    close_right(rosa, session, cheque="218.40")
    gave_back(elena, town, paid["receipt_id"], 2)
    assert open_charges(town, account)[0][1] == Decimal("218.40")
    assert credit(town, account) == 0


def test_a_cheque_that_went_to_another_account_is_owed_there(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, (account, other, _) = open_session(rosa, "C1"), town.account_ids()
    owed = open_charges(town, other)
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cheque")
    close_right(rosa, session, cheque="318.40")
    transfer(rosa, elena, paid["receipt_id"], other)
    told = gave_back(elena, town, paid["receipt_id"])
    assert told["account_id"] == other
    assert open_charges(town, other)[:-1] == owed
    assert one(town, f"SELECT count(*) FROM cheque_ban WHERE account_id = {other}") == 1


def test_surcharges_run_from_the_debts_own_dates(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cheque")
    close_right(rosa, session, cheque="318.40")
    gave_back(elena, town, paid["receipt_id"])
    town.end_grace()
    told = rosa.call("accrue_surcharges", {"account_id": account})
    assert told["charges"] == 1  # of the charge that came back; none of its fee


def test_no_till_takes_a_cheque_until_the_manager_lifts_it(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cheque")
    close_right(rosa, session, cheque="318.40")
    gave_back(elena, town, paid["receipt_id"])
    lupe = town.sign_in("lupe")
    again = open_session(lupe, "C2")
    owed = open_charges(town, account)[:1]
    order = order_of(again, account, owed, "cheque")
    with pytest.raises(r.ChequesBarred) as refused:
        lupe.call("post_payment", order)
    assert refused.value.account_number == "10-00001-0"
    ban = int(one(town, "SELECT id FROM cheque_ban"))
    with pytest.raises(r.NotPermitted):
        elena.call("lift_cheque_ban", {"ban_id": ban, "reason": "Trajo carta del banco"})
    manager = town.sign_in("gerente")
    with pytest.raises(r.ReasonRequired):
        manager.call("lift_cheque_ban", {"ban_id": ban, "reason": " "})
    for _ in range(2):
        manager.call("lift_cheque_ban", {"ban_id": ban, "reason": "Trajo carta del banco"})
    with pytest.raises(r.BanLifted):
        town.sign_in("directora").call("lift_cheque_ban", {"ban_id": ban, "reason": "También"})
    assert lupe.call("post_payment", order)["folio"]


def test_the_same_order_again_returns_once_and_another_is_told_who_did(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cheque")
    close_right(rosa, session, cheque="318.40")
    order = return_order(paid["receipt_id"], returned_on=today(town))
    assert elena.call("record_cheque_return", order) == elena.call("record_cheque_return", order)
    with pytest.raises(r.CommandReused):
        elena.call("record_cheque_return", order | {"reference": "OTRO"})
    with pytest.raises(r.ChequeReturned) as refused:
        gave_back(town.sign_in("gerente"), town, paid["receipt_id"])
    assert refused.value.by.startswith("Elena")


def test_what_cannot_have_come_back_is_refused(town: Town, rosa: Database, elena: Database) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    owed = open_charges(town, account)
    by_cheque = pay(rosa, session, account, owed[:1], "cheque")["receipt_id"]
    by_cash = pay(rosa, session, account, owed[1:2], "cash")["receipt_id"]
    voided = pay(rosa, session, account, owed[2:3], "cheque")["receipt_id"]
    void(rosa, town.sign_in("gerente"), voided)

    def problem(receipt: int, **changes: Any) -> str:
        with pytest.raises(r.NotReturnable) as refused:
            elena.call("record_cheque_return",
                       return_order(receipt, returned_on=today(town)) | changes)  # fmt: skip
        return refused.value.problem

    assert problem(by_cheque) == "session"
    close_right(rosa, session, cheque="318.40")
    assert problem(by_cash) == "tender"
    assert problem(by_cheque, line=7) == "tender"
    assert problem(voided) == "void"
    assert problem(by_cheque, returned_on=today(town, -1)) == "day"
    assert problem(by_cheque, returned_on=today(town, 1)) == "day"
    assert problem(by_cheque, returned_on=None) == "day"
    with pytest.raises(r.ReasonRequired):
        gave_back(elena, town, by_cheque, reason_code="OTRO")
    with pytest.raises(r.UnknownDocument):
        gave_back(elena, town, 999999)
    with pytest.raises(r.NotPermitted):
        gave_back(rosa, town, by_cheque)


def test_a_receipt_whose_cheque_came_back_is_not_voided(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cheque")
    close_right(rosa, session, cheque="318.40")
    gave_back(elena, town, paid["receipt_id"])
    with pytest.raises(r.PaymentMoved) as refused:
        void(rosa, town.sign_in("gerente"), paid["receipt_id"])
    assert refused.value.problem == "returned"


def test_without_a_rule_there_is_no_fee(town: Town, rosa: Database, elena: Database) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cheque")
    close_right(rosa, session, cheque="318.40")
    with town.admin() as admin:
        admin.execute("UPDATE rule_set SET valid = 'empty' WHERE kind = 'returned_cheque'")
    assert gave_back(elena, town, paid["receipt_id"])["fee"] == 0


def test_a_session_whose_cheque_came_back_is_not_opened_again(
    town: Town, rosa: Database, elena: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cheque")
    close_right(rosa, session, cheque="318.40")
    asked = request(rosa, "reopen_session", session, "CONTEO")
    gave_back(elena, town, paid["receipt_id"])
    with pytest.raises(r.NotReopenable) as refused:
        elena.call("decide_authorisation", decision(asked))
    assert (refused.value.problem, refused.value.document) == ("returned", "C1-000001")
    rosa.call("withdraw_authorisation", {"authorisation_id": asked})
    with pytest.raises(r.NotReopenable):
        request(rosa, "reopen_session", session, "CONTEO")


def test_the_session_that_handed_the_cheque_on_may_be_counted_anew(
    town: Town, rosa: Database, elena: Database
) -> None:
    lupe = town.sign_in("lupe")
    session, other = open_session(rosa, "C1"), open_session(lupe, "C2")
    account = town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cheque")
    proof = {"payment_id": paid["payment_id"], "line": 1}
    given = rosa.call("send_handover", {
        "command_id": str(uuid.uuid4()), "session_id": session, "to_session_id": other,
        "proofs": [proof],
    })  # fmt: skip
    item = given["items"][0]["item_id"]
    lupe.call("decide_handover", {"item_id": item, "verdict": "accept"})
    close_right(rosa, session)
    close_right(lupe, other, cheque="318.40")
    gave_back(elena, town, paid["receipt_id"])
    with pytest.raises(r.NotReopenable):
        request(lupe, "reopen_session", other, "CONTEO")
    allow(rosa, elena, "reopen_session", session, "CONTEO")
    close_right(rosa, session)
