"""Batches of deposit: gathered, counted, shared out in slips, taken to the bank."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.engine import Database
from tests.support.town import Town
from tests.support.vouchers import today

Money = dict[str, Decimal]


def money_of(town: Town, batch: int) -> Money:
    """What the sessions of a batch hand over, pesos by form of payment."""
    with town.admin() as connection:
        rows = connection.execute("SELECT tender, amount FROM batch_money(%s)", (batch,)).fetchall()
    return {str(tender): Decimal(str(amount)) for tender, amount in rows}


def open_batch(who: Database, *sessions: int) -> int:
    order = {"command_id": str(uuid.uuid4()), "sessions": list(sessions), "note": ""}
    return int(who.call("open_batch", order)["batch_id"])


def pieces(amount: Decimal) -> dict[str, int]:
    """Notes and coins that make an amount, the largest first."""
    found: dict[str, int] = {}
    for value in ("1000", "500", "200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.10",
                  "0.05", "0.01"):  # fmt: skip
        number, amount = divmod(amount, Decimal(value))
        if number:
            found[value] = int(number)
    return found


def count_order(batch: int, money: Money) -> dict[str, Any]:
    counted = {kind: str(pesos) for kind, pesos in money.items() if kind != "cash"}
    return {"batch_id": batch, "denominations": pieces(money["cash"]), "counted": counted}


def slips_order(batch: int, money: Money, account: str = "BBVA") -> dict[str, Any]:
    """One slip for each form of payment that has money."""
    slips = [
        {"bank_account": account, "tender": kind, "amount": str(pesos)}
        for kind, pesos in money.items()
        if pesos
    ]
    return {"command_id": str(uuid.uuid4()), "batch_id": batch, "slips": slips}


def stamped(town: Town, batch: int) -> dict[str, Any]:
    """Every slip with a reference of its own, deposited today."""
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT id, line FROM deposit_slip WHERE batch_id = %s ORDER BY line", (batch,)
        ).fetchall()
    day = today(town)
    slips = [
        {"slip_id": key, "reference": f"REF{batch:04}{line}", "deposited_on": day}
        for key, line in rows
    ]
    return {"batch_id": batch, "slips": slips}


def balance(town: Town, who: Database, *sessions: int) -> int:
    """A batch of these sessions, counted right and balanced; its id."""
    batch = open_batch(who, *sessions)
    money = money_of(town, batch)
    who.call("count_batch", count_order(batch, money))
    who.call("balance_batch", slips_order(batch, money))
    return batch


def deposit(town: Town, who: Database, *sessions: int) -> int:
    """The same, taken to the bank."""
    batch = balance(town, who, *sessions)
    who.call("deposit_batch_at_bank", stamped(town, batch))
    return batch
