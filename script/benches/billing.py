"""A billing run, against the bare INSERT … SELECT of as many rows of the same width."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

from benches.measure import Figures, Line, ratio, timed
from benches.town import Admin, Town, settle_down

AIM = 1.5
WHOLE = "INCLUDING ALL"
_COPIES = """
CREATE SCHEMA IF NOT EXISTS bench;
DROP TABLE IF EXISTS bench.bill, bench.charge;
CREATE TABLE bench.bill (LIKE bill {like});
CREATE TABLE bench.charge (LIKE charge {like});
"""
_FOREIGN_KEYS = """
SELECT format('ALTER TABLE bench.%I ADD %s', rel.relname, pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN pg_class rel ON rel.oid = c.conrelid
WHERE c.connamespace = 'commercial'::regnamespace AND c.contype = 'f'
  AND rel.relname IN ('bill', 'charge')
"""
_PAID = """
UPDATE charge SET settled = total
WHERE period_code = %s AND account_id %% 7 <> 0 AND settled < total
"""
_COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_schema = 'commercial' AND table_name = %s AND is_generated = 'NEVER'
"""


def measure(town: Town, periods: Sequence[str]) -> Iterator[Line]:
    """Each period billed once, and right after it the same rows inserted bare.

    Most people pay before the next, as they do; a bill looks up what the account still owes.
    """
    runs: list[float] = []
    plain: list[float] = []
    dressed: list[float] = []
    for period in periods:
        runs.append(timed(partial(bill, town, period)))
        with town.admin() as connection:
            plain.append(_bare(connection, period, "INCLUDING GENERATED"))
            dressed.append(_bare(connection, period, WHOLE))
            connection.execute(_PAID, (period,))
            settle_down(connection)
    yield from _lines(town, Figures.of(runs), Figures.of(plain), Figures.of(dressed))


def _lines(town: Town, run: Figures, plain: Figures, dressed: Figures) -> Iterator[Line]:
    per_account: dict[str, object] = {
        "ours_microseconds_per_account": round(run.median * 1000 / town.accounts, 1)
    }
    aim = f"ratio <= {AIM:g}"
    yield Line(
        "billing: same indexes and keys", run, dressed, aim, ratio(run, dressed) <= AIM,
        town.accounts, 1, per_account,
    )  # fmt: skip
    yield Line(
        "billing: bare table", run, plain, aim, ratio(run, plain) <= AIM, town.accounts, 1,
        per_account,
    )  # fmt: skip


def bill(town: Town, period: str) -> None:
    """One period, all routes in one transaction."""
    database = town.registrar()
    try:
        database.call("bill_route", {"period": period}, deadline_seconds=math.inf)
    finally:
        database.close()


def accrue(town: Town) -> None:
    """Surcharges to date of every account, without which nothing late can be charged."""
    database = town.registrar()
    try:
        database.call("accrue_surcharges", {}, deadline_seconds=math.inf)
    finally:
        database.close()


def _bare(connection: Admin, period: str, like: str) -> float:
    """Seconds to insert the period's bills and charges into fresh tables, in one transaction."""
    connection.execute(_COPIES.format(like=like).encode())
    if like == WHOLE:
        for (order,) in connection.execute(_FOREIGN_KEYS).fetchall():
            connection.execute(str(order).encode())
    inserts = [_insert(connection, table, period) for table in ("bill", "charge")]

    def work() -> None:
        with connection.transaction():
            for insert in inserts:
                connection.execute(insert.encode())

    return timed(work)


def _insert(connection: Admin, table: str, period: str) -> str:
    row = connection.execute(_COLUMNS, (table,)).fetchone()
    columns = "" if row is None else str(row[0])
    return (
        f"INSERT INTO bench.{table} ({columns}) OVERRIDING SYSTEM VALUE"
        f" SELECT {columns} FROM {table} WHERE period_code = '{period}'"
    )
