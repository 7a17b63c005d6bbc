"""Rules files into the database: the shipped ones, again, replaced, and refused once used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.admin import rules as admin_rules
from tehuacan_comercial.data.queries import tariffs
from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.rules.parse import parse_files
from tehuacan_comercial.domain.rules.values import (
    CalendarRules,
    SurchargeRules,
    TariffRules,
    TaxRules,
)
from tehuacan_comercial.services.actor import OFFICE, Actor
from tehuacan_comercial.services.rules import RulesService
from tests.domain.rules.texts import SHIPPED, shipped_files
from tests.support.server import TestServer
from tests.support.tariffs import forget_rules
from tests.support.town import Town, build_town

MANAGER = Actor("gerente", "Gerente Núñez", "Gerencia", "manager")


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database(), accounts=0)
    with made.admin() as connection:
        forget_rules(connection)
    yield made
    made.close()


@pytest.fixture
def rules(town: Town) -> RulesService:
    return RulesService(town.sign_in("gerente"), MANAGER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in shipped_files().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def change(folder: Path, name: str, *pairs: tuple[str, str], to: str | None = None) -> Path:
    text = (folder / name).read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    path = folder / (to or name)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_rules_come_back_as_they_were_written(town: Town, rules: RulesService) -> None:
    told: list[int] = []
    loaded = rules.load_folder(SHIPPED, lambda done, _total, _title: told.append(done))
    assert all(each.loaded for each in loaded)
    assert told == list(range(1, len(shipped_files()) + 1))
    written = {
        (each.header.kind, each.header.version): each for each in parse_files(shipped_files())
    }
    by_type = {type(each): each for _, each in sorted(written.items())}
    with town.sign_in("auditora").read() as connection:
        tariff, taxes = by_type[TariffRules], by_type[TaxRules]
        assert isinstance(tariff, TariffRules)
        assert isinstance(taxes, TaxRules)
        assert tariffs.rates_on(connection, date(2026, 5, 1)) == tariff.rows
        assert tariffs.rates_on(connection, date(2025, 12, 31)) not in ((), tariff.rows)
        assert tariffs.taxes_on(connection, date(2026, 5, 1)) == taxes.rows
        surcharges = by_type[SurchargeRules]
        assert isinstance(surcharges, SurchargeRules)
        assert tariffs.surcharges_on(connection, date(2026, 5, 1)) == surcharges.rows
        uma = tariffs.uma_on(connection, date(2026, 1, 31))
        assert uma
        assert (uma.year, uma.daily) == (2025, Decimal("113.14"))
    calendar = rules.calendar(date(2026, 5, 1))
    own = by_type[CalendarRules]
    assert isinstance(own, CalendarRules)
    assert {row.day for row in own.rows} <= calendar.non_working
    assert date(2026, 11, 16) in calendar.non_working  # the federal one of the Revolution
    assert not calendar.is_business_day(date(2026, 11, 22))


def test_the_same_files_again_change_nothing(town: Town, folder: Path) -> None:
    office = RulesService(town.sign_in("sistemas"), OFFICE)
    office.load_folder(folder)
    assert not any(each.loaded for each in office.load_folder(folder))
    with town.sign_in("auditora").read() as connection:
        assert len(tariffs.versions(connection)) == len(shipped_files())


def test_a_later_version_ends_the_earlier_the_day_before(
    town: Town, rules: RulesService, folder: Path
) -> None:
    rules.load_folder(folder)
    later = change(
        folder, "tariff-2.toml", ("version = 2", "version = 3"),
        ("valid_from = 2026-01-01", "valid_from = 2027-01-01"), to="tariff-3.toml",
    )  # fmt: skip
    assert rules.load_file(later).loaded
    with town.sign_in("auditora").read() as connection:
        spans = [
            (row.version, row.valid_from, row.valid_to)
            for row in tariffs.versions(connection)
            if row.kind == "tariff"
        ]
    assert spans == [
        ("1", date(2020, 1, 1), date(2025, 12, 31)),
        ("2", date(2026, 1, 1), date(2026, 12, 31)),
        ("3", date(2027, 1, 1), None),
    ]


def test_an_unused_version_may_be_replaced_and_stays_on_record(
    town: Town, rules: RulesService, folder: Path
) -> None:
    rules.load_folder(folder)
    assert rules.load_file(change(folder, "tariff-2.toml", ("187.20", "188.20"))).loaded
    with town.sign_in("auditora").read() as connection:
        rates = tariffs.rates_on(connection, date(2026, 5, 1))
        replaced = [row for row in tariffs.versions(connection) if row.valid_from is None]
    assert Decimal("188.20") in {row.amount for row in rates}
    assert [(row.kind, row.version) for row in replaced] == [("tariff", "2")]


def test_a_used_version_can_only_end_after_its_last_use(
    town: Town, rules: RulesService, folder: Path
) -> None:
    rules.load_folder(folder)
    paty = town.sign_in("paty")
    paty.call("bill_route", {"period": "202609"}, deadline_seconds=60)
    changed = change(folder, "tariff-2.toml", ("187.20", "188.20"))
    with pytest.raises(refusals.RuleSetUsed) as told:
        rules.load_file(changed)
    assert told.value.rule_set == "TARIFA 2"
    pairs = [("version = 2", "version = 3"), ("valid_from = 2026-01-01", "valid_from = 2026-10-31")]
    late = change(folder, "tariff-2.toml", *pairs, to="tariff-3.toml")
    with pytest.raises(refusals.RuleSetUsed):
        rules.load_file(late)
    assert rules.load_file(change(folder, "tariff-3.toml", ("2026-10-31", "2026-11-01"))).loaded


def test_a_wrong_file_loads_nothing_of_the_folder(
    town: Town, rules: RulesService, folder: Path
) -> None:
    change(folder, "taxes.toml", ('concept = "AGUA"', 'concept = "GAS"'))
    with pytest.raises(refusals.InvalidRules) as told:
        rules.load_folder(folder)
    assert any("taxes.toml, línea" in problem for problem in told.value.problems)
    with town.sign_in("auditora").read() as connection:
        assert tariffs.versions(connection) == []


def test_a_concept_keeps_its_kind(rules: RulesService, folder: Path) -> None:
    rules.load_folder(folder)
    text = (folder / "concepts.toml").read_text(encoding="utf-8")
    before = 'name = "Ajuste por redondeo"\nkind = "other"'
    after = before.replace('"other"', '"credit"')
    changed = change(folder, "concepts.toml", (before, after)) if before in text else None
    assert changed is not None
    with pytest.raises(refusals.InvalidCommand):
        rules.load_file(changed)


def test_the_load_is_recorded_with_who_did_it(town: Town, rules: RulesService) -> None:
    rules.load_folder(SHIPPED)
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT DISTINCT actor FROM audit_entry WHERE table_name = 'rule_set'"
            " AND action = 'ACT'"
        ).fetchall()
    assert rows == [("gerente",)]


def test_others_may_not_load(town: Town, folder: Path) -> None:
    cashier = Actor("rosa", "Rosa", "Caja", "cashier")
    with pytest.raises(refusals.NotPermitted):
        RulesService(town.sign_in("rosa"), cashier).load_folder(folder)
    with pytest.raises(refusals.NotPermitted):  # PostgreSQL says the same
        RulesService(town.sign_in("rosa"), OFFICE).load_folder(folder)


def test_what_an_older_file_does_not_name_is_told(rules: RulesService, folder: Path) -> None:
    """An office that loaded map and limits before the program knew of condoned shortages."""
    bank = ("BANK_BNTE", "Banco BNTE")  # an account of this town that no file can know
    assert [each.missing for each in rules.load_folder(SHIPPED) if each.missing] == [(bank,)]
    ledger = '[[ledger]]\nledger = "SHORTAGE_WAIVED"\naccount = "5599-01"\n'
    older = change(folder, "accounting.toml", (ledger, ""), ("version = 1", "version = 2"))
    loaded = rules.load_file(older)
    assert loaded.missing == (bank, ("SHORTAGE_WAIVED", "Faltantes condonados"))
    assert rules.load_file(older).missing == loaded.missing, "also when it was loaded already"
    lines = admin_rules.told(loaded)
    assert 'ledger = "SHORTAGE_WAIVED"' in lines[2]
    assert "suba version" in lines[2]
    limits = re.sub(
        r'\[\[limit\]\]\nkind = "waive_shortage".*?\n\n', "",
        (folder / "authority.toml").read_text(encoding="utf-8"), flags=re.DOTALL,
    )  # fmt: skip
    (folder / "authority.toml").write_text(
        limits.replace("version = 1", "version = 2"), encoding="utf-8"
    )
    allowed = rules.load_file(folder / "authority.toml")
    assert [code for code, _name in allowed.missing] == ["waive_shortage"]
    assert 'kind = "waive_shortage"' in admin_rules.told(allowed)[1]
