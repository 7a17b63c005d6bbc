"""A day's vouchers through the services, down to the receipt and out to a file."""

from __future__ import annotations

import csv
import hashlib
import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tehuacan_comercial.assets import resource
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.lifecycles import VoucherState
from tehuacan_comercial.domain.vouchers import (
    IssueVoucherCommand,
    Verdict,
    VoucherDecision,
    VoucherDone,
    VoucherKind,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.voucher_export import load_layout, write_voucher
from tehuacan_comercial.services.vouchers import VouchersService
from tehuacan_comercial.ui.messages import message_for
from tests.support.books import close, open_charges, open_session, pay, pay_all_and_ahead
from tests.support.server import TestServer
from tests.support.town import Town, build_town
from tests.support.vouchers import today

LAYOUT = resource("export", "vouchers.toml").read_text(encoding="utf-8")


@dataclass
class Office:
    town: Town
    elena: VouchersService
    manager: VouchersService
    day: date

    def issue(self, kind: VoucherKind = VoucherKind.COLLECTION) -> VoucherDone:
        return self.elena.issue(IssueVoucherCommand(uuid.uuid4(), kind, self.day)).done

    def decide(self, voucher: int, verdict: Verdict, note: str = "") -> VoucherDone:
        return self.manager.decide(VoucherDecision(uuid.uuid4(), voucher, verdict, note)).done


@pytest.fixture
def office(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Office]:
    """One account paid all and ahead in cash, another one bill by card."""
    town = build_town(test_server, new_database())
    rosa = town.sign_in("rosa")
    session = open_session(rosa, "C1")
    one, two, _ = town.account_ids()
    pay_all_and_ahead(town, rosa, session, one)
    pay(rosa, session, two, open_charges(town, two)[:1], "card")
    close(rosa, session)
    elena = VouchersService(town.sign_in("elena"), Actor("elena", "Elena", "", "head_cashier"))
    manager = VouchersService(town.sign_in("gerente"), Actor("gerente", "G", "", "manager"))
    yield Office(town, elena, manager, date.fromisoformat(today(town)))
    town.close()


def test_a_day_from_empty_to_exported(office: Office, tmp_path: Path) -> None:
    before = office.elena.day(office.day)
    assert before.latest(VoucherKind.COLLECTION) is None
    assert not before.sheet.green
    done = office.issue()
    assert done.state is VoucherState.DRAFT
    now = office.manager.day(office.day)
    assert now.sheet.green
    assert [total.key for total in now.sheet.totals] == [
        "sessions", "receipts", "vouchers", "slips", "folios",
    ]  # fmt: skip
    with pytest.raises(r.InvalidTransition):
        office.elena.export(uuid.uuid4(), done.voucher_id, tmp_path / "x.csv")
    assert not (tmp_path / "x.csv").exists()
    office.decide(done.voucher_id, Verdict.VERIFY)
    kept = office.manager.day(office.day).latest(VoucherKind.COLLECTION)
    assert kept is not None
    assert (kept.state, kept.decided_by_name) == ("verified", "Gerente Núñez Peña")
    exported = office.elena.export(uuid.uuid4(), done.voucher_id, tmp_path / "x.csv").done
    assert exported.state is VoucherState.EXPORTED
    (recent, *_) = office.elena.recent_days()
    assert (recent.day, recent.sessions, recent.collection) == (office.day, 1, "exported")


def test_every_line_opens_its_receipts(office: Office) -> None:
    done = office.issue()
    for line in office.elena.day(office.day).lines[done.voucher_id]:
        rows = office.elena.sources(done.voucher_id, line.line)
        assert sum(row.amount for row in rows) == line.debit - line.credit, line
        if line.origin == "payment":
            assert {row.folio for row in rows} <= {"C1-000001", "C1-000002"}
    (session,) = office.elena.day(office.day).sheet.sessions
    receipts = office.elena.receipts(office.day, session.session_id)
    assert [row.folio for row in receipts] == ["C1-000001", "C1-000002"]
    assert sum(row.money for row in receipts) == session.collected


def test_returned_with_notes_and_issued_again(office: Office) -> None:
    first = office.issue()
    office.decide(first.voucher_id, Verdict.RETURN, "Revisar el faltante")
    second = office.issue()
    assert (second.version, second.folio) == (2, "PR-000002")
    assert [row.state for row in office.elena.day(office.day).vouchers] == ["draft", "returned"]


def test_a_spreadsheet_has_numbers_and_dates(office: Office, tmp_path: Path) -> None:
    done = office.issue()
    office.decide(done.voucher_id, Verdict.VERIFY)
    office.elena.export(uuid.uuid4(), done.voucher_id, tmp_path / "poliza.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "poliza.xlsx").worksheets[0]
    titles, *rows = sheet.iter_rows(values_only=True)
    assert titles[:2] == ("Póliza", "Fecha")
    assert all(isinstance(row[1], datetime) for row in rows)
    books = [row for row in rows if row[4] == "Contable"]
    for column in (8, 9):
        amounts = [row[column] for row in books if row[column] is not None]
        assert all(isinstance(amount, int | float) for amount in amounts)
        assert round(Decimal(str(sum(map(Decimal, map(str, amounts))))), 2) == done.debit


def test_nothing_in_a_csv_becomes_a_formula(office: Office, tmp_path: Path) -> None:
    done = office.issue()
    day = office.elena.day(office.day)
    row = replace(day.vouchers[0], folio="=1+1")
    lines = [
        replace(line, name=name, concept_name="@SUM(A1)")
        for line, name in zip(
            day.lines[done.voucher_id], ("+52", "-1", "=HYPERLINK()", "\tx"), strict=False
        )
    ]
    target = tmp_path / "p.csv"
    write_voucher(target, row, lines, load_layout(resource("export", "vouchers.toml")))
    for told in csv.reader(io.StringIO(target.read_bytes().decode("utf-8-sig"))):
        for cell in told:
            assert not cell.startswith(("=", "+", "-", "@", "\t")), cell
    write_voucher(tmp_path / "p.xlsx", row, lines, load_layout(resource("export", "vouchers.toml")))
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").worksheets[0]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_another_layout_writes_another_csv(office: Office, tmp_path: Path) -> None:
    done = office.issue()
    day = office.elena.day(office.day)
    told = (
        LAYOUT.replace('"comma"', '"semicolon"', 1)
        .replace('decimal = "point"', 'decimal = "comma"')
        .replace('dates = "dd/mm/yyyy"', 'dates = "yyyymmdd"')
        .replace('encoding = "utf-8"', 'encoding = "cp1252"')
        .replace("header = true", "header = false")
    )
    (tmp_path / "own.toml").write_text(told, encoding="utf-8")
    target = tmp_path / "p.csv"
    write_voucher(target, day.vouchers[0], day.lines[done.voucher_id],
                  load_layout(tmp_path / "own.toml"))  # fmt: skip
    first = target.read_bytes().decode("cp1252").splitlines()[0].split(";")
    assert first[:2] == ["PR-000001", f"{office.day:%Y%m%d}"]
    assert any("," in cell and cell.replace(",", "").isdigit() for cell in first)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('decimal = "point"', 'decimal = "comma"', "la coma no puede separar"),
        ('field = "debit"', 'field = "cargo"', "«field» no puede ser «cargo»"),
        ('field = "debit"', 'field = "credit"', "faltan las columnas de cargo"),
        ('title = "Cargo"', 'title = "Abono"', "el título Abono está repetido"),
        ("header = true", "", "falta «header»"),
        ('name = "general"', "name = ", "no se entiende"),
        ('name = "general"', 'name = "general"\nfoo = 1', "no se conoce «foo»"),
    ],
)
def test_a_wrong_layout_is_told(tmp_path: Path, before: str, after: str, problem: str) -> None:
    assert before in LAYOUT
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(LAYOUT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(r.InvalidRules) as refused:
        load_layout(wrong)
    assert any(problem in each for each in refused.value.problems), refused.value.problems


def test_a_map_from_before_an_account_is_told_by_its_key_and_can_be_mended(office: Office) -> None:
    with office.town.admin() as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            "UPDATE office_setting SET value = jsonb_set(value, '{ledgers}', (SELECT jsonb_agg(l)"
            " FROM jsonb_array_elements(value -> 'ledgers') l WHERE l ->> 'ledger' <> 'CARD'))"
            " WHERE key = 'accounting_map'"
        )
    with pytest.raises(r.ConceptUnmapped) as refused:
        office.issue()
    assert "(CARD)" in refused.value.names
    said = message_for(refused.value).what_to_do
    assert "[[ledger]]" in said
    assert "load-rules" in said
    mended = "SELECT value FROM office_setting WHERE key = 'accounting_map'"
    with office.town.admin() as admin:
        row = admin.execute(mended.encode()).fetchone()
        assert row is not None
        whole = dict(row[0])  # type: ignore[call-overload]
        whole["ledgers"] = [*whole["ledgers"], {"ledger": "CARD", "account": "1112-01"}]
        order = {
            "kind": "accounting_map", "code": "contabilidad", "version": "2", "title": "x",
            "legal_basis": "x", "published_in": "x", "valid_from": office.day.isoformat(),
            "valid_to": None, "demonstration": True, "source_text": "2",
            "sha256": hashlib.sha256(b"2").hexdigest(), "settings": {"accounting_map": whole},
        }  # fmt: skip
        office.town.sign_in("gerente").call("load_rules", order)
    assert office.issue().state is VoucherState.DRAFT
