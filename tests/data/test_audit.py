"""Sign-ins and the field-level audit: before, after, by whom, where, when (N3, N7)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.security.expected_access import AUDITED
from tests.support.server import TestServer
from tests.support.town import Town, build_town

Plain = psycopg.Connection[tuple[object, ...]]

# A change to one row of each watched table.
CHANGES = {
    "account": "opened_on = '2020-02-02'",
    "account_holding": "valid = '[2020-02-02,)'",
    "account_state": "reason = 'Prueba'",
    "account_terms": "water = false",
    "bank_account": "name = 'Otra cuenta'",
    "billing_period": "state = 'closed'",
    "channel": "name = 'Otro canal'",
    "concept": "settlement_order = settlement_order + 1",
    "customer": "phone = '2380000000'",
    "meter": "brand = 'Marca'",
    "meter_installation": "final_value = 99",
    "premises": "street = 'Otra calle'",
    "route": "name = 'Otro nombre'",
    "rule_set": "used = NOT used",
    "staff_member": "position = 'Otro puesto'",
    "station": "desk = 'Otra ventanilla'",
    "tap": "block = '7'",
    "till": "cash_limit = 5000",
    "use_class": "name = 'Otro uso'",
    "zone": "name = 'Otra zona'",
}


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database())
    with made.admin() as connection:
        connection.execute("INSERT INTO meter (serial_number) VALUES ('MED-1')")
        connection.execute(
            "INSERT INTO meter_installation (meter_id, tap_id, initial_value, valid)"
            " SELECT m.id, t.id, 0, '[2020-01-01,)' FROM meter m, tap t LIMIT 1"
        )
        connection.execute(
            "INSERT INTO channel (code, name, till_code)"
            " SELECT 'T1', 'Tiendas', min(code) FROM till"
        )
    yield made
    made.close()


def entry(connection: Plain, table: str, key: object) -> dict[str, object]:
    """The newest audit entry of a row."""
    row = connection.execute(
        "SELECT actor, station, address, action, before, after FROM audit_entry"
        " WHERE table_name = %s AND row_key = %s ORDER BY id DESC LIMIT 1",
        (table, str(key)),
    ).fetchone()
    assert row is not None
    return dict(zip(("actor", "station", "address", "action", "before", "after"), row, strict=True))


def test_every_watched_table_keeps_before_and_after(town: Town) -> None:
    assert set(CHANGES) == set(AUDITED)
    with town.admin() as connection:
        connection.execute("SET tehuacan.station = 'E7'")
        for table, change in CHANGES.items():
            key_column = AUDITED[table]
            key = only(connection, f"SELECT min({key_column}) FROM {table}")
            made = entry(connection, table, key)
            assert (made["action"], made["before"]) == ("INSERT", None), table
            connection.execute(
                f"UPDATE {table} SET {change} WHERE {key_column} = %s".encode(), (key,)
            )
            changed = entry(connection, table, key)
            assert (changed["action"], changed["station"]) == ("UPDATE", "E7"), table
            assert changed["actor"] == connection.info.user
            assert changed["address"] == "127.0.0.1"
            assert differing(changed) == [change.split(" = ")[0]], table


def differing(changed: dict[str, object]) -> list[str]:
    before, after = changed["before"], changed["after"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    return [name for name in after if before[name] != after[name]]


def only(connection: Plain, query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def test_what_is_deleted_stays_in_the_audit(town: Town) -> None:
    with town.admin() as connection:
        key = only(connection, "DELETE FROM account_terms RETURNING id")
        gone = entry(connection, "account_terms", key)
    assert (gone["action"], gone["after"]) == ("DELETE", None)
    assert isinstance(gone["before"], dict)
    assert gone["before"]["use_class"] == "DOM"


def test_an_update_that_changes_nothing_leaves_no_entry(town: Town) -> None:
    with town.admin() as connection:
        count = "SELECT count(*) FROM audit_entry"
        before = only(connection, count)
        connection.execute("UPDATE customer SET phone = phone")
        assert only(connection, count) == before


def test_no_setting_of_a_session_turns_the_audit_off(town: Town) -> None:
    """Whoever administers could otherwise change a till without a trace."""
    administrator = town.sign_in("sistemas", station="E1")
    with administrator.transaction() as connection:
        for setting in ("tehuacan.bulk_load", "tehuacan.audit", "tehuacan.station"):
            connection.exec_driver_sql(f"SET {setting} = 'off'")
        command = {"code": "C1", "name": "Caja uno", "station": "E1", "cash_limit": "9.00"}
        connection.exec_driver_sql("SELECT save_till(%s::jsonb)", (json.dumps(command),))
    with town.admin() as connection:
        changed = entry(connection, "till", "C1")
    assert (changed["actor"], changed["station"], changed["action"]) == (
        "sistemas",
        "off",
        "UPDATE",
    )
    assert changed["address"] == "127.0.0.1"
    assert "cash_limit" in differing(changed)


def test_a_sign_in_is_recorded_with_station_address_and_version(town: Town) -> None:
    answered = town.sign_in("rosa", station="E1").call("sign_in", {"program_version": "0.1.0"})
    assert (answered["username"], answered["job"]) == ("rosa", "cashier")
    assert answered["durability"] == {
        "fsync": answered["durability"]["fsync"],
        "synchronous_commit": "on",
        "full_page_writes": answered["durability"]["full_page_writes"],
    }
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT username, outcome, station, address, program_version, reported_by,"
            " now() - at < '1 minute' FROM sign_in"
        ).fetchall()
    assert rows == [("rosa", "accepted", "E1", "127.0.0.1", "0.1.0", "rosa", True)]


def test_failed_tries_are_recorded_when_somebody_gets_in(town: Town) -> None:
    failed = [
        {"username": "rosa", "at": "2026-11-24T08:00:00-06:00"},
        {"username": "x" * 200, "at": "2026-11-24T08:01:00-06:00"},
        {"username": None, "at": "2026-11-24T08:02:00-06:00"},
        {"username": "rosa"},
    ]
    town.sign_in("lupe", station="E1").call("sign_in", {"failed": failed})
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT username, outcome, station, reported_by FROM sign_in ORDER BY id"
        ).fetchall()
    assert rows == [
        ("rosa", "failed", "E1", "lupe"),
        ("x" * 63, "failed", "E1", "lupe"),
        ("lupe", "accepted", "E1", "lupe"),
    ]
