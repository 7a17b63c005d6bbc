"""The tests' own tools must be able to fail, too."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, create_engine, text

from tehuacan_comercial.domain import refusals
from tests.support.pinned import PinnedDatabase
from tests.support.server import TestServer


@pytest.fixture
def held(bare_database: str, test_server: TestServer) -> Iterator[Connection]:
    engine = create_engine(test_server.superuser_url(bare_database))
    with engine.connect() as made:
        begun = made.begin()
        made.execute(text("CREATE TABLE public.once (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
        made.execute(text("CREATE ROLE pruebas_luis LOGIN"))
        made.execute(text("GRANT SELECT ON public.once TO pruebas_luis"))
        yield made
        begun.rollback()
    engine.dispose()


def _count(database: PinnedDatabase) -> int:
    with database.read() as connection:
        return int(connection.execute(text("SELECT count(*) FROM public.once")).scalar_one())


def _insert(database: PinnedDatabase, *numbers: int) -> None:
    with database.transaction() as connection:
        for number in numbers:
            connection.execute(text("INSERT INTO public.once VALUES (:n)"), {"n": number})


def test_a_pinned_transaction_commits_and_rolls_back_like_a_real_one(held: Connection) -> None:
    database = PinnedDatabase(held)
    _insert(database, 1, 2)
    with pytest.raises(Exception, match="once_n_key"):
        _insert(database, 3, 3)  # seen only where a real commit would see it
    assert _count(database) == 2


def test_a_pinned_person_has_only_their_own_rights(held: Connection) -> None:
    luis = PinnedDatabase(held, "pruebas_luis")
    with luis.transaction() as connection:
        assert connection.execute(text("SELECT session_user::text")).scalar_one() == "pruebas_luis"
        assert _count(luis) == 0
        assert connection.execute(text("SELECT session_user::text")).scalar_one() == "pruebas_luis"
    with pytest.raises(refusals.NotPermitted):
        _insert(luis, 1)
    _insert(PinnedDatabase(held), 1)
    assert _count(luis) == 1


def test_a_template_is_made_once_and_clones_are_apart(test_server: TestServer) -> None:
    made: list[str] = []

    def install(url: str) -> None:
        made.append(url)
        with test_server.connect(url.rsplit("/", 1)[1]) as connection:
            connection.execute("CREATE TABLE facts AS SELECT 1 AS n")

    name = "prueba_plantilla"
    try:
        for _ in range(2):
            test_server.template(name, install)
        first, second = test_server.clone(name), test_server.clone(name)
        with test_server.connect(first) as connection:
            connection.execute("DELETE FROM facts")
        with test_server.connect(second) as connection:
            assert connection.execute("SELECT n FROM facts").fetchall() == [(1,)]
        test_server.drop(first)
        test_server.drop(second)
    finally:
        test_server.drop(name)
    assert len(made) <= 1


def test_an_error_in_the_log_is_seen(no_logged_errors: list[str]) -> None:
    logging.getLogger("tehuacan").error("the %s broke", "printer")
    assert no_logged_errors == ["tehuacan: the printer broke"]
    no_logged_errors.clear()


def test_a_committed_clone_has_the_whole_schema(
    new_database: Callable[[], str], test_server: TestServer
) -> None:
    first, second = new_database(), new_database()
    assert first != second
    with test_server.connect(second) as connection:
        found = connection.execute("SELECT to_regnamespace('commercial')").fetchone()
    assert found is not None
    assert found[0] is not None
