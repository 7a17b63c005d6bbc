"""Behind the posting functions: not even the owner of the tables changes what was posted."""

from __future__ import annotations

import pytest

from tests.security.conftest import Plain
from tests.security.expected_access import AUDITED, IMMUTABLE, KEPT, NEVER_DELETED
from tests.security.plain_sql import answer, column, value
from tests.support.books import Books

POSTED_FACT = "TC018"
WRONG_STEP = "TC017"
UNBALANCED = "TC019"
DISAGREE = "TC008"
CHECK_VIOLATION = "23514"
UNIQUE_VIOLATION = "23505"
DANGLING = "23503"

# One row for the tables that the small town leaves empty.
ONE_ROW = {
    "tariff_rate": "INSERT INTO tariff_rate (rule_set_id, concept, use_class, modality, form,"
    " from_m3, amount) SELECT min(id), 'AGUA', 'DOM', 'fixed', 'fixed', 0, 1 FROM rule_set",
    "tax_rate": "INSERT INTO tax_rate (rule_set_id, concept, rate)"
    " SELECT min(id), 'ALC', 0.16 FROM rule_set",
    "uma_value": "INSERT INTO uma_value (year, rule_set_id, valid, daily, monthly, annual)"
    " SELECT 2026, min(id), '[2026-02-01,2027-02-01)', 1, 30, 365 FROM rule_set",
    "non_working_day": "INSERT INTO non_working_day (day, name, rule_set_id)"
    " SELECT '2026-12-25', 'Navidad', min(id) FROM rule_set",
    "print_job": "INSERT INTO print_job (document_id, printer, state)"
    " SELECT min(id), 'X', 'printed' FROM issued_document",
    "sign_in": "INSERT INTO sign_in (username, outcome, at, station, program_version)"
    " VALUES ('rosa', 'accepted', now(), 'E1', '1')",
}


def columns(connection: Plain, table: str) -> list[tuple[str, str]]:
    """Columns that may be set, with the value that an attempt gives them."""
    rows = connection.execute(
        """
        SELECT attname, CASE WHEN attidentity <> '' THEN 'DEFAULT' ELSE quote_ident(attname) END
        FROM pg_attribute WHERE attrelid = ('commercial.' || %s)::regclass
        AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
        """,
        (table,),
    ).fetchall()
    return [(str(name), str(given)) for name, given in rows]


@pytest.mark.parametrize("table", sorted(IMMUTABLE))
def test_a_posted_row_is_never_changed_in_any_column(owner: Plain, table: str) -> None:
    if value(owner, f"SELECT count(*) FROM commercial.{table}") == 0:
        owner.execute(f"SET LOCAL search_path = commercial; {ONE_ROW[table]}".encode())
    for name, given in columns(owner, table):
        statement = f"UPDATE commercial.{table} SET {name} = {given}"
        assert answer(owner, statement) == POSTED_FACT, statement
    assert answer(owner, f"DELETE FROM commercial.{table}") == POSTED_FACT


@pytest.mark.parametrize("table", sorted(KEPT))
def test_a_row_that_others_refer_to_is_never_deleted(owner: Plain, table: str) -> None:
    assert answer(owner, f"DELETE FROM commercial.{table}") == POSTED_FACT


@pytest.mark.parametrize("table", sorted(NEVER_DELETED))
def test_other_columns_of_a_row_that_stays_never_change(owner: Plain, table: str) -> None:
    assert answer(owner, f"DELETE FROM commercial.{table}") == POSTED_FACT
    for name, _ in columns(owner, table):
        if name in NEVER_DELETED[table]:
            continue
        kind = value(
            owner,
            "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attname = %s"
            " AND attrelid = ('commercial.' || %s)::regclass",
            (name, table),
        )
        given, where = ALSO_VALID.get((table, name), (CHANGED[str(kind)].format(c=name), "true"))
        statement = f"UPDATE commercial.{table} SET {name} = {given} WHERE {where}"
        assert answer(owner, statement) in (POSTED_FACT, *IDENTITY), statement


