"""A durable embedded cluster on disk in a folder of its own, removed afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from benches import PASSWORD
from tehuacan_comercial.config import Secrets
from tehuacan_comercial.data import schema
from tehuacan_comercial.data.embedded import EmbeddedCluster


@dataclass(frozen=True)
class Office:
    """The server of a run and the folder that everything is written to."""

    home: Path
    cluster: EmbeddedCluster

    def install(self, name: str) -> None:
        """A database with the program's schema and nothing in it."""
        self.cluster.ensure_database(name)
        schema.install(self.cluster.superuser_url(name))

    def admin(self, database: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
        """The superuser, autocommitting, with the program's search path."""
        connection = psycopg.connect(plain(self.cluster.superuser_url(database)), autocommit=True)
        connection.execute("SET search_path = commercial, public")
        return connection

    def login_url(self, database: str, username: str, port: int | None = None) -> str:
        """A member of staff's own way in; ``port`` of a proxy, if one stands between."""
        url = make_url(self.cluster.url(username, PASSWORD, database))
        url = url.set(port=port) if port else url
        return url.render_as_string(hide_password=False)


def plain(url: str) -> str:
    """The same URL as psycopg itself reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def open_office() -> Iterator[Office]:
    """Durable as in the office: nothing is turned off, and the data lies on the real disk."""
    home = Path(tempfile.mkdtemp(prefix="tehuacan-bench-"))
    home.chmod(0o755)  # the server's own user must reach it when we are root
    cluster = EmbeddedCluster(home / "postgresql", Secrets(home, file_only=True))
    try:
        cluster.start()
        yield Office(home, cluster)
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)
