"""Staff as roles of the server: what the administration may make of them, and what nobody may."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tehuacan_comercial.data.models.staff import JOBS
from tehuacan_comercial.data.scram import scram_verifier
from tests.security.plain_sql import DENIED, Plain, answer, asked, psql, value
from tests.support.books import Books, build_books, open_charges, open_session, order_of
from tests.support.server import TestServer
from tests.support.town import STAFF, Town, add_person, build_town, one_at_a_time

FOREIGN = "TC022"
NOT_PERMITTED = "TC001"
MALFORMED = "TC023"


def verifier() -> str:
    return scram_verifier("agua-limpia-2027", "x")


def person(name: str, job: str = "counter", **changes: object) -> dict[str, object]:
    made: dict[str, object] = {
        "username": name,
        "full_name": "Persona de prueba",
        "job": job,
        "verifier": verifier(),
    }
    return made | changes


@pytest.fixture
def newcomer(books: Books) -> Iterator[str]:
    """A name that is nobody's; the role is dropped with everything it left in no database."""
    name = f"prueba_{uuid.uuid4().hex[:12]}"
    yield name
    books.town.server.drop_login(name)


@pytest.mark.parametrize(
    "name",
    ["tehuacan_owner", "tehuacan_staff_keeper", "pg_read_all_data", "staff", *JOBS,
     "Rosa", "ab", "a b", 'x"; DROP ROLE rosa; --', "", None],
)  # fmt: skip
def test_no_role_of_the_server_becomes_a_person(books: Books, name: str | None) -> None:
    """Least of all a job's group: a person of that name would give their job to all of it."""
    with books.town.admin() as admin:
        superuser = value(admin, "SELECT current_user")
    with psql(books, "sistemas") as connection:
        for taken in (name, superuser):
            command = person("x", "manager") | {"username": taken}
            assert asked(connection, "add_staff", command) == FOREIGN, taken


@pytest.mark.parametrize("power", ["SUPERUSER", "CREATEROLE", "CREATEDB", "REPLICATION",
                                   "BYPASSRLS", "NOLOGIN", "IN ROLE pg_read_all_data",
                                   "IN ROLE tehuacan_owner"])  # fmt: skip
def test_no_role_with_powers_of_its_own_is_adopted(books: Books, newcomer: str, power: str) -> None:
    with books.town.admin() as admin:
        login = "" if power == "NOLOGIN" else "LOGIN"
        admin.execute(f"CREATE ROLE {newcomer} {login} {power}".encode())
        admin.execute(f"GRANT counter TO {newcomer}".encode())
    with psql(books, "sistemas") as connection:
        assert asked(connection, "add_staff", person(newcomer)) == FOREIGN


def test_the_administrator_gives_jobs_and_nothing_more(books: Books, newcomer: str) -> None:
    with psql(books, "sistemas") as connection:
        for job in ("tehuacan_owner", "staff", "postgres", "pg_write_server_files", "", None):
            refused = asked(connection, "add_staff", person(newcomer) | {"job": job})
            assert refused in ("23514", "23502"), job
        with connection.transaction(force_rollback=True):
            command = person(newcomer) | {"superuser": True, "createrole": True, "groups": ["x"]}
            connection.execute("SELECT add_staff(%s::jsonb)", (json.dumps(command),))
            powers = connection.execute(
                "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,"
                " ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = r.oid)"
                " FROM pg_roles r WHERE rolname = %s",
                (newcomer,),
            ).fetchone()
    assert powers == (False, False, False, False, False, ["counter"])


@pytest.mark.parametrize("username", sorted(set(STAFF) - {"sistemas"}))
def test_only_the_administrator_administers(books: Books, username: str, newcomer: str) -> None:
    with psql(books, username) as connection:
        assert asked(connection, "add_staff", person(newcomer)) == DENIED
        assert asked(connection, "disable_staff", {"username": "sistemas"}) == DENIED
        assert asked(connection, "save_till", {"code": "C9", "name": "x"}) == DENIED
        assert asked(connection, "save_station", {"code": "E9", "name": "x"}) == DENIED


@pytest.mark.parametrize("plain", ["hola123", "", None, "md5" + "0" * 32, "SCRAM-SHA-256$x"])
def test_a_password_in_plain_text_is_not_taken(
    books: Books, newcomer: str, plain: str | None
) -> None:
    with psql(books, "sistemas") as connection:
        refused = asked(connection, "add_staff", person(newcomer, verifier=plain))
        assert refused == MALFORMED
        change = {"username": "rosa", "verifier": plain}
        assert asked(connection, "set_staff_password", change) == MALFORMED


def test_everybody_changes_their_own_password_and_no_other(books: Books) -> None:
    with books.town.admin() as admin:
        superuser = value(admin, "SELECT current_user")
    for username in STAFF:
        other = "lupe" if username == "rosa" else "rosa"
        with one_at_a_time(), psql(books, username) as connection:
            mine = {"username": username, "verifier": verifier()}
            assert asked(connection, "set_staff_password", mine) == "00000"
            theirs = {"username": other, "verifier": verifier()}
            expected = "00000" if username == "sistemas" else NOT_PERMITTED
            assert asked(connection, "set_staff_password", theirs) == expected, username
            for outside in (superuser, "tehuacan_owner", "nadie"):
                stranger = {"username": outside, "verifier": verifier()}
                assert asked(connection, "set_staff_password", stranger) == FOREIGN


