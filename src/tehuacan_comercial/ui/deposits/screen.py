"""What may be done with a batch, and why not, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from tehuacan_comercial.domain.lifecycles import DepositState
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.deposits import BatchRow

_NOTES = {
    DepositState.OPEN: "Cuente la bolsa; lo contado debe ser lo que entregaron las sesiones.",
    DepositState.COUNTING: "Cuadre el lote con sus fichas, o vuelva a contar.",
    DepositState.BALANCED: "Lleve el dinero al banco y anote las referencias.",
    DepositState.DEPOSITED: "Falta que sus fichas aparezcan en el estado de cuenta del banco.",
    DepositState.RECONCILED: "Todas sus fichas están en el banco.",
}


@dataclass(frozen=True, slots=True)
class BatchScreen:
    """Acts that are possible now, and one sentence about where the batch stands."""

    note: str = "Elija un lote."
    count: bool = False
    empty: bool = False
    balance: bool = False
    deposit: bool = False
    print_list: bool = False


def batch_screen(row: BatchRow | None, actor: Actor) -> BatchScreen:
    """From the row as read; PostgreSQL decides again when the act is asked."""
    if row is None:
        return BatchScreen()
    state = DepositState(row.state)
    acts = actor.may(Permission.DEPOSITS_MANAGE)
    before = state in (DepositState.OPEN, DepositState.COUNTING)
    gathered = row.sessions > 0
    return BatchScreen(
        note=_NOTES[state]
        if gathered
        else "El lote no tiene sesiones; márquelas en Por depositar.",
        count=acts and before and gathered,
        empty=acts and before and gathered,
        balance=acts and state is DepositState.COUNTING,
        deposit=acts and state is DepositState.BALANCED,
        print_list=acts and row.list_id is not None,
    )
