"""Turns what PostgreSQL and the network say into the refusals of ``domain/refusals``."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation

import psycopg
from sqlalchemy import exc

from tehuacan_comercial.data import exact_json
from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.refusals import Refusal

_LOST = ("08", "57P")
"""SQLSTATE beginnings after which the session no longer exists: connection lost, server going."""

_BUSY = {"55P03", "40P01", "40001", "57014", "53300", "53200", "25P03", "25P04"}
"""Lock or statement timeout, deadlock, too many connections, too little memory: nothing written."""

_WRONG_PASSWORD = re.compile(
    r"password authentication failed|no password supplied|is not permitted to log in"
    r"|autenti(?:fi)?cación .*fall[óo]|no (se le )?permit\w+ (conectarse|iniciar)",
    re.IGNORECASE,
)
"""libpq gives no SQLSTATE for a failed sign-in, only the server's sentence in its language."""


_NOT_TRUSTED = re.compile(
    r"certificate|certificado|does not support SSL|no soporta SSL|alert unknown ca",
    re.IGNORECASE,
)
"""What libpq says when TLS fails before anything was sent: certificate, name, or none at all."""


def _concrete(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for found in kind.__subclasses__():
        yield found
        yield from _concrete(found)


_BY_CODE = {found.code: found for found in _concrete(Refusal) if found.code}


def refusal_for(
    error: BaseException, *, command_id: str | None = None, username: str = ""
) -> Refusal | None:
    """The refusal that an error means, or None when it is a fault of ours.

    ``command_id`` is given when a lost answer leaves open whether the command was committed.
    """
    original = error.orig if isinstance(error, exc.DBAPIError) else error
    if isinstance(error, exc.TimeoutError):  # the station's own pool is exhausted
        return refusals.ServerBusy(str(error))
    if not isinstance(original, psycopg.Error):
        return None
    state = original.sqlstate or ""
    if state in _BY_CODE:
        return from_facts(_BY_CODE[state], original.diag.message_detail)
    if state:
        return _by_state(state, original, command_id, username)
    return _without_state(original, command_id, username)


def _by_state(
    state: str, error: psycopg.Error, command_id: str | None, username: str
) -> Refusal | None:
    detail = str(error).strip()
    if state in _BUSY:
        return refusals.ServerBusy(detail)
    if state.startswith("53"):
        return refusals.ServerFull(detail)
    if state.startswith(_LOST):
        return _lost(detail, command_id)
    if state.startswith("28"):
        return refusals.WrongCredentials(username)
    if state == "42501":
        return refusals.NotPermitted(error.diag.message_primary or "")
    return None


def _without_state(error: psycopg.Error, command_id: str | None, username: str) -> Refusal | None:
    """Errors of libpq itself: the connection could not be made, or broke."""
    if not isinstance(error, psycopg.OperationalError):
        return None
    detail = str(error).strip()
    if _WRONG_PASSWORD.search(detail):
        return refusals.WrongCredentials(username)
    if command_id is None and _NOT_TRUSTED.search(detail):
        return refusals.ServerNotTrusted(detail)
    return _lost(detail, command_id)


def _lost(detail: str, command_id: str | None) -> Refusal:
    if command_id is None:
        return refusals.ServerUnreachable(detail)
    return refusals.ResultUnknown(command_id)


def from_facts(kind: type[Refusal], detail: str | None) -> Refusal:
    """A refusal of this class with the facts of a JSON object; unknown facts are left out."""
    try:
        facts = exact_json.loads(detail or "{}")
    except ValueError:
        facts = {}
    known = {field.name: str(field.type) for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    given = facts if isinstance(facts, dict) else {}
    chosen = {name: _fact(value, known[name]) for name, value in given.items() if name in known}
    return kind(**{name: value for name, value in chosen.items() if value is not None})


def _fact(value: object, kind: str) -> object:
    if value is None or kind not in ("Decimal", "int", "str"):
        return value
    if kind == "str":
        return str(value)
    try:
        return Decimal(str(value)) if kind == "Decimal" else int(str(value))
    except (InvalidOperation, ValueError):
        return None


@contextmanager
def refusing(command_id: str | None = None, username: str = "") -> Iterator[None]:
    """Within the block, errors of the database leave as refusals; others pass unchanged."""
    try:
        yield
    except (exc.SQLAlchemyError, psycopg.Error) as error:
        refusal = refusal_for(error, command_id=command_id, username=username)
        if refusal is None:
            raise
        raise refusal from error
