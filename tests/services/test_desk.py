"""A cashier's day through the services, on real PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.allocation import allocate_selected
from tehuacan_comercial.domain.cash import (
    ChargeCommand,
    CloseSessionCommand,
    HoldCommand,
    OpenSessionCommand,
    charge_command,
    new_command_id,
)
from tehuacan_comercial.domain.open_items import open_lines, total_outstanding
from tehuacan_comercial.domain.tendering import Tender, TenderKind, settle
from tehuacan_comercial.services.cash import Debt
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tests.support.server import TestServer
from tests.support.town import PASSWORD, Town, add_charge, build_town


@pytest.fixture
def town(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(test_server, new_database())
    yield made
    made.close()


@pytest.fixture
def desk(town: Town, tmp_path: Path) -> Iterator[Desk]:
    made = sit_down(town, "rosa", tmp_path)
    yield made
    made.close()


def sit_down(town: Town, username: str, home: Path, password: str = PASSWORD) -> Desk:
    def login(user: str, secret: str) -> str:
        return town.server.login_url(town.database, user, secret)

    return Desk(sign_in(login, username, password, "E1", FailedTries(home / "tries.json")), home)


def command(debt: Debt, session_id: int) -> ChargeCommand:
    parts = allocate_selected(debt.items, [item.charge_id for item in debt.items]).parts
    total = total_outstanding(debt.items)
    settlement = settle(total, [Tender(TenderKind.CASH, Decimal(1000))], Decimal("0.50"))
    return charge_command(new_command_id(), session_id, debt.account_id, parts, settlement)


def test_a_day_from_float_to_closing_report(desk: Desk, town: Town) -> None:
    session = desk.cash.open_session(OpenSessionCommand(new_command_id(), "C1", {Decimal(100): 5}))
    hit = desk.accounts.search("nunez 1 maria")[0]
    debt = desk.cash.debt(hit.account_id)
    assert desk.cash.debt(hit.account_id) == debt  # surcharges are accrued once
    result = desk.cash.charge(command(debt, session.session_id))
    assert result.charged.balance_after == 0
    printed = desk.receipts.original(result.charged.receipt_id, "80mm")
    assert printed.path.read_bytes() == printed.pdf
    assert printed.pdf.startswith(b"%PDF")
    assert desk.receipts.original(result.charged.receipt_id, "80mm").pdf == printed.pdf
    desk.receipts.report_print(printed.document_id, "térmica", "printed")
    with pytest.raises(refusals.ReasonRequired):
        desk.receipts.original(result.charged.receipt_id, "80mm")
    copy = desk.receipts.reprint(result.charged.receipt_id, "80mm", "Se perdió")
    assert copy.copy_number == 1
    assert copy.pdf != printed.pdf
    with town.admin() as connection:
        sealed = connection.execute(
            "SELECT sha256 FROM issued_document ORDER BY copy_number"
        ).fetchall()
    assert [row[0] for row in sealed] == [
        hashlib.sha256(pdf).hexdigest() for pdf in (printed.pdf, copy.pdf)
    ]
    assert desk.accounts.search(result.charged.folio)[0].account_id == hit.account_id
    assert desk.receipts.check(result.charged.folio).genuine
    file = desk.accounts.file(hit.account_id)
    assert file.statement[-1].balance == 0
    assert desk.receipts.statement(hit.account_id).pdf.startswith(b"%PDF")

    assert desk.cash.begin_count(session.session_id) == 0
    closed = desk.cash.close_session(
        CloseSessionCommand(
            new_command_id(), session.session_id, {Decimal(100): 5}, {TenderKind.CARD: Decimal(0)}
        )
    )
    assert closed.difference == -result.charged.applied
    assert desk.receipts.closing(closed.closing_id).pdf.startswith(b"%PDF")
    assert desk.cash.session() is None


def test_what_a_payment_paid_is_told_from_the_oldest_period_on(desk: Desk, town: Town) -> None:
    with town.admin() as connection:
        connection.execute(
            "INSERT INTO billing_period (code, name, starts_on, ends_on, days, issued_on, due_on,"
            " months) VALUES ('202605', 'may–jun 2026', '2026-05-01', '2026-06-30',"
            " '[2026-05-01,2026-07-01)', '2026-06-30', '2026-07-15', 2)"
        )
        account = town.account_ids()[0]
        add_charge(connection, account, "AGUA", "202605", "2026-07-15", Decimal(50), Decimal(0))
    session = desk.cash.open_session(OpenSessionCommand(new_command_id(), "C1", {Decimal(100): 5}))
    desk.cash.charge(command(desk.cash.debt(account), session.session_id))
    (paid,) = desk.accounts.file(account).payments
    assert paid.periods == "may–jun 2026, jul–ago 2026, sep–oct 2026"


def test_a_held_sale_has_as_many_lines_as_the_table_shows(desk: Desk, town: Town) -> None:
    town.end_grace()
    session = desk.cash.open_session(OpenSessionCommand(new_command_id(), "C1", {Decimal(100): 5}))
    account = town.account_ids()[0]
    earlier = {"through": "2026-10-01", "account_id": account}
    town.sign_in("paty").call("accrue_surcharges", earlier)
    items = desk.cash.debt(account).items
    charges = tuple(item.charge_id for item in items)
    assert len(open_lines(items)) < len(charges)  # several surcharges of one charge
    desk.cash.hold(HoldCommand(new_command_id(), session.session_id, account, charges, "Espera"))
    (held,) = desk.cash.held_sales(session.session_id)
    assert held.lines == len(open_lines(items))


def test_a_failed_sign_in_is_reported_by_the_next_accepted_one(town: Town, tmp_path: Path) -> None:
    with pytest.raises(refusals.WrongCredentials):
        sit_down(town, "rosa", tmp_path, "equivocada")
    sit_down(town, "lupe", tmp_path).close()
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT username, outcome, reported_by FROM sign_in ORDER BY id"
        ).fetchall()
    assert rows == [("rosa", "failed", "lupe"), ("lupe", "accepted", "lupe")]


def test_a_counter_clerk_may_not_charge(town: Town, tmp_path: Path) -> None:
    desk = sit_down(town, "beto", tmp_path)
    try:
        with pytest.raises(refusals.NotPermitted):
            desk.cash.session()
    finally:
        desk.close()


def test_news_tells_what_another_station_did(desk: Desk, town: Town, tmp_path: Path) -> None:
    other = sit_down(town, "lupe", tmp_path / "otra")
    mark = desk.news(0).mark
    session = other.cash.open_session(OpenSessionCommand(new_command_id(), "C2"))
    news = desk.news(mark)
    other.close()
    assert news.changes.sessions == {session.session_id}
