"""Writes the past of the demonstration town: readings and payments with the dates of then.

Only for a database without real accounts, over a connection that may act as the owner of the
tables (the one that installed the schema). Everything that is written is marked DEMOSTRACIÓN.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

import psycopg
from sqlalchemy import Connection, text

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.schema import SQL_FOLDER

_FOLDER = SQL_FOLDER / "demo"


@dataclass(frozen=True, slots=True)
class PastReading:
    """One reading of a meter; values and consumption in whole m³, or none with an anomaly."""

    account_id: int
    period_code: str
    meter_id: int
    read_on: date
    previous_value: int | None
    value: int | None
    consumption: int | None
    kind: str
    anomaly: str | None
    reader: str


@dataclass(frozen=True, slots=True)
class PastPayment:
    """One payment: at most ``up_to`` pesos of the oldest charges, and ``advance`` pesos more."""

    account_id: int
    till: str
    paid_at: datetime
    tender: str
    up_to: Decimal
    advance: Decimal
    reference: str
    bank: str


@dataclass(frozen=True, slots=True)
class AccountKey:
    """The keys under which the history of an account is written."""

    account_id: int
    meter_id: int | None


def real_accounts(database: Database) -> int:
    """How many accounts are not of the demonstration."""
    query = text("SELECT count(*) FROM account WHERE NOT is_demonstration")
    with database.read() as connection:
        return int(connection.execute(query).scalar_one())


def any_accounts(database: Database) -> bool:
    """Whether a registry was loaded already."""
    with database.read() as connection:
        return bool(connection.execute(text("SELECT EXISTS (SELECT FROM account)")).scalar_one())


def add_neighbourhoods(database: Database, rows: Sequence[tuple[str, str, str]]) -> None:
    """Adds name, kind and postal code of each that is not there yet."""
    query = text(
        "INSERT INTO neighbourhood (name, kind, postal_code) VALUES (:name, :kind, :code)"
        " ON CONFLICT DO NOTHING"
    )
    values = [{"name": name, "kind": kind, "code": code} for name, kind, code in rows]
    with as_owner(database) as connection:
        connection.execute(query, values)


def account_keys(database: Database) -> dict[str, AccountKey]:
    """Account number → keys, of every account."""
    query = text(
        "SELECT a.account_number, a.id, i.meter_id FROM account a"
        " LEFT JOIN meter_installation i ON i.tap_id = a.tap_id AND upper_inf(i.valid)"
        " ORDER BY a.id"
    )
    with database.report() as connection:
        return {row[0]: AccountKey(row[1], row[2]) for row in connection.execute(query)}


def add_readings(database: Database, rows: Iterable[PastReading]) -> None:
    """Streams the readings of a period into the facts."""
    columns = ", ".join(field.name for field in fields(PastReading))
    with as_owner(database) as connection:
        order = f"COPY commercial.meter_reading ({columns}) FROM STDIN"
        _copy(connection, order, PastReading, rows)


def post_payments(
    database: Database, rows: Iterable[PastPayment], cashiers: Mapping[str, str]
) -> int:
    """Posts a batch of past payments and closes their sessions; gives how many were posted.

    At most one payment for each account; days of earlier batches may not come again. ``cashiers``
    is till → user name.
    """
    columns = ", ".join(field.name for field in fields(PastPayment))
    with as_owner(database) as connection:
        driver = _driver(connection)
        driver.execute(_STAGING)
        with driver.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO pg_temp.demo_cashier VALUES (%s, %s)", sorted(cashiers.items())
            )
        order = f"COPY pg_temp.demo_payment ({columns}) FROM STDIN"
        _copy(connection, order, PastPayment, rows)
        driver.execute("ANALYZE pg_temp.demo_payment")
        for name in ("payments.sql", "closings.sql"):
            driver.execute((_FOLDER / name).read_text(encoding="utf-8"))
        count = driver.execute("SELECT count(*) FROM pg_temp.demo_posted").fetchone()
        driver.execute(_CLEAN)
    return int(count[0]) if count else 0


def post_deposits(database: Database, clerk: str, bank_account: str) -> int:
    """Takes to the bank what every day but the last two collected; gives how many batches.

    ``clerk`` is the user name of who does it. What was taken a week ago or earlier is found in
    the bank's statements.
    """
    with as_owner(database) as connection:
        driver = _driver(connection)
        driver.execute(_CLERK)
        driver.execute("INSERT INTO pg_temp.demo_clerk VALUES (%s, %s)", (clerk, bank_account))
        driver.execute((_FOLDER / "deposits.sql").read_text(encoding="utf-8"))
        count = driver.execute("SELECT count(*) FROM pg_temp.demo_day").fetchone()
    return int(count[0]) if count else 0


def backdate(database: Database) -> None:
    """Dates what was billed today for the past as of then, and closes the past periods."""
    with as_owner(database) as connection:
        _driver(connection).execute((_FOLDER / "backdate.sql").read_text(encoding="utf-8"))


def measure(database: Database) -> None:
    """Tells PostgreSQL how large the tables have become (ANALYZE); plans go wrong without."""
    with as_owner(database) as connection:
        connection.execute(text("ANALYZE " + ", ".join(f"commercial.{n}" for n in _GROWING)))


@contextmanager
def as_owner(database: Database) -> Iterator[Connection]:
    """One transaction as the owner of the tables, without a deadline."""
    with database.transaction(math.inf) as connection:
        connection.execute(text(_TEMPORARY.format("GRANT", "TO")))
        connection.execute(text("SET LOCAL ROLE tehuacan_owner"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        yield connection
        connection.execute(text("RESET ROLE"))
        connection.execute(text(_TEMPORARY.format("REVOKE", "FROM")))


_GROWING = (
    "account", "account_directory", "account_state", "account_terms", "allocation",
    "bank_statement_line", "bill", "cash_closing_line", "cash_session", "charge",
    "credit_movement", "deposit_batch_session", "deposit_slip", "journal", "meter_installation",
    "meter_reading", "payment", "payment_tender", "receipt", "tap",
)  # fmt: skip

# Temporary tables are for nobody but the loader; the owner gets them for this transaction only.
_TEMPORARY = """
DO $$ BEGIN
    EXECUTE format('{} TEMPORARY ON DATABASE %I {} tehuacan_owner', current_database());
END $$
"""
_STAGING = """
CREATE TEMPORARY TABLE demo_payment (
    account_id bigint PRIMARY KEY, till text, paid_at timestamptz, tender text, up_to numeric,
    advance numeric, reference text, bank text) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_cashier (till text PRIMARY KEY, cashier text) ON COMMIT DROP;
"""
_CLERK = """
CREATE TEMPORARY TABLE demo_clerk (username text, bank_account text) ON COMMIT DROP
"""
_CLEAN = """
DROP AGGREGATE pg_temp.chained(text, text);
DROP FUNCTION pg_temp.chain_step(text, text, text);
"""


def _copy(connection: Connection, order: str, kind: type[Any], rows: Iterable[Any]) -> None:
    values = attrgetter(*(field.name for field in fields(kind)))
    with _driver(connection).cursor() as cursor, cursor.copy(order) as copy:
        for row in rows:
            copy.write_row(values(row))


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("the connection was closed")
    return driver
