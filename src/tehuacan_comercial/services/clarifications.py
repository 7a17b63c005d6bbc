"""Use cases of clearing up payments: returned cheques, transfers, likely mistakes (H15, C11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import authorisations as authorisation_queries
from tehuacan_comercial.data.queries import returns as queries
from tehuacan_comercial.data.queries.findings import FindingRow, findings
from tehuacan_comercial.data.queries.returns import BanRow, ChequeRow, TransferRow
from tehuacan_comercial.domain.authorisations import Reason
from tehuacan_comercial.domain.clarifications import BANK_REASONS, ChequeReturnCommand
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.permission import requires

__all__ = [
    "BanRow",
    "ChequeRow",
    "ClarificationsService",
    "FindingRow",
    "ReturnResult",
    "TransferRow",
]

CHEQUE_DAYS = 180
RECENT_DAYS = 90
FINDING_DAYS = 30


@dataclass(frozen=True, slots=True)
class ReturnResult:
    """What a returned cheque made: debt that is owed again and the fee with its tax, pesos."""

    folio: str
    reopened: Decimal
    fee: Decimal
    changes: Changes


class ClarificationsService:
    """Payments that did not stay where they were, for the signed-in person."""

    def __init__(
        self, database: Database, actor: Actor, *, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self._database = database
        self.actor = actor
        self._pauses = pauses

    @requires(Permission.CLARIFICATIONS_READ)
    def cheques(self, days: int = CHEQUE_DAYS) -> tuple[ChequeRow, ...]:
        """Cheques that tills took in the last days, and which of them came back."""
        with self._database.report() as connection:
            return tuple(queries.cheques(connection, days))

    @requires(Permission.CLARIFICATIONS_READ)
    def bans(self) -> tuple[BanRow, ...]:
        """Accounts that pay without cheques, and those that did."""
        with self._database.read() as connection:
            return tuple(queries.bans(connection))

    @requires(Permission.CLARIFICATIONS_READ)
    def transfers(self, days: int = RECENT_DAYS) -> tuple[TransferRow, ...]:
        """Payments that moved in the last days."""
        with self._database.read() as connection:
            return tuple(queries.transfers(connection, days))

    @requires(Permission.CLARIFICATIONS_READ)
    def findings(self, days: int = FINDING_DAYS) -> tuple[FindingRow, ...]:
        """Payments of the last days that look like a mistake, newest first."""
        with self._database.report() as connection:
            return tuple(findings(connection, days))

    @requires(Permission.CLARIFICATIONS_READ)
    def bank_reasons(self) -> tuple[Reason, ...]:
        """What a bank may say of a cheque, by the rules in force."""
        with self._database.read() as connection:
            return tuple(authorisation_queries.reasons_of(connection, BANK_REASONS))

    @requires(Permission.CLARIFICATIONS_RECORD)
    def record_return(self, command: ChequeReturnCommand) -> ReturnResult:
        """The bank did not pay a cheque: the debt is owed again, with the fee by rule.

        Raises:
            ChequeReturned: somebody recorded it already.
            NotReturnable: not a cheque, void, its session is not closed, or a wrong day.
            AdvanceUsed: a receipt that used its credit must be voided first.
            ReasonRequired: no reason of the list, or it must be explained.
            ResultUnknown: still no answer; the same command again records nothing twice.
        """
        insistence = Insistence(str(command.command_id), self._pauses)
        told: dict[str, Any] = insistence.of(
            lambda: self._database.call(
                "record_cheque_return", command.payload(), command_id=str(command.command_id)
            )
        )
        return ReturnResult(
            str(told["folio"]),
            Decimal(str(told["reopened"])),
            Decimal(str(told["fee"])),
            Changes(
                frozenset({int(told["account_id"])}),
                frozenset({int(told["session_id"])}),
                frozenset({"payment"}),
            ),
        )

    @requires(Permission.CLARIFICATIONS_LIFT)
    def lift_ban(self, ban_id: int, reason: str) -> Changes:
        """Cheques of the account are taken again; the same again changes nothing.

        Raises:
            ReasonRequired: no reason was written.
            BanLifted: somebody else did, with another reason.
        """
        told = self._database.call("lift_cheque_ban", {"ban_id": ban_id, "reason": reason})
        return Changes(accounts=frozenset({int(told["account_id"])}), topics=frozenset({"account"}))
