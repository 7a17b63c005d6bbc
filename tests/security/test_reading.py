"""What a job sees of what it may read: masked identities, own sessions, own matters."""

from __future__ import annotations

import pytest

from tests.security.plain_sql import column, psql, value
from tests.support.books import Books
from tests.support.town import STAFF

CURP = "NUPM800101MPLXXR09"
PHONE = "2381234567"
SEE_IDENTITIES = ("registry", "manager", "director", "auditor")
ALL_TILLS = {"C1", "C2", "C3", "C4", "OXXO"}
MASKED = sorted(name for name, job in STAFF.items() if job not in SEE_IDENTITIES)


@pytest.mark.parametrize("username", sorted(set(STAFF) - {"sistemas"}))
def test_identity_numbers_are_masked_outside_the_jobs_that_need_them(
    books: Books, username: str
) -> None:
    with psql(books, username) as connection:
        curp = value(connection, "SELECT DISTINCT curp FROM customer_card")
        phone = value(connection, "SELECT DISTINCT phone FROM customer_card")
    if STAFF[username] in SEE_IDENTITIES:
        assert (curp, phone) == (CURP, PHONE)
    else:
        assert (curp, phone) == ("NUPM••••••••••••••", "••••••4567")


@pytest.mark.parametrize("username", MASKED)
def test_no_table_that_a_masked_job_reads_holds_the_number(books: Books, username: str) -> None:
    """Every row of every table and view it may read, as text."""
    with psql(books, username) as connection:
        for relation in column(
            connection,
            "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'v')"
            " AND relnamespace = 'commercial'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT')",
        ):
            leaking = f"SELECT count(*) FROM {relation} AS r WHERE r::text LIKE '%{CURP}%'"
            assert value(connection, leaking) == 0, relation


READABLE = f"""
    SELECT format('SELECT count(*) FROM %s WHERE %I::text LIKE %L', attrelid::regclass, attname,
                  '%{PHONE}%')
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relkind IN ('r', 'v') AND relnamespace = 'commercial'::regnamespace
      AND attnum > 0 AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'SELECT')
"""


@pytest.mark.parametrize("username", MASKED)
def test_no_column_that_a_masked_job_reads_holds_the_telephone(books: Books, username: str) -> None:
    with psql(books, username) as connection:
        for each in column(connection, READABLE):
            assert value(connection, str(each)) == 0, each


FIND = "SELECT cardinality(find_accounts(%s, '', 50))"


@pytest.mark.parametrize("username", sorted(set(STAFF) - {"sistemas"}))
def test_only_who_sees_telephones_finds_by_a_part_of_one(books: Books, username: str) -> None:
    """A part would tell the masked digits one by one; the whole number tells nothing new."""
    parts = (["%23812345%"], ["%34567%"], ["% 238%"], ["%2%8%1%34%"],
             ["%_2381234567%"], ["%nunez%", "%8123%"])  # fmt: skip
    with psql(books, username) as connection:
        found = [value(connection, FIND, (part,)) for part in parts]
        whole = value(connection, FIND, (["%" + PHONE + "%", "%nunez%"],))
        other = value(connection, FIND, (["%nunez%", "%laureles%"],))
        across = value(connection, FIND, (["%laureles%2381%"],))
    assert across == 0
    sees = STAFF[username] in SEE_IDENTITIES
    assert found == [other if sees else 0] * len(parts)
    assert whole == other == len(books.town.account_ids())


def test_a_condition_with_side_effects_sees_no_more_than_the_mask(books: Books) -> None:
    """security_barrier: the caller's own function is not asked before the mask is on."""
    with psql(books, "rosa") as connection, connection.transaction(force_rollback=True):
        connection.execute(
            "CREATE FUNCTION pg_temp.spy(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001"
            " AS $$ BEGIN IF $1 NOT LIKE '%•%' THEN RAISE 'seen %', $1; END IF;"
            " RETURN true; END $$"
        )
        seen = column(connection, "SELECT curp FROM customer_card WHERE pg_temp.spy(curp)")
    assert set(seen) == {"NUPM••••••••••••••"}


@pytest.mark.parametrize(
    ("username", "tills"),
    [("rosa", {"C1"}), ("lupe", {"C2"}), ("elena", ALL_TILLS), ("gerente", ALL_TILLS),
     ("directora", ALL_TILLS), ("auditora", ALL_TILLS)],
)  # fmt: skip
def test_cashiers_see_their_own_sessions_only(books: Books, username: str, tills: set[str]) -> None:
    with psql(books, username) as connection:
        assert set(column(connection, "SELECT till_code FROM cash_session")) == tills
        closings = value(connection, "SELECT count(*) FROM cash_closing")
        lines = value(connection, "SELECT count(*) FROM cash_closing_line")
        counts = value(connection, "SELECT count(*) FROM cash_count")
    # The surprise count is for supervision: it tells what was expected.
    own = (1, 4, 1) if "C1" in tills else (0, 0, 0)
    expected = (7, 28, 8) if tills == ALL_TILLS else own
    assert (closings, lines, counts) == expected


def test_row_security_covers_everything_that_hangs_on_a_session(books: Books) -> None:
    with books.town.admin() as admin:
        limited = set(column(admin, "SELECT relname FROM pg_class WHERE relrowsecurity"
                                    " AND relnamespace = 'commercial'::regnamespace"))  # fmt: skip
    assert limited == {
        "audit_entry", "authorisation", "cash_closing", "cash_closing_line", "cash_count",
        "cash_session", "handover", "handover_item", "held_sale", "interim_report",
        "issued_content",
        "session_reopening", "session_takeover", "session_verification",
        "session_verification_line", "shortage_settlement", "withdrawal",
    }  # fmt: skip


def test_the_administrator_sees_no_customer_and_no_money_in_the_audit(books: Books) -> None:
    with psql(books, "sistemas") as connection:
        seen = set(column(connection, "SELECT DISTINCT table_name FROM audit_entry"))
        leaking = value(
            connection, f"SELECT count(*) FROM audit_entry a WHERE a::text LIKE '%{CURP}%'"
        )
    with psql(books, "auditora") as connection:
        everything = set(column(connection, "SELECT DISTINCT table_name FROM audit_entry"))
    assert leaking == 0
    assert "staff_member" in seen
    assert {"customer", "account", "premises"} & seen == set()
    assert {"customer", "account", "premises", "staff_member"} <= everything


def test_catalogues_of_the_server_betray_nothing(books: Books) -> None:
    """pg_stats shows values of columns; it must not show those of tables one cannot read."""
    with books.town.admin() as admin:
        admin.execute("ANALYZE")
    with psql(books, "rosa") as connection:
        query = "SELECT count(*) FROM pg_stats WHERE schemaname = 'commercial' AND tablename = %s"
        assert value(connection, query, ("customer",)) == 0
        assert value(connection, query, ("cash_session",)) == 0
        assert value(connection, query, ("journal_line",)) == 0
