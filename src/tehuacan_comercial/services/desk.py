"""Everything a signed-in person can ask for, in one place the windows hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from tehuacan_comercial.data.queries import cash as queries
from tehuacan_comercial.services.accounts import AccountsService
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.authorisations import AuthorisationsService
from tehuacan_comercial.services.bank_files.service import BankFilesService
from tehuacan_comercial.services.bills import BillsService
from tehuacan_comercial.services.cash import CashService
from tehuacan_comercial.services.changes import NOTHING, Changes, changes_of
from tehuacan_comercial.services.clarifications import ClarificationsService
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.dashboard import DashboardService
from tehuacan_comercial.services.deposits import DepositsService
from tehuacan_comercial.services.handovers import HandoversService
from tehuacan_comercial.services.intents import IntentJournal
from tehuacan_comercial.services.queue import QueueService
from tehuacan_comercial.services.receipts import ReceiptsService
from tehuacan_comercial.services.sign_in import SignedIn, StaffService
from tehuacan_comercial.services.vouchers import VouchersService


@dataclass(frozen=True, slots=True)
class News:
    """What the light poll found: the server's clock, and what other stations changed (D10)."""

    now: datetime
    changes: Changes
    mark: int


@dataclass
class Desk:
    """The services of one signed-in person at one station; ``home`` is the station's folder."""

    signed_in: SignedIn
    home: Path

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return self.signed_in.actor

    @cached_property
    def accounts(self) -> AccountsService:
        """Find and read accounts."""
        return AccountsService(self.signed_in.database, self.actor)

    @cached_property
    def authorisations(self) -> AuthorisationsService:
        """Ask for what somebody else decides, and decide."""
        return AuthorisationsService(self.signed_in.database, self.actor)

    @cached_property
    def cash(self) -> CashService:
        """Act at the till."""
        return CashService(
            self.signed_in.database,
            self.actor,
            IntentJournal(self.home / "cobros-pendientes"),
            unsafe_setting=self.signed_in.unsafe_setting,
        )

    @cached_property
    def custody(self) -> CustodyService:
        """Who holds the money of a session."""
        return CustodyService(self.signed_in.database, self.actor)

    @cached_property
    def bank_files(self) -> BankFilesService:
        """What banks and shops send."""
        return BankFilesService(self.signed_in.database, self.actor)

    @cached_property
    def deposits(self) -> DepositsService:
        """From the drawers to the bank."""
        return DepositsService(self.signed_in.database, self.actor)

    @cached_property
    def handovers(self) -> HandoversService:
        """What one cashier gives to another."""
        return HandoversService(self.signed_in.database, self.actor)

    @cached_property
    def clarifications(self) -> ClarificationsService:
        """Clear up payments."""
        return ClarificationsService(self.signed_in.database, self.actor)

    @cached_property
    def queue(self) -> QueueService:
        """Attend the people who wait."""
        return QueueService(self.signed_in.database, self.actor)

    @cached_property
    def receipts(self) -> ReceiptsService:
        """Paper."""
        return ReceiptsService(self.signed_in.database, self.actor, self.home / "impresos")

    @cached_property
    def dashboard(self) -> DashboardService:
        """Supervise the day."""
        database = self.signed_in.database
        return DashboardService(database, self.actor, replica=database.has_replica)

    @cached_property
    def bills(self) -> BillsService:
        """Water bills on paper."""
        return BillsService(self.signed_in.database, self.actor)

    @cached_property
    def vouchers(self) -> VouchersService:
        """A day's vouchers; ``polizas.toml`` in the station's folder is the office's own layout."""
        own = self.home / "polizas.toml"
        return VouchersService(
            self.signed_in.database, self.actor, layout=own if own.exists() else None
        )

    @cached_property
    def staff(self) -> StaffService:
        """People."""
        return StaffService(self.signed_in.database, self.actor)

    def news(self, mark: int) -> News:
        """The light poll: the truth behind the notifications. ``mark`` 0 asks only for the mark."""
        with self.signed_in.database.read() as connection:
            next_mark, now, found = queries.changes_since(connection, mark)
        changes = NOTHING
        for change in found:
            changes = changes | changes_of(change.topic, change.subject)
        return News(now, changes, next_mark)

    def close(self) -> None:
        """Sign out."""
        self.signed_in.database.close()
