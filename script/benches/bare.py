"""The limit of a charge: one row, committed durably, through the same driver."""

from __future__ import annotations

from typing import Any

import psycopg

from benches.office import plain
from benches.town import Town

_TABLE = """
CREATE SCHEMA IF NOT EXISTS bench;
CREATE TABLE IF NOT EXISTS bench.bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                       told text NOT NULL);
"""
_INSERT = b"INSERT INTO bench.bare (told) VALUES (%s)"


class BareCommit:
    """Holds its connection; each call is one INSERT in a transaction of its own."""

    def __init__(self, url: str) -> None:
        self._connection: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(
            plain(url), autocommit=True
        )

    def __call__(self) -> None:
        """One commit."""
        self._connection.execute(_INSERT, ("cobro",), prepare=True)

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def bare_url(town: Town) -> str:
    """Makes the table and says where it is."""
    with town.admin() as connection:
        connection.execute(_TABLE.encode())
    return town.office.cluster.superuser_url(town.database)
