"""A checked registry becomes accounts only when every total matches; otherwise nothing does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import psycopg
import pytest

from tehuacan_comercial.data.registry_load import LoadTotals, load_registry
from tehuacan_comercial.domain.refusals import InvalidCommand, InvalidImport, NotPermitted
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.registry_import.control import ControlTotals, ImportPlan
from tehuacan_comercial.services.registry_import.loading import RegistryLoader, staged
from tehuacan_comercial.services.registry_import.records import Reference
from tests.support import registry_sample as sample
from tests.support.registry_files import plan
from tests.support.server import TestServer
from tests.support.town import Town, build_town

EXPECTED = ControlTotals(200, Decimal("361454.56"), Decimal("1779.67"))
LOADABLE = ControlTotals(170, Decimal("301006.25"), Decimal("1779.67"))
MORE_RULES = """
INSERT INTO use_class VALUES ('IND', 'Industrial', false), ('PUB', 'Público', false);
INSERT INTO zone VALUES ('RES', 'Residencial');
"""


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database(), accounts=0)
    with made.admin() as connection:
        connection.execute(MORE_RULES)
    yield made
    made.close()


@pytest.fixture(scope="module")
def found() -> ImportPlan:
    known = Reference(tuple(sample.NEIGHBOURHOODS))
    return plan(sample.FOLDER / "ejemplo_padron.csv", known)


def loader(town: Town, username: str = "paty", job: str = "registry") -> RegistryLoader:
    return RegistryLoader(town.sign_in(username), Actor(username, username, "", job))


def number(town: Town, query: str) -> object:
    with town.admin() as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_the_170_good_rows_load_when_the_totals_match(town: Town, found: ImportPlan) -> None:
    loaded = loader(town).load(found, EXPECTED, leave_out_faulty=True)
    assert loaded == LOADABLE
    assert number(town, "SELECT count(*) FROM account") == 170
    assert number(town, "SELECT count(*) FROM account_directory") == 170
    assert number(town, "SELECT sum(total) FROM charge") == LOADABLE.opening_balance
    assert number(town, "SELECT sum(amount) FROM credit_movement") == LOADABLE.credit_balance
    assert number(town, "SELECT sum(amount) FROM journal_line") == 0
    assert (
        number(
            town,
            "SELECT sum(amount) FROM journal_line WHERE ledger_account = 'RECEIVABLE'",
        )
        == LOADABLE.opening_balance
    )
    assert number(town, "SELECT count(*) FROM intake.registry_row") == 0


def test_the_directory_is_what_a_refresh_would_make(town: Town, found: ImportPlan) -> None:
    loader(town).load(found, EXPECTED, leave_out_faulty=True)
    assert number(town, "SELECT refresh_directory(NULL)") == 0
    good = {row.account_number: row for row in found.rows}
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT account_number, holder_name, use_class, zone, modality, meter_serial"
            " FROM account_directory"
        ).fetchall()
    for account, *said in rows:
        row = good[str(account)]
        assert said == [row.holder_name, row.use_class, row.zone, row.modality, row.meter_serial]


def test_the_load_is_one_act_of_the_audit(town: Town, found: ImportPlan) -> None:
    before = number(town, "SELECT count(*) FROM audit_entry")
    loader(town).load(found, EXPECTED, leave_out_faulty=True)
    with town.admin() as connection:
        acts = connection.execute(
            "SELECT actor, action, after ->> 'rows', after ->> 'sha256' FROM audit_entry"
            " ORDER BY id OFFSET %s",
            (before,),
        ).fetchall()
    assert acts == [("paty", "ACT", "170", found.digest)]


@pytest.mark.parametrize(
    "expected",
    [
        replace(EXPECTED, rows=199),
        replace(EXPECTED, opening_balance=Decimal("361454.57")),
        replace(EXPECTED, credit_balance=Decimal("0.00")),
    ],
)
def test_other_totals_load_nothing(town: Town, found: ImportPlan, expected: ControlTotals) -> None:
    with pytest.raises(InvalidImport):
        loader(town).load(found, expected, leave_out_faulty=True)
    assert number(town, "SELECT count(*) FROM account") == 0


def test_faulty_rows_refuse_the_load_unless_left_out(town: Town, found: ImportPlan) -> None:
    with pytest.raises(InvalidImport, match="fallas: 30"):
        loader(town).load(found, EXPECTED)
    assert number(town, "SELECT count(*) FROM account") == 0


def test_the_server_recounts_what_it_wrote(town: Town, found: ImportPlan) -> None:
    lying = replace(found, loadable=replace(found.loadable, opening_balance=Decimal("1.00")))
    with pytest.raises(InvalidImport, match=r"301006\.25"):
        loader(town).load(lying, EXPECTED, leave_out_faulty=True)
    for table in ("account", "customer", "charge", "journal", "account_directory"):
        assert number(town, f"SELECT count(*) FROM {table}") == 0


def test_the_same_registry_does_not_load_twice(town: Town, found: ImportPlan) -> None:
    loader(town).load(found, EXPECTED, leave_out_faulty=True)
    with pytest.raises(InvalidImport, match="ya está en el sistema"):
        loader(town).load(found, EXPECTED, leave_out_faulty=True)
    assert number(town, "SELECT count(*) FROM account") == 170


def test_an_account_of_the_future_is_refused_by_the_server(town: Town, found: ImportPlan) -> None:
    row = replace(staged(next(iter(found.rows))), contract_on=date(2199, 1, 1))
    totals = LoadTotals(1, row.opening_balance, row.credit_balance)
    with pytest.raises(InvalidCommand) as refused:
        load_registry(town.sign_in("paty"), [row], totals, source="prueba")
    assert (refused.value.field, refused.value.problem) == ("contract_on", "2199-01-01")
    assert number(town, "SELECT count(*) FROM account") == 0


def test_a_cashier_cannot_load_not_even_past_the_program(town: Town, found: ImportPlan) -> None:
    with pytest.raises(NotPermitted):
        loader(town, "rosa", "cashier").load(found, EXPECTED, leave_out_faulty=True)
    with pytest.raises(NotPermitted):
        loader(town, "rosa", "manager").load(found, EXPECTED, leave_out_faulty=True)
    assert number(town, "SELECT count(*) FROM account") == 0


def test_staged_rows_are_nobody_elses(town: Town) -> None:
    with town.sign_in("paty").transaction() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            driver.execute("SELECT * FROM intake.registry_row")


def test_nobody_stages_in_anothers_name(town: Town) -> None:
    with town.sign_in("paty").transaction() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            driver.execute("INSERT INTO intake.registry_row (loaded_by) VALUES ('rosa')")
