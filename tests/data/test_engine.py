"""Session settings, transactions, exact money, refusals and sign-in of the engine."""

from __future__ import annotations

import gc
import math
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import exc, text

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.scram import scram_verifier
from tehuacan_comercial.domain import refusals
from tests.support.proxy import Proxy
from tests.support.server import TestServer


def _one(bare: Database, query: str) -> object:
    with bare.read() as connection:
        return connection.execute(text(query)).scalar_one()


def _entries(bare: Database) -> int:
    with bare.read() as connection:
        return int(connection.execute(text("SELECT count(*) FROM public.entry")).scalar_one())


def _enter_and_fail(bare: Database) -> None:
    with bare.transaction() as connection:
        connection.execute(text("INSERT INTO public.entry VALUES ('a')"))
        raise ZeroDivisionError


def _enter_impatiently(bare: Database) -> None:
    with bare.transaction() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
        connection.execute(text("INSERT INTO public.entry VALUES ('x')"))


@pytest.fixture(autouse=True)
def emptied(bare: Database) -> None:
    with bare.transaction() as connection:
        connection.execute(text("TRUNCATE public.entry"))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("search_path", "commercial,public"),
        ("tehuacan.station", "C2"),
        ("TimeZone", "America/Mexico_City"),
        ("lock_timeout", "2s"),
        ("statement_timeout", "2700ms"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("application_name", "tehuacan/C2"),
        ("transaction_isolation", "read committed"),
    ],
)
def test_every_session_is_set_up(bare: Database, setting: str, value: str) -> None:
    assert _one(bare, f"SELECT current_setting('{setting}')") == value


def test_a_station_with_spaces_and_backslashes_is_written_whole(bare: Database) -> None:
    odd = Database(bare.url, station=r"caja 2 \ ñ")
    assert _one(odd, "SELECT current_setting('tehuacan.station')") == r"caja 2 \ ñ"
    odd.close()


def test_long_work_gets_its_time(bare: Database) -> None:
    for seconds in (30.0, math.inf):
        with bare.transaction(seconds) as connection:
            query = text("SELECT current_setting('statement_timeout')")
            assert connection.execute(query).scalar_one() == "0"


def test_a_transaction_commits_only_a_clean_exit(bare: Database) -> None:
    with pytest.raises(exc.DBAPIError), bare.transaction() as connection:
        connection.execute(text("INSERT INTO public.entry VALUES ('a'), (1 / 0)"))
    assert _entries(bare) == 0
    with pytest.raises(ZeroDivisionError):
        _enter_and_fail(bare)
    assert _entries(bare) == 0
    with bare.transaction() as connection:
        connection.execute(text("INSERT INTO public.entry VALUES ('a')"))
    assert _entries(bare) == 1


def test_money_travels_exactly(bare: Database) -> None:
    identity = UUID("00000000-0000-0000-0000-000000000007")
    given = {"a": Decimal("0.10"), "d": date(2026, 11, 24), "u": identity, "ñ": ["«á»"]}
    answer = bare.call("public.echo", given)
    assert answer == {
        "a": "0.10",
        "d": "2026-11-24",
        "u": str(identity),
        "ñ": ["«á»"],
        "amount": Decimal("1234567.10"),
        "count": 3,
    }
    assert isinstance(answer["amount"], Decimal)
    assert str(answer["amount"]) == "1234567.10"
    assert isinstance(answer["count"], int)


def test_a_float_is_never_sent_as_a_decimal(bare: Database) -> None:
    with pytest.raises(TypeError, match="float"):
        bare.call("public.echo", {"amount": 0.1})


def test_only_the_name_of_a_function_is_called(bare: Database) -> None:
    with pytest.raises(ValueError, match="name of a function"):
        bare.call("echo('{}'); DROP TABLE entry; --", {})


def test_a_call_is_one_round_trip(far: Database, proxy: Proxy) -> None:
    for number in range(8):  # the driver prepares the statement at the fifth time
        far.call("public.enter", {"id": f"warm-{number}"})
    before = proxy.requests
    assert far.call("public.enter", {"id": "b"}) == {"new": True}
    assert proxy.requests - before == 1
    with far.read() as connection:
        query = text("SELECT count(*) FROM public.entry")
        assert connection.execute(query).scalar_one() == 9
    assert proxy.requests - before <= 3  # a first connection for reads would be more


@pytest.mark.parametrize(
    ("code", "detail", "expected"),
    [
        (
            "TC007",
            '{"charge_id": 5, "outstanding": 1.10, "asked": "2.20", "unknown": 1}',
            refusals.ChargeAlreadySettled(5, Decimal("1.10"), Decimal("2.20")),
        ),
        ("TC002", '{"session_id": "9", "state": "closed"}', refusals.SessionNotOpen(9, "closed")),
        ("TC012", '{"till": 3, "cashier": null}', refusals.TillBusy("3")),
        ("TC018", "not json", refusals.PostedFactImmutable()),
        ("TC018", None, refusals.PostedFactImmutable()),
        ("55P03", None, refusals.ServerBusy("no")),
        ("40P01", None, refusals.ServerBusy("no")),
        ("53100", None, refusals.ServerFull("no")),
        ("42501", None, refusals.NotPermitted("no")),
    ],
)
def test_what_postgresql_refuses_becomes_a_refusal(
    bare: Database, code: str, detail: str | None, expected: refusals.Refusal
) -> None:
    with pytest.raises(type(expected)) as caught:
        bare.call("public.refuse", {"code": code, "detail": detail})
    facts, wanted = vars(caught.value), vars(expected)
    assert {**facts, "detail": ""} == {**wanted, "detail": ""}
    assert {name: type(fact) for name, fact in facts.items()} == {
        name: type(fact) for name, fact in wanted.items()
    }


