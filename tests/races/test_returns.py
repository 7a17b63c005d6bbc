"""Returns and transfers at the same instant as each other, as voids and as charges."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.refusals import ChequeReturned, ChequesBarred, PaymentMoved, Refusal
from tehuacan_comercial.domain.tendering import TenderKind
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.together import together
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.returns import request_transfer, return_order
from tests.support.trials import Trials
from tests.support.voids import decision, request_void
from tests.support.vouchers import today

ROUNDS = 4


def receipt_of(till: Station, account: int, kind: TenderKind = TenderKind.CASH) -> int:
    """$10 of the account's debt."""
    told = till.charge(till.command(account, Decimal(10), kind=kind))
    assert told.charged is not None
    return told.charged.receipt_id


def approve(database: Database, asked: int) -> Callable[[], Any]:
    return partial(database.call, "decide_authorisation", decision(asked))


def cheques_of_a_closed_till(office: Office) -> list[int]:
    till = stations(office, 1)[0]
    receipts = [receipt_of(till, account, TenderKind.CHEQUE) for account in office.accounts()]
    till.count_and_close()
    return receipts


def test_two_people_return_one_cheque_once(office: Office, trials: Trials) -> None:
    receipts, day = cheques_of_a_closed_till(office), today(office.town)
    people = [office.town.sign_in(name) for name in ("elena", "gerente", "elena", "gerente")]
    for receipt in receipts:
        orders = [return_order(receipt, returned_on=day) for _ in range(2)] * 2
        told = together(
            [
                partial(who.call, "record_cheque_return", order)
                for who, order in zip(people, orders, strict=True)
            ]
        )
        refused = [each for each in told if isinstance(each, Refusal)]
        assert {type(each) for each in refused} == {ChequeReturned}
        assert len(refused) == 2  # the double click of the first is answered, not refused
        trials.add(len(people))
    assert office.ask("SELECT count(*), count(DISTINCT receipt_id) FROM tender_return") == [
        (len(receipts), len(receipts))
    ]
    assert settled_truth(office) == []


def test_of_a_void_and_a_transfer_one_happens(office: Office, trials: Trials) -> None:
    till, accounts = stations(office, 1)[0], office.accounts()
    manager, director = office.town.sign_in("gerente"), office.town.sign_in("gerente")
    for account, target in pairwise(accounts):
        receipt = receipt_of(till, account)
        asked = [request_void(till.database, receipt),
                 request_transfer(till.database, receipt, target)]  # fmt: skip
        told = together([approve(manager, asked[0]), approve(director, asked[1])])
        assert sum(isinstance(each, Refusal) for each in told) == 1
        trials.add(2)
    assert office.ask(
        "SELECT (SELECT count(*) FROM receipt_void) + (SELECT count(*) FROM payment_transfer)"
    ) == [(len(accounts) - 1,)]
    assert settled_truth(office, refusable=(PaymentMoved,)) == []


def test_transfers_between_two_accounts_both_ways_while_both_are_charged(
    office: Office, trials: Trials
) -> None:
    """Locks in one order: nobody waits for another in a circle, nothing is settled twice."""
    tills, accounts = stations(office, 3), office.accounts()
    one, other = accounts[0], accounts[1]
    deciders = [office.town.sign_in("gerente") for _ in range(2)]
    for _ in range(ROUNDS):
        asked = [
            request_transfer(tills[0].database, receipt_of(tills[0], one), other),
            request_transfer(tills[0].database, receipt_of(tills[0], other), one),
        ]
        acts: list[Callable[[], Any]] = [
            approve(who, number) for who, number in zip(deciders, asked, strict=True)
        ]
        acts += [
            partial(till.charge, till.command(account, Decimal(10)))
            for till, account in ((tills[1], one), (tills[2], other))
        ]
        told = together(acts)
        assert [each for each in told[:2] if isinstance(each, Refusal)] == []
        trials.add(len(acts))
    assert office.ask("SELECT count(*) FROM payment_transfer") == [(2 * ROUNDS,)]
    assert settled_truth(office) == []


def test_a_cheque_charged_while_one_comes_back(office: Office, trials: Trials) -> None:
    """Either the charge was first and stands, or the ban was and the till is told so."""
    receipts, day = cheques_of_a_closed_till(office), today(office.town)
    till, elena = stations(office, 1)[0], office.town.sign_in("elena")
    barred = 0
    for receipt, account in zip(receipts, office.accounts(), strict=True):
        command = till.command(account, Decimal(10), kind=TenderKind.CHEQUE)
        order = return_order(receipt, returned_on=day)
        acts: list[Callable[[], Any]] = [
            partial(elena.call, "record_cheque_return", order),
            partial(till.charge, command),
        ]
        given_back, charged = together(acts)
        assert not isinstance(given_back, Refusal)
        assert isinstance(charged, Told)
        barred += isinstance(charged.refusal, ChequesBarred)
        assert charged.charged is not None or isinstance(charged.refusal, ChequesBarred)
        trials.add(2)
    assert office.ask("SELECT count(*) FROM cheque_ban") == [(len(receipts),)]
    taken = office.ask("SELECT count(*) FROM payment")
    assert taken == [(2 * len(receipts) - barred,)]
    assert settled_truth(office, refusable=(ChequesBarred,)) == []
