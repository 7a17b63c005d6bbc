"""What supervision may do with a session or a delivery, as a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tehuacan_comercial.domain.lifecycles import CashSessionState
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.custody import SupervisedRow
from tehuacan_comercial.ui.custody.transit import TransitRow

_LIVE = frozenset({CashSessionState.OPEN, CashSessionState.COUNTING})


@dataclass(frozen=True)
class Supervising:
    """Acts that are possible now; ``to_verify`` are the sessions a press of Verificar takes."""

    surprise: bool = False
    take_over: bool = False
    close: bool = False
    interim: bool = False
    reopen: bool = False
    receive: bool = False
    send_back: bool = False
    to_verify: tuple[SupervisedRow, ...] = ()

    @property
    def main(self) -> str:
        """What Enter does on the session: the name of an act, or nothing."""
        if self.close:
            return "close"
        if self.surprise:
            return "surprise"
        return "verify" if self.to_verify else ""


def supervising(
    row: SupervisedRow | None,
    checked: Sequence[SupervisedRow],
    transit: TransitRow | None,
    sessions: Sequence[SupervisedRow],
    actor: Actor,
) -> Supervising:
    """From the current session, those that are checked, and what is in transit.

    Nobody counts, verifies or receives what they hold themselves; PostgreSQL says the same.
    """
    if not actor.may(Permission.CASH_CUSTODY):
        return Supervising()
    wanted = checked or ((row,) if row else ())
    own = {each.session_id for each in sessions if _is_own(each, actor)}
    live = row is not None and row.state in _LIVE
    mine = row is not None and row.taken_by == actor.username
    return Supervising(
        surprise=live and row is not None and not _is_own(row, actor),
        take_over=live and row is not None and row.taken_by is None and not _is_own(row, actor),
        close=live and mine,
        interim=live,
        reopen=row is not None and row.state == CashSessionState.CLOSED,
        receive=transit is not None and transit.delivery is not None and not transit.sessions & own,
        send_back=transit is not None
        and transit.item is not None
        and transit.item.from_session_id not in own,
        to_verify=tuple(
            each
            for each in wanted
            if each.state == CashSessionState.CLOSED and not _is_own(each, actor)
        ),
    )


def _is_own(row: SupervisedRow, actor: Actor) -> bool:
    return actor.username in (row.cashier, row.taken_by)
