"""Requests, who may decide them, reasons and delegations, as row security lets the caller see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch, fetch_one
from tehuacan_comercial.domain.authorisations import Reason


@dataclass(frozen=True, slots=True)
class AuthorisationRow:
    """A request and its answer; ``state`` is as of now (a request may have expired). Pesos.

    ``own_authority`` tells whether the caller may decide it in their own job; ``principals`` are
    the user names of those for whom they may.
    """

    authorisation_id: int
    kind: str
    kind_name: str
    subject_id: int
    account_id: int | None
    session_id: int | None
    amount: Decimal
    reason_code: str
    reason: str
    evidence: dict[str, Any]
    options: dict[str, Any]
    facts: dict[str, Any]
    state: str
    requested_by: str
    requester_name: str
    requested_at: datetime
    station: str
    expires_at: datetime
    decided_by: str | None
    decider_name: str | None
    decided_at: datetime | None
    decision_note: str
    principal_name: str | None
    outcome: dict[str, Any] | None
    own_authority: bool
    principals: tuple[str, ...]

    @property
    def may_decide(self) -> bool:
        """Whether the caller may decide it now."""
        return self.state == "requested" and (self.own_authority or bool(self.principals))

    @property
    def title(self) -> str:
        """What is asked, in Spanish."""
        return str(self.facts.get("title", self.kind_name))

    @property
    def reason_name(self) -> str:
        """The reason of the list, in Spanish."""
        return str(self.facts.get("reason_name", self.reason_code))


_AUTHORISATION = """
    WITH held AS (SELECT m.username, m.job FROM staff_member m WHERE m.active),
    authority AS MATERIALIZED (
        SELECT l.kind, l.from_amount, l.up_to, h.username AS holder
        FROM authority_limit l
        JOIN rule_set r ON r.id = l.rule_set_id AND r.kind = 'authority'
            AND r.valid @> office_today()
        JOIN held h ON h.job = l.job
        WHERE h.username = session_user OR EXISTS (
            SELECT FROM delegation d
            WHERE d.principal = h.username AND d.deputy = session_user AND d.ended_at IS NULL
              AND d.valid @> office_today() AND l.kind = ANY (d.kinds)))
    SELECT a.id AS authorisation_id, a.kind, k.name AS kind_name, a.subject_id, a.account_id,
           a.session_id, a.amount, a.reason_code, a.reason, a.evidence, a.options, a.facts,
           CASE WHEN a.state = 'requested' AND a.expires_at <= clock_timestamp() THEN 'expired'
                ELSE a.state END AS state,
           a.requested_by, q.full_name AS requester_name, a.requested_at, a.station, a.expires_at,
           a.decided_by, d.full_name AS decider_name, a.decided_at, a.decision_note,
           p.full_name AS principal_name, a.outcome,
           coalesce(m.own, false) AS own_authority, coalesce(m.others, '{}') AS principals
    FROM authorisation a
    JOIN authorisation_kind k ON k.code = a.kind
    JOIN staff_member q ON q.username = a.requested_by
    LEFT JOIN staff_member d ON d.username = a.decided_by
    LEFT JOIN staff_member p ON p.username = a.on_behalf_of
    LEFT JOIN LATERAL (
        SELECT bool_or(u.holder = session_user) AS own,
               array_agg(u.holder ORDER BY u.holder) FILTER (WHERE u.holder <> session_user)
                   AS others
        FROM authority u
        WHERE u.kind = a.kind AND u.from_amount <= a.amount
          AND a.amount <= coalesce(u.up_to, a.amount)
          AND a.requested_by NOT IN (session_user, u.holder)) m ON true
