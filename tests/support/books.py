"""A small town with a day of work in its books: bills, surcharges, payments, closings, paper."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.documents.base import LAYOUT
from tests.support.asking import allow
from tests.support.bank_files import receive_some
from tests.support.deposits import deposit
from tests.support.queue import queue_morning
from tests.support.server import TestServer
from tests.support.town import Town, build_town
from tests.support.voids import decision, delegate, request_void, void
from tests.support.vouchers import issue_some

# A surcharge on the oldest charge and a billing run of two concepts, as the posting functions
# write them: the journal and its lines first, in one statement each.
POSTED = """
WITH late AS (SELECT * FROM charge ORDER BY id LIMIT 1),
     j AS (INSERT INTO journal (kind, business_date, memo)
           VALUES ('surcharge', '2026-10-16', 'Recargos') RETURNING id),
     l AS (INSERT INTO journal_line (journal_id, line, ledger_account, amount)
           SELECT j.id, v.line, v.code, v.amount FROM j, (VALUES
               (1, 'RECEIVABLE', 4.78), (2, 'REVENUE_REC', -4.78)) AS v (line, code, amount))
INSERT INTO charge (account_id, period_code, concept, source, issued_on, amount, tax_rate, tax,
                    parent_charge_id, accrued_months, accrued_through, rule_set_id, journal_id)
SELECT late.account_id, late.period_code, 'REC', 'surcharge', '2026-10-16', 4.78, 0, 0, late.id, 1,
       '2026-10-16', (SELECT id FROM rule_set WHERE kind = 'surcharges'), j.id FROM late, j;

WITH r AS (INSERT INTO billing_run (period_code, route_code, tariff_id, taxes_id, accounts,
               estimated, consumption, amount, tax, by_concept)
           SELECT '202609', 'R01', s.id, s.id, 3, 1, 60, 450.00, 24.00,
                  '{"AGUA": {"bills": 3, "amount": 300.00, "tax": 0.00},
                    "ALC": {"bills": 3, "amount": 150.00, "tax": 24.00}}'
           FROM rule_set s WHERE s.kind = 'office' RETURNING id),
     j AS (INSERT INTO journal (kind, business_date, memo)
           VALUES ('billing', '2026-10-31', 'Facturación') RETURNING id),
     l AS (INSERT INTO journal_line (journal_id, line, ledger_account, amount)
           SELECT j.id, v.line, v.code, v.amount FROM j, (VALUES
               (1, 'RECEIVABLE', 474.00), (2, 'REVENUE_AGUA', -300.00),
               (3, 'REVENUE_ALC', -150.00), (4, 'VAT', -24.00)) AS v (line, code, amount)),
     b AS (INSERT INTO bill (account_id, period_code, run_id, issued_on, due_on, use_class, zone,
               modality, consumption, estimated, previous_balance, credit_balance, amount, tax)
           SELECT a.id, '202609', r.id, '2026-10-31', '2026-11-30', 'DOM', 'MED', 'metered', 20,
                  a.id = (SELECT min(id) FROM account), 0, 0, 150.00, 8.00
           FROM account a, r RETURNING id, account_id)
INSERT INTO charge (account_id, bill_id, period_code, concept, source, issued_on, due_on, amount,
                    tax_rate, tax, journal_id)
SELECT b.account_id, b.id, '202609', v.concept, 'billing', '2026-10-31', '2026-11-30', v.amount,
       v.rate, v.tax, j.id
FROM b, j, (VALUES ('AGUA', 100.00, 0.00, 0.00), ('ALC', 50.00, 0.16, 8.00))
    AS v (concept, amount, rate, tax);
