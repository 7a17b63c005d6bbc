"""Use cases of authorisations: ask, decide, withdraw, act for somebody absent (C6, N2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import authorisations as queries
from tehuacan_comercial.data.queries import voids as void_queries
from tehuacan_comercial.data.queries.authorisations import (
    AuthorisationRow,
    DeciderRow,
    DelegationRow,
    KindRow,
)
from tehuacan_comercial.data.queries.voids import RadarRow
from tehuacan_comercial.domain.authorisations import (
    Decided,
    DecisionCommand,
    DelegationCommand,
    Reason,
    RequestCommand,
)
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.permission import requires
from tehuacan_comercial.services.sign_in import FailedTries, LoginUrl, sign_in

__all__ = [
    "AuthorisationResult",
    "AuthorisationRow",
    "AuthorisationsService",
    "DeciderRow",
    "DelegationRow",
    "KindRow",
    "RadarRow",
    "decide_on_the_spot",
]

HISTORY_ROWS = 30
RECENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class AuthorisationResult:
    """How the request stands after the act, and what the act changed."""

    decided: Decided
    changes: Changes


class AuthorisationsService:
    """Authorisations for the signed-in person."""

    def __init__(
        self, database: Database, actor: Actor, *, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self._database = database
        self.actor = actor
        self._pauses = pauses

    @requires(Permission.AUTHORISATIONS_REQUEST)
    def preview(self, kind: str, subject_id: int, options: Mapping[str, Any]) -> dict[str, Any]:
        """The facts that a request would freeze; the kind's own refusals when there are none."""
        wish = {"kind": kind, "subject_id": subject_id, "options": dict(options)}
        return self._database.call("preview_authorisation", wish)

    @requires(Permission.AUTHORISATIONS_READ)
    def reasons(self, kind: str) -> tuple[Reason, ...]:
        """The reasons in force for a kind."""
        with self._database.read() as connection:
            return tuple(queries.reasons(connection, kind))

    @requires(Permission.AUTHORISATIONS_REQUEST)
    def request(self, command: RequestCommand) -> AuthorisationResult:
        """Ask once, whatever happens to the line; the same command again asks nothing twice.

        Raises:
            AuthorisationPending: the same waits for a decision already.
            ReasonRequired: no reason of the list, or it must be explained.
            ResultUnknown: still no answer; send the same command.
            Refusal: whatever the kind says.
        """
        return self._insist("request_authorisation", str(command.command_id), command.payload())

    @requires(Permission.AUTHORISATIONS_DECIDE)
    def decide(self, command: DecisionCommand) -> AuthorisationResult:
        """Approve or deny; an approval takes effect in the same transaction.

        Raises:
            OwnRequest, BeyondAuthority, NoDelegation: this person does not decide it.
            AuthorisationDecided: somebody was faster; says who and what.
            AuthorisationExpired: nobody decided it in time.
            FactsChanged: an approval would no longer do what was asked.
            ResultUnknown: still no answer; send the same command.
        """
        return self._insist("decide_authorisation", str(command.command_id), command.payload())

    @requires(Permission.AUTHORISATIONS_REQUEST)
    def withdraw(self, authorisation_id: int) -> AuthorisationResult:
        """Take one's own request back; again changes nothing.

        Raises:
            AuthorisationDecided: it was decided before.
        """
        return self._insist(
            "withdraw_authorisation",
            str(authorisation_id),
            {"authorisation_id": authorisation_id},
        )

    @requires(Permission.AUTHORISATIONS_READ)
    def pending(self) -> tuple[AuthorisationRow, ...]:
        """What waits for a decision, oldest first."""
        with self._database.read() as connection:
            return tuple(queries.pending(connection))

    @requires(Permission.AUTHORISATIONS_READ)
    def count_pending(self) -> int:
        """How many wait for a decision that is the actor's to take."""
        with self._database.read() as connection:
            return queries.count_pending(connection)

    @requires(Permission.AUTHORISATIONS_READ)
    def mine(self, days: int = 2) -> tuple[AuthorisationRow, ...]:
        """What the actor asked for in the last days, newest first."""
        with self._database.read() as connection:
            return tuple(queries.mine(connection, days))

    @requires(Permission.AUTHORISATIONS_READ)
    def one(self, authorisation_id: int) -> AuthorisationRow | None:
        """One request, if the actor may see it."""
        with self._database.read() as connection:
            return queries.one(connection, authorisation_id)

    @requires(Permission.AUTHORISATIONS_READ)
    def history(
        self, account_id: int | None = None, requester: str | None = None
    ) -> tuple[AuthorisationRow, ...]:
        """Requests on an account, or by a person, newest first."""
        with self._database.read() as connection:
            return tuple(queries.history(connection, account_id, requester, HISTORY_ROWS))

    @requires(Permission.AUTHORISATIONS_READ)
    def recent(self, days: int = RECENT_DAYS) -> tuple[AuthorisationRow, ...]:
        """Every request of the last days that the actor may see, newest first."""
        with self._database.read() as connection:
            return tuple(queries.recent(connection, days))

    @requires(Permission.CASH_SUPERVISE)
    def radar(self, days: int = RECENT_DAYS) -> tuple[RadarRow, ...]:
        """Voids of the last days with what makes each worth a look, newest first."""
        with self._database.report() as connection:
            return tuple(void_queries.radar(connection, days))

    @requires(Permission.AUTHORISATIONS_READ)
    def deciders(self) -> tuple[DeciderRow, ...]:
        """People whose job decides something."""
        with self._database.read() as connection:
            return tuple(queries.deciders(connection))

    @requires(Permission.AUTHORISATIONS_READ)
    def kinds(self) -> tuple[KindRow, ...]:
        """What can be asked for."""
        with self._database.read() as connection:
            return tuple(queries.kinds(connection))

    @requires(Permission.AUTHORISATIONS_READ)
    def delegations(self) -> tuple[DelegationRow, ...]:
        """Who acts for whom, newest first."""
        with self._database.read() as connection:
            return tuple(queries.delegations(connection))

    @requires(Permission.AUTHORISATIONS_DECIDE)
    def delegate(self, command: DelegationCommand) -> int:
        """Name a deputy for days; gives the delegation's number.

        Raises:
            NotPermitted: only the absent person or the direction names one.
            StaffTrouble: one of the two does not decide anything.
        """
        insistence = Insistence(str(command.command_id), self._pauses)
        answer = insistence.of(
            lambda: self._database.call(
                "record_delegation", command.payload(), command_id=str(command.command_id)
            )
        )
        return int(answer["delegation_id"])

    @requires(Permission.AUTHORISATIONS_DECIDE)
    def end_delegation(self, delegation_id: int) -> None:
        """From now on nobody acts by it; again changes nothing.

        Raises:
            NotPermitted: only the absent person or the direction ends it.
        """
        self._database.call("end_delegation", {"delegation_id": delegation_id})

    def _insist(
        self, name: str, command_id: str, payload: Mapping[str, Any]
    ) -> AuthorisationResult:
        insistence = Insistence(command_id, self._pauses)
        answer = insistence.of(lambda: self._database.call(name, payload, command_id=command_id))
        return _result(Decided.of(answer))


def _result(decided: Decided) -> AuthorisationResult:
    refunds = decided.outcome.get("refunds", ())
    sessions = {decided.session_id, *(refund.get("session_id") for refund in refunds)}
    accounts = {decided.account_id} if decided.account_id is not None else set()
    return AuthorisationResult(
        decided,
        Changes(
            frozenset(accounts),
            frozenset(int(key) for key in sessions if key is not None),
            frozenset({"authorisation"}),
        ),
    )


def decide_on_the_spot(
    login_url: LoginUrl,
    credentials: tuple[str, str],
    station: str,
    tries: FailedTries,
    command: DecisionCommand,
) -> AuthorisationResult:
    """Decide at somebody else's station: a second connection under the approver's own role (D2).

    ``credentials`` are the approver's user and password; the session of whoever works here stays.

    Raises:
        WrongCredentials: the server does not know the pair; the try is kept for the record.
        Refusal: whatever ``decide`` refuses.
    """
    signed_in = sign_in(login_url, *credentials, station, tries)
    try:
        return AuthorisationsService(signed_in.database, signed_in.actor).decide(command)
    finally:
        signed_in.database.close()
