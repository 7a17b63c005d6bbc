"""Vouchers from the books: every peso of the day, balanced, verified by another, then locked."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy.exc

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.lifecycles import VOUCHER, VoucherState
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.verify import VerifyService
from tests.support.books import open_charges, open_session, order_of, pay
from tests.support.server import TestServer
from tests.support.town import ACCOUNTING_MAP, Town, build_town
from tests.support.voids import decision, request_void, void
from tests.support.vouchers import decide, export, issue, issue_order, today, verdict

SHORT = {"500": 1, "100": 3, "50": 1, "10": 1, "5": 1, "2": 1}
Line = tuple[str, str, Decimal, Decimal]


@dataclass
class Day:
    """Rosa charged $318.40 in cash and $296.00 by card, an advance and a rounding."""

    town: Town
    rosa: Database
    elena: Database
    manager: Database
    director: Database
    session: int
    day: str

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with self.town.admin() as connection:
            return connection.execute(query.encode()).fetchall()

    def lines(self, voucher: int) -> list[Line]:
        found = self.ask(
            "SELECT section, account, debit, credit FROM voucher_line"
            f" WHERE voucher_id = {voucher} ORDER BY line"
        )
        return [(str(s), str(a), Decimal(str(d)), Decimal(str(c))) for s, a, d, c in found]

    def sheet(self) -> dict[str, Any]:
        found = self.ask(f"SELECT verification_sheet('{self.day}')")[0][0]
        assert isinstance(found, dict)
        return found

    def colours(self) -> dict[str, bool | None]:
        return {total["key"]: total["ok"] for total in self.sheet()["totals"]}

    def count(self, pieces: dict[str, int], card: str) -> dict[str, Any]:
        return {
            "command_id": str(uuid.uuid4()),
            "session_id": self.session,
            "denominations": pieces,
            "declared": {"card": card, "transfer": "0", "cheque": "0"},
        }

    def close(self, pieces: dict[str, int], card: str = "296.00") -> None:
        self.rosa.call("close_session", self.count(pieces, card))

    def close_short(self) -> None:
        """Expected cash 500.00 + 318.40 + 50.10; a peso and a half less is counted."""
        self.close(SHORT)


@pytest.fixture
def day(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Day]:
    town = build_town(test_server, new_database())
    rosa, elena, manager, director = (
        town.sign_in(name) for name in ("rosa", "elena", "gerente", "directora")
    )
    session = open_session(rosa, "C1")
    one, two, _ = town.account_ids()
    order = order_of(session, one, open_charges(town, one)[:1], "cash")
    order |= {"advance": "50.00", "rounding": "0.10"}
    order["tenders"] = [{"kind": "cash", "received": "400.00", "change": "31.50"}]
    rosa.call("post_payment", order)
    pay(rosa, session, two, [(open_charges(town, two)[2][0], Decimal("296.00"))], "card")
    yield Day(town, rosa, elena, manager, director, session, today(town))
    town.close()
    verifying = Database(test_server.superuser_url(town.database))
    found = VerifyService(verifying, OFFICE).run()
    verifying.close()
    assert [each.sentence for each in found] == []


def pesos(*amounts: str) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


def test_the_collection_voucher_tells_every_peso_of_the_day(day: Day) -> None:
    day.close_short()
    made = issue(day.elena, "collection", day.day, "Sin novedad")
    assert (made["folio"], made["version"], made["state"]) == ("PR-000001", 1, "draft")
    zero = Decimal("0.00")
    assert sorted(day.lines(made["voucher_id"])) == sorted([
        ("books", "1111-01", Decimal("368.50"), zero),
        ("books", "1112-01", Decimal("296.00"), zero),
        ("books", "1124-01", zero, Decimal("614.40")),
        ("books", "2191-01", zero, Decimal("50.00")),
        ("books", "4319-01", zero, Decimal("0.10")),
        ("books", "1111-01", zero, Decimal("1.50")),
        ("books", "1123-01", Decimal("1.50"), zero),
        ("budget", "8141-01", Decimal("614.40"), zero),
        ("budget", "8151-01", zero, Decimal("614.40")),
    ])  # fmt: skip
    assert made["debit"] == made["credit"] == Decimal("666.00")
    assert day.colours() == {
        "sessions": True, "receipts": True, "vouchers": True, "slips": None, "folios": True,
    }  # fmt: skip
    assert {total["amount"] for total in day.sheet()["totals"] if total["key"] != "slips"} == {
        Decimal("664.50")
    }


def test_tax_is_collected_without_it_in_the_budget(day: Day) -> None:
    two = day.town.account_ids()[1]
    sewer = open_charges(day.town, two)[1]
    assert sewer[1] == Decimal("73.87"), "63.68 and 16 %"
    for part in ("10.00", "20.01", "43.86"):
        pay(day.rosa, day.session, two, [(sewer[0], Decimal(part))], "cash")
    day.close_short()
    lines = day.lines(issue(day.elena, "collection", day.day)["voucher_id"])
    taxed = [debit for section, account, debit, _ in lines if section == "budget" and debit]
    assert sorted(taxed) == pesos("63.68", "614.40")


def test_a_void_is_told_apart_and_the_totals_agree(day: Day) -> None:
    receipt = day.ask("SELECT max(id) FROM receipt")[0][0]
    void(day.rosa, day.manager, int(str(receipt)))
    day.close_short()
    voucher = issue(day.elena, "collection", day.day)["voucher_id"]
    lines = day.lines(voucher)
    assert ("books", "1112-01", Decimal("296.00"), Decimal("0.00")) in lines
    assert ("books", "1112-01", Decimal("0.00"), Decimal("296.00")) in lines
    assert {total["amount"] for total in day.sheet()["totals"] if total["key"] != "slips"} == {
        Decimal("368.50")
    }
    assert decide(day.manager, voucher, "verify")["state"] == "verified"


def test_an_unmapped_concept_is_told_by_name_and_nothing_is_issued(day: Day) -> None:
    day.close_short()
    charts = [each for each in _concepts() if each["concept"] != "AGUA"]
    forge_map(day, {**ACCOUNTING_MAP, "concepts": charts, "ledgers": _ledgers("ROUNDING")})
    with pytest.raises(r.ConceptUnmapped) as refused:
        issue(day.elena, "collection", day.day)
    assert refused.value.names == "Agua potable (AGUA), Redondeo en cajas (ROUNDING)"
    assert day.ask("SELECT count(*) FROM voucher")[0][0] == 0
    assert day.ask("SELECT last_number FROM folio_series WHERE code = 'PR'")[0][0] == 0
    forge_map(day, ACCOUNTING_MAP)
    assert issue(day.elena, "collection", day.day)["folio"] == "PR-000001"


def _concepts() -> list[dict[str, str]]:
    found = ACCOUNTING_MAP["concepts"]
    assert isinstance(found, list)
    return found


def _ledgers(without: str) -> list[dict[str, str]]:
    found = ACCOUNTING_MAP["ledgers"]
    assert isinstance(found, list)
    return [each for each in found if each["ledger"] != without]


def forge_map(day: Day, chart: dict[str, object]) -> None:
    """As loading another version would."""
    with day.town.admin() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE office_setting SET value = %s WHERE key = 'accounting_map'",
            (json.dumps(chart),),
        )


def test_an_open_session_a_future_day_and_a_day_without_map_are_not_ready(day: Day) -> None:
    with pytest.raises(r.DayNotReady) as refused:
        issue(day.elena, "collection", day.day)
    assert (refused.value.problem, refused.value.sessions[:3]) == ("sessions", "C1-")
    with pytest.raises(r.DayNotReady) as refused:
        issue(day.elena, "collection", today(day.town, days_ago=-1))
    assert refused.value.problem == "future"
    with pytest.raises(r.DayNotReady) as refused:
        issue(day.elena, "discount", "2019-06-01")
    assert refused.value.problem == "map"
    for nonsense in ({"kind": "income"}, {"kind": None}):
        with pytest.raises(r.InvalidCommand):
            day.elena.call("issue_voucher", issue_order("discount", day.day) | nonsense)


def test_a_day_without_discounts_gets_a_voucher_that_says_so(day: Day) -> None:
    day.close_short()
    made = issue(day.elena, "discount", day.day)
    assert (made["folio"], made["debit"]) == ("PD-000001", Decimal("0.00"))
    assert day.lines(made["voucher_id"]) == []
    assert decide(day.manager, made["voucher_id"], "verify")["state"] == "verified"


DISCOUNT = """
WITH c AS (SELECT id, total, amount, tax FROM charge WHERE concept = 'ALC' AND settled = 0
           ORDER BY id LIMIT 1),
     j AS (INSERT INTO journal (kind, business_date, memo)
           VALUES ('surcharge', office_today(), 'Condonación') RETURNING id),
     l AS (INSERT INTO journal_line (journal_id, line, ledger_account, amount)
           SELECT j.id, v.* FROM j, c, LATERAL (VALUES (1, 'REVENUE_ALC', c.amount),
               (2, 'VAT', c.tax), (3, 'RECEIVABLE', -c.total)) AS v),
     a AS (INSERT INTO allocation (charge_id, journal_id, amount) SELECT c.id, j.id, c.total
           FROM c, j)
