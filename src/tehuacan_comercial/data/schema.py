"""Build and upgrade the schema: roles, Alembic migrations, then the readable SQL of ``sql/``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from tehuacan_comercial import __version__
from tehuacan_comercial.domain.refusals import DatabaseBehind, StationBehind

if TYPE_CHECKING:
    from alembic.config import Config

SQL_FOLDER = Path(__file__).parent / "sql"
MIGRATIONS = Path(__file__).parent / "migrations"

BEFORE = ("before/roles.sql", "before/schema.sql", "before/text.sql")
AFTER = (
    "support.sql",
    "guards.sql",
    "audit.sql",
    "directory.sql",
    "search.sql",
    "payments.sql",
    "sessions.sql",
    "custody.sql",
    "blockers.sql",
    "deposits.sql",
    "bank_statements.sql",
    "channels.sql",
    "closings.sql",
    "handovers.sql",
    "reopenings.sql",
    "shortages.sql",
    "papers.sql",
    "documents.sql",
    "staff.sql",
    "settings.sql",
    "rules.sql",
    "readings.sql",
    "rating.sql",
    "billing.sql",
    "surcharges.sql",
    "authorisations.sql",
    "shortage_waivers.sql",
    "standing.sql",
    "voids.sql",
    "returns.sql",
    "transfers.sql",
    "vouchers.sql",
    "voucher_sheet.sql",
    "voucher_acts.sql",
    "registry.sql",
    "queue.sql",
    "queue_desks.sql",
    "queue_calls.sql",
    "queue_turns.sql",
    "views.sql",
    "dashboard.sql",
    "grants.sql",
    "policies.sql",
)
OWNERS = "owners.sql"


@dataclass(frozen=True, slots=True)
class SchemaVersion:
    """Alembic's revision and the hash of the SQL that stands beside it."""

    revision: str
    sql_sha256: str

    @property
    def label(self) -> str:
        """As a person is told: revision and the beginning of the hash; "ninguna" without either."""
        return f"{self.revision}·{self.sql_sha256[:6]}" if self.revision else "ninguna"


def program_version() -> SchemaVersion:
    """The schema this program was written for."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""
    return SchemaVersion(head, _sql_sha256())


def database_version(connection: Connection) -> SchemaVersion:
    """The schema the database has; empty fields where it has none yet."""
    known = connection.execute(text("SELECT to_regclass('commercial.schema_stamp')")).scalar()
    if known is None:
        return SchemaVersion("", "")
    row = connection.execute(
        text(
            "SELECT (SELECT version_num FROM commercial.alembic_version),"
            " (SELECT sql_sha256 FROM commercial.schema_stamp)"
        )
    ).one()
    return SchemaVersion(row[0] or "", row[1] or "")


def compare(connection: Connection) -> None:
    """Let a station go on only with the schema it was written for (D1).

    Raises:
        StationBehind: the database knows revisions that this program does not.
        DatabaseBehind: the office must run ``tehuacan-admin upgrade``.
    """
    ours, theirs = program_version(), database_version(connection)
    if ours == theirs:
        return
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if theirs.revision and theirs.revision not in known:
        raise StationBehind(ours.label, theirs.label)
    raise DatabaseBehind(ours.label, theirs.label)


def install(administrator_url: str) -> SchemaVersion:
    """Bring an empty or older database to this program's schema; one transaction.

    ``administrator_url`` names a superuser, or a role with CREATEROLE that owns the database.
    Running it again changes nothing.
    """
    with _administrator(administrator_url) as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('tehuacan schema'))"))
        for name in BEFORE:
            _run(connection, name)
        _as(connection, "tehuacan_owner")
        _migrate(connection)
        version = program_version()
        if database_version(connection) != version:
            _reset_owners(connection)
            for name in AFTER:
                _run(connection, name)
            _stamp(connection, version)
            connection.execute(text("RESET ROLE"))
            connection.execute(
                text("GRANT CREATE ON SCHEMA commercial TO tehuacan_staff_keeper, tehuacan_loader")
            )
            _run(connection, OWNERS)
            connection.execute(
                text(
                    "REVOKE CREATE ON SCHEMA commercial FROM tehuacan_staff_keeper, tehuacan_loader"
                )
            )
    return version


@contextmanager
def _administrator(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _migrate(connection: Connection) -> None:
    from alembic import command

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def alembic_config() -> Config:
    """Alembic's configuration without a file, so that a frozen program needs none."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _reset_owners(connection: Connection) -> None:
    """Give every function back to the owner, so that CREATE OR REPLACE may replace it."""
    connection.execute(text("RESET ROLE"))
    rows = connection.execute(
        text(
            "SELECT p.oid::regprocedure::text FROM pg_proc p"
            " WHERE p.pronamespace = 'commercial'::regnamespace"
            " AND p.proowner <> 'tehuacan_owner'::regrole"
        )
    )
    for (function,) in rows.all():
        connection.execute(text(f"ALTER FUNCTION {function} OWNER TO tehuacan_owner"))
    _as(connection, "tehuacan_owner")


def _as(connection: Connection, role: str) -> None:
    connection.execute(text(f"SET ROLE {role}"))


def _run(connection: Connection, name: str) -> None:
    """Run a file as it is: without parameters psycopg takes many statements and any %."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection was closed")
    driver.execute((SQL_FOLDER / name).read_text(encoding="utf-8"))


def _stamp(connection: Connection, version: SchemaVersion) -> None:
    connection.execute(
        text(
            "INSERT INTO commercial.schema_stamp AS s (only_row, sql_sha256, program_version)"
            " VALUES (true, :sha, :program) ON CONFLICT (only_row) DO UPDATE SET"
            " sql_sha256 = excluded.sql_sha256, program_version = excluded.program_version,"
            " applied_at = clock_timestamp()"
        ),
        {"sha": version.sql_sha256, "program": __version__},
    )


def _sql_sha256() -> str:
    digest = hashlib.sha256()
    for name in (*BEFORE, *AFTER, OWNERS):
        digest.update(name.encode())
        digest.update((SQL_FOLDER / name).read_bytes())
    return digest.hexdigest()
