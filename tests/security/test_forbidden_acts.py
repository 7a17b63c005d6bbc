"""Acts at the till that are not one's own to do, asked for with plain SQL."""

from __future__ import annotations

import json
import uuid
from decimal import Decimal
from typing import Any

import pytest

from tests.security.plain_sql import asked, psql, value
from tests.support.books import Books, open_charges, order_of

NOT_YOURS = "TC003"
NOT_OPEN = "TC002"
REUSED = "TC004"
SETTLED = "TC007"
UNKNOWN_DOCUMENT = "TC025"
DAY_OVER = "TC014"
INVALID = "TC023"


def order(books: Books, session: int) -> dict[str, Any]:
    """A right payment of the first open charge of an account that still owes."""
    chosen = books.town.account_ids()[1]
    return order_of(session, chosen, open_charges(books.town, chosen)[:1], "cash")


def test_nobody_charges_into_a_session_of_another(books: Books) -> None:
    with psql(books, "lupe") as lupe, psql(books, "elena") as head:
        command = order(books, books.open_session)
        assert asked(lupe, "post_payment", command) == NOT_YOURS
        assert asked(head, "post_payment", command) == NOT_YOURS
        for act in ("begin_count", "resume_session", "close_session", "hold_sale"):
            theirs = {"command_id": str(uuid.uuid4()), "session_id": books.open_session}
            assert asked(head, act, theirs) == NOT_YOURS, act
    with psql(books, "rosa") as rosa:
        assert asked(rosa, "post_payment", command) == "00000"
        assert asked(rosa, "post_payment", order(books, 0)) == NOT_YOURS


def test_a_closed_session_takes_no_money(books: Books) -> None:
    with psql(books, "rosa") as rosa:
        assert asked(rosa, "post_payment", order(books, books.first_session)) == NOT_OPEN
        held = {
            "command_id": str(uuid.uuid4()), "session_id": books.first_session, "account_id": 1,
        }  # fmt: skip
        assert asked(rosa, "hold_sale", held) == NOT_OPEN


def test_yesterdays_session_takes_no_money(books: Books) -> None:
    """As the owner of the server could bring it about: the date itself is guarded."""
    with books.town.admin() as admin, admin.transaction(force_rollback=True):
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute("UPDATE cash_session SET business_date = business_date - 1")
        admin.execute("SET LOCAL session_replication_role = origin")
        admin.execute("SET LOCAL SESSION AUTHORIZATION rosa")
        assert asked(admin, "post_payment", order(books, books.open_session)) == DAY_OVER


def test_a_charge_is_never_settled_twice(books: Books) -> None:
    account = books.town.account_ids()[1]
    charge, outstanding = open_charges(books.town, account)[0]
    with psql(books, "rosa") as rosa:
        more = order_of(
            books.open_session, account, [(charge, outstanding + Decimal("0.01"))], "cash"
        )
        assert asked(rosa, "post_payment", more) == SETTLED
        twice = order_of(
            books.open_session, account, [(charge, outstanding), (charge, outstanding)], "cash"
        )
        assert asked(rosa, "post_payment", twice) == INVALID
        minus = order(books, books.open_session)
        minus["allocations"].append({"charge_id": charge + 1, "amount": "-1.00"})
        assert asked(rosa, "post_payment", minus) == INVALID


def test_time_author_and_folio_are_not_taken_from_the_command(books: Books) -> None:
    wish = {
        "posted_by": "lupe", "cashier": "lupe", "actor": "lupe", "posted_at": "2020-01-01",
        "issued_at": "2020-01-01", "business_date": "2020-01-01", "folio": "C1-999999",
        "number": 999999, "series": "C2", "previous_hash": "x", "hash": "x", "till": "C2",
        "id": 999999, "journal_id": 999999, "applied": "1.00", "settled": "1.00",
    }  # fmt: skip
    with psql(books, "rosa") as rosa, rosa.transaction(force_rollback=True):
        command = order(books, books.open_session) | wish
        rosa.execute("SELECT post_payment(%s::jsonb)", (json.dumps(command),))
        row = rosa.execute(
            "SELECT p.posted_by, p.business_date = office_today(), now() - p.posted_at < '1 hour',"
            " r.folio, r.content ->> 'cashier', r.content ->> 'till', p.id < 999999,"
            " (r.content ->> 'issued_at')::timestamptz > now() - interval '1 hour', p.applied"
            " FROM payment p JOIN receipt r ON r.payment_id = p.id"
            " WHERE p.command_id = %s",
            (command["command_id"],),
        ).fetchone()
    applied = Decimal(command["tenders"][0]["received"])
    assert row == ("rosa", True, True, "C1-000004", "rosa", "C1", True, True, applied)


