"""Reading sheets: the same m³ as domain/consumption.py, and a reason for what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.consumption import metered_consumption
from tehuacan_comercial.services.actor import OFFICE, Actor
from tehuacan_comercial.services.billing import BillingService, Reading
from tests.support.server import TestServer
from tests.support.tariffs import random_rates, random_taxes, store_rates
from tests.support.town import Town, build_town

MEMO = Actor("memo", "Memo", "Micromedición", "metering")
PERIOD = "202609"
DAY = date(2026, 10, 30)


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database(), accounts=4)
    with made.admin() as connection:
        connection.execute(
            "INSERT INTO concept VALUES ('SAN', 'Saneamiento', 'service', NULL, 40,"
            " 'REVENUE_ALC', 'sanitation');"
            " INSERT INTO meter (serial_number, digits) SELECT 'M' || id, 4 FROM account"
            " WHERE id < 4; INSERT INTO meter_installation (meter_id, tap_id, initial_value, valid)"
            " SELECT m.id, a.tap_id, 9000, '[2020-01-01,)' FROM account a"
            " JOIN meter m ON m.serial_number = 'M' || a.id;"
            " INSERT INTO rule_set (kind, code, version, title, legal_basis, published_in, valid,"
            " is_demonstration, source_text, source_sha256) VALUES ('anomalies', 'A', '1', '', '',"
            " '', '[2020-01-01,)', true, '', '');"
            " INSERT INTO office_setting SELECT id, 'anomalies',"
            ' \'[{"code": "CERRADA", "allows_missing": true},'
            '   {"code": "FUGA", "allows_missing": false}]\' FROM rule_set'
            " WHERE kind = 'anomalies'"
        )
    yield made
    made.close()


@pytest.fixture
def metering(town: Town) -> BillingService:
    return BillingService(town.sign_in("memo"), MEMO)


def rows(town: Town) -> list[Any]:
    with town.admin() as connection:
        return connection.execute(
            "SELECT account_id, previous_value, value, consumption, kind, anomaly, reader"
            " FROM meter_reading WHERE period_code = '202609' ORDER BY account_id, segment"
        ).fetchall()


def test_a_sheet_is_taken_with_what_it_can(town: Town, metering: BillingService) -> None:
    sheet = [
        Reading(1, 9040, read_on=DAY), Reading(2, 12, "FUGA", DAY),
        Reading(3, None, "CERRADA", DAY), Reading(4, 5, read_on=DAY), Reading(99, 5),
    ]  # fmt: skip
    done = metering.record_readings(PERIOD, sheet)
    assert done.taken == 3
    assert done.problems == {4: "no_meter", 99: "unknown_account"}
    assert metered_consumption(9000, 12, 4).m3 == 1012
    assert rows(town) == [
        (1, 9000, 9040, 40, "actual", None, "memo"),
        (2, 9000, 12, 1012, "actual", "FUGA", "memo"),
        (3, 9000, None, None, "missing", "CERRADA", "memo"),
    ]


@pytest.mark.parametrize(
    ("reading", "problem"),
    [
        (Reading(1, 10000, None, DAY), "does_not_fit_meter"),
        (Reading(1, -1, None, DAY), "does_not_fit_meter"),
        (Reading(1, 8999, None, DAY), "lower_than_previous"),
        (Reading(1, None, None, DAY), "missing_without_anomaly"),
        (Reading(1, None, "FUGA", DAY), "missing_without_anomaly"),
        (Reading(1, 9001, "DUENDE", DAY), "unknown_anomaly"),
        (Reading(1, 9001, None, date(2099, 1, 1)), "in_the_future"),
    ],
)
def test_what_cannot_be_is_told(
    town: Town, metering: BillingService, reading: Reading, problem: str
) -> None:
    assert metering.record_readings(PERIOD, [reading]).problems == {1: problem}
    assert rows(town) == []


def test_a_reading_may_be_taken_again_until_it_is_billed(
    town: Town, metering: BillingService
) -> None:
    metering.record_readings(PERIOD, [Reading(1, 9400, None, DAY)])
    assert metering.record_readings(PERIOD, [Reading(1, 9040, None, DAY)]).taken == 1
    with town.admin() as connection:
        kept = connection.execute(
            "SELECT after -> 'replaced' -> 0 ->> 'value' FROM audit_entry"
            " WHERE table_name = 'meter_reading'"
        ).fetchall()
        store_rates(connection, random_rates(Random(3)), random_taxes(Random(3)))
    assert kept == [("9400",)]
    town.sign_in("paty").call("bill_route", {"period": PERIOD}, deadline_seconds=60)
    done = metering.record_readings(PERIOD, [Reading(1, 9041, None, DAY)])
    assert done.problems == {1: "already_billed"}


def test_after_an_estimate_only_the_difference_counts(town: Town, metering: BillingService) -> None:
    metering.record_readings("202607", [Reading(1, 9100, None, date(2026, 8, 30))])
    with town.admin() as connection:
        store_rates(connection, random_rates(Random(3)), random_taxes(Random(3)))
        connection.execute(
            "INSERT INTO billing_period VALUES ('202611', 'nov–dic 2026', '2026-11-01',"
            " '2026-12-31', '[2026-11-01,2027-01-01)', '2026-12-31', '2027-01-20', 2)"
        )
    town.sign_in("paty").call("bill_route", {"period": PERIOD}, deadline_seconds=60)
    assert rows(town)[0] == (1, 9100, 9200, 100, "estimated", None, None)
    sheet = [Reading(1, 9260, None, date(2026, 11, 20))]
    assert metering.record_readings("202611", sheet).taken == 1
    less = [Reading(1, 9150, None, date(2026, 11, 20))]
    assert metering.record_readings("202611", less).taken == 1
    with town.admin() as connection:
        found = connection.execute(
            "SELECT previous_value, value, consumption FROM meter_reading"
            " WHERE period_code = '202611'"
        ).fetchall()
    assert found == [(9200, 9150, 0)]


def test_the_till_takes_no_readings(town: Town) -> None:
    with pytest.raises(refusals.NotPermitted):
        BillingService(town.sign_in("rosa"), OFFICE).record_readings(PERIOD, [])
