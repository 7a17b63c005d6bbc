"""A town of a given size: registry loaded as one act, rules, readings, eight tills, staff."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg

from benches import PASSWORD, people
from benches.measure import note
from benches.office import Office
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.registry_load import LoadTotals, StagedRow, load_registry
from tehuacan_comercial.data.scram import scram_verifier

TILLS = 8
PERIODS = ("202511", "202601", "202603", "202605", "202607", "202609")
REGISTRAR = "padron"
MANAGER = "gerencia"

Admin = psycopg.Connection[tuple[Any, ...]]

# Two in a hundred meters are not read; the run estimates those.
_READINGS = """
INSERT INTO meter_reading (account_id, period_code, segment, meter_id, read_on, previous_value,
                           value, consumption, kind)
SELECT a.id, p.code, 1, mi.meter_id, p.ends_on, 1000 + p.n * 30, 1000 + p.n * 30 + u.m3, u.m3,
       'actual'
FROM account a
JOIN meter_installation mi ON mi.tap_id = a.tap_id
CROSS JOIN (SELECT code, ends_on, row_number() OVER (ORDER BY code) AS n FROM billing_period) p
CROSS JOIN LATERAL (SELECT abs(hashint8(a.id * 31 + p.n)) AS roll) h
CROSS JOIN LATERAL (SELECT (h.roll % 38 + (h.roll >> 8) % 9) AS m3) u
WHERE h.roll % 50 <> 7
"""
_TABLES = """SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'commercial'"""


@dataclass(frozen=True)
class Town:
    """A committed database of so many accounts; ``load_seconds`` of its registry."""

    office: Office
    database: str
    accounts: int
    load_seconds: float

    def admin(self) -> Admin:
        """The superuser."""
        return self.office.admin(self.database)

    def cashier(self, number: int, port: int | None = None) -> Database:
        """One of the eight, with their own connection."""
        url = self.office.login_url(self.database, f"caja{number}", port)
        return Database(url, station="E1")

    def manager(self) -> Database:
        """Who supervises."""
        return Database(self.office.login_url(self.database, MANAGER), station="E1")

    def registrar(self) -> Database:
        """Who loads and bills."""
        return Database(self.office.login_url(self.database, REGISTRAR), station="E1")


def build_town(office: Office, name: str, accounts: int, seed: int) -> Town:
    """Everything but the bills, vacuumed and analysed as a night in the office would leave it."""
    begun = time.perf_counter()
    office.install(name)
    with office.admin(name) as connection:
        connection.execute(Path(__file__).with_name("town.sql").read_text(encoding="utf-8"))
        _people(connection)
    load_seconds = _load(office, name, list(people.accounts(accounts, seed)))
    with office.admin(name) as connection:
        connection.execute(_READINGS)
        settle_down(connection)
    seconds = time.perf_counter() - begun
    note(f"{name}: {accounts} accounts in {seconds:.1f} s, {load_seconds:.1f} s of it the load")
    return Town(office, name, accounts, load_seconds)


def settle_down(connection: Admin) -> None:
    """What autovacuum does by and by, now, so that it does not do it in the middle."""
    for (table,) in connection.execute(_TABLES).fetchall():
        connection.execute(f"VACUUM (ANALYZE) commercial.{table}".encode())
    connection.execute("CHECKPOINT")


def _load(office: Office, name: str, rows: list[StagedRow]) -> float:
    owed = sum((row.opening_balance for row in rows), Decimal(0))
    totals = LoadTotals(len(rows), owed, Decimal(0))
    database = Database(office.login_url(name, REGISTRAR), station="E1")
    begun = time.perf_counter()
    try:
        load_registry(database, rows, totals, source="bench", demonstration=True)
    finally:
        database.close()
    return time.perf_counter() - begun


def _people(connection: Admin) -> None:
    """Through the program's own functions; roles belong to the cluster and serve every town."""
    for number in range(1, TILLS + 1):
        _person(connection, f"caja{number}", "cashier")
        till = {
            "code": f"C{number}",
            "name": f"Caja {number}",
            "station": "E1",
            "opening_float": "500.00",
            "cash_limit": "900000.00",
            "tenders": ["cash", "card", "transfer", "cheque", "credit"],
        }
        connection.execute("SELECT save_till(%s::jsonb)", (json.dumps(till),))
    _person(connection, REGISTRAR, "registry")
    _person(connection, MANAGER, "manager")


def _person(connection: Admin, username: str, job: str) -> None:
    order = {
        "username": username,
        "full_name": f"{username.capitalize()} DEMOSTRACIÓN",
        "position": "Prueba",
        "job": job,
        "verifier": scram_verifier(PASSWORD, username),
    }
    connection.execute("SELECT add_staff(%s::jsonb)", (json.dumps(order),))
