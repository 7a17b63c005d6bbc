"""The deadline shuts what it was given, when it must and never later."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tehuacan_comercial.data.deadline import Deadline, attach, deadline, detach, plug_of

WAIT = 20.0


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(WAIT)
    theirs.settimeout(WAIT)
    with ours, theirs:
        yield ours, theirs


Pair = tuple[socket.socket, socket.socket]


def test_a_passed_deadline_ends_the_wait_of_whoever_reads(pair: Pair) -> None:
    with deadline(0.01) as limit:
        attach(pair[0])
        assert pair[0].recv(1) == b""
    assert limit is not None
    assert limit.passed


def test_a_socket_attached_too_late_is_shut_at_once(pair: Pair) -> None:
    limit = Deadline(100)
    limit.expire()
    limit.attach(pair[0])
    assert pair[1].recv(1) == b""


def test_finished_work_is_never_shut(pair: Pair) -> None:
    limit = Deadline(100)
    limit.attach(pair[0])
    limit.finish()
    limit.expire()
    assert not limit.passed
    pair[0].sendall(b"x")
    assert pair[1].recv(1) == b"x"


def test_a_connection_given_back_is_somebody_elses(pair: Pair) -> None:
    with deadline(100) as limit:
        attach(pair[0])
        detach()
        assert limit is not None
        limit.expire()
    pair[0].sendall(b"x")
    assert pair[1].recv(1) == b"x"


def test_the_outer_deadline_is_back_after_an_inner_one(pair: Pair) -> None:
    with deadline(100) as outer:
        with deadline(100):
            pass
        attach(pair[0])
        assert outer is not None
        outer.expire()
    assert pair[1].recv(1) == b""


def test_without_a_deadline_nothing_is_watched(pair: Pair) -> None:
    with deadline(None) as limit:
        assert limit is None
        attach(pair[0])
    pair[0].sendall(b"x")
    assert pair[1].recv(1) == b"x"


def test_a_plug_shuts_the_connection_it_was_made_from(pair: Pair) -> None:
    with plug_of(pair[0].fileno()) as plug:
        plug.shutdown(socket.SHUT_RDWR)
    assert pair[1].recv(1) == b""


def test_a_sooner_deadline_overtakes_a_later_one(pair: Pair) -> None:
    with deadline(100) as later:
        with deadline(0.01):
            attach(pair[0])
            assert pair[1].recv(1) == b""
        assert later is not None
        assert not later.passed
