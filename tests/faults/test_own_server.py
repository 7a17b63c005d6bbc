"""A server stopped in the middle of the day: what was committed is there, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals
from tests.support.server import TestServer


def test_an_immediate_stop_keeps_commits_and_loses_the_rest(own_server: TestServer) -> None:
    database = Database(own_server.superuser_url())
    with database.transaction() as connection:
        connection.execute(text("CREATE TABLE public.pesos (n int)"))
        connection.execute(text("INSERT INTO public.pesos VALUES (1)"))
    with pytest.raises(refusals.ServerUnreachable):
        _insert_and_lose_the_server(database, own_server)
    with pytest.raises(refusals.ServerUnreachable):
        database.call("public.nothing", {}, command_id="c")
    own_server.cluster.start()
    with database.read() as connection:
        found = connection.execute(text("SELECT array_agg(n) FROM public.pesos")).scalar_one()
    assert found == [1]
    database.close()


def _insert_and_lose_the_server(database: Database, server: TestServer) -> None:
    with database.transaction(command_id="c") as connection:
        connection.execute(text("INSERT INTO public.pesos VALUES (2)"))
        server.cluster.stop("immediate")
        connection.execute(text("INSERT INTO public.pesos VALUES (3)"))