def test_a_fault_of_ours_is_not_dressed_as_a_refusal(bare: Database) -> None:
    with pytest.raises(exc.ProgrammingError):
        _one(bare, "SELECT no_such_column")
    with pytest.raises(psycopg.errors.UniqueViolation):
        bare.call("public.refuse", {"code": "23505"})


def test_a_statement_that_takes_too_long_is_busy_and_wrote_nothing(
    test_server: TestServer, bare_database: str
) -> None:
    # The server gives up a tenth of the time before we do: of two seconds that is enough.
    quick = Database(test_server.superuser_url(bare_database), deadline_seconds=2)
    with pytest.raises(refusals.ServerBusy):
        quick.call("public.wait", {"seconds": 30})
    quick.close()


def test_a_held_row_is_busy(bare: Database) -> None:
    with bare.transaction() as holder:
        holder.execute(text("LOCK TABLE public.entry IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(refusals.ServerBusy):
            _enter_impatiently(bare)


@pytest.fixture
def ana(test_server: TestServer) -> Iterator[str]:
    yield test_server.create_login("ana_de_pruebas", "contraseña ñ/@:")
    test_server.drop_login("ana_de_pruebas")


def test_staff_sign_in_with_their_own_password(
    test_server: TestServer, bare_database: str, ana: str
) -> None:
    hers = Database(test_server.login_url(bare_database, ana, "contraseña ñ/@:"))
    assert _one(hers, "SELECT session_user::text") == ana
    with pytest.raises(refusals.NotPermitted), hers.transaction() as connection:
        connection.execute(text("INSERT INTO public.entry VALUES ('x')"))
    hers.close()
    wrong = Database(test_server.login_url(bare_database, ana, "otra"))
    with pytest.raises(refusals.WrongCredentials) as caught:
        _one(wrong, "SELECT 1")
    assert caught.value.username == ana
    wrong.close()


def test_a_disabled_person_is_told_like_one_with_a_wrong_password(
    test_server: TestServer, bare_database: str, ana: str
) -> None:
    with test_server.connect() as connection:
        connection.execute("ALTER ROLE ana_de_pruebas NOLOGIN")
    hers = Database(test_server.login_url(bare_database, ana, "contraseña ñ/@:"))
    with pytest.raises(refusals.WrongCredentials):
        _one(hers, "SELECT 1")
    hers.close()


def test_a_verifier_hides_the_password() -> None:
    made = scram_verifier("secreta", "ana")
    assert made.startswith("SCRAM-SHA-256$")
    assert "secreta" not in made
    assert made != scram_verifier("secreta", "ana")


def test_nobody_there_is_unreachable(bare: Database) -> None:
    nowhere = Database(bare.url.set(port=1), deadline_seconds=0.5)
    with pytest.raises(refusals.ServerUnreachable):
        nowhere.call("public.enter", {"id": "x"}, command_id="7")
    nowhere.close()


def test_a_server_that_hangs_up_on_every_new_connection_is_unreachable(
    bare: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool gives up after a few; nothing was sent, so nothing is in doubt."""
    monkeypatch.setattr("tehuacan_comercial.data.connections._died", lambda *_: True)
    with pytest.raises(refusals.ServerUnreachable):
        _one(bare, "SELECT 1")
    with pytest.raises(refusals.ServerUnreachable):
        bare.call("never_sent", {}, command_id="00000000-0000-0000-0000-000000000000")


def test_connections_killed_while_idle_are_replaced_unseen(
    bare: Database, test_server: TestServer
) -> None:
    assert _one(bare, "SELECT 1") == 1
    with test_server.connect() as keeper:
        query = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        killed = keeper.execute(query, [bare.url.database]).fetchall()
    assert killed
    assert bare.call("public.enter", {"id": "after"}) == {"new": True}


@pytest.mark.parametrize("act", ["read", "call"])
def test_a_connection_at_work_ends_with_its_work_when_the_person_signs_out(
    test_server: TestServer, bare_database: str, uncollected: None, act: str
) -> None:
    """Left to the garbage collector it would stay signed in for as long as that takes."""
    leaving = Database(test_server.superuser_url(bare_database), station="SALIDA")

    def work() -> None:
        if act == "call":
            leaving.call("public.wait", {"seconds": "0.5"})
        else:
            _one(leaving, "SELECT 1 FROM pg_sleep(0.5)")

    def there() -> object:
        query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tehuacan/SALIDA'"
        return connection.execute(query).fetchone()

    at_work = threading.Thread(target=work)
    at_work.start()
    with test_server.connect() as connection:
        _until(lambda: there() == (1,))
        leaving.close()
        at_work.join()
        _until(lambda: there() == (0,))


@pytest.fixture
def uncollected() -> Iterator[None]:
    """What nobody closes stays open."""
    gc.disable()
    yield
    gc.enable()


def _until(reached: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < limit
        time.sleep(0.02)
