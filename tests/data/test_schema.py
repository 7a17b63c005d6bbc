"""The schema as installed: exactly the models, the same however often, and never a wrong one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from tehuacan_comercial.data import schema
from tehuacan_comercial.data.models import metadata
from tehuacan_comercial.domain.refusals import DatabaseBehind, StationBehind
from tests.support.server import TestServer

# Made by the readable SQL beside the function it needs, not by a migration.
NOT_IN_MODELS = {
    "ix_account_directory_search_text",
    "ix_account_directory_compact_number",
    "ix_account_directory_phone",
    "ix_account_directory_phone_parts",
    "alembic_version",
    "pk_alembic_version",
}

# Everything that installing makes, without what changes by itself (identifiers, moments).
SNAPSHOT = """
    SELECT 'relation', c.oid::regclass::text, c.relkind::text || ' ' || c.relowner::regrole
           || ' ' || c.relrowsecurity || ' ' || coalesce(
               (SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(c.relacl) AS x), '')
    FROM pg_class c WHERE c.relnamespace IN ('commercial'::regnamespace, 'intake'::regnamespace)
    UNION ALL
    SELECT 'column', a.attrelid::regclass || '.' || a.attname,
           format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
           || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || coalesce(
               (SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(a.attacl) AS x), '')
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v')
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace IN ('commercial'::regnamespace, 'intake'::regnamespace)
      AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 'function', p.oid::regprocedure::text,
           md5(p.prosrc) || ' ' || p.proowner::regrole || ' ' || p.prosecdef || ' '
           || coalesce(p.proconfig::text, '') || ' ' || coalesce(
               (SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(p.proacl) AS x), '')
    FROM pg_proc p WHERE p.pronamespace IN ('commercial'::regnamespace, 'intake'::regnamespace)
    UNION ALL
    SELECT 'trigger', t.tgrelid::regclass || '.' || t.tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger t WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'constraint', c.conrelid::regclass || '.' || c.conname, pg_get_constraintdef(c.oid)
    FROM pg_constraint c WHERE c.connamespace = 'commercial'::regnamespace
    UNION ALL
    SELECT 'policy', p.polrelid::regclass || '.' || p.polname,
           pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p
    UNION ALL
    SELECT 'schema', n.nspname, n.nspacl::text FROM pg_namespace n
    WHERE n.nspname IN ('commercial', 'intake', 'public')
    UNION ALL
    SELECT 'stamp', sql_sha256, program_version FROM commercial.schema_stamp
    ORDER BY 1, 2
"""


@pytest.fixture
def empty(any_server: TestServer) -> Iterator[str]:
    """The superuser's URL of a database with nothing in it."""
    name = f"prueba_esquema_{secrets.token_hex(4)}"
    any_server.cluster.ensure_database(name)
    yield any_server.superuser_url(name)
    any_server.drop(name)


@pytest.fixture
def installed(empty: str) -> Iterator[Connection]:
    """A freshly installed schema, as the server's superuser."""
    schema.install(empty)
    engine = create_engine(empty, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


def url_of(connection: Connection) -> str:
    return connection.engine.url.render_as_string(hide_password=False)


def snapshot(connection: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(SNAPSHOT))]


def differences(connection: Connection) -> list[Any]:
    """What Alembic would still have to do for the models."""

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return name == "commercial" if kind == "schema" else True

    def modelled(_object: object, name: str | None, *_: object) -> bool:
        return name not in NOT_IN_MODELS

    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": ours,
            "include_object": modelled,
            "compare_type": True,
            "compare_server_default": True,
        },
    )
    return list(compare_metadata(context, metadata))


def test_migrations_build_the_models(installed: Connection) -> None:
    assert differences(installed) == []
    for change in (
        "ALTER TABLE commercial.customer DROP COLUMN email CASCADE",
        "ALTER TABLE commercial.till ALTER COLUMN opening_float TYPE numeric(14, 2)",
        "DROP INDEX commercial.ix_charge_open",
        "COMMENT ON COLUMN commercial.meter.brand IS 'otra cosa'",
        "ALTER TABLE commercial.bill DROP CONSTRAINT uq_bill_account_id_period_code",
        "CREATE TABLE commercial.extra (n integer)",
    ):
        before = len(differences(installed))
        installed.execute(text(change))
        assert len(differences(installed)) > before, change