IDENTITY = ("428C9",)
"""PostgreSQL's own refusal to set a column that is GENERATED ALWAYS."""
ALSO_VALID = {
    ("charge", "source"): (
        "CASE source WHEN 'opening' THEN 'billing' ELSE 'opening' END",
        "source <> 'surcharge'",
    ),
    ("charge", "parent_charge_id"): ("parent_charge_id + 1", "source = 'surcharge'"),
}
"""Changes that no CHECK would refuse, so that it is the guard that does."""
CHANGED = {
    "bigint": "coalesce({c}, 0) + 1",
    "integer": "coalesce({c}, 0) + 1",
    "smallint": "coalesce({c}, 0) + 1",
    "numeric": "coalesce({c}, 0) + 1",
    "text": "coalesce({c}, '') || 'x'",
    "date": "coalesce({c}, '2026-01-01') + 1",
    "timestamp with time zone": "coalesce({c}, now()) + interval '1 second'",
    "boolean": "NOT {c}",
    "jsonb": """'{{"x": 1}}'::jsonb""",
    "text[]": "{c} || 'x'::text",
    "uuid": "gen_random_uuid()",
    "daterange": "'[2001-01-01,2001-02-01)'",
}


def test_no_table_is_ever_emptied(books: Books, owner: Plain) -> None:
    tables = column(owner, "SELECT tablename FROM pg_tables WHERE schemaname = 'commercial'")
    assert len(tables) > 40
    for table in tables:
        if table != "alembic_version":
            assert answer(owner, f"TRUNCATE commercial.{table} CASCADE") == POSTED_FACT, table


def test_an_unbalanced_journal_cannot_be_written(owner: Plain) -> None:
    journal = (
        "WITH j AS (INSERT INTO commercial.journal (kind, business_date, memo)"
        " VALUES ('opening', '2026-01-01', 'x') RETURNING id)"
        " INSERT INTO commercial.journal_line (journal_id, line, ledger_account, amount)"
        " SELECT j.id, v.* FROM j, (VALUES (1, 'CASH', 10.00), (2, 'OPENING', {})) AS v"
    )
    assert answer(owner, journal.format("-9.99")) == UNBALANCED
    assert answer(owner, journal.format("-10.00")) == "00000"
    one_more = (
        "INSERT INTO commercial.journal_line (journal_id, line, ledger_account, amount)"
        " SELECT min(id), 99, 'CASH', 1 FROM commercial.journal"
    )
    assert answer(owner, one_more) == UNBALANCED


def test_a_charge_is_never_settled_beyond_its_total(owner: Plain) -> None:
    assert answer(owner, "UPDATE commercial.charge SET settled = total + 0.01") == CHECK_VIOLATION
    assert answer(owner, "UPDATE commercial.charge SET settled = -0.01") == CHECK_VIOLATION


def test_folios_go_up_by_one_only(owner: Plain) -> None:
    for change in ("last_number + 2", "last_number - 1", "last_number"):
        statement = f"UPDATE commercial.folio_series SET last_number = {change}"
        assert answer(owner, statement) == POSTED_FACT
    repeated = (
        "INSERT INTO commercial.receipt (payment_id, account_id, session_id, series, number,"
        " folio, content, previous_hash, hash) SELECT payment_id, account_id, session_id, series,"
        " number, folio || 'x', content, previous_hash, hash FROM commercial.receipt"
    )
    assert answer(owner, repeated) == UNIQUE_VIOLATION


def test_what_a_charge_writes_refers_to_what_exists(owner: Plain) -> None:
    """Triggers check it, once for a statement; each reference alone names nothing."""
    assert answer(owner, WHOLE_CHARGE.format(**REFERENCES)) == "00000"
    for name in REFERENCES:
        nothing = "'NADA'" if name in ("ledger", "series") else "-1"
        statement = WHOLE_CHARGE.format(**{**REFERENCES, name: nothing})
        assert answer(owner, statement) == DANGLING, name
    undone = (
        "INSERT INTO commercial.allocation (charge_id, journal_id, amount, reverses_id)"
        " SELECT charge_id, journal_id, -amount, {} FROM commercial.allocation a"
        " WHERE amount > 0 AND NOT EXISTS (SELECT FROM commercial.allocation"
        " WHERE reverses_id = a.id) LIMIT 1"
    )
    assert answer(owner, undone.format("id")) == "00000"
    assert answer(owner, undone.format("-1")) == DANGLING


def test_a_receipt_is_of_the_account_and_the_session_of_its_payment(owner: Plain) -> None:
    for name, other in (
        ("receipt_account", "(SELECT max(id) FROM commercial.account)"),
        ("receipt_session", "p.session_id + 1"),
    ):
        statement = WHOLE_CHARGE.format(**{**REFERENCES, name: other})
        assert answer(owner, statement) == DANGLING, name


