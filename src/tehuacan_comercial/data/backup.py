"""Backup and restore of one database with PostgreSQL's own pg_dump and pg_restore."""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import text

from tehuacan_comercial.data import exact_json
from tehuacan_comercial.data.embedded.address import ServerAddress
from tehuacan_comercial.data.embedded.binaries import (
    NO_WINDOW,
    Binaries,
    find_binaries,
    tool_environment,
)
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.errors import refusing
from tehuacan_comercial.domain.refusals import ServerFull, ServerUnreachable

ENCRYPTED = ("require", "verify-ca", "verify-full")
"""Values of sslmode with which a connection is encrypted or is not made."""


@dataclass(frozen=True)
class BackupFacts:
    """What a backup or a restore did: the file, its size in bytes, its SHA-256, the seconds."""

    file: Path
    size: int
    sha256: str
    seconds: float


@dataclass(frozen=True)
class Server:
    """A server and the person who may dump or create databases on it."""

    address: ServerAddress
    user: str
    password: str
    sslmode: str = ""

    @property
    def encrypted(self) -> bool:
        """Whether nothing may go to it in the clear."""
        return self.sslmode in ENCRYPTED

    def conninfo(self, database: str) -> str:
        """For psycopg."""
        return make_conninfo(
            "",
            host=self.address.host,
            port=self.address.port,
            user=self.user,
            password=self.password,
            dbname=database,
            **({"sslmode": self.sslmode} if self.sslmode else {}),
        )


def note_backup(database: Database, facts: BackupFacts) -> None:
    """Leave the backup in the audit, so that the manager's window knows how old the last one is.

    Raises:
        NotPermitted: only who may dump the database may say that it was dumped.
    """
    told = {"file": facts.file.name, "size": facts.size, "sha256": facts.sha256}
    with database.transaction() as connection:
        connection.execute(
            text("SELECT record_act('backup', :file, CAST(:facts AS jsonb))"),
            {"file": facts.file.name, "facts": exact_json.dumps(told)},
        )


def backup(
    address: ServerAddress,
    user: str,
    password: str,
    database: str,
    target_file: Path,
    *,
    sslmode: str = "",
    binaries: Binaries | None = None,
) -> BackupFacts:
    """Dumps a database into one compressed file that appears whole or not at all.

    Raises:
        ServerUnreachable: pg_dump could not do it; the detail is what it said.
        ServerFull: there is no room for the file.
    """
    began = time.monotonic()
    server = Server(address, user, password, sslmode)
    target_file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target_file.with_name(f"{target_file.name}.incompleto")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.close(descriptor)  # the dump holds people's data: nobody else may read it
    try:
        options = ["-Fc", "--no-password", f"--file={unfinished}", database]
        _run(binaries or _programs(server), "pg_dump", server, options)
        _sync(unfinished)
        unfinished.replace(target_file)
    finally:
        unfinished.unlink(missing_ok=True)
    return _facts(target_file, began)


def restore(
    address: ServerAddress,
    user: str,
    password: str,
    database: str,
    source_file: Path,
    *,
    verify: Callable[[str], object],
    sslmode: str = "",
    binaries: Binaries | None = None,
) -> BackupFacts:
    """Restores into a scratch database, verifies that, and only then gives it its name.

    ``verify(name)`` gets the scratch database's name and raises when something is wrong: the
    database called ``database`` is then as it was. The one that is replaced stays on the server
    as ``<database>_antes_<moment>``. The roles must exist; a dump does not hold them.

    Raises:
        ServerUnreachable: pg_restore could not do it; the detail is what it said.
    """
    began = time.monotonic()
    server = Server(address, user, password, sslmode)
    programs = binaries or _programs(server)
    with _scratch(server, programs, source_file) as scratch:
        verify(scratch)
        with refusing(username=user):
            _take_place(server, database, scratch)
    return _facts(source_file, began)


def try_restore(
    address: ServerAddress,
    user: str,
    password: str,
    source_file: Path,
    *,
    verify: Callable[[str], object],
    sslmode: str = "",
    binaries: Binaries | None = None,
) -> BackupFacts:
    """Proves that a backup can be restored: into a scratch database, verified, then dropped.

    Raises as ``restore`` does, and whatever ``verify`` raises.
    """
    began = time.monotonic()
    server = Server(address, user, password, sslmode)
    with _scratch(server, binaries or _programs(server), source_file) as scratch:
        verify(scratch)
    return _facts(source_file, began)


@contextmanager
def _scratch(server: Server, binaries: Binaries, source_file: Path) -> Iterator[str]:
    """A database of its own with what the file holds; gone afterwards unless it was renamed."""
    scratch = f"ensayo_{secrets.token_hex(6)}"
    with refusing(username=server.user):
        _administer(server, "CREATE DATABASE {} TEMPLATE template0", scratch)
    try:
        options = ["--no-password", f"--dbname={scratch}", str(source_file)]
        _run(binaries, "pg_restore", server, options)
        yield scratch
    finally:
        with refusing(username=server.user):
            _administer(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", scratch)


def _administer(server: Server, query: LiteralString, name: str) -> None:
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(query).format(sql.Identifier(name)))


def _take_place(server: Server, database: str, scratch: str) -> None:
    """Both renames in one transaction, so that there is always exactly one of that name."""
    query = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = ANY(%s)"
    renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT to_char(now(), 'YYYYMMDD_HH24MISS') FROM pg_database WHERE datname = %s",
            [database],
        ).fetchone()
        connection.execute(query, [[database, scratch]])
        with connection.transaction():
            if found is not None:
                kept = sql.Identifier(f"{database}_antes_{found[0]}")
                connection.execute(renamed.format(sql.Identifier(database), kept))
            connection.execute(renamed.format(sql.Identifier(scratch), sql.Identifier(database)))


def _run(binaries: Binaries, tool: str, server: Server, options: Sequence[str]) -> None:
    """Runs a client program; the password goes by the environment, never by the command line."""
    where = [
        f"--host={server.address.host}",
        f"--port={server.address.port}",
        f"--username={server.user}",
    ]
    done = subprocess.run(
        [binaries.tool(tool), *where, *options],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=tool_environment(PGPASSWORD=server.password, **_encryption(server)),
        creationflags=NO_WINDOW,
        check=False,
    )
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == 0 or _only_of_newer_tool(said):
        return
    if "No space left on device" in said or "No hay espacio" in said:
        raise ServerFull(said)
    raise ServerUnreachable(said)


def _programs(server: Server) -> Binaries:
    return find_binaries(encrypted=server.encrypted)


def _encryption(server: Server) -> dict[str, str]:
    """The mode as asked, and where the person keeps the certificate that signs the server's."""
    root = os.environ.get("PGSSLROOTCERT", "")
    told = {"PGSSLMODE": server.sslmode, "PGSSLROOTCERT": root}
    return {name: value for name, value in told.items() if value}


def _only_of_newer_tool(said: str) -> bool:
    """Whether all that failed is a setting that an older server does not know.

    pg_restore of 17 and later begins with ``SET transaction_timeout``, new in 17.
    """
    errors = [line for line in said.splitlines() if line.startswith("pg_restore: error:")]
    return bool(errors) and all("transaction_timeout" in line for line in errors)


def _sync(file: Path) -> None:
    """A backup counts once it is on the disk."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _facts(file: Path, began: float) -> BackupFacts:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return BackupFacts(file, file.stat().st_size, digest, time.monotonic() - began)
