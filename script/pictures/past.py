"""What the office did with the sessions of earlier days: the head cashier verified each."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Connection

from pictures.crew import pieces
from pictures.stage import HEAD_CASHIER, signed_in
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.custody import CountCommand
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.desk import Desk

Declared = dict[TenderKind, Decimal]
"""Pesos by form of payment, as a closing was signed."""


def settle(door: FrontDoor) -> None:
    """Leave nothing of earlier days to verify, so that today's pictures show today."""
    desk = Desk(signed_in(door, HEAD_CASHIER), home() / "ayer")
    with desk.signed_in.database.read() as connection:
        declared = _declared(connection)
    for row in desk.custody.sessions():
        if row.state == "closed" and row.closing_id is not None:
            rest = dict(declared[row.closing_id])
            cash = pieces(rest.pop(TenderKind.CASH))
            desk.custody.verify(CountCommand(new_command_id(), row.session_id, cash, rest))
    desk.close()


def _declared(connection: Connection) -> dict[int, Declared]:
    found: dict[int, Declared] = {}
    rows = connection.exec_driver_sql("SELECT closing_id, tender, declared FROM cash_closing_line")
    for closing_id, tender, pesos in rows:
        found.setdefault(closing_id, {})[TenderKind(tender)] = pesos
    return found
