"""Who reads and executes what, from the catalogue and by trying it with plain SQL."""

from __future__ import annotations

import psycopg
import pytest

from tehuacan_comercial.data.models.staff import JOBS
from tests.security.expected_access import (
    AUDITED,
    DERIVED_OR_PASSING,
    EXECUTORS,
    IMMUTABLE,
    NEVER_DELETED,
    OWNERS,
    READERS,
)
from tests.security.plain_sql import DENIED, Plain, answer, column, psql, value
from tests.support.books import Books
from tests.support.town import STAFF

SCHEMAS = "('commercial'::regnamespace, 'intake'::regnamespace)"
RELATIONS = f"""
    SELECT relname FROM pg_class
    WHERE relnamespace IN {SCHEMAS} AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY relname
"""
TABLES = RELATIONS.replace("'r', 'p', 'v', 'm', 'f'", "'r', 'p'")
FUNCTIONS = f"""
    SELECT p.proname, p.oid::regprocedure::text,
           p.oid::regproc || '(' || coalesce((
               SELECT string_agg('NULL::' || format_type(t, NULL), ', ' ORDER BY o)
               FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, o)), '') || ')'
    FROM pg_proc p WHERE p.pronamespace IN {SCHEMAS} ORDER BY 1
"""


def qualified(table: str) -> str:
    return f"intake.{table}" if table == "registry_row" else f"commercial.{table}"


def functions(connection: Plain) -> list[tuple[str, str, str]]:
    rows = connection.execute(FUNCTIONS.encode()).fetchall()
    return [(str(name), str(signature), str(call)) for name, signature, call in rows]


def test_every_table_has_its_decision(books: Books) -> None:
    with books.town.admin() as connection:
        relations, tables = column(connection, RELATIONS), column(connection, TABLES)
    assert sorted(READERS) == relations
    decided = [*IMMUTABLE, *NEVER_DELETED, *(set(AUDITED) - {"rule_set"}), *DERIVED_OR_PASSING]
    assert sorted(decided) == tables


@pytest.mark.parametrize("username", STAFF)
def test_each_person_reads_what_their_job_reads_and_nothing_else(
    books: Books, username: str
) -> None:
    with psql(books, username) as connection:
        read = {
            table
            for table in READERS
            if answer(connection, f"SELECT * FROM {qualified(table)} LIMIT 1") == "00000"
        }
    assert read == {table for table, jobs in READERS.items() if STAFF[username] in jobs}


@pytest.mark.parametrize("username", STAFF)
def test_nobody_writes_to_any_table(books: Books, username: str) -> None:
    loads = STAFF[username] in ("registry", "manager")
    with books.town.admin() as admin, psql(books, username) as connection:
        for table in column(admin, TABLES):
            name = qualified(table)
            first = column(
                admin,
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1",
                (name,),
            )[0]
            for statement in (
                f"INSERT INTO {name} DEFAULT VALUES",
                f"UPDATE {name} SET {first} = DEFAULT",
                f"DELETE FROM {name}",
                f"TRUNCATE {name}",
                f"LOCK TABLE {name} IN ROW EXCLUSIVE MODE",
                f"SELECT * FROM {name} FOR UPDATE",
                f"COPY {name} FROM STDIN" if table != "registry_row" else f"TABLE {name}",
                f"ALTER TABLE {name} DISABLE TRIGGER ALL",
                f"DROP TABLE {name}",
            ):
                # Those who load a registry may insert, and so lock, its staging table only.
                if loads and table == "registry_row" and statement.startswith(("INSERT", "LOCK")):
                    continue
                assert answer(connection, statement) == DENIED, statement


def test_a_registry_row_is_staged_only_in_ones_own_name(books: Books) -> None:
    with psql(books, "paty") as connection:
        stage = "INSERT INTO intake.registry_row (loaded_by) VALUES ('gerente')"
        assert answer(connection, stage) == DENIED


def test_functions_are_granted_as_decided(books: Books) -> None:
    with books.town.admin() as connection:
        for name, signature, _ in functions(connection):
            may = {
                role
                for role in (*JOBS, *OWNERS)
                if value(connection, "SELECT has_function_privilege(%s, %s, 'EXECUTE')",
                         (role, signature))
            }  # fmt: skip
            assert may == EXECUTORS.get(name, frozenset()), signature
        assert set(EXECUTORS) <= {name for name, _, _ in functions(connection)}


@pytest.mark.parametrize("username", STAFF)
def test_functions_not_granted_are_refused_when_called(books: Books, username: str) -> None:
    with books.town.admin() as admin, psql(books, username) as connection:
        refused = 0
        for name, _, call in functions(admin):
            if STAFF[username] not in EXECUTORS.get(name, frozenset()):
                assert answer(connection, f"SELECT {call}") == DENIED, call
                refused += 1
    assert refused > 30


def test_public_has_nothing(books: Books) -> None:
    """Neither on the objects of the program nor by default on those to come."""
    with books.town.admin() as connection:
        for query in (
            f"SELECT p.oid::regprocedure FROM pg_proc p, aclexplode(coalesce(p.proacl,"
            f" acldefault('f', p.proowner))) a WHERE p.pronamespace IN {SCHEMAS}"
            " AND a.grantee = 0",
            f"SELECT c.oid::regclass FROM pg_class c, aclexplode(c.relacl) a"
            f" WHERE c.relnamespace IN {SCHEMAS} AND a.grantee = 0",
            f"SELECT a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid,"
            f" aclexplode(a.attacl) x WHERE c.relnamespace IN {SCHEMAS} AND x.grantee = 0",
            "SELECT n.nspname FROM pg_namespace n, aclexplode(coalesce(n.nspacl,"
            " acldefault('n', n.nspowner))) a WHERE a.grantee = 0"
            " AND n.nspname IN ('commercial', 'intake', 'public')",
        ):
            assert column(connection, query) == []


