"""What the office did with the sessions of earlier days: verified each, took all to the bank."""

from __future__ import annotations

from decimal import Decimal

from pictures.crew import pieces
from pictures.stage import HEAD_CASHIER, signed_in
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.custody import CountCommand
from tehuacan_comercial.domain.deposits import AtBank, BalanceCommand, OpenBatchCommand, Slip
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.desk import Desk

OTHERS = (TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CHEQUE)


def settle(door: FrontDoor) -> None:
    """Leave nothing of earlier days waiting, so that today's pictures show today."""
    desk = Desk(signed_in(door, HEAD_CASHIER), home() / "ayer")
    _verify(desk)
    _deposit(desk)
    desk.close()


def _verify(desk: Desk) -> None:
    handed = {row.session_id: row for row in desk.deposits.waiting()}
    for row in desk.custody.sessions():
        money = handed.get(row.session_id)
        if money is not None and row.state == "closed":
            cash = row.cash + (row.closing_difference or Decimal(0))
            rest = {kind: Decimal(getattr(money, kind.value)) for kind in OTHERS}
            desk.custody.verify(CountCommand(new_command_id(), row.session_id, pieces(cash), rest))


def _deposit(desk: Desk) -> None:
    sessions = tuple(row.session_id for row in desk.deposits.waiting())
    if not sessions:
        return
    batch = desk.deposits.open(OpenBatchCommand(new_command_id(), sessions)).batch_id
    money = desk.deposits.sheet(batch).money
    rest = {kind: money[kind] for kind in OTHERS}
    desk.deposits.count(batch, pieces(money[TenderKind.CASH]), rest)
    slips = tuple(Slip("BBVA", kind, pesos) for kind, pesos in money.items() if pesos)
    desk.deposits.balance(BalanceCommand(new_command_id(), batch, slips))
    today = desk.signed_in.today
    held = desk.deposits.sheet(batch).slips
    desk.deposits.deposit(
        batch, tuple(AtBank(slip.slip_id, f"DEP{slip.slip_id:05}", today) for slip in held)
    )
