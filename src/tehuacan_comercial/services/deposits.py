"""Use cases of deposits: gather, count, share out in slips, take to the bank (H8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import deposits as queries
from tehuacan_comercial.data.queries.deposits import (
    BankAccountRow,
    BatchRow,
    SessionMoneyRow,
    SlipRow,
)
from tehuacan_comercial.domain.custody import Pieces
from tehuacan_comercial.domain.deposits import (
    AtBank,
    BalanceCommand,
    BatchDone,
    OpenBatchCommand,
    count_payload,
)
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import UnknownDocument
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.permission import requires

__all__ = [
    "BankAccountRow",
    "BatchRow",
    "BatchSheet",
    "DepositsService",
    "SessionMoneyRow",
    "SlipRow",
]

RECENT = 200


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """Everything of a batch."""

    batch: BatchRow
    sessions: tuple[SessionMoneyRow, ...]
    slips: tuple[SlipRow, ...]
    counted: Mapping[str, Any] | None

    @property
    def money(self) -> dict[TenderKind, Decimal]:
        """What its sessions hand over, pesos by form of payment."""
        kinds = (TenderKind.CASH, TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CHEQUE)
        zero = Decimal("0.00")
        return {
            kind: sum((getattr(row, kind.value) for row in self.sessions), zero) for kind in kinds
        }


class DepositsService:
    """Deposits for the signed-in person."""

    def __init__(
        self, database: Database, actor: Actor, *, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self._database = database
        self.actor = actor
        self._pauses = pauses

    @requires(Permission.DEPOSITS_READ)
    def waiting(self) -> tuple[SessionMoneyRow, ...]:
        """Closed sessions that are in no batch, oldest first."""
        with self._database.read() as connection:
            return tuple(queries.sessions_to_deposit(connection))

    @requires(Permission.DEPOSITS_READ)
    def batches(self) -> tuple[BatchRow, ...]:
        """The unfinished first, then the newest."""
        with self._database.read() as connection:
            return tuple(queries.batches(connection, RECENT))

    @requires(Permission.DEPOSITS_READ)
    def bank_accounts(self) -> tuple[BankAccountRow, ...]:
        """Accounts of the office in use."""
        with self._database.read() as connection:
            return tuple(queries.bank_accounts(connection))

    @requires(Permission.DEPOSITS_READ)
    def sheet(self, batch_id: int) -> BatchSheet:
        """A batch with its sessions, its slips and its last count.

        Raises:
            UnknownDocument: there is no such batch.
        """
        with self._database.read() as connection:
            row = queries.batch(connection, batch_id)
            if row is None:
                raise UnknownDocument(f"lote {batch_id}")
            return BatchSheet(
                row,
                tuple(queries.sessions_of(connection, batch_id)),
                tuple(queries.slips_of(connection, batch_id)),
                queries.last_count(connection, batch_id),
            )

    @requires(Permission.DEPOSITS_MANAGE)
    def open(self, command: OpenBatchCommand) -> BatchDone:
        """Begin a batch with closed sessions.

        Raises:
            SessionNotDepositable: one is not closed, or is in another batch.
            ResultUnknown: still no answer; the same command again opens nothing twice.
        """
        return self._insist("open_batch", str(command.command_id), command.payload())

    @requires(Permission.DEPOSITS_MANAGE)
    def change(
        self, batch_id: int, *, add: tuple[int, ...] = (), remove: tuple[int, ...] = ()
    ) -> BatchDone:
        """Sessions in and out, while the batch is open.

        Raises:
            InvalidTransition: it was counted.
            SessionNotDepositable: as for ``open``.
        """
        return self._post(
            "change_batch", {"batch_id": batch_id, "add": list(add), "remove": list(remove)}
        )

    @requires(Permission.DEPOSITS_MANAGE)
    def count(
        self, batch_id: int, pieces: Pieces, counted: Mapping[TenderKind, Decimal]
    ) -> BatchDone:
        """Sign a count of what is in the bag; answers what it should be. Again is a second count.

        Raises:
            InvalidTransition: it was balanced.
            SessionNotDepositable: it has no session.
        """
        return self._post("count_batch", count_payload(batch_id, pieces, counted))

    @requires(Permission.DEPOSITS_MANAGE)
    def reopen(self, batch_id: int) -> BatchDone:
        """Back from the count, to gather other sessions.

        Raises:
            InvalidTransition: it was balanced.
        """
        return self._post("reopen_batch", {"batch_id": batch_id})

    @requires(Permission.DEPOSITS_MANAGE)
    def balance(self, command: BalanceCommand) -> BatchDone:
        """Close the batch with its slips, and freeze their numbered list.

        Raises:
            DepositDisagrees: sessions, last count and slips are not the same in every form.
            InvalidTransition: it is not being counted.
            ResultUnknown: still no answer; the same command again takes no second folio.
        """
        return self._insist("balance_batch", str(command.command_id), command.payload())

    @requires(Permission.DEPOSITS_MANAGE)
    def deposit(self, batch_id: int, stamped: tuple[AtBank, ...]) -> BatchDone:
        """Write down what the bank stamped; the books move the money from drawers to bank.

        Raises:
            InvalidCommand: a slip has no reference or no day.
            InvalidTransition: it is not balanced, or was deposited with other references.
            DayLocked: today is verified already.
        """
        payload = {
            "batch_id": batch_id,
            "slips": [
                {
                    "slip_id": each.slip_id,
                    "reference": each.reference.strip(),
                    "deposited_on": each.deposited_on.isoformat(),
                }
                for each in stamped
            ],
        }
        return self._insist("deposit_batch_at_bank", f"lote {batch_id}", payload)

    def _insist(self, name: str, command_id: str, payload: Mapping[str, Any]) -> BatchDone:
        insistence = Insistence(command_id, self._pauses)
        return insistence.of(
            lambda: BatchDone.of(self._database.call(name, payload, command_id=command_id))
        )

    def _post(self, name: str, payload: Mapping[str, Any]) -> BatchDone:
        return BatchDone.of(self._database.call(name, payload))
