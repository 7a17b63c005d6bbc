"""Staff with a plain psql: what PostgreSQL itself answers to a statement."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import psycopg

from tests.support.books import Books
from tests.support.server import plain_url
from tests.support.town import PASSWORD

Plain = psycopg.Connection[tuple[object, ...]]

DENIED = "42501"
"""SQLSTATE of insufficient privilege."""


@contextmanager
def psql(books: Books, username: str, password: str = PASSWORD) -> Iterator[Plain]:
    """A person's own connection, autocommitting, with the program's search path."""
    url = plain_url(books.town.server.login_url(books.town.database, username, password))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = commercial, public")
        connection.execute("SET lock_timeout = '5s'")
        yield connection


def answer(connection: Plain, statement: str, values: Sequence[object] = ()) -> str:
    """The SQLSTATE of the refusal, or 00000; whatever a statement did is undone."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement.encode(), values or None)
    except psycopg.Error as error:
        return error.sqlstate or "connection"
    return "00000"


def asked(connection: Plain, function: str, command: Mapping[str, object]) -> str:
    """What a posting function answers to a command; undone either way."""
    return answer(connection, f"SELECT commercial.{function}(%s::jsonb)", (json.dumps(command),))


def value(connection: Plain, query: str, values: Sequence[object] = ()) -> object:
    """The first column of the only row."""
    row = connection.execute(query.encode(), values or None).fetchone()
    assert row is not None
    return row[0]


def column(connection: Plain, query: str, values: Sequence[object] = ()) -> list[str]:
    """The first column of every row, as text."""
    return [str(row[0]) for row in connection.execute(query.encode(), values or None).fetchall()]