REFERENCES = {
    "line_journal": "j.id", "ledger": "'CASH'",
    "charge": "c.id", "allocation_journal": "j.id",
    "account": "c.account_id", "session": "s.id", "journal": "j.id",
    "payment": "p.id", "receipt_account": "p.account_id", "receipt_session": "p.session_id",
    "series": "'C1'",
}  # fmt: skip
WHOLE_CHARGE = """
WITH j AS (INSERT INTO commercial.journal (kind, business_date, memo)
           VALUES ('payment', '2026-01-01', 'x') RETURNING id),
     c AS (SELECT id, account_id FROM commercial.charge
           WHERE account_id = (SELECT min(id) FROM commercial.account) LIMIT 1),
     s AS (SELECT min(id) AS id FROM commercial.cash_session),
     l AS (INSERT INTO commercial.journal_line (journal_id, line, ledger_account, amount)
           SELECT {line_journal}, v.line, v.code, v.pesos
           FROM j, (VALUES (1, {ledger}, 10.00), (2, 'RECEIVABLE', -10.00))
               AS v (line, code, pesos)),
     a AS (INSERT INTO commercial.allocation (charge_id, journal_id, amount)
           SELECT {charge}, {allocation_journal}, 10.00 FROM j, c),
     p AS (INSERT INTO commercial.payment (command_id, fingerprint, account_id, session_id,
               journal_id, business_date, settled, advance, rounding, applied)
           SELECT gen_random_uuid(), 'x', {account}, {session}, {journal}, '2026-01-01',
                  10.00, 0, 0, 10.00 FROM j, c, s RETURNING id, account_id, session_id),
     t AS (INSERT INTO commercial.payment_tender (payment_id, line, kind, received, change, applied)
           SELECT p.id, 1, 'cash', 10.00, 0, 10.00 FROM p)
INSERT INTO commercial.receipt (payment_id, account_id, session_id, series, number, folio, content,
                                previous_hash, hash)
SELECT {payment}, {receipt_account}, {receipt_session}, {series}, 999999, 'x', '{{}}', '', ''
FROM p;
SET CONSTRAINTS ALL IMMEDIATE
"""
"""A payment as post_payment writes it, each reference of which can be made to name nothing."""


def test_a_payment_whose_parts_do_not_add_up_is_not_committed(owner: Plain) -> None:
    copied = (
        "INSERT INTO commercial.payment (command_id, fingerprint, account_id, session_id,"
        " journal_id, business_date, settled, advance, rounding, applied)"
        " SELECT gen_random_uuid(), 'x', account_id, session_id, journal_id, business_date,"
        " settled, advance, rounding, applied FROM commercial.payment LIMIT 1;"
        " SET CONSTRAINTS ALL IMMEDIATE"
    )
    assert answer(owner, copied) == DISAGREE


@pytest.mark.parametrize(
    ("before", "after"),
    [("closed", "open"), ("closed", "counting"), ("open", "closed"), ("open", "verified")],
)
def test_a_session_takes_only_the_steps_of_its_lifecycle(
    owner: Plain, before: str, after: str
) -> None:
    statement = f"UPDATE commercial.cash_session SET state = '{after}' WHERE state = '{before}'"
    assert answer(owner, statement) == WRONG_STEP


def test_a_sheet_is_sealed_once(owner: Plain) -> None:
    statement = "UPDATE commercial.issued_document SET sha256 = repeat('0', 64)"
    assert answer(owner, statement) == POSTED_FACT


def test_every_posted_table_is_guarded_in_the_catalogue(owner: Plain) -> None:
    """So that a table without rows here is guarded too."""
    guarded = set(
        column(
            owner,
            "SELECT c.relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " WHERE tgenabled = 'O'"
            " AND tgfoid = 'commercial.forbid_change'::regproc AND tgtype & 8 = 8",
        )
    )
    assert guarded == {*IMMUTABLE, *NEVER_DELETED, *KEPT}


def test_every_audited_table_has_its_trigger(owner: Plain) -> None:
    audited = set(
        column(
            owner,
            "SELECT c.relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " WHERE tgenabled = 'O'"
            " AND tgfoid = 'commercial.write_audit'::regproc AND tgtype & 28 = 28",
        )
    )
    assert audited == set(AUDITED)
