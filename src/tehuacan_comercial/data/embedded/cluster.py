"""The embedded cluster: made on first use, started, attached to, recovered, stopped."""

from __future__ import annotations

import secrets as random_secrets
import time
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import sql

from tehuacan_comercial.data.embedded import creation, postmaster, settings
from tehuacan_comercial.data.embedded.address import SecretStore, ServerAddress
from tehuacan_comercial.data.embedded.binaries import Binaries, find_binaries
from tehuacan_comercial.data.embedded.launch import Launcher
from tehuacan_comercial.data.embedded.lock import file_lock
from tehuacan_comercial.data.scram import scram_verifier
from tehuacan_comercial.domain.refusals import ServerUnreachable

SUPERUSER = "tehuacan_keeper"
"""The cluster's own superuser: installs and upgrades; no member of staff signs in as this."""

SUPERUSER_SECRET = "embedded-superuser"  # noqa: S105 - the name of a secret, not a secret

_START_SECONDS = 15.0
_RETRY_SECONDS = 0.25


class EmbeddedCluster:
    """One data folder and the server that runs on it, on 127.0.0.1, SCRAM for everybody.

    ``extra_settings`` are PostgreSQL settings that win over ours (tests turn ``fsync`` off).
    Every method may be called from several processes at once.
    """

    def __init__(
        self,
        data_folder: Path,
        secrets: SecretStore,
        binaries: Binaries | None = None,
        *,
        extra_settings: Mapping[str, str] | None = None,
    ) -> None:
        self.data_folder = data_folder.absolute()
        self._secrets = secrets
        self._wanted_binaries = binaries
        self._extra = dict(extra_settings or {})

    @cached_property
    def binaries(self) -> Binaries:
        """The programs, of the version the data folder was made with where there is one.

        Raises:
            ServerUnreachable: there are none, or none of the data folder's version.
        """
        major = self._folder_major()
        if self._wanted_binaries is None:
            return find_binaries(major=major)
        if major not in (None, self._wanted_binaries.major):
            raise ServerUnreachable(
                f"Los datos de {self.data_folder} son de PostgreSQL {major} y este programa trae "
                f"PostgreSQL {self._wanted_binaries.major}. Haga un respaldo con la versión "
                "anterior y restáurelo en esta."
            )
        return self._wanted_binaries

    def start(self) -> ServerAddress:
        """Makes the cluster on first use, starts it or attaches to it; about a second.

        Raises:
            ServerUnreachable: it did not start within 15 seconds; the detail says why.
        """
        with file_lock(self.data_folder.with_name(f"{self.data_folder.name}.lock")):
            if self._folder_major() is None:
                self._create()
            running = self._running()
            return running or self._start_patiently()

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """Stops the server if it runs, ending the connections it still has.

        ``immediate`` is a crash on purpose: the next start recovers.

        Raises:
            ServerUnreachable: it did not stop within 30 seconds.
        """
        with file_lock(self.data_folder.with_name(f"{self.data_folder.name}.lock")):
            if postmaster.read(self.data_folder) is None:
                return
            arguments = ["-D", "{folder}", "-m", mode, "-w", "-t", "30", "stop"]
            done = self._launcher.run("pg_ctl", arguments, folder=self.data_folder)
            if done.returncode != 0 and self.is_running():
                raise ServerUnreachable(done.stdout.strip())

    def stop_if_unused(self) -> bool:
        """Stops the server unless another program is connected to it; True when it stopped.

        For a station that closes: a second one on this machine keeps its database.
        """
        if not self.is_running():
            return False
        with self._as_superuser() as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
        if row is None or row[0] != 0:
            return False
        self.stop()
        return True

    def is_running(self) -> bool:
        """Whether the server on this folder accepts connections."""
        return self._running() is not None

    @property
    def address(self) -> ServerAddress:
        """Where the running server answers.

        Raises:
            ServerUnreachable: it is not running.
        """
        running = self._running()
        if running is None:
            raise ServerUnreachable("La base de datos de este equipo no está en marcha.")
        return running

    def url(self, user: str, password: str, database: str) -> str:
        """A SQLAlchemy URL of the running server."""
        return self.address.url(user, password, database)

    def superuser_url(self, database: str = "postgres") -> str:
        """The URL for installing and upgrading. Never handed to a window.

        Raises:
            ServerUnreachable: the cluster's secret is missing, or it is not running.
        """
        return self.url(SUPERUSER, self._superuser_password(), database)

    def ensure_database(self, name: str) -> bool:
        """Creates the database unless it is there; True when it was created."""
        with self._as_superuser() as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [name]).fetchone() is not None:
                return False
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return True

    def _as_superuser(self) -> psycopg.Connection[tuple[Any, ...]]:
        plain = self.superuser_url().replace("postgresql+psycopg://", "postgresql://", 1)
        return psycopg.connect(plain, autocommit=True)

    @cached_property
    def _launcher(self) -> Launcher:
        return Launcher.create(self.binaries, self.data_folder)

    def _superuser_password(self) -> str:
        password = self._secrets.get(SUPERUSER_SECRET)
        if password is None:
            raise ServerUnreachable(
                f"Falta la contraseña de la base de datos de {self.data_folder}: no está en el "
                "llavero ni en el archivo de secretos de este equipo."
            )
        return password

    def _folder_major(self) -> int | None:
        """The PostgreSQL version that made the data folder; None when there is no cluster yet."""
        try:
            return int((self.data_folder / "PG_VERSION").read_text(encoding="ascii"))
        except FileNotFoundError:
            return None

    def _create(self) -> None:
        password = self._secrets.get(SUPERUSER_SECRET) or random_secrets.token_urlsafe(24)
        self._secrets.set(SUPERUSER_SECRET, password)
        creation.create(self.data_folder, self._launcher, SUPERUSER, password)

    def _running(self) -> ServerAddress | None:
        found = postmaster.read(self.data_folder)
        if found is None or not found.answers:
            return None
        return ServerAddress(postmaster.HOST, found.port)

    def _start_patiently(self) -> ServerAddress:
        """Tries for 15 seconds: after a crash the old processes take a moment to die."""
        limit = time.monotonic() + _START_SECONDS
        self._launcher.own(self.data_folder)
        if self._secrets.get(SUPERUSER_SECRET) is None:
            self._renew_secret()
        while True:
            postmaster.remove_if_stale(self.data_folder)
            answer = self._start_once()
            running = self._running()
            if running is not None:
                return running
            if time.monotonic() > limit:
                raise ServerUnreachable(
                    f"La base de datos de este equipo no arrancó. {answer}\n{self._log_tail()}"
                )
            time.sleep(_RETRY_SECONDS)

    def _renew_secret(self) -> None:
        """Gives the superuser a new password when the keyring lost it.

        PostgreSQL's single-user mode asks for none: whoever owns the data folder owns the data.
        """
        password = random_secrets.token_urlsafe(24)
        order = f"ALTER ROLE {SUPERUSER} PASSWORD '{scram_verifier(password, SUPERUSER)}'\n"
        arguments = ["--single", "-D", "{folder}", "-c", "logging_collector=off", "postgres"]
        done = self._launcher.run("postgres", arguments, folder=self.data_folder, said=order)
        if done.returncode != 0 or "ERROR" in done.stdout:
            raise ServerUnreachable(f"No se pudo renovar la contraseña interna: {done.stdout}")
        self._secrets.set(SUPERUSER_SECRET, password)

    def _start_once(self) -> str:
        if not postmaster.is_alive(self.data_folder):  # else it holds its port and settings
            self._write_settings()
        arguments = ["-D", "{folder}", "-l", "{folder}/start.log", "-w", "-t", "15", "start"]
        done = self._launcher.run("pg_ctl", arguments, folder=self.data_folder)
        return done.stdout.strip()

    def _write_settings(self) -> None:
        """Keeps the port of the last time unless another program took it meanwhile."""
        port = settings.kept_port(self.data_folder)
        if port is None or not postmaster.port_is_free(port):
            port = postmaster.any_free_port()
        settings.write(self.data_folder, port, self._extra)
        self._launcher.own(self.data_folder / settings.FILE_NAME)

    def _log_tail(self) -> str:
        """The last lines the server wrote, for the technical detail of the refusal."""
        files = [self.data_folder / "start.log", *(self.data_folder / "log").glob("*.log")]
        written = [path for path in files if path.is_file()]
        if not written:
            return ""
        newest = max(written, key=lambda path: path.stat().st_mtime)
        return "\n".join(newest.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