UPDATE charge SET settled = total WHERE id = (SELECT id FROM c)
"""


@pytest.mark.parametrize(
    ("booking", "books", "budget"),
    [
        ("reversal", "4143-02", ("8141-01", "8121-01")),
        ("subsidy", "5231-01", ("8141-01", "8151-01")),
    ],
)
def test_discounts_are_booked_both_ways(
    test_server: TestServer,
    new_database: Callable[[], str],
    booking: str,
    books: str,
    budget: tuple[str, str],
) -> None:
    town = build_town(test_server, new_database())
    elena = town.sign_in("elena")
    with town.admin() as connection:
        connection.execute(DISCOUNT)
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE office_setting SET value = value || %s WHERE key = 'accounting_map'",
            (json.dumps({"booking": booking}),),
        )
    made = issue(elena, "discount", today(town))
    with town.admin() as connection:
        found = connection.execute(
            "SELECT section, account, debit, credit FROM voucher_line ORDER BY section, credit,"
            " debit"
        ).fetchall()
    tax, amount = Decimal("10.19"), Decimal("63.68")
    zero = Decimal("0.00")
    assert found == [
        ("books", "2117-01", tax, zero),
        ("books", books, amount, zero),
        ("books", "1124-02", zero, tax + amount),
        ("budget", budget[0], amount, zero),
        ("budget", budget[1], zero, amount),
    ]
    assert made["debit"] == Decimal("73.87")
    assert issue(elena, "collection", today(town))["debit"] == zero
    town.close()


def test_who_issues_neither_verifies_nor_returns(day: Day) -> None:
    day.close_short()
    voucher = issue(day.manager, "collection", day.day)["voucher_id"]
    for word in ("verify", "return"):
        with pytest.raises(r.OwnVoucher):
            decide(day.manager, voucher, word, "Yo mismo")
    with day.town.admin() as connection, pytest.raises(Exception, match="maker_is_not_verifier"):
        connection.execute(
            "UPDATE voucher SET state = 'verified', decided_by = issued_by, decided_at = now(),"
            " decision_id = gen_random_uuid(), sheet = '{}'"
        )
    assert decide(day.director, voucher, "verify")["state"] == "verified"


def test_a_returned_voucher_is_followed_by_a_new_version(day: Day) -> None:
    day.close_short()
    first = issue(day.elena, "collection", day.day)
    with pytest.raises(r.VoucherStands):
        issue(day.manager, "collection", day.day)
    with pytest.raises(r.ReasonRequired):
        decide(day.manager, first["voucher_id"], "return", "  ")
    assert decide(day.manager, first["voucher_id"], "return", "Falta el faltante") == {
        **first, "state": "returned",
    }  # fmt: skip
    second = issue(day.elena, "collection", day.day, "Ya con el faltante")
    assert (second["folio"], second["version"]) == ("PR-000002", 2)
    content = day.ask("SELECT content FROM voucher WHERE version = 2")[0][0]
    assert isinstance(content, dict)
    assert (content["replaces"], content["returned_because"]) == ("PR-000001", "Falta el faltante")
    with pytest.raises(r.VoucherStands) as refused:
        decide(day.director, first["voucher_id"], "verify")
    assert (refused.value.state, refused.value.by[:7]) == ("returned", "Gerente")


def test_the_same_command_does_nothing_twice(day: Day) -> None:
    day.close_short()
    order = issue_order("collection", day.day)
    made = day.elena.call("issue_voucher", order)
    assert day.elena.call("issue_voucher", order) == made
    for other, who in ((order | {"note": "otra"}, day.elena), (order, day.manager)):
        with pytest.raises(r.CommandReused):
            who.call("issue_voucher", other)
    decision = verdict(made["voucher_id"], "verify")
    done = day.manager.call("decide_voucher", decision)
    assert day.manager.call("decide_voucher", decision) == done
    with pytest.raises(r.CommandReused):
        day.manager.call("decide_voucher", decision | {"note": "otra"})
    assert export(day.elena, made["voucher_id"])["state"] == "exported"
    assert export(day.manager, made["voucher_id"])["state"] == "exported"


def test_only_a_verified_voucher_is_exported(day: Day) -> None:
    day.close_short()
    voucher = issue(day.elena, "collection", day.day)["voucher_id"]
    with pytest.raises(r.InvalidTransition):
        export(day.elena, voucher)


def test_what_joined_the_day_after_the_draft_keeps_it_from_being_verified(day: Day) -> None:
    day.close_short()
    voucher = issue(day.elena, "collection", day.day)["voucher_id"]
    day.session = open_session(day.rosa, "C1")
    three = day.town.account_ids()[2]
    pay(day.rosa, day.session, three, open_charges(day.town, three)[:1], "cash")
    with pytest.raises(r.DayNotReady):
        decide(day.manager, voucher, "verify")
    assert day.colours()["vouchers"] is False
    day.close({"500": 1, "100": 3, "10": 1, "5": 1, "2": 1, "1": 1}, card="0")
    with pytest.raises(r.VoucherDisagrees) as refused:
        decide(day.manager, voucher, "verify")
    assert refused.value.problem == "books"
    decide(day.manager, voucher, "return", "Se abrió otra sesión")
    again = issue(day.elena, "collection", day.day)["voucher_id"]
    assert decide(day.manager, again, "verify")["state"] == "verified"


def test_a_missing_folio_makes_the_sheet_red(day: Day) -> None:
    """A forged gap: what verify would find too, so the truth is restored at the end."""
    day.close_short()
    voucher = issue(day.elena, "collection", day.day)["voucher_id"]
    last = "folio = 'C1-000002'"
    with day.town.admin() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(f"UPDATE receipt SET number = 3 WHERE {last}".encode())
        assert day.colours()["folios"] is False
        with pytest.raises(r.VoucherDisagrees) as refused:
            decide(day.manager, voucher, "verify")
        assert (refused.value.problem, refused.value.totals) == ("totals", "Folios")
        connection.execute(f"UPDATE receipt SET number = 2 WHERE {last}".encode())
    assert decide(day.manager, voucher, "verify")["state"] == "verified"


LOCKED = {
    "a session": "INSERT INTO cash_session (command_id, fingerprint, folio, till_code, cashier,"
    " station, business_date, opening_expected, opening_counted, opening_count) VALUES"
    " (gen_random_uuid(), 'x', 'X', 'C2', 'lupe', 'E1', office_today(), 0, 0, '{}')",
    "a session opened again": "UPDATE cash_session SET state = 'counting'",
    "a payment": "INSERT INTO payment (command_id, fingerprint, account_id, session_id, journal_id,"
    " business_date, settled, advance, rounding, applied) SELECT gen_random_uuid(), 'x',"
    " account_id, session_id, journal_id, business_date, 0, 1, 0, 1 FROM payment LIMIT 1",
    "a line of an old journal": "INSERT INTO journal_line SELECT journal_id, 90 + x,"
    " 'CASH', x FROM payment, (VALUES (1), (-1)) AS v (x) WHERE payment.id ="
    " (SELECT min(id) FROM payment)",
    "a new journal": "WITH j AS (INSERT INTO journal (kind, business_date, memo) VALUES"
    " ('cash_difference', office_today(), 'x') RETURNING id) INSERT INTO journal_line SELECT"
    " j.id, v.* FROM j, (VALUES (1, 'CASH', 1), (2, 'OVERAGE', -1)) AS v",
}


def test_a_verified_day_is_locked_even_for_the_owner(day: Day) -> None:
    day.close_short()
    decide(day.manager, issue(day.elena, "collection", day.day)["voucher_id"], "verify")
    with pytest.raises(r.DayLocked) as refused:
        open_session(day.rosa, "C1")
    assert (refused.value.day, refused.value.folio) == (day.day, "PR-000001")
    with day.town.admin() as connection:
        for name, statement in LOCKED.items():
            with pytest.raises(Exception, match="verified and locked") as error:
                connection.execute(statement.encode())
            assert getattr(error.value, "sqlstate", "") == "TC084", name


def test_what_does_not_change_the_verified_day_stays_possible(day: Day) -> None:
    """Verifying its session, surcharges of the same day, and a reversal dated the day after."""
    day.close_short()
    decide(day.manager, issue(day.elena, "collection", day.day)["voucher_id"], "verify")
    day.elena.call("verify_session", day.count(SHORT, "296.00"))
    day.town.end_grace()
    assert day.rosa.call("accrue_surcharges", {"account_id": day.town.account_ids()[2]})["charges"]
    receipt = int(str(day.ask("SELECT max(id) FROM receipt")[0][0]))
    asked = request_void(day.rosa, receipt)
    with pytest.raises(r.DayLocked):
        day.manager.call("decide_authorisation", decision(asked))
    with day.town.admin() as connection:
        connection.execute(TOMORROW)
    day.manager.call("decide_authorisation", decision(asked))
    later = f"SELECT kind, business_date - 1 = '{day.day}' FROM receipt_void"
    assert day.ask(later) == [("reversal", True)]


TOMORROW = """
CREATE OR REPLACE FUNCTION commercial.office_today() RETURNS date LANGUAGE sql STABLE
AS $$ SELECT (now() AT TIME ZONE 'America/Mexico_City')::date + 1 $$
"""


@pytest.mark.parametrize("before", VoucherState)
@pytest.mark.parametrize("after", VoucherState)
def test_screen_and_database_know_the_same_steps(
    day: Day, before: VoucherState, after: VoucherState
) -> None:
    found = day.ask(f"SELECT voucher_step_allowed('{before}', '{after}')")[0][0]
    assert found is VOUCHER.can(before, after)
    day.close_short()


def test_nobody_else_does_any_of_it(day: Day) -> None:
    day.close_short()
    voucher = issue(day.elena, "collection", day.day)["voucher_id"]
    for name in ("rosa", "beto", "paty", "auditora", "sistemas", "directora"):
        with pytest.raises(r.NotPermitted):
            issue(day.town.sign_in(name), "discount", day.day)
    for name in ("rosa", "elena", "beto", "auditora", "sistemas"):
        with pytest.raises(r.NotPermitted):
            decide(day.town.sign_in(name), voucher, "verify")
    with pytest.raises(r.NotPermitted), day.rosa.read() as connection:
        connection.exec_driver_sql("SELECT * FROM voucher")
    with pytest.raises((r.NotPermitted, sqlalchemy.exc.SQLAlchemyError)), day.manager.read() as c:
        c.exec_driver_sql("UPDATE voucher SET state = 'verified'")
