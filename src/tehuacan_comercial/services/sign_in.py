"""Signing in with one's own database user, and the failed tries kept until somebody can (N7)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tehuacan_comercial import __version__
from tehuacan_comercial.data import schema
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.scram import scram_verifier
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import WrongCredentials
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.permission import requires

__all__ = ["FailedTries", "SignedIn", "StaffService", "check_password", "sign_in"]

LoginUrl = Callable[[str, str], str]
"""User and password in, the server's URL with them out."""

_DURABLE = "on"
_MOST_TRIES = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at a station: their connection, the server's day, the office's settings.

    ``unsafe_setting`` names a server setting that could make a committed payment vanish; empty
    when payments are safe (D15).
    """

    database: Database
    actor: Actor
    today: date
    now: datetime
    settings: Mapping[str, Any]
    unsafe_setting: str


class FailedTries:
    """Failed sign-ins at this station, in a file, until the next accepted one reports them."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def add(self, username: str) -> None:
        """One more, by this station's clock; the oldest beyond 200 are let go."""
        tries = [*self.pending(), {"username": username, "at": datetime.now(UTC).isoformat()}]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(tries[-_MOST_TRIES:]), encoding="utf-8")

    def pending(self) -> list[dict[str, str]]:
        """Those not reported yet."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return []
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def clear(self) -> None:
        """They were reported."""
        self._file.unlink(missing_ok=True)


def sign_in(
    login_url: LoginUrl,
    username: str,
    password: str,
    station: str,
    tries: FailedTries,
    replica_url: LoginUrl | None = None,
) -> SignedIn:
    """Open the person's own connection and record it (N7); ``replica_url`` is for reports.

    Raises:
        WrongCredentials: the server does not know the pair; the try is kept for the record.
        StationBehind, DatabaseBehind: program and schema differ.
        ServerUnreachable: no answer.
    """
    replica = replica_url(username, password) if replica_url else None
    database = Database(login_url(username, password), station=station, read_url=replica)
    try:
        with database.read() as connection:
            schema.compare(connection)
        answer = database.call(
            "sign_in", {"program_version": __version__, "failed": tries.pending()}
        )
    except WrongCredentials:
        tries.add(username)
        database.close()
        raise
    except BaseException:
        database.close()
        raise
    tries.clear()
    return _signed_in(database, answer)


def check_password(login_url: LoginUrl, username: str, password: str, station: str) -> None:
    """Whether the password is the person's: what opens a locked window (N5).

    Raises:
        WrongCredentials: it is not.
        ServerUnreachable: no answer.
    """
    database = Database(login_url(username, password), station=station)
    try:
        with database.read() as connection:
            schema.database_version(connection)
    finally:
        database.close()


def _signed_in(database: Database, answer: Mapping[str, Any]) -> SignedIn:
    actor = Actor(
        answer["username"],
        answer["full_name"],
        answer["position"],
        answer["job"],
        bool(answer["demonstration"]),
    )
    unsafe = [name for name, value in answer["durability"].items() if value != _DURABLE]
    return SignedIn(
        database,
        actor,
        date.fromisoformat(answer["today"]),
        datetime.fromisoformat(answer["now"]),
        answer["office"] or {},
        unsafe[0] if unsafe else "",
    )


class StaffService:
    """People who sign in: added, disabled, given passwords (function of the administration)."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self.actor = actor

    @requires(Permission.STAFF_ADMINISTER)
    def add(
        self,
        username: str,
        full_name: str,
        position: str,
        job: str,
        password: str,
        *,
        demonstration: bool = False,
    ) -> tuple[str, ...]:
        """Create the person's own login role; the password itself never leaves this machine.

        Gives the jobs that a role of that name had in another database of the server and has no
        more, there either: a person has one job.

        Raises:
            StaffTrouble: the name is taken or not allowed.
        """
        added = self._database.call(
            "add_staff",
            {
                "username": username,
                "full_name": full_name,
                "position": position,
                "job": job,
                "verifier": scram_verifier(password, username),
                "demonstration": demonstration,
            },
        )
        return tuple(str(each) for each in added["revoked"])

    @requires(Permission.STAFF_ADMINISTER)
    def disable(self, username: str) -> None:
        """No more sign-ins for the person; what they did stays theirs.

        Raises:
            StaffTrouble: nobody active has that name, or it is oneself.
        """
        self._database.call("disable_staff", {"username": username})

    @requires(Permission.STAFF_OWN_PASSWORD)
    def set_password(self, username: str, password: str) -> None:
        """One's own password, or another's by the administration.

        Raises:
            NotPermitted: it is another's and one does not administer.
            StaffTrouble: nobody active has that name.
        """
        self._database.call(
            "set_staff_password",
            {"username": username, "verifier": scram_verifier(password, username)},
        )
