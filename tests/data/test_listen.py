"""The listener hears, survives a lost link, and stops."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from typing import Any

import pytest

from tehuacan_comercial.data.listen import Listener
from tests.support.proxy import Proxy
from tests.support.server import TestServer

WAIT = 20.0


class _Heard:
    """What the listener told, in order."""

    def __init__(self) -> None:
        self.told: queue.Queue[object] = queue.Queue()

    def notice(self, content: dict[str, Any]) -> None:
        self.told.put(content)

    def connected(self) -> None:
        self.told.put("connected")

    def disconnected(self) -> None:
        self.told.put("disconnected")

    def next(self) -> object:
        return self.told.get(timeout=WAIT)


@pytest.fixture
def heard() -> _Heard:
    return _Heard()


@pytest.fixture
def listener(
    test_server: TestServer, bare_database: str, proxy: Proxy, heard: _Heard
) -> Iterator[Listener]:
    near = test_server.cluster.address
    url = test_server.superuser_url(bare_database).replace(f":{near.port}/", f":{proxy.port}/")
    made = Listener(
        url,
        on_notice=heard.notice,
        on_connected=heard.connected,
        on_disconnected=heard.disconnected,
        heartbeat_seconds=0.2,
        deadline_seconds=0.5,
    )
    made.start()
    yield made
    made.stop()


def _say(server: TestServer, database: str, payload: str) -> None:
    with server.connect(database) as connection:
        connection.execute("SELECT pg_notify('tehuacan', %s)", [payload])


def test_a_notice_arrives_as_a_value(
    listener: Listener, heard: _Heard, test_server: TestServer, bare_database: str
) -> None:
    assert heard.next() == "connected"
    _say(test_server, bare_database, "this is not JSON")
    _say(test_server, bare_database, '{"what": "receipt", "account": 12, "from": "C1"}')
    assert heard.next() == {"what": "receipt", "account": 12, "from": "C1"}


def test_a_cut_link_is_told_and_made_again(
    listener: Listener,
    heard: _Heard,
    proxy: Proxy,
    test_server: TestServer,
    bare_database: str,
) -> None:
    assert heard.next() == "connected"
    proxy.cut_all()
    assert heard.next() == "disconnected"
    assert heard.next() == "connected"
    _say(test_server, bare_database, '{"n": 1}')
    assert heard.next() == {"n": 1}


def test_a_silent_link_is_noticed_by_the_heartbeat(
    listener: Listener, heard: _Heard, proxy: Proxy
) -> None:
    assert heard.next() == "connected"
    proxy.silence_all()
    assert heard.next() == "disconnected"
    assert heard.next() == "connected"


def test_a_server_that_is_down_is_tried_again(
    listener: Listener, heard: _Heard, proxy: Proxy
) -> None:
    assert heard.next() == "connected"
    proxy.refuse_new = True
    proxy.cut_all()
    assert heard.next() == "disconnected"
    proxy.refuse_new = False
    assert heard.next() == "connected"


def test_after_stop_nothing_is_told(
    listener: Listener, heard: _Heard, test_server: TestServer, bare_database: str
) -> None:
    assert heard.next() == "connected"
    listener.stop()
    _say(test_server, bare_database, '{"n": 2}')
    assert heard.told.empty()
