"""Cheques that the bank returns and payments that are moved, as the services send them."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.engine import Database
from tests.support.books import order_of
from tests.support.town import Town
from tests.support.voids import decision


def close_right(cashier: Database, session: int, **declared: str) -> None:
    """A close whose count is not looked at; ``declared`` by tender, pesos."""
    cashier.call(
        "close_session",
        {
            "command_id": str(uuid.uuid4()),
            "session_id": session,
            "denominations": {"100": 5},
            "declared": {"card": "0", "transfer": "0", "cheque": "0"} | declared,
        },
    )


def pay_mixed(
    cashier: Database,
    session: int,
    account: int,
    parts: list[tuple[int, Decimal]],
    *tenders: dict[str, str],
    **changes: Any,
) -> dict[str, Any]:
    """Pay these parts with several forms of payment."""
    order = order_of(session, account, parts, "cash") | changes
    order["tenders"] = list(tenders)
    return cashier.call("post_payment", order)


def cheque(pesos: str, number: str = "000451") -> dict[str, str]:
    return {"kind": "cheque", "received": pesos, "reference": number, "bank": "Banorte"}


def cash(pesos: str) -> dict[str, str]:
    return {"kind": "cash", "received": pesos}


def return_order(receipt: int, line: int = 1, **changes: Any) -> dict[str, Any]:
    """The bank's notice of today."""
    made: dict[str, Any] = {
        "command_id": str(uuid.uuid4()),
        "receipt_id": receipt,
        "line": line,
        "returned_on": None,
        "reason_code": "FONDOS",
        "reference": "AVISO-77",
        "note": "",
    }
    return made | changes


def transfer_request(receipt: int, target: int, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "command_id": str(uuid.uuid4()),
        "kind": "transfer_payment",
        "subject_id": receipt,
        "reason_code": "CUENTA",
        "reason": "",
        "evidence": {},
        "options": {"to_account": target},
    }
    return made | changes


def request_transfer(asker: Database, receipt: int, target: int) -> int:
    answer = asker.call("request_authorisation", transfer_request(receipt, target))
    return int(answer["authorisation_id"])


def transfer(asker: Database, decider: Database, receipt: int, target: int) -> dict[str, Any]:
    """Ask and approve; gives what the approval produced."""
    asked = request_transfer(asker, receipt, target)
    answer = decider.call("decide_authorisation", decision(asked))
    return dict(answer["outcome"])


def credit(town: Town, account: int) -> Decimal:
    """The account's credit balance, pesos."""
    with town.admin() as admin:
        row = admin.execute("SELECT credit_of(%s)", (account,)).fetchone()
    assert row is not None
    return Decimal(str(row[0]))
