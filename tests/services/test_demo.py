"""The demonstration town: the same for the same seed, and every invariant kept."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from stdnum.mx import curp as curp_rules
from stdnum.mx import rfc as rfc_rules

from tehuacan_comercial.assets import resource
from tehuacan_comercial.data import schema
from tehuacan_comercial.data.demo_history import PastPayment, post_payments
from tehuacan_comercial.data.embedded import EmbeddedCluster
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.accounts import account_card, statement_lines
from tehuacan_comercial.domain.refusals import InvalidTransition
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.demo.accounts import DemoAccount, make_accounts
from tehuacan_comercial.services.demo.build import DemoTown, build_town
from tehuacan_comercial.services.demo.people import mexican_names
from tehuacan_comercial.services.demo.places import make_neighbourhoods, read_neighbourhoods
from tehuacan_comercial.services.demo.staff import CASHIERS, PASSWORD, STAFF
from tehuacan_comercial.services.rules import RulesService
from tehuacan_comercial.services.verify import VerifyService
from tests.support.secrets import FileSecrets
from tests.support.server import SETTINGS, TestServer, run_folder
from tests.support.vouchers import decide, issue

SPAN = (date(2024, 11, 1), date(2026, 10, 31))
SMALL, SEED, PERIODS = 60, 7, 4
CONTENT = (
    "SELECT account_number, holder_name, address, neighbourhood, meter_serial, phone, state,"
    " use_class, zone, modality, route_code, sequence FROM account_directory ORDER BY 1",
    "SELECT full_name, rfc, curp FROM customer ORDER BY id",
    "SELECT account_id, period_code, segment, read_on, value, consumption, kind, anomaly"
    " FROM meter_reading ORDER BY 1, 2, 3",
    "SELECT account_id, period_code, consumption, estimated, previous_balance, credit_balance,"
    " amount, tax FROM bill ORDER BY 1, 2",
    "SELECT account_id, concept, period_code, source, due_on, amount, tax, settled, accrued_months"
    " FROM charge ORDER BY 1, 3, 2, 5, 9",
    "SELECT r.folio, p.account_id, p.business_date, p.posted_at, p.settled, p.advance, p.rounding,"
    " p.applied, p.posted_by FROM payment p JOIN receipt r ON r.payment_id = p.id ORDER BY 1",
    "SELECT folio, content ->> 'applied', content -> 'tenders' FROM cash_closing ORDER BY 1",
)


@dataclass(frozen=True)
class Built:
    """A town in a database of its own server."""

    server: TestServer
    name: str
    database: Database
    town: DemoTown

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def one(self, query: str) -> Any:
        return self.rows(query)[0][0]

    def digest(self) -> str:
        told = hashlib.sha256()
        for query in CONTENT:
            told.update(repr(self.rows(query)).encode())
        return told.hexdigest()

    def sign_in(self, username: str) -> Database:
        return Database(self.server.login_url(self.name, username, PASSWORD), station="E1")


@pytest.fixture(scope="module")
def own_server() -> TestServer:
    """A server of its own: the people of the demonstration are roles of the whole cluster."""
    name = f"demo-{os.getpid()}"
    secrets = FileSecrets(run_folder() / f"{name}.secrets")
    server = TestServer(EmbeddedCluster(run_folder() / name, secrets, extra_settings=SETTINGS))
    server.cluster.start()
    return server


def build(server: TestServer, name: str, seed: int = SEED) -> Built:
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name}")
    schema.install(server.superuser_url(name))
    database = Database(server.superuser_url(name), station="ADMIN")
    RulesService(database, OFFICE).load_folder(resource("rules"))
    with database.read() as connection:
        today = connection.exec_driver_sql("SELECT commercial.office_today()").scalar_one()
    town = build_town(database, OFFICE, accounts=SMALL, seed=seed, today=today, periods=PERIODS)
    return Built(server, name, database, town)


@pytest.fixture(scope="module")
def built(own_server: TestServer) -> Iterator[Built]:
    made = build(own_server, "pueblo")
    yield made
    made.database.close()


def people(seed: int, count: int = 400) -> list[DemoAccount]:
    dice = Random(seed)
    return list(make_accounts(dice, mexican_names(seed), make_neighbourhoods(dice), count, SPAN))


def test_the_same_seed_makes_the_same_people_and_another_makes_others() -> None:
    assert people(3) == people(3)
    assert people(3) != people(4)


def test_identity_numbers_are_well_formed() -> None:
    rows = [account.row for account in people(5)]
    curps = [row.curp for row in rows if row.curp]
    rfcs = [row.rfc for row in rows if row.rfc]
    assert len(curps) > 150
    assert len(rfcs) > 80
    assert [each for each in curps if not curp_rules.is_valid(each)] == []
    assert [each for each in rfcs if not rfc_rules.is_valid(each, validate_check_digits=True)] == []


def test_everybody_lives_in_a_real_neighbourhood_and_companies_say_demonstration() -> None:
    places = {(name, code) for name, _, code in read_neighbourhoods()}
    rows = [account.row for account in people(6)]
    assert {(row.neighbourhood, row.postal_code) for row in rows} <= places
    assert all("DEMOSTRACIÓN" in row.holder_name for row in rows if row.holder_kind == "company")
    assert len({row.account_number for row in rows}) == len(rows)


def test_the_same_seed_builds_the_same_town(own_server: TestServer, built: Built) -> None:
    again = build(own_server, "pueblo_igual")
    other = build(own_server, "pueblo_distinto", seed=SEED + 1)
    try:
        assert again.town == built.town
        assert again.digest() == built.digest()
        assert other.digest() != built.digest()
    finally:
        again.database.close()
        other.database.close()


def test_the_books_are_whole(built: Built) -> None:
    assert VerifyService(built.database, OFFICE).run() == []


def test_journals_sum_to_zero_and_nothing_is_overpaid(built: Built) -> None:
    assert built.town.payments > 100
    assert built.one("SELECT sum(amount) FROM journal_line") == 0
    unbalanced = (
        "SELECT count(*) FROM (SELECT 1 FROM journal_line GROUP BY journal_id"
        " HAVING sum(amount) <> 0) x"
    )
    assert built.one(unbalanced) == 0
    assert built.one("SELECT count(*) FROM charge WHERE settled > total OR settled < 0") == 0
    negative = (
        "SELECT count(*) FROM (SELECT 1 FROM credit_movement GROUP BY account_id"
        " HAVING sum(amount) < 0) x"
    )
    assert built.one(negative) == 0


def test_every_statement_ends_in_what_is_owed_less_the_credit(built: Built) -> None:
    """Also where the credit was brought from the old system and paid the first bills."""
    brought = built.rows(
        "SELECT account_id FROM credit_movement GROUP BY account_id HAVING min(amount) < 0"
    )
    assert brought
    with built.database.read() as connection:
        for (account,) in built.rows("SELECT id FROM account ORDER BY id"):
            card = account_card(connection, account)
            assert card is not None
            lines = statement_lines(connection, account)
            balance = lines[-1].balance if lines else Decimal(0)
            assert balance == card.debt - card.credit


def test_the_chain_of_receipts_is_unbroken(built: Built) -> None:
    heads: dict[str, str] = {}
    numbers: dict[str, int] = {}
    query = (
        "SELECT series, number, previous_hash, hash, content::text FROM receipt"
        " ORDER BY series, number"
    )
    for series, number, previous, print_, content in built.rows(query):
        assert number == numbers.get(series, 0) + 1
        assert previous == heads.get(series, "")
        assert print_ == hashlib.sha256((previous + content).encode()).hexdigest()
        heads[series], numbers[series] = print_, number
    for code, last, head in built.rows("SELECT code, last_number, chain_head FROM folio_series"):
        if code in CASHIERS:
            assert (last, head) == (numbers[code], heads[code])


def test_history_ends_yesterday_and_every_session_is_closed(built: Built) -> None:
    assert (
        built.one("SELECT count(*) FROM cash_session WHERE state NOT IN ('closed', 'verified')")
        == 0
    )
    assert built.one("SELECT max(business_date) < office_today() FROM cash_session")
    assert built.one("SELECT max(posted_at) < now() FROM payment")
    states = built.rows("SELECT state, count(*) FROM billing_period GROUP BY 1 ORDER BY 1")
    assert states == [("closed", PERIODS - 1), ("open", 1)]


def test_some_owe_some_do_not_and_old_debts_bear_surcharges(built: Built) -> None:
    overdue = built.one(
        "SELECT count(DISTINCT account_id) FROM charge"
        " WHERE settled < total AND due_on < office_today()"
    )
    assert 0 < overdue < SMALL
    assert built.one("SELECT count(*) FROM charge WHERE source = 'surcharge'") > 0
    assert built.one("SELECT count(*) FROM meter_reading WHERE kind = 'estimated'") > 0


def test_everything_is_marked_as_demonstration(built: Built) -> None:
    assert built.one("SELECT bool_and(is_demonstration) FROM account")
    assert built.one("SELECT bool_and(is_demonstration) FROM staff_member")
    assert built.one("SELECT bool_and((content ->> 'demonstration')::boolean) FROM receipt")
    assert {person.job for person in STAFF} == {
        job for (job,) in built.rows("SELECT job FROM staff_member")
    }


def test_the_town_is_open_today_and_its_receipts_are_like_the_desks(built: Built) -> None:
    account, charge, owed = built.rows(
        "SELECT account_id, id, total - settled FROM charge WHERE settled < total"
        " AND total - settled > 1 ORDER BY id LIMIT 1"
    )[0]
    rosa = built.sign_in("rosa.hernandez")
    try:
        session = rosa.call(
            "open_session",
            {"command_id": uuid.uuid4(), "till": "C1", "denominations": {"100": 5}},
        )
        posted = rosa.call("post_payment", _charge(session["id"], account, charge, owed))
    finally:
        rosa.close()
    last, before = built.rows(
        "SELECT content, folio FROM receipt WHERE series = 'C1' ORDER BY number DESC LIMIT 2"
    )
    assert posted["folio"] == last[1]
    assert set(last[0]) == set(before[0])
    assert set(last[0]["lines"][0]) == set(before[0]["lines"][0])
    assert set(last[0]["tenders"][0]) == set(before[0]["tenders"][0])
    assert VerifyService(built.database, OFFICE).run() == []


def _charge(session: int, account: int, charge: int, owed: Decimal) -> dict[str, object]:
    return {
        "command_id": uuid.uuid4(),
        "session_id": session,
        "account_id": account,
        "allocations": [{"charge_id": charge, "amount": owed}],
        "advance": Decimal("0.00"),
        "rounding": Decimal("0.00"),
        "tenders": [{"kind": "card", "received": owed, "change": "0.00", "reference": "A1"}],
    }


def test_nobody_comes_to_pay_some_centavos(built: Built) -> None:
    account = built.one("SELECT max(account_id) FROM charge WHERE settled < total")
    debt = f"SELECT sum(total - settled) FROM charge WHERE account_id = {account}"
    owed = built.one(debt)
    before = built.rows("SELECT count(*), max(id) FROM cash_session")
    day = datetime(2024, 10, 1, 18, tzinfo=UTC)
    some = PastPayment(account, "C1", day, "cash", Decimal("0.03"), Decimal("0.00"), "", "")
    assert owed > some.up_to
    assert post_payments(built.database, [some], CASHIERS) == 0
    assert built.rows("SELECT count(*), max(id) FROM cash_session") == before
    assert (
        built.one(f"SELECT sum(total - settled) FROM charge WHERE account_id = {account}") == owed
    )


def test_a_base_with_accounts_is_left_alone(built: Built) -> None:
    before = built.one("SELECT count(*) FROM account")
    with pytest.raises(InvalidTransition):
        build_town(built.database, OFFICE, accounts=5, seed=1, today=date(2026, 11, 24))
    assert built.one("SELECT count(*) FROM account") == before


def test_every_day_but_the_last_two_is_at_the_bank(built: Built) -> None:
    """The last week is not in the bank's statements yet; everything earlier is reconciled."""
    past = "FROM cash_session s WHERE s.business_date < office_today()"
    days = [row[0] for row in built.rows(f"SELECT DISTINCT business_date {past} ORDER BY 1 DESC")]
    waiting = [
        row[0]
        for row in built.rows(
            f"SELECT DISTINCT business_date {past} AND NOT EXISTS (SELECT FROM"
            " deposit_batch_session m WHERE m.session_id = s.id) ORDER BY 1 DESC"
        )
    ]
    assert waiting == days[:2]
    unverified = f"SELECT DISTINCT business_date {past} AND state <> 'verified' ORDER BY 1 DESC"
    assert [row[0] for row in built.rows(unverified)] == days[:2]
    states = dict(built.rows("SELECT state, count(*) FROM deposit_batch GROUP BY 1"))
    assert set(states) == {"deposited", "reconciled"}
    assert sum(states.values()) == built.town.deposits == len(days) - 2
    assert states["deposited"] < 8
    assert built.one(
        "SELECT max(deposited_on) FROM deposit_slip s JOIN slip_match m ON m.slip_id = s.id"
    ) < days[0] - timedelta(days=7)
    assert built.one(
        "SELECT sum(amount) FROM journal_line WHERE left(ledger_account, 4) = 'BANK'"
    ) == (built.one("SELECT sum(amount) FROM deposit_slip"))


def test_a_day_of_then_can_be_put_in_a_voucher_and_verified(built: Built) -> None:
    day = built.one("SELECT min(business_date) FROM journal WHERE kind = 'deposit'")
    elena, manager = built.sign_in("elena.carrera"), built.sign_in("marta.gutierrez")
    made = issue(elena, "collection", day.isoformat())
    assert decide(manager, made["voucher_id"], "verify")["state"] == "verified"
    for each in (elena, manager):
        each.close()
    assert VerifyService(built.database, OFFICE).run() == []
