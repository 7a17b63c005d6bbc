"""Decisions that need somebody else: requests, verdicts, delegations as values (C6, N2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tehuacan_comercial.domain.lifecycles import Lifecycle
from tehuacan_comercial.domain.refusals import ReasonRequired


class AuthorisationState(StrEnum):
    """Where a request stands; every state but the first is final."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


AUTHORISATION = Lifecycle(
    document="authorisation",
    pairs=frozenset(
        (AuthorisationState.REQUESTED, final)
        for final in AuthorisationState
        if final is not AuthorisationState.REQUESTED
    ),
    labels={
        AuthorisationState.REQUESTED: "Por autorizar",
        AuthorisationState.APPROVED: "Autorizada",
        AuthorisationState.DENIED: "Negada",
        AuthorisationState.EXPIRED: "Vencida",
        AuthorisationState.WITHDRAWN: "Retirada",
    },
)


class Verdict(StrEnum):
    """What a decision says."""

    APPROVE = "approve"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of a list; ``needs_note`` asks for it in words as well."""

    code: str
    name: str
    needs_note: bool


@dataclass(frozen=True, slots=True)
class RequestCommand:
    """A request for somebody else's decision. The UUID is made when its sheet opens (D5)."""

    command_id: UUID
    kind: str
    subject_id: int
    reason_code: str
    reason: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def payload(self) -> dict[str, Any]:
        """As ``request_authorisation`` takes it; the same command gives the same payload."""
        return {
            "command_id": str(self.command_id),
            "kind": self.kind,
            "subject_id": self.subject_id,
            "reason_code": self.reason_code,
            "reason": self.reason.strip(),
            "evidence": dict(self.evidence),
            "options": dict(self.options),
        }


@dataclass(frozen=True, slots=True)
class DecisionCommand:
    """Approve or deny. To deny, the note says why.

    Raises:
        ReasonRequired: denied without a note.
    """

    command_id: UUID
    authorisation_id: int
    verdict: Verdict
    note: str = ""
    on_behalf_of: str | None = None

    def __post_init__(self) -> None:
        if self.verdict is Verdict.DENY and not self.note.strip():
            raise ReasonRequired("authorisations.deny")

    def payload(self) -> dict[str, Any]:
        """As ``decide_authorisation`` takes it."""
        return {
            "command_id": str(self.command_id),
            "authorisation_id": self.authorisation_id,
            "verdict": self.verdict.value,
            "note": self.note.strip(),
            "on_behalf_of": self.on_behalf_of,
        }


@dataclass(frozen=True, slots=True)
class DelegationCommand:
    """``deputy`` decides for ``principal`` in the kinds named, both days included."""

    command_id: UUID
    principal: str
    deputy: str
    kinds: tuple[str, ...]
    from_day: date
    to_day: date
    reason: str

    def payload(self) -> dict[str, Any]:
        """As ``record_delegation`` takes it."""
        return {
            "command_id": str(self.command_id),
            "principal": self.principal,
            "deputy": self.deputy,
            "kinds": list(self.kinds),
            "from": self.from_day.isoformat(),
            "to": self.to_day.isoformat(),
            "reason": self.reason.strip(),
        }


@dataclass(frozen=True, slots=True)
class Decided:
    """How a request stands after an act on it; ``outcome`` is what an approval produced."""

    authorisation_id: int
    kind: str
    state: AuthorisationState
    account_id: int | None
    session_id: int | None
    expires_at: datetime
    outcome: Mapping[str, Any]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Decided:
        """From the function's answer."""
        account, session = answer["account_id"], answer["session_id"]
        return cls(
            int(answer["authorisation_id"]),
            str(answer["kind"]),
            AuthorisationState(answer["state"]),
            None if account is None else int(account),
            None if session is None else int(session),
            datetime.fromisoformat(str(answer["expires_at"])),
            answer["outcome"] or {},
        )
