"""Use cases of a handover between cashiers: send, accept or reject item by item (H9, H21)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import handovers as queries
from tehuacan_comercial.data.queries.handovers import HandoverItemRow, ProofRow, ReceiverRow
from tehuacan_comercial.domain.cash import denominations_payload
from tehuacan_comercial.domain.custody import Pieces
from tehuacan_comercial.domain.handovers import HandedOver, HandoverCommand
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.permission import requires

__all__ = ["HandoverItemRow", "HandoversService", "ProofRow", "ReceiverRow"]


class HandoversService:
    """What one drawer gives to another, for the signed-in person."""

    def __init__(
        self, database: Database, actor: Actor, *, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self._database = database
        self.actor = actor
        self._pauses = pauses

    @requires(Permission.CASH_SESSION)
    def receivers(self) -> tuple[ReceiverRow, ...]:
        """Open sessions of others, to hand over to."""
        with self._database.read() as connection:
            return tuple(queries.receivers(connection))

    @requires(Permission.CASH_SESSION)
    def proofs(self, session_id: int) -> tuple[ProofRow, ...]:
        """Card slips, cheques and proofs of transfer that the session holds."""
        with self._database.read() as connection:
            return tuple(queries.proofs(connection, session_id))

    @requires(Permission.CASH_CLOSE)
    def items(self, session_id: int) -> tuple[HandoverItemRow, ...]:
        """Items sent or to be received by a session, newest handover first."""
        with self._database.read() as connection:
            return tuple(queries.items_of_session(connection, session_id))

    @requires(Permission.CASH_SESSION)
    def send(self, command: HandoverCommand) -> HandedOver:
        """Hand over to another cashier; each item stays in one's drawer until it is accepted.

        Raises:
            NotThatMuchCash: the drawer does not hold that much cash by the books.
            ProofNotHeld: a proof is not in this drawer, or is on its way already.
            SecondPersonNeeded: the other session is one's own.
            SessionNotOpen, CountAlreadySigned: one of the sessions moves no money any more.
            ResultUnknown: still no answer; the same command again hands nothing over twice.
        """
        insistence = Insistence(str(command.command_id), self._pauses)
        return HandedOver.of(insistence.of(lambda: self._post("send_handover", command.payload())))

    @requires(Permission.CASH_CLOSE)
    def accept(self, item_id: int, pieces: Pieces | None = None) -> HandedOver:
        """Receive an item; cash is counted by oneself, a proof is looked at. Again: no change.

        Raises:
            AmountsDisagree: the pieces are not what was handed over.
            NotYourSession: somebody else is to receive it.
            WithdrawalDecided: it was answered already.
            SecondPersonNeeded: one sent it oneself.
        """
        return self._decide(item_id, "accept", pieces or {}, "")

    @requires(Permission.CASH_CLOSE)
    def reject(self, item_id: int, reason: str) -> HandedOver:
        """Send an item back; its receiver, or supervision when the receiver does not come.

        Raises:
            ReasonRequired: no reason was written.
            NotYourSession, WithdrawalDecided, SecondPersonNeeded: as for ``accept``.
        """
        return self._decide(item_id, "reject", {}, reason)

    @requires(Permission.CASH_CLOSE)
    def take_back(self, item_id: int, reason: str) -> HandedOver:
        """Take an item of one's own handover back before it was answered. Again: no change.

        Raises:
            WithdrawalDecided: it was answered first.
            NotYourSession: somebody else sent it.
            ReasonRequired: no reason was written.
        """
        return self._decide(item_id, "withdraw", {}, reason)

    @requires(Permission.CASH_SUPERVISE)
    def in_transit(self) -> tuple[HandoverItemRow, ...]:
        """Items between two drawers that nobody answered yet, oldest first."""
        with self._database.read() as connection:
            return tuple(queries.items_in_transit(connection))

    def _decide(self, item_id: int, verdict: str, pieces: Pieces, note: str) -> HandedOver:
        payload = {
            "item_id": item_id,
            "verdict": verdict,
            "denominations": denominations_payload(pieces),
            "note": note.strip(),
        }
        return HandedOver.of(self._post("decide_handover", payload))

    def _post(self, name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        return self._database.call(name, payload, command_id=payload.get("command_id"))
