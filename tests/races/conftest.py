"""The office that a race is run in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.day.office import Office, build_office
from tests.support.server import TestServer


@pytest.fixture
def office(
    any_server: TestServer, any_new_database: Callable[[], str], tmp_path: Path
) -> Iterator[Office]:
    """Eight tills and eight accounts, on each PostgreSQL there is."""
    made = build_office(any_server, any_new_database(), tmp_path)
    yield made
    made.town.close()
