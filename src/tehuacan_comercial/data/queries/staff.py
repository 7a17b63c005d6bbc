"""Who works here, as the sign-in window and the administration read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from tehuacan_comercial.data.queries.fetch import fetch


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person of the office."""

    username: str
    full_name: str
    position: str
    job: str
    active: bool
    is_demonstration: bool


def staff(connection: Connection) -> list[StaffRow]:
    """Everybody, by user name."""
    return fetch(
        connection,
        StaffRow,
        "SELECT username, full_name, position, job, active, is_demonstration"
        " FROM commercial.staff_member ORDER BY username",
    )


def known_staff(superuser_url: str) -> list[StaffRow]:
    """Active people of the embedded database, read by its keeper before anybody signed in."""
    engine = create_engine(superuser_url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return [person for person in staff(connection) if person.active]
    finally:
        engine.dispose()
