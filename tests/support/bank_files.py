"""Files of a shop and of a bank, as the database takes them."""

from __future__ import annotations

import hashlib
import uuid
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.engine import Database
from tests.support.town import Town
from tests.support.vouchers import today

Payment = tuple[str, str, str]
"""Digits of the account, pesos, folio of the shop."""


def channel_order(day: str, *payments: Payment, name: str = "pagos.txt") -> dict[str, Any]:
    """A file of payments made on one day; its hash is of its content."""
    rows = [
        {
            "line": number,
            "paid_on": day,
            "amount": amount,
            "reference": account,
            "folio": folio,
            "account": account,
            "problem": "",
        }
        for number, (account, amount, folio) in enumerate(payments, start=1)
    ]
    total = sum((Decimal(amount) for _, amount, _ in payments), Decimal("0.00"))
    return {
        "command_id": str(uuid.uuid4()),
        "channel": "OXXO",
        "file_name": name,
        "sha256": hashlib.sha256(f"{name}{rows}".encode()).hexdigest(),
        "layout": "prueba",
        "control": {"rows": str(len(rows)), "amount": str(total)},
        "rows": rows,
    }


Movement = tuple[str, str, str]
"""Day, pesos (negative is money out), reference."""


def statement_order(*movements: Movement, account: str = "BBVA") -> dict[str, Any]:
    """A statement of an account of the office."""
    lines = [
        {"line": number, "day": day, "amount": amount, "reference": reference, "description": ""}
        for number, (day, amount, reference) in enumerate(movements, start=1)
    ]
    pesos = [Decimal(amount) for _, amount, _ in movements]
    return {
        "command_id": str(uuid.uuid4()),
        "bank_account": account,
        "file_name": "movimientos.csv",
        "sha256": hashlib.sha256(f"{account}{lines}".encode()).hexdigest(),
        "layout": "prueba",
        "tolerance_days": 3,
        "control": {
            "rows": str(len(lines)),
            "credits": str(sum((each for each in pesos if each > 0), Decimal("0.00"))),
            "debits": str(sum((-each for each in pesos if each < 0), Decimal("0.00"))),
        },
        "lines": lines,
    }


def digits_of(town: Town, account: int) -> str:
    """The number of an account without its hyphens."""
    with town.admin() as connection:
        row = connection.execute(
            "SELECT translate(account_number, '-', '') FROM account WHERE id = %s", (account,)
        ).fetchone()
    assert row is not None
    return str(row[0])


def assign_order(town: Town, account: int, note: str = "Trajo su comprobante") -> dict[str, Any]:
    """The oldest unidentified payment that waits, for an account."""
    with town.admin() as connection:
        row = connection.execute(
            "SELECT min(id) FROM unidentified_payment WHERE account_id IS NULL"
        ).fetchone()
    assert row is not None
    return {
        "command_id": str(uuid.uuid4()),
        "unidentified_id": row[0],
        "account_id": account,
        "note": note,
    }


def movements_of(town: Town, batch: int) -> list[Movement]:
    """What the bank says of a batch's slips."""
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT deposited_on::text, amount::text, 'DEPOSITO ' || reference FROM deposit_slip"
            " WHERE batch_id = %s ORDER BY line",
            (batch,),
        ).fetchall()
    return [(str(day), str(amount), str(reference)) for day, amount, reference in rows]


def receive_some(town: Town, who: Database, batch: int) -> None:
    """A shop's file with two payments of account 3, one of nobody that is account 3's too, one that
    nobody knows; its second file repeats a row; the bank confirms a batch, with a charge."""
    day, three = today(town), town.account_ids()[2]
    known = digits_of(town, three)
    first: tuple[Payment, ...] = ((known, "10.00", "F1"), ("99999999", "25.00", "F2"))
    who.call("import_channel", channel_order(day, *first, ("", "7.50", "F3")))
    who.call("import_channel", channel_order(day, first[0], (known, "5.00", "F4"), name="b.txt"))
    who.call("assign_unidentified", assign_order(town, three))
    bank = movements_of(town, batch)
    who.call("import_statement", statement_order(*bank, (day, "-11.60", "COMISION")))
