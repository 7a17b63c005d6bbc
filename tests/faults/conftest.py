"""The office that a fault strikes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.day.office import Office, build_office
from tests.support.server import TestServer


@pytest.fixture
def office(
    test_server: TestServer, new_database: Callable[[], str], tmp_path: Path
) -> Iterator[Office]:
    """Eight tills and eight accounts on the run's server."""
    made = build_office(test_server, new_database(), tmp_path)
    yield made
    made.town.close()


@pytest.fixture
def own_office(own_server: TestServer, own_database: str, tmp_path: Path) -> Iterator[Office]:
    """The same on a durable server of the test's own, to be stopped, killed and filled."""
    made = build_office(own_server, own_database, tmp_path)
    yield made
    made.town.close()