"""


@dataclass(frozen=True)
class Books:
    """The town, and what the tests want to name of it."""

    town: Town
    first_session: int
    open_session: int


def build_books(server: TestServer, database: str) -> Books:
    """Rosa works at C1, closes $2.00 short and opens again; Lupe still charges at C2.

    Elena received $100.00 of Rosa, counted by surprise and verified one peso less than was
    declared; her own session at C4 was taken over and closed by the manager. Both went to the bank.
    """
    town = build_town(server, database, tills=4)
    with town.admin() as connection:
        connection.execute(POSTED)
    rosa, lupe = town.sign_in("rosa"), town.sign_in("lupe")
    first = open_session(rosa, "C1")
    one, two, three = town.account_ids()
    pay_all_and_ahead(town, rosa, first, one)
    pay(rosa, first, two, open_charges(town, two)[:1], "card")
    pay(rosa, first, one, [(open_charges(town, one)[0][0], Decimal("30.00"))], "credit")
    watch(town, rosa, first)
    close(rosa, first)
    verify(town, first)
    taken = take_over(town)
    batch = deposit(town, town.sign_in("elena"), first, taken)
    receive_some(town, town.sign_in("gerente"), batch)
    issue_some(town)
    second = open_session(lupe, "C2")
    pay(lupe, second, three, open_charges(town, three)[:2], "cash")
    return_cheque(town, two)
    rosa.call(
        "discard_payment",
        {"command": {"command_id": str(uuid.uuid4()), "account_id": two}, "reason": "Se fue"},
    )
    spare = open_session(town.sign_in("elena"), "C3")
    again = open_session(rosa, "C1")
    issue_sheets(rosa, town)
    hand_over(rosa, lupe, again)
    void_and_replace(town, rosa, lupe, three)
    move_payment(town, lupe, second, two, one)
    reopen(town, spare)
    queue_morning(town)
    settle_rest(town, lupe, first, second)
    return Books(town, first, again)


def void_and_replace(town: Town, rosa: Database, lupe: Database, account: int) -> None:
    """Rosa's closed card payment is reversed by the manager; Lupe's last receipt is voided by the
    head cashier for the director, and charged again as its successor."""
    manager, director, head = (town.sign_in(name) for name in ("gerente", "directora", "elena"))
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT r.id, r.session_id, r.account_id, office_today()::text FROM receipt r"
            " JOIN payment_tender t ON t.payment_id = r.payment_id"
            " WHERE t.kind = 'card' OR r.account_id = %s ORDER BY r.id",
            (account,),
        ).fetchall()
    card, cash = int(str(rows[0][0])), int(str(rows[-1][0]))
    void(rosa, manager, card)
    delegate(director, "directora", "elena", str(rows[0][3]))
    asked = request_void(lupe, cash)
    head.call("decide_authorisation", decision(asked, on_behalf_of="directora"))
    again = order_of(int(str(rows[-1][1])), account, open_charges(town, account)[:2], "cash")
    lupe.call("post_payment", again | {"replaces": cash})


def return_cheque(town: Town, account: int) -> None:
    """A cheque of $50.00 that Elena took comes back from the bank."""
    elena = town.sign_in("elena")
    session = open_session(elena, "C4")
    charge = open_charges(town, account)[0][0]
    paid = pay(elena, session, account, [(charge, Decimal("50.00"))], "cheque")
    order = {"command_id": str(uuid.uuid4()), "session_id": session, "denominations": {"100": 5}}
    elena.call("close_session", order | {"declared": {"cheque": "50.00"}})
    with town.admin() as connection:
        day = connection.execute("SELECT office_today()::text").fetchone()
    assert day is not None
    given_back = {
        "command_id": str(uuid.uuid4()), "receipt_id": paid["receipt_id"], "line": 1,
        "returned_on": day[0], "reason_code": "FONDOS",
    }  # fmt: skip
    elena.call("record_cheque_return", given_back)


def move_payment(town: Town, lupe: Database, session: int, account: int, target: int) -> None:
    """$10.00 that Lupe charged on an account were meant for another."""
    charge = open_charges(town, account)[0][0]
    paid = pay(lupe, session, account, [(charge, Decimal("10.00"))], "cash")
    wish = {
        "command_id": str(uuid.uuid4()), "kind": "transfer_payment",
        "subject_id": paid["receipt_id"], "reason_code": "CUENTA",
        "options": {"to_account": target},
    }  # fmt: skip
    asked = lupe.call("request_authorisation", wish)
    verdict = decision(int(asked["authorisation_id"]))
    town.sign_in("gerente").call("decide_authorisation", verdict)


def open_session(cashier: Database, till: str) -> int:
    """With a counted float of $500.00; gives the session's id."""
    order = {"command_id": str(uuid.uuid4()), "till": till, "denominations": {"100": 5}}
    return int(cashier.call("open_session", order)["id"])