def test_checks_and_exclusions_are_those_of_the_models(installed: Connection) -> None:
    """Alembic does not compare these."""
    kinds = {"CheckConstraint": "c", "ExcludeConstraint": "x"}
    modelled = {
        (table.name, kinds[type(constraint).__name__], str(constraint.name))
        for table in metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ in kinds
    }
    rows = installed.execute(
        text(
            "SELECT conrelid::regclass::oid::regclass::text, contype::text, conname"
            " FROM pg_constraint WHERE connamespace = 'commercial'::regnamespace"
            " AND contype IN ('c', 'x')"
        )
    )
    built = {(str(table).removeprefix("commercial."), kind, name) for table, kind, name in rows}
    assert built == {(table, kind, formatted(table, name)) for table, kind, name in modelled}


def formatted(table: str, name: str) -> str:
    """The name after the convention, which SQLAlchemy applies when it writes DDL."""
    return name if name.startswith(("ck_", "ex_")) else f"ck_{table}_{name}"


def test_installing_again_changes_nothing(installed: Connection) -> None:
    moment = "SELECT applied_at FROM commercial.schema_stamp"
    before, applied = snapshot(installed), installed.execute(text(moment)).scalar_one()
    identifiers = "SELECT array_agg(oid ORDER BY oid) FROM pg_proc"
    known = installed.execute(text(identifiers)).scalar_one()
    assert schema.install(url_of(installed)) == schema.program_version()
    assert snapshot(installed) == before
    assert installed.execute(text(moment)).scalar_one() == applied
    assert installed.execute(text(identifiers)).scalar_one() == known


def test_an_older_stamp_brings_everything_back_to_what_it_should_be(installed: Connection) -> None:
    before = snapshot(installed)
    for damage in (
        "UPDATE commercial.schema_stamp SET sql_sha256 = 'older', program_version = '0'",
        "GRANT SELECT ON commercial.customer TO cashier",
        "GRANT EXECUTE ON FUNCTION commercial.add_staff(jsonb) TO PUBLIC",
        "REVOKE SELECT ON commercial.account FROM cashier",
        "DROP FUNCTION commercial.post_payment(jsonb)",
        "DROP TRIGGER forbid_change ON commercial.receipt",
        "DROP POLICY own_or_supervised ON commercial.cash_session",
        "ALTER TABLE commercial.cash_session DISABLE ROW LEVEL SECURITY",
        "CREATE OR REPLACE FUNCTION commercial.fingerprint_of(command jsonb) RETURNS text"
        " LANGUAGE sql AS $$ SELECT 'always the same' $$",
        "ALTER FUNCTION commercial.disable_staff(jsonb) OWNER TO tehuacan_owner",
    ):
        installed.execute(text(damage))
    assert snapshot(installed) != before
    schema.install(url_of(installed))
    assert snapshot(installed) == before


def test_a_station_goes_on_only_with_its_own_schema(installed: Connection) -> None:
    schema.compare(installed)
    ours = schema.program_version()
    installed.execute(text("UPDATE commercial.schema_stamp SET sql_sha256 = 'other'"))
    with pytest.raises(DatabaseBehind):
        schema.compare(installed)
    installed.execute(text("UPDATE commercial.alembic_version SET version_num = 'from_2031'"))
    with pytest.raises(StationBehind) as told:
        schema.compare(installed)
    assert (told.value.station, told.value.server) == (ours.label, "from_2031·other")


def test_a_database_without_schema_is_behind(empty: str) -> None:
    engine = create_engine(empty, poolclass=NullPool)
    with engine.connect() as connection, pytest.raises(DatabaseBehind) as told:
        schema.compare(connection)
    assert told.value.server == "ninguna"


def test_the_database_itself_is_only_for_staff(installed: Connection) -> None:
    """CONNECT for staff, temporary tables for the loader, nothing for everybody."""
    rows = installed.execute(
        text(
            "SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,"
            " a.privilege_type FROM pg_database d, aclexplode(d.datacl) a"
            " WHERE d.datname = current_database() AND a.grantee <> d.datdba"
        )
    )
    assert {tuple(row) for row in rows} == {("staff", "CONNECT"), ("tehuacan_loader", "TEMPORARY")}


def test_databases_of_a_new_server_may_be_installed_at_once() -> None:
    """The roles are the server's: four installations create them together."""
    server = TestServer.named(f"nuevo_{secrets.token_hex(4)}")
    server.cluster.start()
    try:
        names = [f"oficina_{number}" for number in range(4)]
        for name in names:
            server.cluster.ensure_database(name)
        with ThreadPoolExecutor(len(names)) as pool:
            versions = list(pool.map(schema.install, map(server.superuser_url, names)))
        assert set(versions) == {schema.program_version()}
    finally:
        server.cluster.stop()
