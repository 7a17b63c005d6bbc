"""The billing run on real PostgreSQL: the same pesos as domain/rating.py, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from typing import Any

import psycopg
import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.consumption import estimated_consumption
from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.rating import Modality, RatedLine, RateRow, TaxRow, rate_bill
from tests.support.server import TestServer
from tests.support.tariffs import CONCEPTS, USES, ZONES, random_rates, random_taxes, store_rates
from tests.support.town import Town, add_account, build_town

PERIOD = "202609"
ACCOUNTS = 240


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database(), accounts=0)
    with made.admin() as connection:
        connection.execute(
            "INSERT INTO concept VALUES ('SAN', 'Saneamiento', 'service', NULL, 40,"
            " 'REVENUE_ALC', 'sanitation'); INSERT INTO route VALUES ('R02', 'Ruta 2', 'S1')"
        )
    yield made
    made.close()


def populate(connection: psycopg.Connection[Any], random: Random, count: int) -> None:
    """Accounts of every use, zone, modality and choice of services, with readings."""
    for number in range(1, count + 1):
        account = add_account(connection, number)
        connection.execute(
            "UPDATE account_terms SET use_class = %s, zone = %s, modality = %s, water = %s,"
            " sewerage = %s, sanitation = %s WHERE account_id = %s",
            (random.choice(USES), random.choice(ZONES), random.choice(("fixed", "metered")),
             random.random() < 0.9, random.random() < 0.8, random.random() < 0.7, account),
        )  # fmt: skip
        read(connection, account, "202607", random.randint(0, 90))
        if random.random() < 0.8:
            read(connection, account, PERIOD, random.choice((0, 1, 15, random.randint(0, 400))))


def read(
    connection: psycopg.Connection[Any], account: int, period: str, m3: int | None, segment: int = 1
) -> None:
    connection.execute(
        "INSERT INTO meter_reading (account_id, period_code, segment, read_on, consumption, kind)"
        " SELECT %(a)s, code, %(s)s, ends_on, %(m3)s::int,"
        " CASE WHEN %(m3)s::int IS NULL THEN 'missing' ELSE 'actual' END"
        " FROM billing_period WHERE code = %(p)s",
        {"a": account, "p": period, "m3": m3, "s": segment},
    )


def expected_lines(
    account: dict[str, Any], rows: tuple[RateRow, ...], taxes: tuple[TaxRow, ...]
) -> dict[str, RatedLine]:
    flags = (account["water"], account["sewerage"], account["sanitation"])
    services = [code for code, wanted in zip(CONCEPTS, flags, strict=True) if wanted]
    modality = Modality(account["modality"])
    lines = rate_bill(
        rows, taxes, services, account["use_class"], account["zone"], modality, account["m3"]
    )
    return {line.concept: line for line in lines if line.amount}


def stored_lines(town: Town) -> tuple[list[dict[str, Any]], dict[int, dict[str, Any]]]:
    """Billed accounts with their terms, and their charges by account and concept."""
    with town.admin() as connection:
        accounts = connection.execute(
            "SELECT jsonb_build_object('account_id', t.account_id, 'use_class', t.use_class,"
            " 'zone', t.zone, 'modality', t.modality, 'water', t.water, 'sewerage', t.sewerage,"
            " 'sanitation', t.sanitation, 'm3', b.consumption, 'estimated', b.estimated,"
            " 'read', r.m3, 'before', h.m3, 'amount', b.amount::text, 'tax', b.tax::text)"
            " FROM account_terms t LEFT JOIN bill b USING (account_id)"
            " LEFT JOIN (SELECT account_id, sum(consumption) m3 FROM meter_reading"
            "   WHERE period_code = '202609' AND kind = 'actual' GROUP BY 1) r USING (account_id)"
            " LEFT JOIN (SELECT account_id, sum(consumption) m3 FROM meter_reading"
            "   WHERE period_code = '202607' GROUP BY 1) h USING (account_id)"
        ).fetchall()
        charges = connection.execute(
            "SELECT account_id, concept, amount, tax, tax_rate, basis FROM charge"
            " WHERE source = 'billing'"
        ).fetchall()
    found: dict[int, dict[str, Any]] = {}
    for account, concept, *facts in charges:
        found.setdefault(int(str(account)), {})[str(concept)] = facts
    return [dict(row[0]) for row in accounts if isinstance(row[0], dict)], found


@pytest.mark.parametrize("seed", [1, 2])
def test_sql_bills_what_python_rates(town: Town, seed: int) -> None:
    random = Random(seed)
    rows, taxes = random_rates(random), random_taxes(random)
    with town.admin() as connection, connection.transaction():
        store_rates(connection, rows, taxes)
        populate(connection, random, ACCOUNTS)
    run = town.sign_in("paty").call("bill_route", {"period": PERIOD}, deadline_seconds=60)
    accounts, charges = stored_lines(town)
    assert len(accounts) == ACCOUNTS == run["runs"][0]["accounts"]
    for account in accounts:
        check_consumption(account)
        expected = expected_lines(account, rows, taxes)
        mine = charges.get(account["account_id"], {})
        assert {
            code: (line.amount, line.tax, line.tax_rate) for code, line in expected.items()
        } == {code: tuple(facts[:3]) for code, facts in mine.items()}
        assert Decimal(account["amount"]) == total_of(line.amount for line in expected.values())
        for code, line in expected.items():
            told = [
                (
                    step["kind"],
                    *(Decimal(str(step[key])) for key in ("quantity", "price", "amount")),
                )
                for step in mine[code][3]["steps"]
            ]
            assert told == [
                (step.kind.value, step.quantity, step.price, step.amount) for step in line.basis
            ]


def check_consumption(account: dict[str, Any]) -> None:
    if account["modality"] == "fixed":
        assert (account["m3"], account["estimated"]) == (0, False)
    elif account["read"] is not None:
        assert (account["m3"], account["estimated"]) == (account["read"], False)
    else:
        guess = estimated_consumption([account["before"]])
        assert (account["m3"], account["estimated"]) == (guess.m3, True)


@pytest.fixture
def priced_town(town: Town) -> Town:
    random = Random(7)
    with town.admin() as connection:
        store_rates(connection, random_rates(random), random_taxes(random))
        for number in range(1, 7):
            add_account(connection, number)
        connection.execute("UPDATE tap SET route_code = 'R02' WHERE sequence > 3")
    return town


def scalar(town: Town, query: str, *values: Any) -> Any:
    with town.admin() as connection:
        row = connection.execute(query, values).fetchone()
    assert row is not None
    return row[0]


def test_a_route_is_billed_once_and_told_again(priced_town: Town) -> None:
    paty = priced_town.sign_in("paty")
    first = paty.call("bill_route", {"period": PERIOD, "route": "R01"}, deadline_seconds=60)["runs"]
    again = paty.call("bill_route", {"period": PERIOD, "route": "R01"}, deadline_seconds=60)["runs"]
    assert [(run["route"], run["accounts"], run["repeated"]) for run in first] == [
        ("R01", 3, False)
    ]
    assert again == [first[0] | {"repeated": True}]
    rest = paty.call("bill_route", {"period": PERIOD}, deadline_seconds=60)["runs"]
    assert [(run["route"], run["repeated"]) for run in rest] == [("R01", True), ("R02", False)]
    assert scalar(priced_town, "SELECT count(*) FROM bill") == 6


def test_an_account_that_comes_later_is_billed_by_a_later_run(priced_town: Town) -> None:
    paty = priced_town.sign_in("paty")
    asked = {"period": PERIOD, "route": "R01"}
    first = paty.call("bill_route", asked, deadline_seconds=60)["runs"]
    before = scalar(priced_town, "SELECT jsonb_agg(b ORDER BY b.id) FROM bill b")
    with priced_town.admin() as connection:
        late = add_account(connection, 7)
        read(connection, late, PERIOD, 9)
    runs = paty.call("bill_route", asked, deadline_seconds=60)["runs"]
    assert [(run["accounts"], run["estimated"], run["repeated"]) for run in runs] == [
        (3, 3, True), (1, 0, False)
    ]  # fmt: skip
    assert runs[0] == first[0] | {"repeated": True}
    assert (runs[1]["route"], runs[1]["consumption"]) == ("R01", 9)
    late_bill = "SELECT run_id FROM bill WHERE account_id = %s"
    assert scalar(priced_town, late_bill, late) == runs[1]["run_id"]
    others = "SELECT jsonb_agg(b ORDER BY b.id) FROM bill b WHERE account_id <> %s"
    assert scalar(priced_town, others, late) == before
    again = paty.call("bill_route", asked, deadline_seconds=60)["runs"]
    assert [(run["accounts"], run["repeated"]) for run in again] == [(3, True), (1, True)]
    books = "SELECT count(*) FROM journal WHERE kind = 'billing'"
    assert scalar(priced_town, books) == 2


def test_a_route_of_nobody_counts_as_run_once(town: Town) -> None:
    with town.admin() as connection:
        store_rates(connection, random_rates(Random(7)), random_taxes(Random(7)))
    paty = town.sign_in("paty")
    for _ in range(2):
        runs = paty.call("bill_route", {"period": PERIOD}, deadline_seconds=60)["runs"]
        assert [(run["route"], run["accounts"]) for run in runs] == [("R01", 0), ("R02", 0)]


def test_an_account_that_moves_to_another_route_is_not_billed_there_again(
    priced_town: Town,
) -> None:
    paty = priced_town.sign_in("paty")
    paty.call("bill_route", {"period": PERIOD, "route": "R01"}, deadline_seconds=60)
    with priced_town.admin() as connection:
        connection.execute("UPDATE tap SET route_code = 'R02' WHERE sequence = 1")
    runs = paty.call("bill_route", {"period": PERIOD, "route": "R02"}, deadline_seconds=60)["runs"]
    assert [run["accounts"] for run in runs] == [3]
    assert scalar(priced_town, "SELECT count(*) FROM bill") == 6


def test_of_a_closed_period_nobody_is_billed_any_more(priced_town: Town) -> None:
    paty = priced_town.sign_in("paty")
    asked = {"period": PERIOD, "route": "R01"}
    open_one = paty.call("bill_route", asked, deadline_seconds=60)
    with priced_town.admin() as connection:
        connection.execute("UPDATE billing_period SET state = 'closed'")
        add_account(connection, 7)
    told = paty.call("bill_route", asked, deadline_seconds=60)
    assert (open_one["closed"], told["closed"]) == (False, True)
    assert [(run["accounts"], run["repeated"]) for run in told["runs"]] == [(3, True)]
    with pytest.raises(refusals.PeriodNotBillable):
        paty.call("bill_route", {"period": PERIOD}, deadline_seconds=60)


def test_the_books_the_runs_and_the_charges_agree(priced_town: Town) -> None:
    runs = priced_town.sign_in("gerente").call(
        "bill_route", {"period": PERIOD}, deadline_seconds=60
    )["runs"]
    charged = scalar(priced_town, "SELECT sum(total) FROM charge WHERE source = 'billing'")
    assert charged == total_of(run["amount"] + run["tax"] for run in runs)
    by_concept = total_of(
        line["amount"] + line["tax"] for run in runs for line in run["by_concept"].values()
    )
    assert by_concept == charged
    with priced_town.admin() as connection:
        books = connection.execute(
            "SELECT j.id, sum(l.amount),"
            " sum(l.amount) FILTER (WHERE ledger_account = 'RECEIVABLE'),"
            " (SELECT sum(total) FROM charge c WHERE c.journal_id = j.id) FROM journal j"
            " JOIN journal_line l ON l.journal_id = j.id WHERE kind = 'billing' GROUP BY j.id"
        ).fetchall()
    assert len(books) == 2
    for _, difference, receivable, charges in books:
        assert difference == 0
        assert receivable == charges
    assert scalar(priced_town, "SELECT bool_and(used) FROM rule_set WHERE kind IN"
                  " ('tariff', 'taxes')")  # fmt: skip


def test_only_active_and_restricted_accounts_are_billed(priced_town: Town) -> None:
    with priced_town.admin() as connection:
        connection.execute(
            "UPDATE account_state SET state = (ARRAY['active', 'restricted', 'temporary_off',"
            " 'permanent_off', 'uncollectible', 'active'])[account_id]"
        )
    priced_town.sign_in("paty").call("bill_route", {"period": PERIOD}, deadline_seconds=60)
    assert scalar(priced_town, "SELECT array_agg(account_id ORDER BY 1) FROM bill") == [1, 2, 6]


def test_segments_add_up_and_a_missing_one_is_estimated(priced_town: Town) -> None:
    with priced_town.admin() as connection:
        read(connection, 1, PERIOD, 7)
        read(connection, 1, PERIOD, 5, segment=2)
        read(connection, 2, "202607", 30)
        read(connection, 2, PERIOD, 12)
        read(connection, 2, PERIOD, None, segment=2)
    priced_town.sign_in("paty").call("bill_route", {"period": PERIOD}, deadline_seconds=60)
    with priced_town.admin() as connection:
        bills = connection.execute(
            "SELECT consumption, estimated FROM bill ORDER BY account_id LIMIT 3"
        ).fetchall()
        readings = connection.execute(
            "SELECT segment, consumption, kind FROM meter_reading WHERE account_id = 2"
            " AND period_code = %s ORDER BY segment",
            (PERIOD,),
        ).fetchall()
    assert bills == [(12, False), (30, True), (0, True)]
    assert readings == [(1, 12, "actual"), (2, None, "missing"), (3, 18, "estimated")]


@pytest.mark.parametrize(("credit", "applied"), [("10.00", "10.00"), ("90000.00", None)])
def test_a_credit_balance_pays_the_new_charges(
    priced_town: Town, credit: str, applied: str | None
) -> None:
    with priced_town.admin() as connection:
        connection.execute(
            "WITH j AS (INSERT INTO journal (kind, business_date, memo) VALUES ('opening',"
            " '2026-01-01', 'Saldo a favor') RETURNING id), l AS (INSERT INTO journal_line"
            " SELECT id, line, code, side * %(c)s::numeric FROM j, (VALUES (1, 'OPENING', 1),"
            " (2, 'CUSTOMER_CREDIT', -1)) v (line, code, side))"
            " INSERT INTO credit_movement (account_id, journal_id, amount)"
            " SELECT 1, id, %(c)s::numeric FROM j",
            {"c": credit},
        )
    run = priced_town.sign_in("paty").call(
        "bill_route", {"period": PERIOD, "route": "R01"}, deadline_seconds=60
    )
    total = scalar(priced_town, "SELECT amount + tax FROM bill WHERE account_id = 1")
    expected = Decimal(applied) if applied else total
    assert run["runs"][0]["credit_applied"] == expected
    assert (
        scalar(priced_town, "SELECT sum(amount) FROM credit_movement") == Decimal(credit) - expected
    )
    assert (
        scalar(priced_town, "SELECT sum(settled) FROM charge WHERE bill_id IS NOT NULL") == expected
    )
    assert scalar(priced_town, "SELECT previous_balance FROM bill WHERE account_id = 1") > 0
    with priced_town.admin() as connection:
        parts = connection.execute(
            "SELECT a.amount, c.total FROM allocation a JOIN charge c ON c.id = a.charge_id"
            " JOIN concept k ON k.code = c.concept ORDER BY k.settlement_order"
        ).fetchall()
    assert all(amount == total for amount, total in parts[:-1])
    assert scalar(priced_town, "SELECT sum(amount) FROM journal_line WHERE ledger_account ="
                  " 'CUSTOMER_CREDIT'") == expected - Decimal(credit)  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        ("UPDATE account_terms SET zone = 'LEJ' WHERE account_id = 1", "no hay tarifa de AGUA"),
        ("UPDATE rule_set SET valid = '[2020-01-01,2021-01-01)' WHERE kind = 'taxes'",
         "no hay tasa de IVA vigente el 31/10/2026"),
        ("UPDATE billing_period SET state = 'closed'", "está cerrado"),
        ("DELETE FROM billing_period WHERE code = '202609'", "no existe"),
    ],
)  # fmt: skip
def test_what_cannot_be_billed_is_refused_whole(town: Town, spoil: str, problem: str) -> None:
    with town.admin() as connection:
        rows = tuple(row for row in random_rates(Random(1)))
        taxes = random_taxes(Random(1))
        only = tuple(
            RateRow(each.concept, each.use_class, each.zone or "MED", each.modality, each.form,
                    each.from_m3, each.to_m3, each.amount, each.percent_of, each.minimum)
            for each in rows if each.zone is None
        )  # fmt: skip
        store_rates(connection, only, taxes)
        add_account(connection, 1)
        connection.execute("INSERT INTO zone VALUES ('LEJ', 'Lejana')")
        connection.execute("ALTER TABLE billing_period DISABLE TRIGGER forbid_delete")
        connection.execute(spoil)
    with pytest.raises(refusals.PeriodNotBillable) as told:
        town.sign_in("paty").call("bill_route", {"period": PERIOD}, deadline_seconds=60)
    assert problem in told.value.problem
    assert scalar(town, "SELECT count(*) FROM bill") == 0


def test_others_may_not_bill(priced_town: Town) -> None:
    for person in ("rosa", "beto", "memo", "auditora", "sistemas"):
        with pytest.raises(refusals.NotPermitted):
            priced_town.sign_in(person).call("bill_route", {"period": PERIOD}, deadline_seconds=60)


def test_a_period_is_opened_once(town: Town) -> None:
    paty = town.sign_in("paty")
    period = {
        "code": "202611", "name": "nov–dic 2026", "starts_on": "2026-11-01",
        "ends_on": "2026-12-31", "issued_on": "2026-12-31", "due_on": "2027-01-20", "months": 2,
    }  # fmt: skip
    assert paty.call("open_period", period) == {"code": "202611", "opened": True}
    assert paty.call("open_period", period) == {"code": "202611", "opened": False}
    with pytest.raises(refusals.PeriodNotBillable):
        paty.call("open_period", period | {"due_on": "2027-01-21"})
    with pytest.raises(refusals.PeriodNotBillable):
        paty.call("open_period", period | {"code": "202610", "starts_on": "2026-10-01"})


@pytest.mark.parametrize("column", ["bill_id", "rule_set_id", "journal_id", "parent_charge_id"])
def test_a_charge_refers_only_to_what_exists(priced_town: Town, column: str) -> None:
    with priced_town.admin() as connection, pytest.raises(psycopg.errors.ForeignKeyViolation):
        connection.execute(
            "INSERT INTO charge (account_id, concept, source, issued_on, amount, tax_rate, tax,"
            " bill_id, rule_set_id, journal_id, parent_charge_id) SELECT account_id, concept,"
            " CASE WHEN %(c)s = 'parent_charge_id' THEN 'surcharge' ELSE 'opening' END,"
            " issued_on, amount, tax_rate, tax, CASE WHEN %(c)s = 'bill_id' THEN 99999 END,"
            " CASE WHEN %(c)s = 'rule_set_id' THEN 99999 END,"
            " CASE WHEN %(c)s = 'journal_id' THEN 99999 ELSE journal_id END,"
            " CASE WHEN %(c)s = 'parent_charge_id' THEN 99999 END FROM charge LIMIT 1",
            {"c": column},
        )
