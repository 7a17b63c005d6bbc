"""The office of a day: eight cashiers, a till for each, accounts that owe."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tehuacan_comercial.services.cash import CashService
from tehuacan_comercial.services.intents import IntentJournal
from tests.support.day.told import Told
from tests.support.server import TestServer
from tests.support.town import NEVER_LATE, Town, add_account, add_person, build_town

CASHIERS = ("rosa", "lupe", "caja3", "caja4", "caja5", "caja6", "caja7", "caja8")


@dataclass
class Office:
    """A committed town, and everything its cashiers intended and were told."""

    town: Town
    home: Path
    told: dict[str, Told] = field(default_factory=dict)
    service: type[CashService] = CashService
    journal: type[IntentJournal] = IntentJournal
    """What the stations run; a test of the tests puts a wrong one here."""

    def accounts(self) -> list[int]:
        """In order of their number."""
        return self.town.account_ids()

    def note(self, told: Told) -> Told:
        """What was last told about a command is what the cashier believes."""
        self.told[told.command_id] = told
        return told

    def more_accounts(self, count: int) -> list[int]:
        """New accounts with four open charges each."""
        first = len(self.accounts()) + 1
        with self.town.admin() as connection:
            return [add_account(connection, first + number) for number in range(count)]

    def run(self, statement: str) -> None:
        """SQL of the superuser, for a fault or a deliberately wrong variant."""
        with self.town.admin() as connection:
            connection.execute(statement.encode())

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """What the superuser reads."""
        with self.town.admin() as connection:
            return connection.execute(query.encode()).fetchall()


def build_office(
    server: TestServer,
    database: str,
    home: Path,
    *,
    accounts: int = 8,
    grace_days: int = NEVER_LATE,
) -> Office:
    """Fill a fresh clone; till Cn is for the n-th of CASHIERS."""
    tills = len(CASHIERS)
    town = build_town(server, database, accounts=accounts, tills=tills, grace_days=grace_days)
    with town.admin() as connection:
        for name in CASHIERS[2:]:
            add_person(connection, name, "cashier")
    return Office(town, home)