def test_a_changed_role_is_still_the_same_person(books: Books) -> None:
    """SET ROLE to one's own job does not hide who charges, nor does the station claimed."""
    with psql(books, "rosa") as rosa, rosa.transaction(force_rollback=True):
        rosa.execute("SET ROLE cashier")
        rosa.execute("SET tehuacan.station = 'E-falsa'")
        command = order(books, books.open_session)
        rosa.execute("SELECT post_payment(%s::jsonb)", (json.dumps(command),))
        author = value(
            rosa, "SELECT posted_by FROM payment WHERE command_id = %s", (command["command_id"],)
        )
    assert author == "rosa"


@pytest.mark.parametrize("act", ["post_payment", "open_session", "close_session", "discard"])
def test_what_is_posted_is_durable_whatever_the_session_wants(books: Books, act: str) -> None:
    commands: dict[str, tuple[str, str, dict[str, Any]]] = {
        "post_payment": ("rosa", "post_payment", order(books, books.open_session)),
        "open_session": (
            "elena",
            "open_session",
            {"command_id": str(uuid.uuid4()), "till": "C3", "denominations": {}},
        ),
        "close_session": (
            "rosa",
            "close_session",
            {"command_id": str(uuid.uuid4()), "session_id": books.open_session},
        ),
        "discard": (
            "rosa",
            "discard_payment",
            {"command": {"command_id": str(uuid.uuid4()), "account_id": 1}, "reason": "x"},
        ),
    }
    person, function, command = commands[act]
    with psql(books, person) as connection:
        connection.execute("SET synchronous_commit = off")
        with connection.transaction(force_rollback=True):
            connection.execute(f"SELECT {function}(%s::jsonb)".encode(), (json.dumps(command),))
            assert value(connection, "SHOW synchronous_commit") == "on"


def test_the_same_command_of_another_person_is_not_answered(books: Books) -> None:
    with books.town.admin() as admin:
        known = value(
            admin, "SELECT command_id::text FROM payment WHERE posted_by = 'rosa' LIMIT 1"
        )
    with psql(books, "lupe") as lupe:
        command = {"command_id": known, "account_id": books.town.account_ids()[0]}
        assert asked(lupe, "ask_payment", command) == REUSED
        assert asked(lupe, "discard_payment", {"command": command, "reason": "x"}) == REUSED


def test_a_closing_is_issued_only_by_whom_it_concerns(books: Books) -> None:
    with books.town.admin() as admin:
        closing = value(admin, "SELECT min(id) FROM cash_closing")
    command = {"kind": "closing", "subject_id": closing, "format": "letter", "reason": "x"}
    for person, expected in (
        ("rosa", "00000"), ("elena", "00000"), ("gerente", "00000"),
        ("lupe", UNKNOWN_DOCUMENT), ("beto", UNKNOWN_DOCUMENT), ("paty", UNKNOWN_DOCUMENT),
    ):  # fmt: skip
        with psql(books, person) as connection:
            assert asked(connection, "issue_document", command) == expected, person


def test_a_sheet_is_sealed_only_by_whoever_issued_it(books: Books) -> None:
    with books.town.admin() as admin:
        sheet = value(admin, "SELECT min(id) FROM issued_document")
    with psql(books, "lupe") as lupe, psql(books, "rosa") as rosa:
        seal = {"document_id": sheet, "sha256": "0" * 64}
        assert asked(lupe, "seal_document", seal) == UNKNOWN_DOCUMENT
        assert asked(rosa, "seal_document", seal) == "TC018"
        assert asked(rosa, "seal_document", {"document_id": 0} | {"sha256": "0" * 64}) == (
            UNKNOWN_DOCUMENT
        )


def test_a_held_sale_is_released_only_by_its_cashier(books: Books) -> None:
    with books.town.admin() as admin, admin.transaction(force_rollback=True):
        admin.execute(
            "INSERT INTO held_sale (command_id, session_id, account_id, label, charge_ids)"
            " SELECT gen_random_uuid(), %s, min(id), 'x', '[]' FROM account",
            (books.open_session,),
        )
        held = value(admin, "SELECT max(id) FROM held_sale")
        for person, expected in (("lupe", UNKNOWN_DOCUMENT), ("rosa", "00000")):
            admin.execute(f"SET LOCAL SESSION AUTHORIZATION {person}".encode())
            assert asked(admin, "release_sale", {"held_sale_id": held}) == expected
