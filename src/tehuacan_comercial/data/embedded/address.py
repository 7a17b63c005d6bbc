"""Where a server answers and what keeps a secret: values the rest of the package shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote


class SecretStore(Protocol):
    """Keeps named secrets outside the data folder (the keyring, or a file only we can read)."""

    def get(self, name: str) -> str | None:
        """The secret, or None when it was never stored."""
        ...

    def set(self, name: str, value: str) -> None:
        """Stores the secret, replacing an earlier one."""
        ...


@dataclass(frozen=True)
class ServerAddress:
    """Host and TCP port of a PostgreSQL server."""

    host: str
    port: int

    def url(self, user: str, password: str, database: str) -> str:
        """A SQLAlchemy URL for psycopg 3; user and password may hold any character."""
        login = f"{quote(user, safe='')}:{quote(password, safe='')}"
        return f"postgresql+psycopg://{login}@{self.host}:{self.port}/{quote(database, safe='')}"
