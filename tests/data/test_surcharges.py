"""Surcharges on real PostgreSQL: the same pesos as domain/surcharges.py, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import psycopg
import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.money import round_money
from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.domain.surcharges import (
    SurchargeBase,
    SurchargeRule,
    surcharge_base,
    surcharge_due,
)
from tests.support.server import TestServer
from tests.support.town import Town, add_account, add_charge, build_town

Posted = dict[int, list[tuple[int, Decimal, Decimal]]]
"""Months, amount and tax of the surcharges of each charge, pesos."""


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database(), grace_days=0)
    yield made
    made.close()


@dataclass
class Parent:
    """A charge as the test follows it."""

    charge_id: int
    due_on: date
    amount: Decimal
    tax: Decimal
    settled: Decimal = Decimal(0)
    months: int = 0
    accrued: Decimal = Decimal(0)

    def item(self) -> OpenItem:
        return OpenItem(
            self.charge_id, "AGUA", "", 1, None, "", self.due_on - timedelta(days=15), self.due_on,
            self.amount, self.tax, self.settled,
        )  # fmt: skip


def random_rule(random: Random) -> SurchargeRule:
    return SurchargeRule(
        monthly_rate=Decimal(random.randint(1, 300)).scaleb(-4),
        base=random.choice(list(SurchargeBase)),
        grace_days=random.choice((0, 0, 3, 20)),
        cap_ratio=random.choice((None, Decimal("0.05"), Decimal(1))),
        month_fraction_counts=random.random() < 0.5,
    )


def use_rule(connection: psycopg.Connection[Any], rule: SurchargeRule) -> None:
    connection.execute("ALTER TABLE surcharge_rate DISABLE TRIGGER forbid_change")
    connection.execute(
        "UPDATE surcharge_rate SET monthly_rate = %s, base = %s, grace_days = %s, cap_ratio = %s,"
        " month_fraction_counts = %s",
        (rule.monthly_rate, rule.base.value, rule.grace_days, rule.cap_ratio,
         rule.month_fraction_counts),
    )  # fmt: skip


def random_parents(connection: psycopg.Connection[Any], random: Random) -> list[Parent]:
    parents = []
    for number in range(10, 40):
        account = add_account(connection, number)
        due = date(2025, 1, 1) + timedelta(days=random.randint(0, 600))
        amount = Decimal(random.randint(1, 90000)).scaleb(-2)
        tax = round_money(amount * random.choice((Decimal(0), Decimal("0.16"))))
        connection.execute("DELETE FROM charge WHERE account_id = %s", (account,))
        key = add_charge(connection, account, "AGUA", None, str(due), amount, tax)
        parents.append(Parent(key, due, amount, tax))
    return parents


def expect(parent: Parent, rule: SurchargeRule, through: date) -> tuple[int, Decimal] | None:
    """What Python would add; the months count as charged only when there is something to charge."""
    outstanding, original = surcharge_base(parent.item(), rule)
    quote = surcharge_due(
        outstanding, original, parent.due_on, parent.months, parent.accrued, rule, through
    )
    if quote.amount == 0:
        return None
    parent.months, parent.accrued = quote.months, parent.accrued + quote.amount
    return quote.months, quote.amount


def posted(connection: psycopg.Connection[Any]) -> Posted:
    found: Posted = {}
    for parent, months, amount, tax in connection.execute(
        "SELECT parent_charge_id, accrued_months, amount, tax FROM charge"
        " WHERE source = 'surcharge' ORDER BY id"
    ):
        found.setdefault(parent, []).append((months, amount, tax))
    return found


def pay(connection: psycopg.Connection[Any], parent: Parent, random: Random) -> None:
    parent.settled = round_money((parent.amount + parent.tax) * random.randint(0, 100) / 100)
    connection.execute(
        "UPDATE charge SET settled = %s WHERE id = %s", (parent.settled, parent.charge_id)
    )


@pytest.mark.parametrize("seed", range(4))
def test_sql_accrues_what_python_does_with_part_payments_between(town: Town, seed: int) -> None:
    random, rule = Random(seed), random_rule(Random(seed))
    paty = town.sign_in("paty")
    with town.admin() as connection:
        connection.execute("ALTER TABLE charge DISABLE TRIGGER forbid_delete")
        connection.execute("DELETE FROM charge")
        with connection.transaction():
            use_rule(connection, rule)
            parents = random_parents(connection, random)
        expected: Posted = {}
        for through in (date(2025, 3, 31), date(2025, 9, 1), date(2026, 2, 28), date(2026, 11, 20)):
            paty.call("accrue_surcharges", {"through": str(through)})
            for parent in parents:
                added = expect(parent, rule, through)
                if added:
                    rate = Decimal("0.16") if parent.tax else Decimal(0)
                    tax = round_money(added[1] * rate)
                    expected.setdefault(parent.charge_id, []).append((*added, tax))
            assert posted(connection) == expected
            for parent in parents:
                if random.random() < 0.4 and parent.settled == 0:
                    pay(connection, parent, random)
        difference = connection.execute("SELECT sum(amount) FROM journal_line").fetchone()
    assert expected
    assert difference == (0,)


def test_the_same_day_again_adds_nothing(town: Town) -> None:
    rosa = town.sign_in("rosa")
    account = town.account_ids()[0]
    order = {"through": "2026-11-20", "account_id": account}
    first = rosa.call("accrue_surcharges", order)
    assert (first["charges"], first["amount"]) == (1, Decimal("14.33"))  # 318.40 x 1.5 % x 3
    assert rosa.call("accrue_surcharges", order)["charges"] == 0
    earlier = rosa.call("accrue_surcharges", order | {"through": "2026-10-01"})
    assert earlier["charges"] == 0
    with town.admin() as connection:
        row = connection.execute(
            "SELECT c.concept, c.due_on, c.period_code, c.basis ->> 'months', j.kind,"
            " (SELECT sum(amount) FROM journal_line l WHERE l.journal_id = j.id"
            "  AND ledger_account = 'RECEIVABLE')"
            " FROM charge c JOIN journal j ON j.id = c.journal_id WHERE source = 'surcharge'"
        ).fetchone()
    assert row == ("REC", date(2026, 9, 15), "202607", "3", "surcharge", Decimal("14.33"))


def test_tomorrow_is_refused_and_everybody_is_for_the_registry(town: Town) -> None:
    rosa = town.sign_in("rosa")
    with pytest.raises(refusals.InvalidCommand):
        rosa.call("accrue_surcharges", {"through": "2099-01-01", "account_id": 1})
    with pytest.raises(refusals.NotPermitted):
        rosa.call("accrue_surcharges", {"through": "2026-11-20"})
    with pytest.raises(refusals.UnknownAccount):
        rosa.call("accrue_surcharges", {"through": "2026-11-20", "account_id": 9999})
    for person in ("memo", "auditora", "sistemas"):
        with pytest.raises(refusals.NotPermitted):
            town.sign_in(person).call(
                "accrue_surcharges", {"through": "2026-11-20", "account_id": 1}
            )
    assert (
        town.sign_in("gerente").call("accrue_surcharges", {"through": "2026-11-20"})["charges"] == 3
    )
