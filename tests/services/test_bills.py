"""Bills as paper: what was billed is what the sheet says, one or a route of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.data.queries import bills as queries
from tehuacan_comercial.domain import refusals
from tehuacan_comercial.services.actor import OFFICE, Actor
from tehuacan_comercial.services.bills import BillsService
from tehuacan_comercial.services.paper.bill import bill_sheet
from tehuacan_comercial.services.rules import RulesService
from tests.documents.reading import codes_of, pages_of, text_of
from tests.domain.rules.texts import SHIPPED
from tests.support.server import TestServer
from tests.support.tariffs import forget_rules
from tests.support.town import Town, build_town

BETO = Actor("beto", "Beto", "Ventanilla", "counter")


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(test_server, new_database(), accounts=3)
    with made.admin() as connection:
        forget_rules(connection)
        connection.execute(
            "INSERT INTO meter_reading (account_id, period_code, read_on, previous_value, value,"
            " consumption, kind) SELECT id, '202609', '2026-10-30', 100, 125, 25, 'actual'"
            " FROM account WHERE id < 3"
        )
    RulesService(made.sign_in("gerente"), OFFICE).load_folder(SHIPPED)
    made.sign_in("paty").call("bill_route", {"period": "202609"}, deadline_seconds=60)
    yield made
    made.close()


def bill_ids(town: Town) -> list[int]:
    with town.sign_in("beto").read() as connection:
        return queries.bills_of_route(connection, "202609", "R01")


def test_the_sheet_says_what_was_billed(town: Town) -> None:
    first, _, third = bill_ids(town)
    with town.sign_in("beto").read() as connection:
        record = queries.bill_record(connection, first)
        estimated = queries.bill_record(connection, third)
    assert record
    assert estimated
    sheet = bill_sheet(record, {}, None)
    # 20 m³ at 6.4480 and 5 at 8.7880; 12 % and 7.5 % of it, taxed at 16 %
    assert [(line.concept, line.amount, line.tax, line.basis) for line in sheet.lines] == [
        ("Agua potable", Decimal("172.90"), Decimal("0.00"), "25 m³"),
        ("Drenaje y alcantarillado", Decimal("20.75"), Decimal("3.32"), "12 % de Agua potable"),
        ("Saneamiento", Decimal("12.97"), Decimal("2.08"), "7.5 % de Agua potable"),
    ]
    assert sheet.previous_debt == Decimal("756.94")
    assert sheet.total == Decimal("756.94") + Decimal("212.02")
    assert sheet.reading
    assert (sheet.reading.previous, sheet.reading.current) == (Decimal(100), Decimal(125))
    assert sheet.volume == Decimal(25)
    assert sheet.demonstration
    other = bill_sheet(estimated, {}, None)
    assert other.reading is None
    assert other.lines[0].basis == "mínimo del periodo"
    assert "estimado" in other.notices[-1]


def test_a_route_is_one_file_with_progress(town: Town, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    bills = BillsService(town.sign_in("beto"), BETO)
    path = tmp_path / "recibos" / "R01.pdf"
    made = bills.route("202609", "R01", path, lambda *step: told.append(step))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert made.bills == 3
    assert [each.name for each in path.parent.iterdir()] == ["R01.pdf"]
    pages = pages_of(path.read_bytes())
    assert [f"10-0000{n}-0" in page for n, page in enumerate(pages, 1)] == [True] * 3
    assert all("DEMOSTRACIÓN" in page for page in pages)
    with pytest.raises(refusals.UnknownDocument):
        bills.route("202609", "R99", tmp_path / "nada.pdf")


def test_a_bill_at_the_desk_is_registered_and_a_copy_needs_a_reason(town: Town) -> None:
    bills = BillsService(town.sign_in("beto"), BETO)
    key = bill_ids(town)[0]
    original = bills.one(key)
    assert original.copy_number == 0
    assert original.pdf == bills.preview(key)
    assert {text for _, text in codes_of(original.pdf)} == {"10-00001-0+202609"}
    with pytest.raises(refusals.ReasonRequired):
        bills.one(key)
    copy = bills.one(key, "La perdió")
    assert "REIMPRESIÓN 1" in text_of(copy.pdf)
    with pytest.raises(refusals.UnknownDocument):
        bills.one(999)