def test_a_function_made_tomorrow_is_not_for_everybody(owner: Plain) -> None:
    owner.execute("CREATE FUNCTION commercial.tomorrow() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    assert value(owner, "SELECT has_function_privilege('staff', 'commercial.tomorrow()',"
                        " 'EXECUTE')") is False  # fmt: skip


def test_functions_that_run_as_their_owner_fix_their_search_path(books: Books) -> None:
    """pg_temp stands last and nobody of the staff can create in the other schemas."""
    with books.town.admin() as connection:
        rows = connection.execute(
            f"""
            SELECT p.oid::regprocedure::text,
                   (SELECT substr(c, 13) FROM unnest(p.proconfig) AS c
                    WHERE c LIKE 'search_path=%'), p.proowner::regrole::text
            FROM pg_proc p WHERE p.pronamespace IN {SCHEMAS} AND p.prosecdef
            """.encode()
        ).fetchall()
    assert len(rows) > 30
    paths = ("commercial, pg_temp", "commercial, public, pg_temp", "commercial, intake, pg_temp")
    for signature, path, role in rows:
        assert path in paths, signature
        assert role in ("tehuacan_owner", *OWNERS), signature


@pytest.mark.parametrize("username", STAFF)
def test_nobody_creates_objects_or_becomes_somebody_else(books: Books, username: str) -> None:
    statements = [
        "CREATE TABLE commercial.mine (n int)",
        "CREATE FUNCTION commercial.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL'",
        "CREATE TABLE intake.mine (n int)",
        "CREATE TABLE public.account (n int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "CREATE EXTENSION unaccent",
        "SET session_replication_role = replica",
        "SET SESSION AUTHORIZATION lupe"
        if username != "lupe"
        else "SET SESSION AUTHORIZATION rosa",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "COPY (SELECT 1) TO '/tmp/mine'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_terminate_backend(pg_backend_pid()) FROM pg_authid",
        "SELECT lo_import('/etc/passwd')",
        "ALTER ROLE rosa SUPERUSER" if username != "rosa" else "ALTER ROLE lupe SUPERUSER",
        "ALTER ROLE CURRENT_USER CREATEROLE",
        *(f"SET ROLE {role}" for role in ("tehuacan_owner", *OWNERS)),
        *(f"SET ROLE {job}" for job in JOBS if job != STAFF[username]),
        *(f"GRANT {job} TO {username}" for job in JOBS),
        f"GRANT tehuacan_owner TO {username}",
        "ALTER FUNCTION commercial.post_payment(jsonb) OWNER TO CURRENT_USER",
        "CREATE TRIGGER t BEFORE INSERT ON commercial.payment EXECUTE FUNCTION suppress()",
        "ALTER DATABASE postgres SET synchronous_commit = off",
    ]
    with psql(books, username) as connection:
        for statement in statements:
            assert answer(connection, statement) == DENIED, statement
        with pytest.raises(psycopg.errors.InsufficientPrivilege):  # not in a transaction
            connection.execute("ALTER SYSTEM SET fsync = off")


@pytest.mark.parametrize("username", STAFF)
def test_nobody_gives_away_what_they_were_given(books: Books, username: str) -> None:
    """GRANT by somebody without the right to grant is a warning, and grants nothing."""
    before = "SELECT relacl::text FROM pg_class WHERE oid = 'commercial.staff_member'::regclass"
    with psql(books, username) as connection, connection.transaction(force_rollback=True):
        acl = value(connection, before)
        connection.execute("GRANT SELECT ON commercial.staff_member TO PUBLIC")
        assert value(connection, before) == acl


def test_somebody_else_s_temporary_objects_are_never_taken_for_ours(books: Books) -> None:
    """A table or function of the same name before ours in the caller's path changes nothing."""
    with psql(books, "rosa") as connection, connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL search_path = pg_temp, commercial, public")
        connection.execute("CREATE TEMPORARY TABLE staff_member (LIKE commercial.staff_member)")
        connection.execute(
            "INSERT INTO pg_temp.staff_member SELECT (jsonb_populate_record(m,"
            ' \'{"job": "manager"}\')).* FROM commercial.staff_member m'
        )
        connection.execute(
            "CREATE FUNCTION pg_temp.holds_job(VARIADIC jobs text[]) RETURNS boolean"
            " LANGUAGE sql AS 'SELECT true'"
        )
        connection.execute(
            "CREATE FUNCTION pg_temp.office_today() RETURNS date LANGUAGE sql"
            " AS $$ SELECT date '2020-01-01' $$"
        )
        assert value(connection, "SELECT commercial.supervises_cash()") is False
        with pytest.raises(psycopg.Error) as told, connection.transaction():
            connection.execute("SELECT count(*) FROM commercial.customer")
        assert told.value.sqlstate == DENIED
        folio = value(connection, "SELECT folio FROM commercial.cash_session WHERE state = 'open'")
    assert str(folio).startswith("C1-")


def test_every_table_and_column_says_in_spanish_what_it_is(books: Books) -> None:
    with books.town.admin() as connection:
        silent = column(
            connection,
            f"""
            SELECT c.relname || coalesce('.' || a.attname, '')
            FROM pg_class c
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace IN {SCHEMAS} AND c.relkind IN ('r', 'p')
              AND c.relname <> 'alembic_version'
              AND (col_description(c.oid, a.attnum) IS NULL
                   OR obj_description(c.oid, 'pg_class') IS NULL)
            """,
        )
    assert silent == []
