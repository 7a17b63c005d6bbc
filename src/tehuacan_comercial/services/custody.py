"""Use cases of custody: deliver, receive, count by surprise, take over, verify (H4, H5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import custody as queries
from tehuacan_comercial.data.queries.custody import (
    BlockerRow,
    DifferenceRow,
    SupervisedRow,
    WithdrawalRow,
)
from tehuacan_comercial.data.queries.shortages import DebtRow, debts
from tehuacan_comercial.domain.cash import denominations_payload
from tehuacan_comercial.domain.custody import (
    CashLevel,
    CountCommand,
    Counted,
    Pieces,
    SendWithdrawalCommand,
    Verified,
    Withdrawn,
)
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.shortages import (
    ReceiveShortageCommand,
    Repaid,
    SettleShortageCommand,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.permission import requires

__all__ = [
    "BlockerRow",
    "CustodyService",
    "DebtRow",
    "DifferenceRow",
    "SupervisedRow",
    "WithdrawalRow",
]

SETTLED_DAYS = 90


class CustodyService:
    """Who holds the money, for the signed-in person."""

    def __init__(
        self, database: Database, actor: Actor, *, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self._database = database
        self.actor = actor
        self._pauses = pauses

    @requires(Permission.CASH_SESSION)
    def send_withdrawal(self, command: SendWithdrawalCommand) -> Withdrawn:
        """Deliver cash of one's own session; it is in transit until somebody else counts it.

        Raises:
            NotThatMuchCash: the drawer does not hold it by the books.
            SessionNotOpen, NotYourSession: there is no such session of one's own to take from.
            ResultUnknown: still no answer; the same command again delivers nothing twice.
        """
        return Withdrawn.of(self._insist("send_withdrawal", command))

    @requires(Permission.CASH_SESSION)
    def take_back(self, withdrawal_id: int, reason: str) -> Withdrawn:
        """Take one's own delivery back before somebody received it. Again: no change.

        Raises:
            WithdrawalDecided: somebody received or rejected it first.
            NotYourSession: somebody else sent it.
            ReasonRequired: no reason was written.
        """
        payload = {"withdrawal_id": withdrawal_id, "note": reason.strip()}
        return Withdrawn.of(self._post("take_back_withdrawal", payload))

    @requires(Permission.CASH_SESSION)
    def withdrawals(self, session_id: int) -> tuple[WithdrawalRow, ...]:
        """Deliveries of a session, newest first."""
        with self._database.read() as connection:
            return tuple(queries.withdrawals(connection, session_id))

    @requires(Permission.CASH_SESSION)
    def level(self, session_id: int) -> CashLevel:
        """How full the drawer is against its limit; it warns and never stops a charge."""
        with self._database.read() as connection:
            return CashLevel(queries.cash_level(connection, session_id) or "none")

    @requires(Permission.CASH_CLOSE)
    def blockers(self, session_id: int) -> tuple[BlockerRow, ...]:
        """*¿Puedo cerrar?*: everything in the way, what refuses the close first."""
        with self._database.read() as connection:
            return tuple(queries.closing_blockers(connection, session_id))

    @requires(Permission.CASH_CLOSE)
    def interim_report(self, command_id: UUID, session_id: int) -> Mapping[str, Any]:
        """A corte parcial (X), numbered and stored; one's own tells no amounts (H4).

        Its content, with its number as ``report_id``, by which it is printed.

        Raises:
            UnknownDocument: the session is neither one's own nor supervised.
            SessionNotOpen: it is closed and has its Z.
        """
        payload = {"command_id": str(command_id), "session_id": session_id}
        report = self._post("take_interim_report", payload)
        return {**report["content"], "report_id": int(report["id"])}

    @requires(Permission.CASH_CLOSE)
    def differences(self, since: date, until: date) -> tuple[DifferenceRow, ...]:
        """Shortages (the cashier's debt) and overages of some days, newest first (H20).

        One's own; of everybody for supervision.
        """
        with self._database.read() as connection:
            return tuple(queries.cashier_differences(connection, since, until))

    @requires(Permission.CASH_CLOSE)
    def debts(self, days: int = SETTLED_DAYS) -> tuple[DebtRow, ...]:
        """Shortages to be put back, oldest first, then those of the last days that were (H20).

        One's own; of everybody for supervision.
        """
        with self._database.read() as connection:
            return tuple(debts(connection, days))

    @requires(Permission.CASH_CUSTODY)
    def settle_shortage(self, command: SettleShortageCommand) -> None:
        """Record that a cashier put back the shortage of a verified session, or part of it.

        Raises:
            ShortageNotOwed: it is not verified yet, or owes less than that.
            SecondPersonNeeded: it is one's own debt.
            ResultUnknown: still no answer; the same command again settles nothing twice.
        """
        self._insist("settle_shortage", command)

    @requires(Permission.CASH_SESSION)
    def receive_shortage(self, command: ReceiveShortageCommand) -> Repaid:
        """Take cash that a cashier puts back into one's own open drawer, against a numbered paper.

        Raises:
            ShortageNotOwed: it is not verified yet, or owes less than that.
            SecondPersonNeeded: it is one's own debt.
            SessionNotOpen, NotYourSession: there is no such open session of one's own.
            ResultUnknown: still no answer; the same command again takes nothing twice.
        """
        return Repaid.of(self._insist("receive_shortage", command))

    @requires(Permission.CASH_SUPERVISE)
    def sessions(self) -> tuple[SupervisedRow, ...]:
        """Sessions open, counting, or waiting to be verified, and those verified of today."""
        with self._database.read() as connection:
            return tuple(queries.supervised_sessions(connection))

    @requires(Permission.CASH_SUPERVISE)
    def in_transit(self) -> tuple[WithdrawalRow, ...]:
        """Deliveries that nobody received yet, oldest first."""
        with self._database.read() as connection:
            return tuple(queries.withdrawals_in_transit(connection))

    @requires(Permission.CASH_CUSTODY)
    def accept(self, withdrawal_id: int, pieces: Pieces) -> Withdrawn:
        """Receive a delivery, having counted its pieces oneself.

        Raises:
            AmountsDisagree: the pieces are not what was delivered.
            WithdrawalDecided: somebody was faster.
            SecondPersonNeeded: it is one's own.
        """
        return self._decide(withdrawal_id, "accept", pieces, "")

    @requires(Permission.CASH_CUSTODY)
    def reject(self, withdrawal_id: int, reason: str) -> Withdrawn:
        """Send a delivery back to its drawer.

        Raises:
            ReasonRequired: no reason was written.
            WithdrawalDecided, SecondPersonNeeded: as for ``accept``.
        """
        return self._decide(withdrawal_id, "reject", {}, reason)

    @requires(Permission.CASH_CUSTODY)
    def count_by_surprise(self, command: CountCommand) -> Counted:
        """Sign a blind count of somebody's drawer; only then what was expected is told.

        Raises:
            SecondPersonNeeded: it is one's own session.
            SessionNotOpen: it is closed.
        """
        return Counted.of(self._insist("count_by_surprise", command))

    @requires(Permission.CASH_CUSTODY)
    def take_over(self, session_id: int, reason: str) -> None:
        """Stop the session of somebody absent, to count and close it under one's own name.

        Raises:
            SecondPersonNeeded: it is one's own session.
            NotYourSession: somebody else took it over.
            ReasonRequired: no reason was written.
        """
        self._post("take_over_session", {"session_id": session_id, "reason": reason.strip()})

    @requires(Permission.CASH_CUSTODY)
    def verify(self, command: CountCommand) -> Verified:
        """The third figure of a closing; what differs becomes its own movement (H6).

        Raises:
            SecondPersonNeeded: one charged or closed it oneself.
            InvalidTransition: it is not closed.
            SessionVerifiedAlready: somebody was faster.
        """
        return Verified.of(self._insist("verify_session", command))

    def _decide(self, withdrawal_id: int, verdict: str, pieces: Pieces, note: str) -> Withdrawn:
        payload = {
            "withdrawal_id": withdrawal_id,
            "verdict": verdict,
            "denominations": denominations_payload(pieces),
            "note": note.strip(),
        }
        return Withdrawn.of(self._post("decide_withdrawal", payload))

    def _insist(
        self,
        name: str,
        command: SendWithdrawalCommand
        | CountCommand
        | SettleShortageCommand
        | ReceiveShortageCommand,
    ) -> dict[str, Any]:
        insistence = Insistence(str(command.command_id), self._pauses)
        return insistence.of(lambda: self._post(name, command.payload()))

    def _post(self, name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        command_id = payload.get("command_id")
        return self._database.call(name, payload, command_id=command_id)
