"""The queue of the demonstration: plausible mornings, by the office's own rule, that verify."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

import pytest

from tehuacan_comercial.data.demo_queue import PastTurn, add_queue
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.queue import clock
from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue
from tehuacan_comercial.domain.rules.parse import parse_rules
from tehuacan_comercial.domain.rules.values import QueueRules
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.demo.queue import WAIT_NOW, make_mornings, waiting_now
from tehuacan_comercial.services.verify import VerifyService
from tests.domain.rules.texts import shipped_files
from tests.support.queue import clerk, load_queue_rules
from tests.support.server import TestServer
from tests.support.town import build_town

DAYS = (date(2026, 11, 20), date(2026, 11, 23))
STAFF = {"V1": "beto", "V2": "paty", "C1": "rosa", "C2": "lupe"}


@pytest.fixture(scope="module")
def catalogue() -> QueueCatalogue:
    rules = parse_rules("queue.toml", shipped_files()["queue.toml"])
    assert isinstance(rules, QueueRules)
    return rules.catalogue


def mornings(catalogue: QueueCatalogue, seed: int = 7) -> list[PastTurn]:
    return make_mornings(Random(seed), catalogue, DAYS, STAFF, "beto")[0]


def test_mornings_are_plausible_and_the_same_for_the_same_seed(catalogue: QueueCatalogue) -> None:
    turns = mornings(catalogue)
    assert turns == mornings(catalogue)
    assert turns != mornings(catalogue, 8)
    ended = Counter(turn.periods[-1].state for turn in turns)
    assert 60 * len(DAYS) < len(turns) < 180 * len(DAYS)
    assert ended["done"] > 0.6 * len(turns)
    assert ended["no_show"] > 0
    assert ended["waiting"] == 0
    first = min(turn.periods[0].at for turn in turns)
    assert (first.hour, first.minute) >= (8, 30)


def test_nobody_waits_from_yesterday(catalogue: QueueCatalogue) -> None:
    after_midnight = datetime(2026, 11, 24, 6, 10, tzinfo=UTC)
    turns = waiting_now(Random(1), catalogue, after_midnight, "beto")
    assert len(turns) == sum(ago <= 10 for ago in WAIT_NOW)


def test_what_was_written_verifies_and_goes_on(
    any_server: TestServer, any_new_database: Callable[[], str]
) -> None:
    town = build_town(any_server, any_new_database(), accounts=0)
    load_queue_rules(town)
    database = Database(town.server.superuser_url(town.database))
    with database.read() as connection:
        now = clock(connection)
    rules = clerk(town, "beto").service.board().catalogue
    assert rules is not None
    turns, shifts = make_mornings(Random(7), rules, DAYS, STAFF, "beto")
    live = waiting_now(Random(7), rules, now, "beto")
    assert add_queue(database, [*turns, *live], shifts) == len(turns) + len(live)
    assert VerifyService(database, OFFICE).run() == []
    database.close()
    beto = clerk(town, "beto", "V1")
    assert len(beto.service.board().waiting) == len(live)
    served = [turn for turn in live if turn.procedure.served_at("V1")]
    called = beto.next()
    assert (called is None) == (not served)
    figures = clerk(town, "elena").service.statistics("hour", DAYS[0], DAYS[-1])
    assert sum(row.asked for row in figures) == len(turns)
    assert {row.group for row in figures} >= {"09:00", "12:00"}
    town.close()
