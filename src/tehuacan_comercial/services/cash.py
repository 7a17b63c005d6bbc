"""Use cases of a till: open, charge, hold, count, close (H1–H19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import accounts as account_queries
from tehuacan_comercial.data.queries import cash as queries
from tehuacan_comercial.data.queries.accounts import PaymentRow
from tehuacan_comercial.data.queries.cash import HeldSaleRow, SessionRow, TillRow
from tehuacan_comercial.domain.cash import (
    ChargeCommand,
    Charged,
    CloseSessionCommand,
    HoldCommand,
    OpenSessionCommand,
    SessionClosed,
)
from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import (
    ClosingNeedsPermission,
    CommandDiscarded,
    CommandReused,
    ConflictRefusal,
    DurabilityOff,
    InvalidTransition,
    RecountNeeded,
    Refusal,
    ResultUnknown,
    RuleRefusal,
    ServerUnreachable,
    TroubleRefusal,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.intents import Intent, IntentJournal
from tehuacan_comercial.services.permission import requires

__all__ = [
    "CashService",
    "ChargeResult",
    "Debt",
    "HeldSaleRow",
    "LostCharge",
    "PaymentRow",
    "SessionRow",
    "TillRow",
]


@dataclass(frozen=True, slots=True)
class Debt:
    """What an account can pay today; pesos. ``today`` is the server's."""

    account_id: int
    items: tuple[OpenItem, ...]
    credit: Decimal
    today: date


@dataclass(frozen=True, slots=True)
class ChargeResult:
    """A charge that stands, and what it changed."""

    charged: Charged
    changes: Changes


@dataclass(frozen=True, slots=True)
class LostCharge:
    """A charge of an earlier run without an answer: ``charged`` when it stands, None when not."""

    intent: Intent
    charged: Charged | None


