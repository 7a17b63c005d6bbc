"""Void receipts on real PostgreSQL: what reopens, what the drawer gives back, what is refused."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries.custody import closing_blockers
from tehuacan_comercial.data.verify import INVARIANTS
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.voids import Flag
from tehuacan_comercial.services.actor import OFFICE, Actor
from tehuacan_comercial.services.authorisations import AuthorisationsService
from tehuacan_comercial.services.receipts import ReceiptsService
from tehuacan_comercial.services.verify import VerifyService
from tests.documents.reading import text_of
from tests.support.books import close, open_charges, open_session, order_of, pay
from tests.support.server import TestServer
from tests.support.town import Town, build_town
from tests.support.voids import decision, request_void, void, void_request


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database())
    yield made
    assert violations(made) == []
    made.close()


@pytest.fixture
def rosa(town: Town) -> Database:
    return town.sign_in("rosa")


@pytest.fixture
def manager(town: Town) -> Database:
    return town.sign_in("gerente")


def violations(town: Town) -> list[Any]:
    database = Database(town.server.superuser_url(town.database))
    found = VerifyService(database, OFFICE).run()
    database.close()
    assert len(INVARIANTS) > 40
    return list(found)


def one(town: Town, sql: str) -> Any:
    with town.admin() as admin:
        row = admin.execute(sql.encode()).fetchone()
    return row[0] if row and len(row) == 1 else row


def expected(town: Town, session: int) -> dict[str, Decimal]:
    with town.admin() as admin:
        rows = admin.execute("SELECT * FROM session_expected(%s)", (session,)).fetchall()
    return {str(tender): Decimal(str(pesos)) for tender, pesos in rows}


def test_a_void_reopens_the_debt_and_the_drawer_gives_it_back(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    owed = open_charges(town, account)
    paid = pay(rosa, session, account, owed, "cash")
    chain = one(town, "SELECT chain_head FROM folio_series WHERE code = 'C1'")
    assert open_charges(town, account) == []
    answer = void(rosa, manager, paid["receipt_id"])
    assert answer["outcome"]["kind"] == "void"
    assert open_charges(town, account) == owed
    assert expected(town, session)["cash"] == Decimal("500.00")
    assert one(town, "SELECT chain_head FROM folio_series WHERE code = 'C1'") == chain
    assert one(town, "SELECT count(*) FROM allocation WHERE amount < 0") == len(owed)
    assert one(
        town,
        "SELECT sum(l.amount) FROM journal_line l JOIN journal j ON j.id = l.journal_id"
        " WHERE j.kind IN ('payment', 'void') AND l.ledger_account IN ('CASH', 'RECEIVABLE')",
    ) == Decimal("0.00")
    with pytest.raises(r.ReceiptVoided):
        rosa.call("request_authorisation", void_request(paid["receipt_id"]))
    pay(rosa, session, account, open_charges(town, account), "cash")  # and may be paid again


def test_each_form_goes_back_as_it_came_and_rounding_with_it(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    charge, pesos = open_charges(town, account)[0]
    order = order_of(session, account, [(charge, pesos)], "cash")
    order["rounding"] = "0.10"
    order["tenders"] = [
        {"kind": "card", "received": "300.00", "reference": "AUT-9"},
        {"kind": "cash", "received": "50.00", "change": "31.50"},
    ]
    paid = rosa.call("post_payment", order)
    assert expected(town, session)["card"] == Decimal("300.00")
    void(rosa, manager, paid["receipt_id"])
    assert expected(town, session) == {
        "cash": Decimal("500.00"), "card": Decimal(0), "transfer": Decimal(0),
        "cheque": Decimal(0),
    }  # fmt: skip
    assert one(town, "SELECT sum(amount) FROM journal_line WHERE ledger_account = 'ROUNDING'") == 0


def test_credit_goes_back_and_an_advance_is_taken_back(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    order = order_of(session, account, [], "cash") | {"advance": "100.00"}
    order["tenders"] = [{"kind": "cash", "received": "100.00"}]
    ahead = rosa.call("post_payment", order)
    charge = open_charges(town, account)[0][0]
    spent = pay(rosa, session, account, [(charge, Decimal("60.00"))], "credit")
    with pytest.raises(r.AdvanceUsed) as refused:
        rosa.call("request_authorisation", void_request(ahead["receipt_id"]))
    assert (refused.value.available, refused.value.needed) == (Decimal(40), Decimal(100))
    void(rosa, manager, spent["receipt_id"])
    assert one(town, "SELECT sum(amount) FROM credit_movement") == Decimal(100)
    void(rosa, manager, ahead["receipt_id"])
    assert one(town, "SELECT sum(amount) FROM credit_movement") == Decimal(0)
    assert expected(town, session)["cash"] == Decimal("500.00")


def test_an_advance_used_after_the_request_stops_the_approval(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    order = order_of(session, account, [], "cash") | {"advance": "100.00"}
    order["tenders"] = [{"kind": "cash", "received": "100.00"}]
    asked = request_void(rosa, rosa.call("post_payment", order)["receipt_id"])
    charge = open_charges(town, account)[0][0]
    pay(rosa, session, account, [(charge, Decimal("60.00"))], "credit")
    with pytest.raises(r.AdvanceUsed):
        manager.call("decide_authorisation", decision(asked))
    assert one(town, "SELECT state FROM authorisation") == "requested"


def test_after_the_close_it_is_a_reversal_of_today_and_the_corte_stays(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    owed = open_charges(town, account)
    paid = pay(rosa, session, account, owed[:1], "cash")
    close(rosa, session)
    closing = one(town, "SELECT content FROM cash_closing")
    answer = void(rosa, manager, paid["receipt_id"])
    assert answer["outcome"]["kind"] == "reversal"
    assert open_charges(town, account) == owed
    assert one(town, "SELECT content FROM cash_closing") == closing
    assert one(town, "SELECT way FROM receipt_refund") == "payable"
    assert one(
        town, "SELECT sum(amount) FROM journal_line WHERE ledger_account = 'REFUND_PAYABLE'"
    ) == Decimal("-318.40")


def test_a_reversal_may_come_out_of_todays_drawer(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")
    close(rosa, session)
    drawer = {"options": {"paper": "in_hand", "refund": "drawer"}}
    with pytest.raises(r.FactsChanged):
        rosa.call("request_authorisation", void_request(paid["receipt_id"], **drawer))
    again = open_session(rosa, "C2")
    void(rosa, manager, paid["receipt_id"], **drawer)
    assert expected(town, again)["cash"] == Decimal("181.60")
    close(rosa, again)
    content = one(town, "SELECT content FROM cash_closing ORDER BY id DESC LIMIT 1")
    assert [(row["kind"], row["amount"]) for row in content["voided"]] == [("reversal", 318.40)]


def test_a_drawer_never_gives_back_more_than_it_holds(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account), "cash")
    close(rosa, session)
    open_session(rosa, "C2")
    with pytest.raises(r.DrawerShort):
        void(rosa, manager, paid["receipt_id"], options={"paper": "in_hand", "refund": "drawer"})


def test_an_approval_after_the_close_is_refused_and_can_be_asked_again(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")
    asked = request_void(rosa, paid["receipt_id"])
    with rosa.read() as connection:
        blockers = closing_blockers(connection, session)
    assert ("void_pending", "C1-000001", False) in [
        (row.code, row.subject, row.blocking) for row in blockers
    ]
    rosa.call("begin_count", {"session_id": session})
    with pytest.raises(r.SessionNotOpen):
        manager.call("decide_authorisation", decision(asked))
    close(rosa, session)
    with pytest.raises(r.FactsChanged) as refused:
        manager.call("decide_authorisation", decision(asked))
    assert refused.value.problem == "session"
    rosa.call("withdraw_authorisation", {"authorisation_id": asked})
    assert void(rosa, manager, paid["receipt_id"])["outcome"]["kind"] == "reversal"


def test_the_paper_must_be_at_hand(town: Town, rosa: Database) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")
    for options in ({}, {"paper": "en casa"}):
        with pytest.raises(r.InvalidCommand):
            rosa.call("request_authorisation", void_request(paid["receipt_id"], options=options))


def test_a_cashier_does_not_ask_out_of_anothers_drawer(town: Town, rosa: Database) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")
    with pytest.raises(r.NotYourSession):
        town.sign_in("lupe").call("request_authorisation", void_request(paid["receipt_id"]))
    with pytest.raises(r.NotPermitted):
        town.sign_in("beto").call("request_authorisation", void_request(paid["receipt_id"]))


def test_surcharges_run_again_from_their_own_dates(
    town: Town, rosa: Database, manager: Database
) -> None:
    """A debt that was paid and reversed owes what a twin owes that never paid."""
    paid_one, twin, _ = town.account_ids()
    town.end_grace()
    session = open_session(rosa, "C1")
    for account in (paid_one, twin):
        rosa.call("accrue_surcharges", {"account_id": account})
    paid = pay(rosa, session, paid_one, open_charges(town, paid_one), "cash")
    void(rosa, manager, paid["receipt_id"])
    with town.admin() as admin:
        admin.execute(TWO_MONTHS_LATER)
    for account in (paid_one, twin):
        rosa.call("accrue_surcharges", {"account_id": account})
    owed = [[pesos for _, pesos in open_charges(town, key)] for key in (paid_one, twin)]
    assert owed[0] == owed[1]
    assert len(owed[0]) > 6  # four charges, a surcharge at least of today, two of later


TWO_MONTHS_LATER = """
CREATE OR REPLACE FUNCTION commercial.office_today() RETURNS date LANGUAGE sql STABLE
AS $$ SELECT (now() AT TIME ZONE 'America/Mexico_City')::date + 62 $$
"""


def test_a_successor_is_linked_both_ways_and_only_to_a_void_receipt(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, (wrong, right, _) = open_session(rosa, "C1"), town.account_ids()
    paid = pay(rosa, session, wrong, open_charges(town, wrong)[:1], "cash")

    def again() -> dict[str, Any]:
        order = order_of(session, right, open_charges(town, right)[:1], "cash")
        return rosa.call("post_payment", order | {"replaces": paid["receipt_id"]})

    with pytest.raises(r.NotReplaceable):
        again()
    void(rosa, manager, paid["receipt_id"])
    made = again()
    with pytest.raises(r.NotReplaceable):
        again()
    assert one(town, "SELECT content ->> 'replaces' FROM receipt ORDER BY id DESC LIMIT 1") == (
        "C1-000001"
    )
    assert one(town, "SELECT replaced_id, receipt_id FROM receipt_replacement") == (
        paid["receipt_id"], made["receipt_id"],
    )  # fmt: skip


def test_a_void_is_seen_in_the_corte_of_its_session(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")
    void(rosa, manager, paid["receipt_id"])
    order = {
        "command_id": str(uuid.uuid4()), "session_id": session, "denominations": {"100": 5},
        "declared": {},
    }  # fmt: skip
    closed = rosa.call("close_session", order)
    assert [Decimal(str(line["difference"])) for line in closed["tenders"]] == [Decimal(0)] * 4
    assert closed["voided"][0]["folio"] == "C1-000001"
    assert closed["voided"][0]["reason"] == "Error de captura"


def test_every_sheet_after_the_void_is_marked_whatever_the_printer_did(
    town: Town, rosa: Database, manager: Database, tmp_path: Path
) -> None:
    """The original was drawn and never came out; the copy of before the void stays as it was."""
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")
    paper = ReceiptsService(rosa, Actor("rosa", "Rosa", "", "cashier"), tmp_path)
    receipt = paid["receipt_id"]
    original = paper.original(receipt, "half-letter")
    before = paper.reprint(receipt, "half-letter", "Se mojó")
    assert [sheet.sheet.document_id for sheet in paper.waiting()] == [
        original.document_id, before.document_id,
    ]  # fmt: skip
    void(rosa, manager, receipt)
    assert paper.waiting() == ()
    for again in (
        paper.original(receipt, "half-letter"),
        paper.again(original.document_id),
        paper.reprint(receipt, "80mm", "Para el expediente"),
    ):
        assert again.copy_number > 1
        text = text_of(again.pdf)
        assert "CANCELADO" in text
        assert "Sustituido" not in text
    assert "CANCELADO" not in text_of(before.pdf)
    order = order_of(session, account, open_charges(town, account)[:1], "cash")
    made = rosa.call("post_payment", order | {"replaces": receipt})
    last = text_of(paper.reprint(receipt, "80mm", "Otra").pdf)
    assert f"Sustituido por folio {made['folio']}" in last
    assert "Sustituye a folio C1-000001" in text_of(paper.original(made["receipt_id"], "80mm").pdf)
    checked = paper.check("C1-000001")
    assert checked.void is not None
    assert checked.void.replaced_by == made["folio"]
    # Every sealed sheet, of before and after, is drawn again as it was.
    auditor = ReceiptsService(
        town.sign_in("auditora"), Actor("auditora", "", "", "auditor"), tmp_path
    )
    with town.admin() as admin:
        rows = admin.execute(
            "SELECT subject_id, format, copy_number, sha256 FROM issued_document ORDER BY id"
        ).fetchall()
    assert len(rows) == 7
    for subject, form, copy, sealed in rows:
        drawn = auditor.fingerprint("receipt", int(str(subject)), str(form), int(str(copy)))
        assert drawn == sealed


def test_the_radar_sees_repetition_and_what_was_charged_lower(
    town: Town, rosa: Database, manager: Database
) -> None:
    session, account = open_session(rosa, "C1"), town.account_ids()[0]
    for _ in range(3):
        paid = pay(rosa, session, account, open_charges(town, account)[:1], "cash")
        void(rosa, manager, paid["receipt_id"])
    charge = open_charges(town, account)[0][0]
    order = order_of(session, account, [(charge, Decimal("100.00"))], "cash")
    made = rosa.call("post_payment", order | {"replaces": paid["receipt_id"]})
    service = AuthorisationsService(manager, Actor("gerente", "", "", "manager"))
    rows = service.radar()
    assert [row.folio for row in rows] == ["C1-000003", "C1-000002", "C1-000001"]
    assert [row.same_reason for row in rows] == [3, 3, 3]
    assert (rows[0].reissued_folio, rows[0].reissued) == (made["folio"], Decimal("100.00"))
    assert set(rows[0].flags) == {Flag.SAME_REASON, Flag.SAME_HOUR, Flag.LOWER}
    assert rows[2].reissued_folio == "C1-000002"  # without a link, the next of the account
    with pytest.raises(r.NotPermitted):
        AuthorisationsService(rosa, Actor("rosa", "", "", "cashier")).radar()
