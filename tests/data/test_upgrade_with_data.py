"""An office that worked with an earlier version: the upgrade keeps every fact, and work goes on."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from tehuacan_comercial.data import schema
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.accounts.search import search_by_terms
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.verify import VerifyService
from tests.support.books import open_charges, open_session, pay
from tests.support.server import TestServer
from tests.support.town import Town, add_person

OLD = "0005"
DAY = Path(__file__).parents[1] / "support" / "day_at_0005.sql"
WRITTEN_ANEW = {"account_directory": {"search_text"}}
"""What the upgrade computes again on purpose: it is read from the other columns."""


@pytest.fixture
def newcomer(any_server: TestServer) -> Iterator[str]:
    """A name that is nobody's; dropped after the database in which it was somebody's."""
    name = f"nueva_{secrets.token_hex(4)}"
    yield name
    any_server.drop_login(name)


@pytest.fixture
def old(any_server: TestServer, newcomer: str) -> Iterator[Town]:
    """A database of revision 0005 with a day in it; its functions are gone, as with its program."""
    assert newcomer
    name = f"prueba_antes_{secrets.token_hex(4)}"
    any_server.cluster.ensure_database(name)
    engine = create_engine(any_server.superuser_url(name), poolclass=NullPool)
    with engine.begin() as connection:
        for each in schema.BEFORE:
            run(connection, (schema.SQL_FOLDER / each).read_text(encoding="utf-8"))
        connection.execute(text("SET ROLE tehuacan_owner"))
        config = schema.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
        connection.execute(text("RESET ROLE"))
        connection.execute(text("SET session_replication_role = replica"))
        run(connection, DAY.read_text(encoding="utf-8"))
    engine.dispose()
    made = Town(any_server, name)
    yield made
    made.close()
    any_server.drop(name)


def run(connection: Connection, script: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(script)


def facts(town: Town, columns: dict[str, set[str]] | None = None) -> dict[str, list[Any]]:
    """Every row of every table, in the columns that are given or all it has."""
    tables = (
        "SELECT relname FROM pg_class WHERE relnamespace = 'commercial'::regnamespace"
        " AND relkind = 'r' AND relname <> ALL ('{alembic_version,schema_stamp}') ORDER BY 1"
    )
    with town.admin() as admin:
        names = [str(row[0]) for row in admin.execute(tables.encode()).fetchall()]
        found = {}
        for name in names if columns is None else columns:
            rows = admin.execute(f"SELECT to_jsonb(t) FROM commercial.{name} t".encode()).fetchall()
            kept = None if columns is None else columns[name]
            found[name] = sorted(
                (sorted((key, repr(value)) for key, value in dict(row[0]).items()  # type: ignore[call-overload]
                        if kept is None or key in kept) for row in rows),
            )  # fmt: skip
    return found


def problems(town: Town) -> list[str]:
    database = Database(town.server.superuser_url(town.database))
    found = [each.sentence for each in VerifyService(database, OFFICE).run()]
    database.close()
    return found


def test_a_day_of_an_earlier_version_is_kept_whole_and_charging_goes_on(
    old: Town, newcomer: str
) -> None:
    before = facts(old)
    kept = {
        name: {key for row in rows for key, _ in row} - WRITTEN_ANEW.get(name, set())
        for name, rows in before.items()
    }
    before = {
        name: sorted([pair for pair in row if pair[0] in kept[name]] for row in rows)
        for name, rows in before.items()
    }
    assert len(before["payment"]) == 5
    assert len(before["cash_closing"]) == 2
    assert len(before["bill"]) == 3
    held = before["held_sale"]
    schema.install(old.server.superuser_url(old.database))
    assert problems(old) == []
    after = facts(old, kept)
    for name, rows in before.items():
        lost = [row for row in rows if row not in after[name]]
        assert lost == [], name
    assert len(after["held_sale"]) == len(held) == 1
    charge_something(old, newcomer)
    assert problems(old) == []


def charge_something(town: Town, name: str) -> None:
    """Somebody who came after the upgrade opens a till and takes what an account still owes."""
    with town.admin() as admin:
        add_person(admin, name, "cashier")
    cashier = town.sign_in(name)
    session = open_session(cashier, "C3")
    account = next(each for each in town.account_ids() if open_charges(town, each))
    parts = open_charges(town, account)[:1]
    paid = pay(cashier, session, account, parts, "cash")
    assert paid["folio"] == "C3-000001"
    assert parts[0] not in open_charges(town, account)
    with cashier.read() as connection:
        assert account in [row.account_id for row in search_by_terms(connection, ("nunez",))]
