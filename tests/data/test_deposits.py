"""Batches of deposit: sessions, count and slips agree in every form of payment, or it waits."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.lifecycles import DEPOSIT, DepositState
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.verify import VerifyService
from tests.support.asking import request
from tests.support.books import open_charges, open_session, pay
from tests.support.deposits import (
    balance,
    count_order,
    deposit,
    money_of,
    open_batch,
    pieces,
    slips_order,
    stamped,
)
from tests.support.server import TestServer
from tests.support.town import Town, build_town
from tests.support.vouchers import decide, issue, today


@dataclass
class Night:
    """Rosa closed with $318.40 in cash and $296.00 by card; Lupe with $63.68 by cheque."""

    town: Town
    rosa: Database
    lupe: Database
    elena: Database
    manager: Database
    sessions: list[int] = field(default_factory=list)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with self.town.admin() as connection:
            return connection.execute(query.encode()).fetchall()

    def ledger(self, code: str) -> Decimal:
        found = self.ask(
            f"SELECT coalesce(sum(amount), 0.00) FROM journal_line WHERE ledger_account = '{code}'"
        )
        return Decimal(str(found[0][0]))

    def state(self, batch: int) -> str:
        return str(self.ask(f"SELECT state FROM deposit_batch WHERE id = {batch}")[0][0])

    def slips_total(self) -> dict[str, Any]:
        found = self.ask(f"SELECT day_slips('{today(self.town)}')")[0][0]
        assert isinstance(found, dict)
        return found


def close(who: Database, session: int, cash: str, **declared: str) -> None:
    order = {
        "command_id": str(uuid.uuid4()),
        "session_id": session,
        "denominations": pieces(Decimal(cash)),
        "declared": {kind: declared.get(kind, "0") for kind in ("card", "transfer", "cheque")},
    }
    who.call("close_session", order)


@pytest.fixture
def night(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Night]:
    town = build_town(test_server, new_database())
    rosa, lupe, elena, manager = (
        town.sign_in(name) for name in ("rosa", "lupe", "elena", "gerente")
    )
    one, two, three = town.account_ids()
    first, second = open_session(rosa, "C1"), open_session(lupe, "C2")
    pay(rosa, first, one, open_charges(town, one)[:1], "cash")
    pay(rosa, first, two, [(open_charges(town, two)[2][0], Decimal("296.00"))], "card")
    pay(lupe, second, three, [(open_charges(town, three)[1][0], Decimal("63.68"))], "cheque")
    close(rosa, first, "818.40", card="296.00")
    close(lupe, second, "500.00", cheque="63.68")
    yield Night(town, rosa, lupe, elena, manager, [first, second])
    town.close()
    verifying = Database(test_server.superuser_url(town.database))
    found = VerifyService(verifying, OFFICE).run()
    verifying.close()
    assert [each.sentence for each in found] == []


def test_the_money_of_the_drawers_reaches_the_bank_to_the_centavo(night: Night) -> None:
    batch = open_batch(night.elena, *night.sessions)
    money = money_of(night.town, batch)
    assert money == {
        "cash": Decimal("318.40"),
        "card": Decimal("296.00"),
        "transfer": Decimal("0.00"),
        "cheque": Decimal("63.68"),
    }
    counted = night.elena.call("count_batch", count_order(batch, money))
    assert [row["difference"] for row in counted["tenders"]] == [Decimal("0.00")] * 4
    order = slips_order(batch, money)
    made = night.elena.call("balance_batch", order)
    assert made["folio"] == "LD-000001"
    assert night.elena.call("balance_batch", order) == made
    assert night.ledger("CASH") == Decimal("318.40")
    bank = stamped(night.town, batch)
    night.elena.call("deposit_batch_at_bank", bank)
    night.elena.call("deposit_batch_at_bank", bank)
    assert night.state(batch) == "deposited"
    assert [night.ledger(code) for code in ("CASH", "CARD", "CHEQUE")] == [Decimal("0.00")] * 3
    assert night.ledger("BANK_BBVA") == Decimal("678.08")
    assert night.slips_total()["ok"] is True


@pytest.mark.parametrize("tender", ["cash", "card", "cheque"])
def test_a_centavo_of_difference_keeps_the_batch_open(night: Night, tender: str) -> None:
    batch = open_batch(night.elena, *night.sessions)
    money = money_of(night.town, batch)
    wrong = money | {tender: money[tender] - Decimal("0.01")}
    night.elena.call("count_batch", count_order(batch, money))
    with pytest.raises(r.DepositDisagrees) as refused:
        night.elena.call("balance_batch", slips_order(batch, wrong))
    assert (refused.value.what, refused.value.tender) == ("slips", tender)
    assert refused.value.expected - refused.value.given == Decimal("0.01")
    night.elena.call("count_batch", count_order(batch, wrong))
    with pytest.raises(r.DepositDisagrees) as refused:
        night.elena.call("balance_batch", slips_order(batch, money))
    assert (refused.value.what, refused.value.tender) == ("count", tender)
    assert night.state(batch) == "counting"
    assert night.ask("SELECT count(*) FROM deposit_slip") == [(0,)]
    assert night.ask("SELECT last_number FROM folio_series WHERE code = 'LD'") == [(0,)]


def test_one_form_of_payment_goes_to_several_accounts(night: Night) -> None:
    batch = open_batch(night.elena, *night.sessions)
    money = money_of(night.town, batch)
    night.elena.call("count_batch", count_order(batch, money))
    order = slips_order(batch, money)
    cash = next(slip for slip in order["slips"] if slip["tender"] == "cash")
    cash["amount"] = "18.40"
    order["slips"].append({"bank_account": "BNTE", "tender": "cash", "amount": "300.00"})
    night.elena.call("balance_batch", order)
    night.elena.call("deposit_batch_at_bank", stamped(night.town, batch))
    assert night.ledger("BANK_BNTE") == Decimal("300.00")
    assert night.ledger("BANK_BBVA") == Decimal("378.08")


@pytest.mark.parametrize(
    "slip",
    [
        {"bank_account": "NADA", "tender": "cash", "amount": "318.40"},
        {"bank_account": "BBVA", "tender": "credit", "amount": "318.40"},
        {"bank_account": "BBVA", "tender": "cash", "amount": "-318.40"},
        {"bank_account": "BBVA", "tender": "cash", "amount": "0.00"},
        {"bank_account": "BBVA", "tender": "cash", "amount": "mil"},
        {"bank_account": "BBVA", "tender": "cash", "amount": "318.401"},
        {"tender": "cash", "amount": "318.40"},
        {"bank_account": "BBVA", "amount": "318.40"},
        {"bank_account": "BBVA", "tender": "cash"},
    ],
)
def test_a_slip_of_nonsense_is_refused(night: Night, slip: dict[str, str]) -> None:
    batch = open_batch(night.elena, *night.sessions)
    money = money_of(night.town, batch)
    night.elena.call("count_batch", count_order(batch, money))
    order = slips_order(batch, money | {"cash": Decimal(0)})
    order["slips"].append(slip)
    with pytest.raises(r.InvalidCommand):
        night.elena.call("balance_batch", order)
    order["slips"] = []
    with pytest.raises(r.InvalidCommand):
        night.elena.call("balance_batch", order)
    assert night.state(batch) == "counting"


def test_a_batch_of_sessions_without_money_deposits_nothing(night: Night) -> None:
    empty = open_session(night.rosa, "C1")
    close(night.rosa, empty, "500.00")
    batch = open_batch(night.elena, empty)
    money = money_of(night.town, batch)
    night.elena.call("count_batch", count_order(batch, money))
    with pytest.raises(r.InvalidCommand):
        night.elena.call("balance_batch", slips_order(batch, money))


def test_only_closed_sessions_of_no_other_batch(night: Night) -> None:
    running = open_session(night.rosa, "C1")
    for session in (running, 9_999):
        with pytest.raises(r.SessionNotDepositable):
            open_batch(night.elena, night.sessions[0], session)
    batch = open_batch(night.elena, night.sessions[0])
    with pytest.raises(r.SessionNotDepositable) as refused:
        open_batch(night.manager, *night.sessions)
    assert refused.value.batch == batch
    assert night.ask("SELECT count(*) FROM deposit_batch") == [(1,)]


def test_sessions_come_and_go_until_the_count(night: Night) -> None:
    first, second = night.sessions
    batch = open_batch(night.elena, first)
    night.elena.call("change_batch", {"batch_id": batch, "add": [second], "remove": [first]})
    night.elena.call("change_batch", {"batch_id": batch, "add": [second]})
    assert money_of(night.town, batch)["cash"] == Decimal("0.00")
    night.elena.call("count_batch", count_order(batch, money_of(night.town, batch)))
    with pytest.raises(r.InvalidTransition):
        night.elena.call("change_batch", {"batch_id": batch, "add": [first]})
    night.elena.call("reopen_batch", {"batch_id": batch})
    night.elena.call("change_batch", {"batch_id": batch, "remove": [second]})
    with pytest.raises(r.SessionNotDepositable):
        night.elena.call("count_batch", count_order(batch, money_of(night.town, batch)))


def test_a_balanced_batch_stays_as_it_is(night: Night) -> None:
    batch = balance(night.town, night.elena, *night.sessions)
    money = money_of(night.town, batch)
    for act, order in (
        ("count_batch", count_order(batch, money)),
        ("reopen_batch", {"batch_id": batch}),
        ("change_batch", {"batch_id": batch, "remove": night.sessions}),
        ("balance_batch", slips_order(batch, money)),
    ):
        with pytest.raises(r.InvalidTransition):
            night.elena.call(act, order)


def test_the_bank_stamps_every_slip(night: Night) -> None:
    batch = balance(night.town, night.elena, *night.sessions)
    right = stamped(night.town, batch)
    for change in (
        {"reference": " "},
        {"reference": None},
        {"deposited_on": None},
        {"deposited_on": "2999-01-01"},
    ):
        slips = [right["slips"][0] | change, *right["slips"][1:]]
        with pytest.raises(r.InvalidCommand):
            night.elena.call("deposit_batch_at_bank", {"batch_id": batch, "slips": slips})
    with pytest.raises(r.InvalidCommand):
        night.elena.call("deposit_batch_at_bank", {"batch_id": batch, "slips": right["slips"][1:]})
    night.elena.call("deposit_batch_at_bank", right)
    other = {**right, "slips": [right["slips"][0] | {"reference": "OTRA"}, *right["slips"][1:]]}
    with pytest.raises(r.InvalidTransition):
        night.manager.call("deposit_batch_at_bank", other)


def test_a_locked_day_takes_no_deposit(night: Night) -> None:
    batch = balance(night.town, night.elena, *night.sessions)
    made = issue(night.elena, "collection", today(night.town))
    decide(night.manager, made["voucher_id"], "verify")
    with pytest.raises(r.DayLocked):
        night.elena.call("deposit_batch_at_bank", stamped(night.town, batch))
    assert night.state(batch) == "balanced"


def test_a_session_counted_for_its_deposit_is_not_opened_again(night: Night) -> None:
    batch = balance(night.town, night.elena, *night.sessions)
    with pytest.raises(r.NotReopenable) as refused:
        request(night.elena, "reopen_session", night.sessions[0], "CONTEO")
    assert (refused.value.problem, refused.value.document) == ("deposited", str(batch))


def test_a_session_counted_for_its_deposit_can_only_be_confirmed(night: Night) -> None:
    balance(night.town, night.elena, *night.sessions)
    order = {
        "command_id": str(uuid.uuid4()),
        "session_id": night.sessions[0],
        "denominations": pieces(Decimal("818.39")),
        "declared": {"card": "296.00", "transfer": "0", "cheque": "0"},
    }
    with pytest.raises(r.SessionNotDepositable) as refused:
        night.elena.call("verify_session", order)
    assert refused.value.state == "deposited"
    confirmed = order | {"denominations": pieces(Decimal("818.40"))}
    night.elena.call("verify_session", confirmed)


def test_a_verified_difference_is_what_goes_to_the_bank(night: Night) -> None:
    order = {
        "command_id": str(uuid.uuid4()),
        "session_id": night.sessions[0],
        "denominations": pieces(Decimal("808.40")),
        "declared": {"card": "296.00", "transfer": "0", "cheque": "0"},
    }
    night.elena.call("verify_session", order)
    batch = deposit(night.town, night.elena, *night.sessions)
    assert money_of(night.town, batch)["cash"] == Decimal("308.40")
    assert night.ledger("CASH") == Decimal("0.00")


def test_what_was_delivered_before_the_close_goes_to_the_bank_too(night: Night) -> None:
    session = open_session(night.rosa, "C1")
    one = night.town.account_ids()[0]
    pay(night.rosa, session, one, [(open_charges(night.town, one)[1][0], Decimal("200.00"))],
        "cash")  # fmt: skip
    order = {"command_id": str(uuid.uuid4()), "session_id": session, "denominations": {"100": 1}}
    sent = night.rosa.call("send_withdrawal", order)
    night.elena.call(
        "decide_withdrawal",
        {"withdrawal_id": sent["id"], "verdict": "accept", "denominations": {"100": 1}},
    )
    close(night.rosa, session, "600.00")
    batch = deposit(night.town, night.elena, session)
    assert money_of(night.town, batch)["cash"] == Decimal("200.00")


def test_the_sheet_of_the_day_waits_for_every_session(night: Night) -> None:
    assert night.slips_total()["ok"] is None
    balance(night.town, night.elena, night.sessions[0])
    part = night.slips_total()
    assert (part["ok"], part["amount"], part["expected"]) == (None, 614.40, 678.08)
    balance(night.town, night.elena, night.sessions[1])
    whole = night.slips_total()
    assert (whole["ok"], whole["count"]) == (True, 3)


@pytest.mark.parametrize(("before", "after"), list(product(DepositState, repeat=2)))
def test_screen_and_database_know_the_same_steps(
    connection: Any, before: DepositState, after: DepositState
) -> None:
    found = connection.exec_driver_sql(
        f"SELECT commercial.deposit_step_allowed('{before}', '{after}')"
    ).scalar()
    assert found is DEPOSIT.can(before, after)


@pytest.mark.parametrize(
    ("code", "clabe"),
    [("bbva", "012650001000000010"), ("OTRA", "012650001000000011"), ("OTRA", "1"), ("OTRA", "")],
)
def test_an_account_of_the_office_has_a_code_and_a_clabe(
    night: Night, code: str, clabe: str
) -> None:
    order = {"code": code, "bank": "Banco", "name": "Ingresos", "clabe": clabe}
    with pytest.raises(r.InvalidCommand):
        night.town.sign_in("sistemas").call("save_bank_account", order)
