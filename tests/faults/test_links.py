"""Links that break or hang: the station answers within its deadline and tells the truth."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals
from tests.support.proxy import Fault, Proxy

_INSERT = text("INSERT INTO public.entry VALUES (:i)")
_identity = itertools.count()
COMMITTED = {
    Fault.BEFORE_REQUEST: False,
    Fault.BLACK_HOLE_REQUEST: False,
    Fault.AFTER_ANSWER_MADE: True,
    Fault.WITHIN_ANSWER: True,
    Fault.BLACK_HOLE_ANSWER: True,
}


@pytest.fixture
def warm(far: Database) -> Database:
    """With its connections already made and its statements known."""
    for _ in range(8):
        far.call("public.enter", {"id": f"warm-{next(_identity)}"})
        with far.transaction() as connection:
            connection.execute(_INSERT, {"i": f"warm-{next(_identity)}"})
    return far


def _is_there(bare: Database, identity: str) -> bool:
    with bare.read() as connection:
        query = text("SELECT count(*) FROM public.entry WHERE id = :identity")
        return bool(connection.execute(query, {"identity": identity}).scalar_one())


def _within(seconds: float, work: Callable[[], object]) -> BaseException | None:
    """Runs the work in a thread and fails when it hangs; gives what it raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), "the call hangs"
    return raised[0] if raised else None


@pytest.mark.parametrize("fault", COMMITTED)
def test_a_lost_call_is_unknown_and_asking_again_tells(
    warm: Database, bare: Database, proxy: Proxy, fault: Fault
) -> None:
    identity = f"call-{fault.value}"
    proxy.arm(fault)
    raised = _within(20, lambda: warm.call("public.enter", {"id": identity}, command_id="c-1"))
    assert isinstance(raised, refusals.ResultUnknown)
    assert raised.command_id == "c-1"
    assert proxy.struck.is_set()
    assert _is_there(bare, identity) is COMMITTED[fault]
    again = warm.call("public.enter", {"id": identity}, command_id="c-1")
    assert again == {"new": not COMMITTED[fault]}


@pytest.mark.parametrize("fault", COMMITTED)
@pytest.mark.parametrize("statement", [0, 1])
def test_a_transaction_lost_before_its_commit_wrote_nothing(
    warm: Database, bare: Database, proxy: Proxy, fault: Fault, statement: int
) -> None:
    identity = f"body-{fault.value}-{statement}"

    def work() -> None:
        with warm.transaction(command_id="c-2") as connection:
            connection.execute(_INSERT, {"i": identity})

    proxy.arm(fault, skip=statement)  # the BEGIN, the INSERT
    raised = _within(20, work)
    assert isinstance(raised, refusals.ServerUnreachable)
    assert not _is_there(bare, identity)


@pytest.mark.parametrize("fault", COMMITTED)
def test_a_lost_commit_is_unknown(
    warm: Database, bare: Database, proxy: Proxy, fault: Fault
) -> None:
    identity = f"commit-{fault.value}"

    def work() -> None:
        with warm.transaction(command_id="c-3") as connection:
            connection.execute(_INSERT, {"i": identity})

    proxy.arm(fault, skip=2)
    raised = _within(20, work)
    assert isinstance(raised, refusals.ResultUnknown)
    assert raised.command_id == "c-3"
    assert _is_there(bare, identity) is COMMITTED[fault]


def test_a_server_that_accepts_and_never_answers_is_unreachable(
    far: Database, proxy: Proxy
) -> None:
    proxy.swallow_new = True
    raised = _within(20, lambda: far.call("public.enter", {"id": "mute"}, command_id="c-4"))
    assert isinstance(raised, refusals.ServerUnreachable)
    proxy.swallow_new = False
    assert far.call("public.enter", {"id": "mute"}) == {"new": True}


def test_links_cut_while_idle_are_replaced_unseen(warm: Database, proxy: Proxy) -> None:
    proxy.cut_all()
    assert warm.call("public.enter", {"id": "after-cut"}) == {"new": True}


def test_while_the_link_is_down_every_call_says_so_and_then_works(
    warm: Database, proxy: Proxy
) -> None:
    proxy.refuse_new = True
    proxy.cut_all()
    for _ in range(3):
        with pytest.raises(refusals.ServerUnreachable):
            warm.call("public.enter", {"id": "down"}, command_id="c-5")
    proxy.refuse_new = False
    assert warm.call("public.enter", {"id": "down"}) == {"new": True}