def test_nobody_disables_themselves(books: Books) -> None:
    with psql(books, "sistemas") as connection:
        assert asked(connection, "disable_staff", {"username": "sistemas"}) == FOREIGN
        assert asked(connection, "disable_staff", {"username": "nadie"}) == FOREIGN


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database())
    yield made
    made.close()


def joined(town: Town, job: str) -> str:
    """A committed person with a name of their own, since roles belong to the whole server."""
    name = f"prueba_{uuid.uuid4().hex[:12]}"
    with town.admin() as admin:
        add_person(admin, name, job)
    return name


def gone(town: Town, name: str) -> None:
    town.close()
    town.server.drop(town.database)
    town.server.drop_login(name)


def test_a_disabled_person_is_served_no_more(town: Town) -> None:
    """Charging goes on until that very moment, and not one statement longer."""
    name = joined(town, "cashier")
    books = Books(town, 0, 0)
    with psql(books, name) as connection, psql(books, "sistemas") as administrator:
        account = town.account_ids()[0]
        session = open_session(town.sign_in(name), "C3")
        command = order_of(session, account, open_charges(town, account), "cash")
        assert asked(connection, "post_payment", command) == "00000"
        administrator.execute("SELECT disable_staff(%s)", (json.dumps({"username": name}),))
        assert asked(connection, "post_payment", command) == DENIED
        assert asked(connection, "sign_in", {}) == DENIED
        assert answer(connection, "SELECT * FROM commercial.payment") == DENIED
        assert answer(connection, "SELECT * FROM commercial.staff_member") == DENIED
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        signed_in(books, name)
    gone(town, name)


def test_a_new_password_takes_the_place_of_the_old(town: Town) -> None:
    name = joined(town, "counter")
    books = Books(town, 0, 0)
    with psql(books, name) as connection:
        change = {"username": name, "verifier": scram_verifier("otra-clave-2027", name)}
        connection.execute("SELECT set_staff_password(%s)", (json.dumps(change),))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        signed_in(books, name)
    with psql(books, name, "otra-clave-2027") as connection:
        assert value(connection, "SELECT session_user::text") == name
    with town.admin() as admin:
        told = admin.execute(
            "SELECT actor, action, after::text FROM audit_entry WHERE table_name = 'staff_member'"
            " AND row_key = %s ORDER BY id DESC LIMIT 1",
            (name,),
        ).fetchone()
    assert told == (name, "ACT", '{"password": "changed"}')
    gone(town, name)


def signed_in(books: Books, name: str) -> Plain:
    with psql(books, name) as connection:
        return connection


def test_the_same_people_work_in_a_second_database(
    any_server: TestServer, any_new_database: Callable[[], str]
) -> None:
    """Their roles exist already, made by the keeper of staff; they are adopted, not refused."""
    made = build_books(any_server, any_new_database())
    with psql(made, "rosa") as connection:
        assert value(connection, "SELECT holds_job('cashier')") is True
        assert value(connection, "SELECT holds_job('manager', 'auditor')") is False
    made.town.close()


def test_who_had_another_job_on_the_server_is_left_with_the_one_asked_for(
    books: Books, newcomer: str
) -> None:
    """A role adopted from another database: its other jobs go, and the answer names them."""
    with books.town.admin() as admin:
        admin.execute("SET ROLE tehuacan_staff_keeper")  # as the other database made it
        admin.execute(f"CREATE ROLE {newcomer} LOGIN".encode())
        for job in ("manager", "auditor", "cashier"):
            admin.execute(f"GRANT {job} TO {newcomer}".encode())
        admin.execute("RESET ROLE")
    with psql(books, "sistemas") as connection, connection.transaction(force_rollback=True):
        order = json.dumps(person(newcomer, "cashier"))
        told = value(connection, "SELECT add_staff(%s::jsonb) -> 'revoked'", (order,))
        jobs = value(
            connection,
            "SELECT array_agg(m.roleid::regrole::text) FROM pg_auth_members m"
            " JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = %s",
            (newcomer,),
        )
    assert (told, jobs) == (["auditor", "manager"], ["cashier"])


def test_what_somebody_else_gave_and_cannot_be_taken_away_is_refused(
    books: Books, newcomer: str
) -> None:
    with books.town.admin() as admin:
        admin.execute(f"CREATE ROLE {newcomer} LOGIN".encode())
        admin.execute(f"GRANT manager TO {newcomer}".encode())
        kept = value(admin, "SELECT current_setting('server_version_num')::int >= 160000")
    with psql(books, "sistemas") as connection:
        found = asked(connection, "add_staff", person(newcomer, "cashier"))
    # From version 16 on only who gave a membership takes it away; before, its administrator does.
    assert found == (FOREIGN if kept else "00000")
