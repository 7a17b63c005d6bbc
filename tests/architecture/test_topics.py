"""What the posting functions announce is what the stations listen for."""

from __future__ import annotations

import re

from tehuacan_comercial.data import schema
from tehuacan_comercial.services.changes import TOPICS, Changes, changes_of

ANNOUNCED = re.compile(r"(?:announce\(|change_notice \(topic, subject\) VALUES \()'([a-z]+)'")


def test_every_topic_that_is_announced_is_known_and_the_other_way_round() -> None:
    announced = {
        topic
        for name in schema.AFTER
        for topic in ANNOUNCED.findall((schema.SQL_FOLDER / name).read_text(encoding="utf-8"))
    }
    assert announced == TOPICS


def test_a_notice_names_the_accounts_and_sessions_it_concerns() -> None:
    assert changes_of("payment", "7/3") == Changes(
        frozenset({7}), frozenset({3}), frozenset({"payment"})
    )
    assert changes_of("account", "7").accounts == {7}
    assert changes_of("session", "3").sessions == {3}
    assert changes_of("surcharges", "05-046") == Changes(topics=frozenset({"surcharges"}))