def open_charges(town: Town, account: int) -> list[tuple[int, Decimal]]:
    """What the account owes: charge and pesos, oldest first."""
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT id, total - settled FROM charge WHERE account_id = %s AND settled < total"
            " ORDER BY id",
            (account,),
        ).fetchall()
    return [(int(str(row[0])), Decimal(str(row[1]))) for row in rows]


def order_of(
    session: int, account: int, parts: list[tuple[int, Decimal]], kind: str
) -> dict[str, Any]:
    """A command for post_payment that pays these parts exactly, with one tender."""
    total = sum((amount for _, amount in parts), Decimal(0))
    reference = "" if kind in ("cash", "credit") else "AUT-123"
    return {
        "command_id": str(uuid.uuid4()),
        "session_id": session,
        "account_id": account,
        "allocations": [{"charge_id": key, "amount": str(amount)} for key, amount in parts],
        "advance": "0.00",
        "rounding": "0.00",
        "tenders": [{"kind": kind, "received": str(total), "reference": reference}],
    }


def pay(
    cashier: Database, session: int, account: int, parts: list[tuple[int, Decimal]], kind: str
) -> dict[str, Any]:
    """Post it."""
    return cashier.call("post_payment", order_of(session, account, parts, kind))


def pay_all_and_ahead(town: Town, cashier: Database, session: int, account: int) -> None:
    """The debt of before the last bill, $50.00 ahead, ten centavos of rounding, and change."""
    parts = open_charges(town, account)[:-2]
    total = sum((amount for _, amount in parts), Decimal("50.00"))
    order = order_of(session, account, parts, "cash")
    order["advance"] = "50.00"
    order["rounding"] = "0.10"
    taken = total + Decimal("0.10")
    order["tenders"] = [
        {"kind": "cash", "received": "1000.00", "change": str(Decimal(1000) - taken)}
    ]
    cashier.call("post_payment", order)


def close(cashier: Database, session: int) -> None:
    """Declares a count that is not what is expected."""
    order = {
        "command_id": str(uuid.uuid4()),
        "session_id": session,
        "denominations": {"1000": 1, "50": 2},
        "declared": {"card": "318.40", "transfer": "0", "cheque": "0"},
    }
    cashier.call("close_session", order)


def watch(town: Town, cashier: Database, session: int) -> None:
    """$100.00 delivered and received, $50.00 rejected, a surprise count, an interim report."""
    elena = town.sign_in("elena")
    pieces = {"100": 1}
    for denominations, answer in (
        (pieces, {"verdict": "accept", "denominations": pieces}),
        ({"50": 1}, {"verdict": "reject", "note": "Un billete roto"}),
    ):
        order = {"command_id": str(uuid.uuid4()), "session_id": session}
        sent = cashier.call("send_withdrawal", {**order, "denominations": denominations})
        elena.call("decide_withdrawal", {"withdrawal_id": sent["id"], **answer})
    order = {"command_id": str(uuid.uuid4()), "session_id": session}
    elena.call("count_by_surprise", {**order, "denominations": {"1000": 1}})
    elena.call("take_interim_report", {"command_id": str(uuid.uuid4()), "session_id": session})


def hand_over(rosa: Database, lupe: Database, to_session: int) -> None:
    """Lupe hands $20.00 over to Rosa, who accepts them, and $10.00, which she sends back."""
    with lupe.read() as connection:
        (session,) = connection.exec_driver_sql(
            "SELECT id FROM cash_session WHERE till_code = 'C2'"
        ).one()
    for pieces, answer in (
        ({"20": 1}, {"verdict": "accept", "denominations": {"20": 1}}),
        ({"10": 1}, {"verdict": "reject", "note": "Moneda falsa"}),
    ):
        order = {"command_id": str(uuid.uuid4()), "session_id": session}
        sent = lupe.call(
            "send_handover", {**order, "to_session_id": to_session, "denominations": pieces}
        )
        rosa.call("decide_handover", {"item_id": sent["items"][0]["item_id"], **answer})


