"""libpq's sentences without SQLSTATE: sign-in refused or link lost, in English and Spanish."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import exc

from tehuacan_comercial.data.errors import _BY_CODE, refusal_for, refusing
from tehuacan_comercial.domain import refusals


@pytest.mark.parametrize(
    "sentence",
    [
        'FATAL:  password authentication failed for user "ana"',
        'FATAL:  role "ana" is not permitted to log in',
        "fe_sendauth: no password supplied",
        "FATAL:  la autentificación password falló para el usuario «ana»",
        "FATAL:  al rol «ana» no se le permite conectarse",
    ],
)
def test_a_refused_sign_in_is_known_in_the_servers_language(sentence: str) -> None:
    found = refusal_for(psycopg.OperationalError(sentence), username="ana")
    assert isinstance(found, refusals.WrongCredentials)
    assert found.username == "ana"


@pytest.mark.parametrize(
    "sentence",
    [
        "SSL error: certificate verify failed",
        'server certificate for "otro" does not match host name "servidor"',
        'root certificate file "/root/.postgresql/root.crt" does not exist',
        "server does not support SSL, but SSL was required",
    ],
)
def test_a_server_that_cannot_prove_itself_is_not_a_silent_one(sentence: str) -> None:
    found = refusal_for(psycopg.OperationalError(sentence))
    assert isinstance(found, refusals.ServerNotTrusted)
    assert found.detail == sentence


def test_a_link_that_breaks_within_a_command_stays_unknown() -> None:
    broken = psycopg.OperationalError("SSL error: unexpected eof while reading")
    assert isinstance(refusal_for(broken, command_id="c-9"), refusals.ResultUnknown)
    assert isinstance(refusal_for(broken), refusals.ServerUnreachable)


def test_a_lost_link_is_unknown_only_when_a_command_was_under_way() -> None:
    lost = psycopg.OperationalError("server closed the connection unexpectedly")
    assert isinstance(refusal_for(lost), refusals.ServerUnreachable)
    unknown = refusal_for(lost, command_id="c-9")
    assert isinstance(unknown, refusals.ResultUnknown)
    assert unknown.command_id == "c-9"


def test_an_exhausted_pool_is_busy() -> None:
    assert isinstance(refusal_for(exc.TimeoutError("pool")), refusals.ServerBusy)


def test_what_is_not_of_the_database_passes_unchanged() -> None:
    assert refusal_for(ValueError("x")) is None
    with pytest.raises(psycopg.ProgrammingError), refusing():
        raise psycopg.ProgrammingError("ours")


def test_every_code_is_of_one_class_and_has_the_offices_form() -> None:
    assert len(_BY_CODE) >= 25
    for code, kind in _BY_CODE.items():
        assert code == kind.code
        assert len(code) == 5
        assert code.startswith("TC")
