"""Round trips and commits of a charge, counted, so that no noise moves them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from benches.desk import Debtor, account_ids, debtors, open_desk
from benches.town import Admin, Town
from benches.wire import counting

MOST_ROUND_TRIPS = 2
COMMITS = 1
_CHARGES = 40
_BEFORE = 10
"""Charges in a visit whose costs are taken off: connecting, and preparing the statement."""
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one charge, on average over many."""

    accounts: int
    round_trips: float
    commits: float

    @property
    def kept(self) -> bool:
        """At most two round trips, and exactly one commit."""
        return self.round_trips <= MOST_ROUND_TRIPS and self.commits == COMMITS

    def say(self) -> None:
        """One JSON object a line."""
        line = {
            "bench": "charge: round trips and commits",
            "accounts": self.accounts,
            "stations": 1,
            "round_trips": self.round_trips,
            "commits": self.commits,
            "aim": f"round_trips <= {MOST_ROUND_TRIPS}, commits == {COMMITS}",
            "met": self.kept,
        }
        print(json.dumps(line), flush=True)


def count(town: Town, period: str, seed: int) -> Counted:
    """A desk behind a wire: what a visit of fifty charges costs more than one of ten."""
    accounts = account_ids(town)
    Random(seed).shuffle(accounts)  # noqa: S311 - an order, not a secret
    with town.admin() as connection:
        found = list(debtors(connection, accounts[: 4 * _CHARGES], period))
    few, many = found[:_BEFORE], found[_BEFORE : 2 * _BEFORE + _CHARGES]
    with town.office.admin() as observer, _no_autovacuum(observer):
        _visit(town, observer, ())  # opens the session of the day
        few_trips, few_commits = _visit(town, observer, few)
        trips, commits = _visit(town, observer, many)
    more = len(many) - len(few)
    return Counted(town.accounts, (trips - few_trips) / more, (commits - few_commits) / more)


def _visit(town: Town, observer: Admin, charges: Sequence[Debtor]) -> tuple[int, int]:
    """Round trips and commits from the first connection to the last one's end."""
    address = town.office.cluster.address
    before = _commits(observer, town.database)
    with counting(address.host, address.port) as wire:
        desk = open_desk(town, 1, town.office.home / "cobros", wire.port)
        for debtor in charges:
            desk.charge(debtor)
        desk.database.close()
        _until_alone(observer, town.database)
        return wire.round_trips, _commits(observer, town.database) - before


def _commits(observer: Admin, database: str) -> int:
    """The observer sits in another database, so that looking does not count."""
    query = "SELECT xact_commit FROM pg_stat_database WHERE datname = %s"
    row = observer.execute(query, (database,)).fetchone()
    return 0 if row is None else int(row[0])


def _until_alone(observer: Admin, database: str) -> None:
    """A backend tells its last counts when it ends."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    limit = time.monotonic() + _PATIENCE
    while (row := observer.execute(query, (database,)).fetchone()) is not None and row[0]:
        if time.monotonic() > limit:
            raise TimeoutError(f"somebody else is connected to {database}")
        time.sleep(0.02)


@contextmanager
def _no_autovacuum(observer: Admin) -> Iterator[None]:
    """Its workers commit too."""
    observer.execute("ALTER SYSTEM SET autovacuum = off")
    observer.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        observer.execute("ALTER SYSTEM RESET autovacuum")
        observer.execute("SELECT pg_reload_conf()")