"""


def _fetch(connection: Connection, rest: str, **values: Any) -> list[AuthorisationRow]:
    found = fetch(connection, AuthorisationRow, _AUTHORISATION + rest, **values)
    return [replace(row, principals=tuple(row.principals)) for row in found]


def pending(connection: Connection) -> list[AuthorisationRow]:
    """What waits for a decision and the caller sees, oldest first."""
    return _fetch(
        connection,
        " WHERE a.state = 'requested' AND a.expires_at > clock_timestamp() ORDER BY a.requested_at",
    )


def mine(connection: Connection, days: int) -> list[AuthorisationRow]:
    """What the caller asked for in the last days, newest first."""
    return _fetch(
        connection,
        " WHERE a.requested_by = session_user"
        " AND a.requested_at > now() - make_interval(days => :days)"
        " ORDER BY a.requested_at DESC",
        days=days,
    )


def one(connection: Connection, authorisation_id: int) -> AuthorisationRow | None:
    """By its key."""
    found = _fetch(connection, " WHERE a.id = :authorisation_id", authorisation_id=authorisation_id)
    return found[0] if found else None


def history(
    connection: Connection, account_id: int | None, requester: str | None, limit: int
) -> list[AuthorisationRow]:
    """Decided requests of an account or of a person, newest first."""
    return _fetch(
        connection,
        " WHERE (a.account_id = :account_id OR a.requested_by = :requester)"
        " ORDER BY a.requested_at DESC LIMIT :limit",
        account_id=account_id,
        requester=requester,
        limit=limit,
    )


def recent(connection: Connection, days: int) -> list[AuthorisationRow]:
    """Everything the caller sees of the last days, newest first."""
    return _fetch(
        connection,
        " WHERE a.requested_at > now() - make_interval(days => :days)"
        " ORDER BY a.requested_at DESC LIMIT 500",
        days=days,
    )


def reasons(connection: Connection, kind: str) -> list[Reason]:
    """The reasons of a kind in force today, in the order of the rules file."""
    return fetch(
        connection,
        Reason,
        """
        SELECT s.code, s.name, s.needs_note
        FROM authorisation_kind k
        JOIN authorisation_reason s ON s.list = k.reasons
        JOIN rule_set r ON r.id = s.rule_set_id AND r.kind = 'authority'
            AND r.valid @> office_today()
        WHERE k.code = :kind ORDER BY s.id
        """,
        kind=kind,
    )


def reasons_of(connection: Connection, wanted: str) -> list[Reason]:
    """The reasons of a list in force today, in the order of the rules file."""
    return fetch(
        connection,
        Reason,
        """
        SELECT s.code, s.name, s.needs_note
        FROM authorisation_reason s
        JOIN rule_set r ON r.id = s.rule_set_id AND r.kind = 'authority'
            AND r.valid @> office_today()
        WHERE s.list = :wanted ORDER BY s.id
        """,
        wanted=wanted,
    )


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of authorisation."""

    code: str
    name: str


def kinds(connection: Connection) -> list[KindRow]:
    """By name."""
    return fetch(connection, KindRow, "SELECT code, name FROM authorisation_kind ORDER BY name")


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """Who decides for whom, both days included; ``in_force`` or still ``to_come`` as of today."""

    delegation_id: int
    principal: str
    principal_name: str
    deputy: str
    deputy_name: str
    kinds: tuple[str, ...]
    from_day: date
    to_day: date
    reason: str
    recorded_by_name: str
    ended_at: datetime | None
    in_force: bool
    to_come: bool


def delegations(connection: Connection) -> list[DelegationRow]:
    """Newest first."""
    found = fetch(
        connection,
        DelegationRow,
        """
        SELECT d.id AS delegation_id, d.principal, p.full_name AS principal_name, d.deputy,
               s.full_name AS deputy_name, d.kinds, lower(d.valid) AS from_day,
               upper(d.valid) - 1 AS to_day, d.reason, w.full_name AS recorded_by_name,
               d.ended_at, d.ended_at IS NULL AND d.valid @> office_today() AS in_force,
               d.ended_at IS NULL AND lower(d.valid) > office_today() AS to_come
        FROM delegation d
        JOIN staff_member p ON p.username = d.principal
        JOIN staff_member s ON s.username = d.deputy
        JOIN staff_member w ON w.username = d.recorded_by
        ORDER BY d.recorded_at DESC LIMIT 200
        """,
    )
    return [replace(row, kinds=tuple(row.kinds)) for row in found]


@dataclass(frozen=True, slots=True)
class DeciderRow:
    """A person whose job decides: to be named a deputy, or to sign in on the spot."""

    username: str
    full_name: str
    job: str


def deciders(connection: Connection) -> list[DeciderRow]:
    """Active people with some limit in force, by name."""
    return fetch(
        connection,
        DeciderRow,
        """
        SELECT m.username, m.full_name, m.job FROM staff_member m
        WHERE m.active AND m.job IN (
            SELECT l.job FROM authority_limit l JOIN rule_set r ON r.id = l.rule_set_id
            WHERE r.kind = 'authority' AND r.valid @> office_today())
        ORDER BY m.full_name
        """,
    )


@dataclass(frozen=True, slots=True)
class _Count:
    count: int


def count_pending(connection: Connection) -> int:
    """How many requests wait that the caller may decide; for the indicator."""
    found = fetch_one(
        connection,
        _Count,
        f"SELECT count(*) AS count FROM ({_AUTHORISATION} WHERE a.state = 'requested'"
        " AND a.expires_at > clock_timestamp()) w WHERE w.own_authority OR w.principals <> '{}'",
    )
    return found.count if found else 0
