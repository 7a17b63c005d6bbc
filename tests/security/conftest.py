"""One town with a day of books in it, on each PostgreSQL, for tests that leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tehuacan_comercial.data import schema
from tests.conftest import TEMPLATE
from tests.support.books import Books, build_books
from tests.support.server import TestServer

Plain = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="package")
def books(any_server: TestServer) -> Iterator[Books]:
    name = any_server.clone(any_server.template(TEMPLATE, schema.install))
    made = build_books(any_server, name)
    yield made
    made.town.close()
    any_server.drop(name)


@pytest.fixture
def owner(books: Books) -> Iterator[Plain]:
    """The owner of all tables, which nobody can sign in as; nothing of it is kept."""
    with books.town.admin() as connection:
        connection.autocommit = False
        connection.execute("SET ROLE tehuacan_owner")
        yield connection
        connection.rollback()
