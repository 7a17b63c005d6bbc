"""verify finds nothing in good books, and names each thing that was tampered with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text

from tehuacan_comercial.data.connections import SCHEMA_PATH
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.verify import INVARIANTS, Violation
from tehuacan_comercial.data.verify.check import LIMIT
from tehuacan_comercial.domain import refusals
from tehuacan_comercial.services.actor import OFFICE, Actor
from tehuacan_comercial.services.verify import VerifyService
from tests.security.tamperings import TAMPERINGS
from tests.support.books import Books, sheet_hash


@pytest.fixture(scope="module")
def superuser(books: Books) -> Iterator[Connection]:
    url = books.town.server.superuser_url(books.town.database)
    engine = create_engine(url, connect_args={"options": f"-c search_path={SCHEMA_PATH}"})
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def forger(superuser: Connection) -> Iterator[Connection]:
    """The server's superuser with every trigger off; nothing of it is kept."""
    with superuser.begin() as begun:
        superuser.execute(text("SET LOCAL session_replication_role = replica"))
        yield superuser
        begun.rollback()


def violations(connection: Connection) -> list[Violation]:
    return [found for invariant in INVARIANTS for found in invariant.violations(connection)]


def test_good_books_have_no_violation(books: Books, superuser: Connection) -> None:
    with superuser.begin():
        assert violations(superuser) == []


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_was_tampered_with_is_named(forger: Connection, name: str) -> None:
    tampering = TAMPERINGS[name]
    forger.exec_driver_sql(tampering.forged)
    subject = forger.execute(text(tampering.names)).scalar_one()
    found = violations(forger)
    assert {one.check for one in found} == set(tampering.found_by)
    first = [one for one in found if one.check == tampering.found_by[0]]
    assert subject in [one.subject for one in first]
    for one in found:
        assert one.sentence.endswith(".")
        assert "None" not in one.sentence
        assert "{" not in one.sentence


def test_every_invariant_was_seen_to_fail() -> None:
    found = {check for tampering in TAMPERINGS.values() for check in tampering.found_by}
    assert found == {invariant.name for invariant in INVARIANTS}
    assert len({invariant.name for invariant in INVARIANTS}) == len(INVARIANTS)


def test_what_is_broken_everywhere_is_told_shortly(forger: Connection) -> None:
    forger.exec_driver_sql(
        "INSERT INTO journal (kind, business_date, memo)"
        f" SELECT 'opening', '2026-01-01', 'x' FROM generate_series(1, {LIMIT + 5})"
    )
    found = violations(forger)
    assert len(found) == LIMIT + 1
    assert f"más de {LIMIT} casos" in found[-1].sentence


def actor(username: str, job: str) -> Actor:
    return Actor(username, username, "Prueba", job)


def opened(books: Books, username: str) -> Database:
    return books.town.sign_in(username)


@pytest.mark.parametrize(("username", "job"), [("auditora", "auditor"), ("gerente", "manager")])
def test_audit_and_management_verify_with_their_own_role(
    books: Books, username: str, job: str
) -> None:
    told: list[tuple[int, int, str]] = []
    service = VerifyService(opened(books, username), actor(username, job), sheet_hash)
    assert service.run(lambda done, total, what: told.append((done, total, what))) == []
    assert [done for done, _, _ in told] == list(range(len(INVARIANTS) + 2))
    assert all(what for _, _, what in told[:-1])


def test_the_server_itself_verifies(books: Books) -> None:
    database = Database(books.town.server.superuser_url(books.town.database))
    assert VerifyService(database, OFFICE).run() == []
    database.close()


@pytest.mark.parametrize(("username", "job"), [("rosa", "cashier"), ("memo", "metering")])
def test_others_do_not_verify(books: Books, username: str, job: str) -> None:
    database = opened(books, username)
    with pytest.raises(refusals.NotPermitted):
        VerifyService(database, actor(username, job)).run()
    with pytest.raises(refusals.NotPermitted):  # nor does PostgreSQL let them
        VerifyService(database, OFFICE).run()


def test_sheets_are_made_again_and_compared(books: Books) -> None:
    def other(kind: str, subject: int, form: str, copy: int) -> str | None:
        if kind == "closing":
            return None
        return sheet_hash(kind, subject, form, copy if copy == 0 else 9)

    found = VerifyService(opened(books, "auditora"), actor("auditora", "auditor"), other).run()
    assert [(one.check, one.subject) for one in found] == [
        ("issued_hash", "C1-000001/1"),
        ("issued_hash", "ZC1-000001/0"),
    ]
    assert "reimpresión 1" in found[0].sentence