def verify(town: Town, session: int) -> None:
    """One peso less than was declared; its cashier puts it back."""
    order = {
        "command_id": str(uuid.uuid4()),
        "session_id": session,
        "denominations": {"1000": 1, "50": 1, "20": 2, "5": 1, "2": 2},
        "declared": {"card": "318.40", "transfer": "0", "cheque": "0"},
    }
    elena = town.sign_in("elena")
    elena.call("verify_session", order)
    with elena.read() as connection:
        query = f"SELECT pending FROM cashier_debt WHERE session_id = {session}"
        (owed,) = connection.exec_driver_sql(query).one()
    paid = {"amount": str(owed - 1), "way": "bank", "reference": "FICHA-1"}
    order = {"command_id": str(uuid.uuid4()), "session_id": session} | paid
    elena.call("settle_shortage", order)


def settle_rest(town: Town, lupe: Database, session: int, drawer: int) -> None:
    """Of Rosa's last peso half is put back in Lupe's drawer; the manager condones the rest."""
    order = {"command_id": str(uuid.uuid4()), "session_id": session, "amount": "0.50"}
    lupe.call("receive_shortage", order | {"into_session_id": drawer})
    allow(town.sign_in("elena"), town.sign_in("gerente"), "waive_shortage", session, "MENOR")


def owe_again(town: Town) -> None:
    """As if only half of what was short had been put back and condoned: Rosa owes the rest."""
    with town.admin() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE shortage_settlement SET amount = amount / 2")


def take_over(town: Town) -> int:
    """The session of Elena, who is absent, counted and closed by the manager."""
    session = open_session(town.sign_in("elena"), "C4")
    manager = town.sign_in("gerente")
    manager.call("take_over_session", {"session_id": session, "reason": "No se presentó"})
    order = {"command_id": str(uuid.uuid4()), "session_id": session, "denominations": {"100": 5}}
    manager.call("close_session", order)
    return session


def reopen(town: Town, session: int) -> None:
    """Elena closes an empty session at C3; the manager lets her count it again."""
    elena, manager = town.sign_in("elena"), town.sign_in("gerente")
    for again in (False, True):
        if again:
            allow(elena, manager, "reopen_session", session, "CONTEO")
        order = {"command_id": str(uuid.uuid4()), "session_id": session}
        elena.call("close_session", order | {"denominations": {"100": 5}})


def sheet_hash(kind: str, subject: int, form: str, copy: int) -> str:
    """Stands for the bytes of a sheet: what was sealed, computed again."""
    return hashlib.sha256(f"{kind} {subject} {form} {copy}".encode()).hexdigest()


def issue_sheets(cashier: Database, town: Town) -> None:
    """An original, a reprint, a closing and a delivery slip, each sealed."""
    with town.admin() as connection:
        receipt = connection.execute("SELECT min(id) FROM receipt").fetchone()
        closing = connection.execute("SELECT min(id) FROM cash_closing").fetchone()
        slip = connection.execute("SELECT min(id) FROM withdrawal").fetchone()
    assert receipt is not None
    assert slip is not None
    assert closing is not None
    for kind, subject, reason in (
        ("receipt", receipt[0], ""),
        ("receipt", receipt[0], "Se atoró el papel"),
        ("closing", closing[0], ""),
        ("withdrawal", slip[0], ""),
    ):
        order = {"kind": kind, "subject_id": subject, "format": "letter", "reason": reason}
        order["layout"] = LAYOUT
        issued = cashier.call("issue_document", order)
        digest = sheet_hash(kind, int(str(subject)), "letter", int(issued["copy_number"]))
        cashier.call("seal_document", {"document_id": issued["id"], "sha256": digest})
