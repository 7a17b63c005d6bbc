"""A database without the office's schema: only a few functions that answer, refuse or wait."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from tehuacan_comercial.data.engine import Database
from tests.support.proxy import Proxy, proxy_to
from tests.support.server import TestServer

_FUNCTIONS = """
CREATE TABLE public.entry (id text PRIMARY KEY);
CREATE FUNCTION public.echo(given jsonb) RETURNS jsonb LANGUAGE sql AS $$
    SELECT given || jsonb_build_object('amount', 1234567.10::numeric(12,2), 'count', 3)
$$;
CREATE FUNCTION public.enter(given jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.entry VALUES (given ->> 'id') ON CONFLICT DO NOTHING;
    RETURN jsonb_build_object('new', FOUND);
END $$;
CREATE FUNCTION public.refuse(given jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'no' USING
        ERRCODE = given ->> 'code', DETAIL = coalesce(given ->> 'detail', '');
END $$;
CREATE FUNCTION public.wait(given jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_sleep((given ->> 'seconds')::float);
    RETURN '{}';
END $$;
"""


@pytest.fixture(scope="session")
def bare_database(test_server: TestServer) -> Iterator[str]:
    name = f"prueba_datos_{secrets.token_hex(4)}"
    test_server.cluster.ensure_database(name)
    with test_server.connect(name) as connection:
        connection.execute(_FUNCTIONS.encode())
    yield name
    test_server.drop(name)


@pytest.fixture
def bare(test_server: TestServer, bare_database: str) -> Iterator[Database]:
    """The bare database as its superuser sees it."""
    made = Database(test_server.superuser_url(bare_database), station="C2")
    yield made
    made.close()


@pytest.fixture
def proxy(test_server: TestServer) -> Iterator[Proxy]:
    """A breakable link in front of the run's server."""
    address = test_server.cluster.address
    with proxy_to(address.host, address.port) as made:
        yield made


@pytest.fixture
def far(test_server: TestServer, bare_database: str, proxy: Proxy) -> Iterator[Database]:
    """The database as seen through the proxy."""
    near = test_server.cluster.address
    url = test_server.superuser_url(bare_database).replace(f":{near.port}/", f":{proxy.port}/")
    made = Database(url, station="C2", deadline_seconds=1.0)
    yield made
    made.close()
