"""A replica is read while it keeps up; late or dead, it is told and the primary answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.dashboard import ServerMoment, moment_of
from tehuacan_comercial.domain.dashboard import Settled
from tehuacan_comercial.services.dashboard_source import (
    REST_SECONDS,
    DashboardSource,
    Origin,
    Source,
    age_of,
)
from tests.support.server import TestServer

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOTICE = "INSERT INTO change_notice (topic, subject) VALUES ('payment', '1/1')"


def moment(notice: int, replayed: float | None = None) -> ServerMoment:
    then = None if replayed is None else NOON - timedelta(seconds=replayed)
    return ServerMoment(NOON, NOON.date(), Settled(0, 0, 0), notice, replayed is not None, then)


@pytest.mark.parametrize(
    ("heard", "age"),
    [
        (moment(7, 3600.0), 0.0),  # nothing happened for an hour, and it has everything
        (moment(8, 0.1), 0.0),  # heard what the primary said after it was asked
        (moment(6, 12.0), 12.0),
        (moment(6), None),  # no replica at all, and behind
    ],
)
def test_a_replica_is_as_old_as_what_it_has_not_heard(
    heard: ServerMoment, age: float | None
) -> None:
    assert age_of(moment(7), heard) == age


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_dead_replica_is_left_alone_for_a_while(
    test_server: TestServer, shared_database: str
) -> None:
    database = Database(
        test_server.superuser_url(shared_database),
        read_url="postgresql+psycopg://nadie:nada@127.0.0.1:1/nada",
    )
    clock = Clock()
    source = DashboardSource(database, replica=True, clock=clock)
    asked, origin = source.ask(moment_of)
    assert asked.replica is False
    assert origin == Origin(Source.SILENT, None)
    clock.now += REST_SECONDS / 2
    assert source.ask(moment_of)[1].source is Source.SILENT
    database.close()


def test_a_server_that_misses_notices_is_not_shown_as_now(
    test_server: TestServer, shared_database: str, template_database: str
) -> None:
    stale = test_server.clone(template_database)
    url = test_server.superuser_url(shared_database)
    database = Database(url, read_url=test_server.superuser_url(stale))
    clock = Clock()
    source = DashboardSource(database, replica=True, clock=clock)
    assert source.ask(moment_of)[1] == Origin(Source.REPLICA, 0.0)
    with database.transaction() as connection:
        connection.exec_driver_sql(NOTICE)
    assert source.ask(moment_of)[1] == Origin(Source.LATE, None)
    clock.now += REST_SECONDS + 1
    replica = Database(test_server.superuser_url(stale))
    with replica.transaction() as connection:
        connection.exec_driver_sql(NOTICE)
    replica.close()
    assert source.ask(moment_of)[1].source is Source.REPLICA
    database.close()
    test_server.drop(stale)
