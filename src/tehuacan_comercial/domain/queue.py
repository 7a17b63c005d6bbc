"""Turns of the attention queue: what is asked of it, and a turn as PostgreSQL answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tehuacan_comercial.domain.lifecycles import RequestState


class Channel(StrEnum):
    """How a ticket was taken."""

    RECEPTION = "reception"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class TicketCommand:
    """Somebody arrives for a procedure; *priority* is the class of whoever goes first."""

    command_id: UUID
    procedure: str
    priority: str = ""
    account_id: int | None = None
    note: str = ""
    channel: Channel = Channel.RECEPTION

    def payload(self) -> dict[str, Any]:
        """As ``take_ticket`` takes it."""
        return {
            "command_id": str(self.command_id),
            "procedure": self.procedure,
            "priority": self.priority,
            "account_id": self.account_id,
            "note": self.note.strip(),
            "channel": self.channel.value,
        }


@dataclass(frozen=True, slots=True)
class TurnCommand:
    """An act on one turn; *note* is its reason where the act needs one, *account_id* what the
    attention was about.
    """

    command_id: UUID
    request_id: int
    note: str = ""
    account_id: int | None = None

    def payload(self) -> dict[str, Any]:
        """As the functions of one turn take it."""
        return {
            "command_id": str(self.command_id),
            "request_id": self.request_id,
            "note": self.note.strip(),
            "account_id": self.account_id,
        }


@dataclass(frozen=True, slots=True)
class RoutingCommand:
    """A turn goes on: to another procedure, another desk, or both; the seniority goes with it.

    As ``add_service``, a further procedure of the same visit, which waits from now on.
    """

    command_id: UUID
    request_id: int
    procedure: str
    note: str
    desk: str = ""
    account_id: int | None = None

    def payload(self) -> dict[str, Any]:
        """As ``transfer_turn`` and ``add_service`` take it."""
        return {
            "command_id": str(self.command_id),
            "request_id": self.request_id,
            "procedure": self.procedure,
            "note": self.note.strip(),
            "desk": self.desk,
            "account_id": self.account_id,
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """One service of a visit as it stands (*turno*). Targets in minutes.

    *seniority* is the arrival that decides the order; *since* is when the present state began,
    *calls* how often the person was called for it.
    """

    request_id: int
    ticket_id: int
    label: str
    procedure: str
    procedure_name: str
    wait_minutes: int
    service_minutes: int
    priority: str
    priority_name: str
    state: RequestState
    seniority: datetime
    since: datetime
    calls: int
    desk: str
    attended_by: str
    wanted_desk: str
    account_id: int | None
    note: str

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Turn:
        """From the functions' answer."""
        account = answer["account_id"]
        return cls(
            int(answer["request_id"]),
            int(answer["ticket_id"]),
            str(answer["label"]),
            str(answer["procedure"]),
            str(answer["procedure_name"]),
            int(answer["wait_minutes"]),
            int(answer["service_minutes"]),
            str(answer["priority"]),
            str(answer["priority_name"]),
            RequestState(answer["state"]),
            datetime.fromisoformat(answer["seniority"]),
            datetime.fromisoformat(answer["since"]),
            int(answer["calls"]),
            str(answer["desk"]),
            str(answer["attended_by"]),
            str(answer["wanted_desk"]),
            None if account is None else int(account),
            str(answer["note"]),
        )

    @property
    def preferential(self) -> bool:
        """Whether the person goes before those without a priority class."""
        return bool(self.priority)


@dataclass(frozen=True, slots=True)
class DeskShift:
    """Who attends at a desk since when."""

    shift_id: int
    desk: str
    desk_name: str
    staff: str
    opened_at: datetime

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> DeskShift:
        """From ``take_desk``'s answer."""
        return cls(
            int(answer["shift_id"]),
            str(answer["desk"]),
            str(answer["desk_name"]),
            str(answer["staff"]),
            datetime.fromisoformat(answer["opened_at"]),
        )
