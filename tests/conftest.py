"""Fixtures for everybody: the run's PostgreSQL, a database per test, no error left unseen."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from tehuacan_comercial.data.connections import SCHEMA_PATH, TIME_ZONE
from tests.support import server
from tests.support.midnight import until_the_day_is_safe
from tests.support.pinned import PinnedDatabase
from tests.support.server import DEBIAN_15, TestServer

pytest_plugins = ["tests.support.bare", "tests.support.trials"]

TEMPLATE = "tehuacan_plantilla"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    """The process that leads the run makes the folder its workers share."""
    if not hasattr(config, "workerinput"):
        server.make_run_folder()


def pytest_runtest_setup() -> None:
    """What is opened today must still be today's when the test looks at it."""
    time.sleep(until_the_day_is_safe(datetime.now(UTC)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing stays behind: no server, no file."""
    if not hasattr(config, "workerinput") and server.FOLDER_VARIABLE in os.environ:
        server.remove_run_folder()


def _install(superuser_url: str) -> None:
    from tehuacan_comercial.data import schema

    schema.install(superuser_url)


class _Errors(logging.Handler):
    """Collects what was logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_logged_errors(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """A test in which an error was logged fails, unless it takes the list and empties it."""
    handler = _Errors()
    logging.getLogger().addHandler(handler)
    yield handler.seen
    logging.getLogger().removeHandler(handler)
    if handler.seen:
        pytest.fail("logged as errors: " + "; ".join(handler.seen))


@pytest.fixture(scope="session")
def test_server() -> TestServer:
    """The embedded PostgreSQL 18, started by whichever worker is first."""
    found = TestServer.named("embedded")
    found.cluster.start()
    return found


@pytest.fixture(scope="session", params=["embedded", "debian15"])
def any_server(request: pytest.FixtureRequest) -> TestServer:
    """Each PostgreSQL the program supports; 15 only where Debian's server is installed."""
    if request.param == "debian15" and not DEBIAN_15.is_dir():
        pytest.skip("PostgreSQL 15 is not installed here")
    found = TestServer.named(request.param)
    found.cluster.start()
    return found


@pytest.fixture
def own_server() -> Iterator[TestServer]:
    """A server for this test alone, to be killed and started again; on the disk."""
    with tempfile.TemporaryDirectory(prefix="tehuacan-solo-") as folder:
        found = TestServer.alone(Path(folder))
        found.cluster.start()
        yield found
        found.cluster.stop("immediate")


@pytest.fixture
def own_database(own_server: TestServer) -> str:
    """A database with the whole schema on ``own_server``."""
    own_server.cluster.ensure_database("oficina")
    _install(own_server.superuser_url("oficina"))
    return "oficina"


@pytest.fixture(scope="session")
def template_database(test_server: TestServer) -> str:
    """The name of a database with the whole schema, never written to: clone it."""
    return test_server.template(TEMPLATE, _install)


@pytest.fixture
def new_database(test_server: TestServer, template_database: str) -> Iterator[Callable[[], str]]:
    """Makes databases for tests that commit; gives names, drops them at the end."""
    yield from _factory(test_server, template_database)


@pytest.fixture
def any_new_database(any_server: TestServer) -> Iterator[Callable[[], str]]:
    """As ``new_database``, on each PostgreSQL of ``any_server``."""
    yield from _factory(any_server, any_server.template(TEMPLATE, _install))


def _factory(found: TestServer, template: str) -> Iterator[Callable[[], str]]:
    made: list[str] = []

    def make() -> str:
        made.append(found.clone(template))
        return made[-1]

    yield make
    for name in made:
        found.drop(name)


@pytest.fixture(scope="session")
def shared_database(test_server: TestServer, template_database: str) -> Iterator[str]:
    """One clone for each worker, for tests that leave nothing behind."""
    name = test_server.clone(template_database)
    yield name
    test_server.drop(name)


@pytest.fixture
def connection(test_server: TestServer, shared_database: str) -> Iterator[Connection]:
    """A superuser's connection whose transaction is rolled back after the test."""
    options = f"-c search_path={SCHEMA_PATH} -c TimeZone={TIME_ZONE} -c tehuacan.station=P1"
    engine = create_engine(
        test_server.superuser_url(shared_database), connect_args={"options": options}
    )
    with engine.connect() as made:
        begun = made.begin()
        yield made
        begun.rollback()
    engine.dispose()


@pytest.fixture
def acting_as(connection: Connection) -> Callable[[str | None], PinnedDatabase]:
    """``acting_as("ana")`` is a Database of that login inside the test's transaction."""

    def make(user: str | None = None) -> PinnedDatabase:
        return PinnedDatabase(connection, user)

    return make
