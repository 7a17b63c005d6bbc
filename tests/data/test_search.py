"""Search on real PostgreSQL: what comes first, and the same answers however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.accounts import (
    SEARCH_LIMIT,
    search_by_number,
    search_by_terms,
)
from tehuacan_comercial.domain.folding import search_terms
from tests.support.server import TestServer
from tests.support.town import Town, build_town

# More accounts than the search looks through one by one, most of one name, a few of another.
MANY = """
ALTER TABLE account_directory DROP CONSTRAINT fk_account_directory_account_id;
INSERT INTO account_directory (account_id, account_number, holder_name, address, neighbourhood,
    postal_code, state, use_class, zone, modality, sector, route_code, sequence)
SELECT 1000 + n, '20-' || lpad(n::text, 5, '0') || '-0',
       CASE WHEN n % 500 = 0 THEN 'IÑIGO ÁLVAREZ ' || n ELSE 'LÓPEZ CRUZ JUAN' END,
       'Calle Hidalgo ' || n, 'San Rafael', '75758', 'active', 'DOM', 'MED', 'metered', 'S1',
       'R01', n
FROM generate_series(1, 5000) AS n;
"""

# A large town in which one account in fifty bears the name: more than are sorted, fewer than fill
# the list from the first accounts. Rare and common ones are spread alike.
LARGE = """
SELECT drop_search_index();
INSERT INTO account_directory (account_id, account_number, holder_name, address, neighbourhood,
    postal_code, state, use_class, zone, modality, sector, route_code, sequence)
SELECT 10000 + n, '30-' || lpad(n::text, 5, '0') || '-0',
       CASE WHEN n % 50 = 7 THEN 'XOCHIHUA ' || n % 10000 ELSE 'LÓPEZ CRUZ JUAN' END,
       'Calle Morelos ' || n, 'San Rafael', '75758', 'active', 'DOM', 'MED', 'metered', 'S1',
       'R01', n
FROM generate_series(1, 60000) AS n;
SELECT make_search_index();
ANALYZE account_directory;
"""

CALLS = """
SELECT calls FROM pg_stat_xact_user_functions WHERE funcname = 'find_accounts'
"""


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database(), accounts=3)
    with made.admin() as connection:
        connection.execute(MANY)
    yield made
    made.close()


def names(database: Database, typed: str, number: str = "") -> list[str]:
    with database.read() as connection:
        found = search_by_terms(connection, search_terms(typed), number, debt=False)
    return [hit.holder_name for hit in found]


def numbers(database: Database, typed: str, number: str) -> list[str]:
    with database.read() as connection:
        found = search_by_terms(connection, search_terms(typed), number, debt=False)
    return [hit.account_number for hit in found]


def test_words_in_any_order_with_or_without_accents(town: Town) -> None:
    rosa = town.sign_in("rosa")
    assert len(names(rosa, "juan lopez")) == SEARCH_LIMIT
    assert names(rosa, "álvarez íñigo") == names(rosa, "inigo alvarez")
    assert names(rosa, "nadie") == []


def test_rare_ones_beyond_the_first_are_all_found_in_the_order_of_names(town: Town) -> None:
    found = names(town.sign_in("rosa"), "inigo")
    assert found == sorted(f"IÑIGO ÁLVAREZ {n}" for n in range(500, 5001, 500))


def test_one_or_two_letters_begin_a_word(town: Town) -> None:
    rosa = town.sign_in("rosa")
    assert all(name.startswith("IÑIGO") for name in names(rosa, "in"))
    assert names(rosa, "nn") == names(rosa, "ñi") == []


def test_accounts_whose_number_begins_so_come_first(town: Town) -> None:
    rosa = town.sign_in("rosa")
    found = numbers(rosa, "20-0450", "20-0450")
    assert found[:10] == [f"20-0450{digit}-0" for digit in range(10)]
    assert numbers(rosa, "2004500", "2004500")[0] == "20-04500-0"
    assert numbers(rosa, "10", "10")[:3] == ["10-00001-0", "10-00002-0", "10-00003-0"]
    assert len(set(numbers(rosa, "20", "20"))) == SEARCH_LIMIT


def test_a_whole_number_names_one_account_with_or_without_dashes(town: Town) -> None:
    with town.sign_in("rosa").read() as connection:
        for typed in ("10-00002-0", "10000020"):
            found = search_by_number(connection, typed)
            assert [hit.account_number for hit in found] == ["10-00002-0"]


def test_what_is_typed_is_never_a_pattern(town: Town) -> None:
    rosa = town.sign_in("rosa")
    assert names(rosa, "%%%") == names(rosa, "' OR true") == []


def test_a_name_of_many_in_a_large_town_fills_the_list_in_the_order_of_names(town: Town) -> None:
    with town.admin() as connection:
        connection.execute(LARGE)
    rosa = town.sign_in("rosa")
    found = names(rosa, "xochihua morelos")
    assert len(found) == SEARCH_LIMIT
    assert all(name.startswith("XOCHIHUA") for name in found)
    assert found == sorted(found)
    assert numbers(rosa, "morelos 59957", "") == ["30-59957-0"]


def test_the_search_is_done_once(town: Town) -> None:
    """To guess how many rows unnest gives, the planner would call a stable function by itself."""
    with town.admin() as connection:
        connection.execute("ALTER ROLE rosa SET track_functions = 'all'")
    alone, listed = town.sign_in("rosa"), town.sign_in("rosa")
    with alone.read() as connection:
        connection.execute(text("SELECT find_accounts(ARRAY['%juan%'], '', 50)"))
        once = connection.execute(text(CALLS)).scalar_one()
    with listed.read() as connection:
        search_by_terms(connection, ("juan",), debt=False)
        assert connection.execute(text(CALLS)).scalar_one() == once
