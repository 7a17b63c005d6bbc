"""A till of the day: its cashier's own connection, its journal of intents, its charges."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.accounts import open_items
from tehuacan_comercial.domain.allocation import allocate
from tehuacan_comercial.domain.cash import (
    ChargeCommand,
    CloseSessionCommand,
    OpenSessionCommand,
    SessionClosed,
    charge_command,
    new_command_id,
)
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.open_items import total_outstanding
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.domain.tendering import Tender, TenderKind, settle
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.cash import CashService
from tests.support.day.office import CASHIERS, Office
from tests.support.day.patience import PATIENCE
from tests.support.day.told import Told
from tests.support.town import PASSWORD

QUICK = (0.0, 0.02, 0.1)
"""Pauses between tries, seconds: a day of tests is shorter than a day of work."""


class Station:
    """The n-th till (from 0) of an office; ``port`` leads through a proxy.

    ``service`` is the office's, unless a test of the tests gives a deliberately wrong one.
    """

    def __init__(
        self,
        office: Office,
        number: int = 0,
        *,
        port: int | None = None,
        deadline_seconds: float = 3.0,
    ) -> None:
        self.office = office
        self.username, self.till = CASHIERS[number], f"C{number + 1}"
        near = office.town.server.cluster.address.port
        url = office.town.server.login_url(office.town.database, self.username, PASSWORD)
        self.database = Database(
            url.replace(f":{near}/", f":{port or near}/"),
            station=f"E{number + 1}",
            deadline_seconds=deadline_seconds,
        )
        office.town.opened.append(self.database)
        self.home = office.home / self.username
        self.journal = office.journal(self.home / "cobros-pendientes")
        actor = Actor(self.username, self.username, "Caja", "cashier")
        self.cash: CashService = office.service(self.database, actor, self.journal, pauses=QUICK)
        self.session_id = 0

    def open(self) -> int:
        """Open the day, or find one's session of before the station fell."""
        found = self.cash.session()
        if found is None:
            opening = OpenSessionCommand(new_command_id(), self.till, {Decimal(100): 5})
            found = self.cash.open_session(opening)
        self.session_id = found.session_id
        return self.session_id

    def command(
        self,
        account: int,
        amount: Decimal | None = None,
        *,
        advance: Decimal = ZERO,
        kind: TenderKind = TenderKind.CASH,
        command_id: UUID | None = None,
        note: str = "",
    ) -> ChargeCommand:
        """A charge of all that the account owes, or of ``amount`` pesos of it, and an advance."""
        with self.database.read() as connection:
            items = open_items(connection, account)
        due = total_outstanding(items) if amount is None else amount
        total = due + advance
        cash = kind is TenderKind.CASH
        tender = Tender(kind, total + 100) if cash else Tender(kind, total, f"AUT-{account}")
        settlement = settle(total, [tender], Decimal("0.50") if cash else ZERO)
        return charge_command(
            command_id or new_command_id(),
            self.session_id,
            account,
            allocate(items, due).parts,
            settlement,
            advance=advance,
            note=note,
        )

    def charge(self, command: ChargeCommand) -> Told:
        """Once, as the program does it; what the cashier is told is noted."""
        try:
            charged = self.cash.charge(command).charged
        except Refusal as refused:
            return self.office.note(Told(command, refusal=refused))
        return self.office.note(Told(command, charged))

    def charge_account(self, account: int) -> Told:
        """All that it owes."""
        return self.charge(self.command(account))

    def charge_to_the_end(self, command: ChargeCommand) -> Told:
        """As a cashier with a customer in front: the same sheet, until there is an answer."""
        told = self.charge(command)
        for _ in range(PATIENCE):
            if told.stands or not isinstance(told.refusal, TroubleRefusal):
                return told
            told = self.ask_again(told) if told.unknown else self.charge(command)
        return told

    def ask_again(self, told: Told) -> Told:
        """The button that stands where the answer is unknown."""
        try:
            charged = self.cash.ask_again(told.command_id).charged
        except Refusal as refused:
            return self.office.note(Told(told.command, refusal=refused))
        return self.office.note(Told(told.command, charged))

    def recover(self) -> list[Told]:
        """What a station does at its start: the truth about every charge without an answer.

        What does not stand is sent again, as the cashier does whose customer is still there.
        """
        settled = []
        for lost in self.cash.lost_charges():
            believed = self.office.told.get(lost.intent.command_id)
            if believed is None:
                raise LookupError(f"nobody intended {lost.intent.command_id}")
            told = Told(believed.command, lost.charged)
            settled.append(self.office.note(told) if lost.charged else self.ask_again(told))
        return settled

    def count_and_close(self) -> SessionClosed:
        """Declare the float alone: the difference is what was taken."""
        return self.cash.close_session(self.closing())

    def closing(self) -> CloseSessionCommand:
        return CloseSessionCommand(new_command_id(), self.session_id, {Decimal(100): 5}, {})

    @property
    def intents(self) -> list[str]:
        """UUIDs of one's charges without an answer."""
        return [intent.command_id for intent in self.journal.open_intents(self.username)]


def stations(office: Office, count: int) -> list[Station]:
    """That many tills with their sessions open."""
    made = [Station(office, number) for number in range(count)]
    for station in made:
        station.open()
    return made
