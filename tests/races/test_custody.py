"""Deliveries, takeovers and verifications at the same instant as others, and random days."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.cash import ChargeCommand, CloseSessionCommand
from tehuacan_comercial.domain.custody import CountCommand, SendWithdrawalCommand, Withdrawn
from tehuacan_comercial.domain.shortages import (
    ReceiveShortageCommand,
    Repaid,
    SettlementWay,
    SettleShortageCommand,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.cash import CashService
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.intents import IntentJournal
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.together import side_by_side, together
from tests.support.day.truth import settled_truth
from tests.support.trials import Trials

HUNDRED = Decimal(100)
STEPS = 700
"""Acts of the random days, each followed by the one formula of the drawer."""


def custody(office: Office, username: str, job: str) -> CustodyService:
    return CustodyService(office.town.sign_in(username), Actor(username, username, "", job))


def own(till: Station) -> CustodyService:
    return CustodyService(till.database, Actor(till.username, till.username, "", "cashier"))


def order(till: Station, hundreds: int = 1) -> SendWithdrawalCommand:
    return SendWithdrawalCommand(uuid.uuid4(), till.session_id, {HUNDRED: hundreds})


def test_two_people_answer_one_delivery(office: Office, trials: Trials) -> None:
    elena, manager = custody(office, "elena", "head_cashier"), custody(office, "gerente", "manager")
    (till,) = stations(office, 1)
    for turn in range(5 * 3):
        sent = own(till).send_withdrawal(order(till))
        second = (
            partial(manager.reject, sent.withdrawal_id, "Otra cuenta")
            if turn % 2
            else partial(manager.accept, sent.withdrawal_id, {HUNDRED: 1})
        )
        found = together([partial(elena.accept, sent.withdrawal_id, {HUNDRED: 1}), second])
        assert Counter(type(each) for each in found) == {Withdrawn: 1, r.WithdrawalDecided: 1}
        till.charge_account(office.more_accounts(1)[0])
        trials.add(2)
    assert settled_truth(office) == []


def test_a_delivery_is_received_while_its_sender_takes_it_back(
    office: Office, trials: Trials
) -> None:
    """One of the two, and the other is told which."""
    elena = custody(office, "elena", "head_cashier")
    (till,) = stations(office, 1)
    for _ in range(4):
        sent = own(till).send_withdrawal(order(till))
        acts: list[Callable[[], object]] = [
            partial(elena.accept, sent.withdrawal_id, {HUNDRED: 1}),
            partial(own(till).take_back, sent.withdrawal_id, "Conté de más"),
        ]
        found = together(acts)
        assert Counter(type(each) for each in found) == {Withdrawn: 1, r.WithdrawalDecided: 1}
        trials.add(2)
    assert settled_truth(office) == []


def test_two_people_record_that_one_shortage_was_put_back(office: Office, trials: Trials) -> None:
    """Both see $100.00 pending; together they never settle more than that."""
    elena, manager = custody(office, "elena", "head_cashier"), custody(office, "gerente", "manager")
    for _ in range(3):
        (till,) = stations(office, 1)
        short = {HUNDRED: 4}
        till.cash.close_session(CloseSessionCommand(uuid.uuid4(), till.session_id, short, {}))
        elena.verify(CountCommand(uuid.uuid4(), till.session_id, short, {}))
        acts: list[Callable[[], object]] = [
            partial(who.settle_shortage, SettleShortageCommand(
                uuid.uuid4(), till.session_id, Decimal(60), SettlementWay.BANK, "FICHA"))
            for who in (elena, manager)
        ]  # fmt: skip
        found = together(acts)
        assert Counter(type(each) for each in found) == {type(None): 1, r.ShortageNotOwed: 1}
        trials.add(2)
    assert settled_truth(office) == []


def test_a_shortage_is_put_back_at_the_bank_and_in_cash_at_once(
    office: Office, trials: Trials
) -> None:
    """Never more than was short, whichever is first; what the drawer is told it holds, it holds."""
    elena = custody(office, "elena", "head_cashier")
    for _ in range(3):
        debtor, receiver = stations(office, 2)
        short_by_a_hundred(debtor, elena)
        into = ReceiveShortageCommand(
            uuid.uuid4(), debtor.session_id, receiver.session_id, Decimal(60)
        )
        acts: list[Callable[[], object]] = [
            partial(elena.settle_shortage, SettleShortageCommand(
                uuid.uuid4(), debtor.session_id, Decimal(60), SettlementWay.BANK, "FICHA")),
            partial(own(receiver).receive_shortage, into),
        ]  # fmt: skip
        found = together(acts)
        assert [type(each) for each in found].count(r.ShortageNotOwed) == 1, found
        receiver.count_and_close()
        trials.add(2)
    assert settled_truth(office) == []


def test_a_drawer_begins_its_count_while_cash_is_put_back(office: Office, trials: Trials) -> None:
    """Either the count has it, or the drawer was no longer open; never money nobody expects."""
    elena = custody(office, "elena", "head_cashier")
    for turn in range(6):
        debtor, receiver = stations(office, 2)
        short_by_a_hundred(debtor, elena)
        command = ReceiveShortageCommand(
            uuid.uuid4(), debtor.session_id, receiver.session_id, Decimal(100)
        )
        acts: list[Callable[[], object]] = [
            partial(own(receiver).receive_shortage, command),
            partial(receiver.cash.begin_count, receiver.session_id),
        ]
        found = together(acts if turn % 2 else acts[::-1])
        repaid = found[0] if turn % 2 else found[1]
        assert isinstance(repaid, Repaid | r.SessionNotOpen), found
        held = office.ask(
            f"SELECT expected FROM session_expected({receiver.session_id}) WHERE tender = 'cash'"
        )
        assert held == [(600 if isinstance(repaid, Repaid) else 500,)]
        receiver.count_and_close()
        trials.add(2)
    assert settled_truth(office) == []


def short_by_a_hundred(till: Station, elena: CustodyService) -> None:
    short = {HUNDRED: 4}
    till.cash.close_session(CloseSessionCommand(uuid.uuid4(), till.session_id, short, {}))
    elena.verify(CountCommand(uuid.uuid4(), till.session_id, short, {}))


def test_a_close_against_deliveries_in_flight(office: Office, trials: Trials) -> None:
    """What is in transit stops the close; what comes after the close is refused; none hangs."""
    elena = custody(office, "elena", "head_cashier")
    for _ in range(6):
        (till,) = stations(office, 1)
        acts: list[Callable[[], object]] = [
            partial(own(till).send_withdrawal, order(till)),
            till.count_and_close,
        ]
        sent, closed = together(acts)
        if isinstance(sent, Withdrawn):
            assert isinstance(closed, r.CloseBlocked)
            elena.accept(sent.withdrawal_id, {HUNDRED: 1})
            till.count_and_close()
        else:
            assert isinstance(sent, r.SessionNotOpen)
        trials.add(2)
    assert settled_truth(office) == []


def lane(till: Station, orders: list[ChargeCommand]) -> None:
    for each in orders:
        till.charge(each)


def test_the_manager_takes_the_session_while_its_cashier_charges(
    office: Office, trials: Trials
) -> None:
    manager = custody(office, "gerente", "manager")
    journal = IntentJournal(office.home / "gerente")
    cash = CashService(office.town.sign_in("gerente"), manager.actor, journal)
    for _ in range(4):
        (till,) = stations(office, 1)
        orders = [till.command(account, Decimal(40)) for account in office.more_accounts(9)]

        take = partial(manager.take_over, till.session_id, "Ausente")
        side_by_side([partial(lane, till, orders[start::2]) for start in range(2)] + [take])
        end = CloseSessionCommand(uuid.uuid4(), till.session_id, {HUNDRED: 5}, {})
        cash.close_session(end)
        trials.add(len(orders))
    assert settled_truth(office, refusable=(r.SessionNotOpen,)) == []


def test_two_people_verify_one_closing(office: Office, trials: Trials) -> None:
    both = [custody(office, "elena", "head_cashier"), custody(office, "gerente", "manager")]
    for _ in range(5):
        (till,) = stations(office, 1)
        till.count_and_close()
        found = together(
            [
                partial(each.verify, CountCommand(uuid.uuid4(), till.session_id, {HUNDRED: 5}, {}))
                for each in both
            ]
        )
        assert sum(isinstance(each, r.SessionVerifiedAlready) for each in found) == 1
        trials.add(2)
    assert settled_truth(office) == []


class RandomDays:
    """Acts at one till in random order; a plain sum kept beside the database is the drawer."""

    def __init__(self, office: Office, rng: random.Random) -> None:
        self.office, self.rng = office, rng
        self.elena = custody(office, "elena", "head_cashier")
        self.till = Station(office)
        self.till.open()
        self.rosa = own(self.till)
        self.drawer = Decimal(500)
        self.transit: dict[int, Decimal] = {}

    def step(self) -> None:
        acts = [self.charge] * 3 + [self.send] * 3 + [self.answer] * 4
        self.rng.choice([*acts, self.surprise, self.report, self.close])()
        query = f"SELECT expected FROM commercial.session_expected({self.till.session_id})"
        assert self.office.ask(f"{query} WHERE tender = 'cash'") == [(self.drawer,)]

    def charge(self) -> None:
        (account,) = self.office.more_accounts(1)
        told = self.till.charge(self.till.command(account, Decimal(self.rng.randint(1, 300))))
        assert told.charged is not None
        self.drawer += told.charged.applied

    def send(self) -> None:
        hundreds = self.rng.randint(0, 4)
        fits = 0 < hundreds * 100 <= self.drawer - sum(self.transit.values())
        if not fits:
            with pytest.raises((r.NotThatMuchCash, r.InvalidCommand)):
                self.rosa.send_withdrawal(order(self.till, hundreds))
            return
        sent = self.rosa.send_withdrawal(order(self.till, hundreds))
        self.transit[sent.withdrawal_id] = sent.amount

    def answer(self) -> None:
        if not self.transit:
            return
        key = self.rng.choice(sorted(self.transit))
        amount = self.transit[key]
        if self.rng.random() < 0.3:
            self.elena.reject(key, "No coincide")
        else:
            self.elena.accept(key, {HUNDRED: int(amount // 100)})
            self.drawer -= amount
        del self.transit[key]

    def surprise(self) -> None:
        count = CountCommand(uuid.uuid4(), self.till.session_id, {HUNDRED: 1}, {})
        found = self.elena.count_by_surprise(count)
        there = self.drawer - sum(self.transit.values())
        assert found.difference == 100 - there

    def report(self) -> None:
        whole = self.elena.interim_report(uuid.uuid4(), self.till.session_id)
        assert Decimal(whole["tenders"][0]["expected"]) == self.drawer

    def close(self) -> None:
        if self.transit:
            with pytest.raises(r.CloseBlocked):
                self.till.count_and_close()
            return
        closed = self.till.count_and_close()
        assert closed.difference == 500 - self.drawer
        verified = self.rng.randint(0, 6)
        count = CountCommand(uuid.uuid4(), self.till.session_id, {HUNDRED: verified}, {})
        assert self.elena.verify(count).difference == verified * 100 - 500
        self.till.open()
        self.drawer = Decimal(500)


def test_random_days_keep_the_one_formula(office: Office, trials: Trials) -> None:
    days = RandomDays(office, trials.rng)
    for _ in range(STEPS):
        days.step()
        trials.add()
    assert settled_truth(office) == []