class CashService:
    """Acts at the till for the signed-in person."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        intents: IntentJournal,
        *,
        unsafe_setting: str = "",
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._database = database
        self.actor = actor
        self._intents = intents
        self._unsafe_setting = unsafe_setting
        self._pauses = pauses

    @requires(Permission.CASH_SESSION)
    def tills(self) -> tuple[TillRow, ...]:
        """Every till of the office."""
        with self._database.read() as connection:
            return tuple(queries.tills(connection))

    @requires(Permission.CASH_SESSION)
    def session(self) -> SessionRow | None:
        """One's own session that is open or being counted."""
        with self._database.read() as connection:
            return queries.own_open_session(connection)

    @requires(Permission.CASH_SESSION)
    def receipts(self, session_id: int) -> tuple[PaymentRow, ...]:
        """Receipts of a session, newest first."""
        with self._database.read() as connection:
            return tuple(account_queries.session_payments(connection, session_id))

    @requires(Permission.CASH_CHARGE)
    def payments(self, account_id: int) -> tuple[PaymentRow, ...]:
        """What an account paid, newest first."""
        with self._database.read() as connection:
            return tuple(account_queries.payments(connection, account_id))

    @requires(Permission.CASH_SESSION)
    def open_session(self, command: OpenSessionCommand) -> SessionRow:
        """Open a session on the till with the counted float.

        Raises:
            TillBusy, CashierBusy: a session is still open, perhaps yesterday's (H19).
            UnknownTill: the till is out of use.
            ResultUnknown: still no answer; the same command again opens nothing twice.
        """
        insistence = Insistence(str(command.command_id), self._pauses)
        insistence.of(lambda: self._identified("open_session", command))
        insistence.doubtful = True  # it is open: a lost answer must not say that it is not
        opened = insistence.of(self.session)
        if opened is None:  # closed again from elsewhere in the same moment
            raise ServerUnreachable("open_session")
        return opened

    @requires(Permission.CASH_CHARGE)
    def debt(self, account_id: int) -> Debt:
        """Open items with their surcharges to date, and the credit balance.

        Surcharges are posted up to today first; doing it again adds nothing (C8).
        """
        accrued = self._call("accrue_surcharges", {"account_id": account_id})
        with self._database.read() as connection:
            items = tuple(account_queries.open_items(connection, account_id))
            credit = account_queries.credit_balance(connection, account_id)
        return Debt(account_id, items, credit, date.fromisoformat(str(accrued["through"])))

    @requires(Permission.CASH_CHARGE)
    def charge(self, command: ChargeCommand) -> ChargeResult:
        """Post a payment once, whatever happens to the line (D5, H18).

        The command is durable here before it is sent; a lost answer is asked again with the same
        UUID, at most three times.

        Raises:
            ResultUnknown: still no answer; ``ask_again`` later, or send the same command.
            DurabilityOff: the server could forget what it commits.
            Refusal: whatever the rules say.
        """
        if self._unsafe_setting:
            raise DurabilityOff(self._unsafe_setting)
        intent = Intent(self.actor.username, command.payload())
        fresh = self._intents.write(intent)
        return self._send(intent, doubtful=not fresh)

    @requires(Permission.CASH_CHARGE)
    def ask_again(self, command_id: str) -> ChargeResult:
        """Send a command whose outcome is unknown once more, exactly as it was.

        Raises:
            ResultUnknown: still no answer.
            LookupError: the station does not remember such a command.
        """
        for intent in self._intents.open_intents(self.actor.username):
            if intent.command_id == command_id:
                return self._send(intent, doubtful=True)
        raise LookupError(command_id)

    def _send(self, intent: Intent, *, doubtful: bool) -> ChargeResult:
        """Try, and try again with the same UUID while the line is in the way.

        A refusal while in doubt is an answer about this moment; it becomes final only when the
        UUID can post nothing any more.
        """
        insistence = Insistence(intent.command_id, self._pauses, doubtful)
        try:
            charged = insistence.of(lambda: self._post(intent))
        except ResultUnknown:
            raise
        except TroubleRefusal:
            self._intents.forget(intent.command_id)  # no try reached the server whole
            raise
        except (RuleRefusal, ConflictRefusal):
            arrived = self._barred(intent) if insistence.doubtful else None
            if arrived is None:
                self._intents.forget(intent.command_id)
                raise
            charged = arrived
        return self._settled(intent, charged)

    def _barred(self, intent: Intent) -> Charged | None:
        """Keep a try that may still be on its way from arriving late (D5).

        Gives the charge when it arrived before. Raises ResultUnknown when even that is not known.
        """
        order = {"command": intent.payload, "reason": "Rechazado al volver a preguntar"}
        try:
            self._call("discard_payment", order)
        except InvalidTransition:
            return self._asked(intent)
        except (CommandReused, CommandDiscarded):
            return None
        except Refusal as refused:  # who may not sign in any more, for example, cannot ask
            raise ResultUnknown(intent.command_id) from refused
        return None

    def _asked(self, intent: Intent) -> Charged:
        try:
            return Charged.of(self._call("ask_payment", intent.payload)["payment"])
        except Refusal as refused:
            raise ResultUnknown(intent.command_id) from refused

    def _post(self, intent: Intent) -> Charged:
        return Charged.of(self._call("post_payment", intent.payload, intent.command_id))

    def _settled(self, intent: Intent, charged: Charged) -> ChargeResult:
        self._intents.forget(intent.command_id)
        return ChargeResult(charged, _changed_by(charged))

    @requires(Permission.CASH_CHARGE)
    def lost_charges(self) -> tuple[LostCharge, ...]:
        """Charges that one's earlier runs sent without hearing the answer, each with the truth.

        Those that stand are forgotten here, since their answer is now known; the others wait for
        ``ask_again`` or ``discard``.
        """
        found = []
        for intent in self._intents.open_intents(self.actor.username):
            answer = self._call("ask_payment", intent.payload)["payment"]
            charged = Charged.of(answer) if answer else None
            if charged:
                self._intents.forget(intent.command_id)
            found.append(LostCharge(intent, charged))
        return tuple(found)

    @requires(Permission.CASH_CHARGE)
    def unanswered(self) -> int:
        """How many charges of this station and person still wait for the server's answer."""
        return len(self._intents.open_intents(self.actor.username))

    @requires(Permission.CASH_CHARGE)
    def discard(self, intent: Intent, reason: str) -> None:
        """Give a lost charge up; its UUID can post nothing from here.

        Raises:
            InvalidTransition: it is in the books after all.
            ReasonRequired: no reason was written.
        """
        self._call("discard_payment", {"command": intent.payload, "reason": reason})
        self._intents.forget(intent.command_id)

    @requires(Permission.CASH_CHARGE)
    def hold(self, command: HoldCommand) -> None:
        """Set a sale aside (F6).

        Raises:
            ResultUnknown: still no answer; the same command again holds nothing twice.
        """
        insistence = Insistence(str(command.command_id), self._pauses)
        insistence.of(lambda: self._identified("hold_sale", command))

    @requires(Permission.CASH_CHARGE)
    def held_sales(self, session_id: int) -> tuple[HeldSaleRow, ...]:
        """Sales set aside in the session, oldest first."""
        with self._database.read() as connection:
            return tuple(queries.held_sales(connection, session_id))

    @requires(Permission.CASH_CHARGE)
    def release(self, held_sale_id: int) -> None:
        """Take a held sale back, or drop it.

        Raises:
            UnknownDocument: it was taken already.
        """
        self._call("release_sale", {"held_sale_id": held_sale_id})

    @requires(Permission.CASH_SESSION)
    def begin_count(self, session_id: int) -> int:
        """Stop charging to count; gives how many sales are still held.

        Raises:
            NotYourSession: it is another cashier's.
            InvalidTransition: it is closed.
        """
        return int(self._call("begin_count", {"session_id": session_id})["held_sales"])

    @requires(Permission.CASH_SESSION)
    def resume(self, session_id: int) -> None:
        """Back to charging, while nothing is signed."""
        self._call("resume_session", {"session_id": session_id})

    @requires(Permission.CASH_CLOSE)
    def close_session(self, command: CloseSessionCommand) -> SessionClosed:
        """Sign the blind count; only then the expected amounts are told (H4).

        Raises:
            CountAlreadySigned: another count was signed.
            CloseBlocked: something must be settled first, as a delivery in transit.
            RecountNeeded: the count is kept and passes the tolerance; sign a second one (H7).
            ClosingNeedsPermission: so does the second; ask for ``closing_tolerance``, and send the
                same command again, or ``finish_closing``, once it is allowed.
            NotYourSession: it is another cashier's, or somebody took it over.
            ResultUnknown: still no answer; the same command again closes nothing twice.
        """
        insistence = Insistence(str(command.command_id), self._pauses)
        return _closed(insistence.of(lambda: self._identified("close_session", command)))

    @requires(Permission.CASH_CLOSE)
    def finish_closing(self, session_id: int) -> SessionClosed:
        """Close with the last signed count, once its difference was allowed; from any station.

        Raises:
            RecountNeeded, ClosingNeedsPermission: as for ``close_session``.
            NotYourSession: it is another cashier's.
        """
        return _closed(self._call("finish_closing", {"session_id": session_id}))

    def _identified(
        self, name: str, command: OpenSessionCommand | CloseSessionCommand | HoldCommand
    ) -> dict[str, Any]:
        return self._call(name, command.payload(), str(command.command_id))

    def _call(
        self, name: str, payload: Mapping[str, Any], command_id: str | None = None
    ) -> dict[str, Any]:
        return self._database.call(name, payload, command_id=command_id)


def _closed(answer: Mapping[str, Any]) -> SessionClosed:
    """The closing, or what a signed count still misses."""
    if "missing" in answer:
        missing = RecountNeeded if answer["missing"] == "count" else ClosingNeedsPermission
        raise missing(int(answer["session_id"]), int(answer["counts"]))
    return SessionClosed.of(answer)


def _changed_by(charged: Charged) -> Changes:
    return Changes(
        frozenset({charged.account_id}), frozenset({charged.session_id}), frozenset({"payment"})
    )
