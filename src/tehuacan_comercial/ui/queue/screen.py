"""What the tab Turnos shows, as a value: one's desk and turn, who waits, what is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.queue import QueueBoard, ShiftRow, TurnRow
from tehuacan_comercial.ui.queue.words import minutes_between

ASIDE = (RequestState.ON_HOLD, RequestState.NO_SHOW)


@dataclass(frozen=True, slots=True)
class LineRow:
    """Somebody in a list: minutes since they arrived, and in the state they are in."""

    turn: TurnRow
    waited: float
    lasted: float
    mine: bool
    """Whether one's own desk serves the procedure."""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A desk of the catalogue, who attends there and whom."""

    code: str
    name: str
    shift: ShiftRow | None
    turn: TurnRow | None
    lasted: float


@dataclass(frozen=True, slots=True)
class QueueScreen:
    """Everything at a moment. ``enabled`` are actions of the window."""

    now: datetime
    loaded: bool
    shift: ShiftRow | None
    turn: TurnRow | None
    waiting: tuple[LineRow, ...]
    aside: tuple[LineRow, ...]
    desks: tuple[DeskRow, ...]
    enabled: Mapping[str, bool]

    @property
    def for_me(self) -> int:
        """How many wait whom one's desk may call."""
        return sum(row.mine for row in self.waiting)

    @property
    def idle(self) -> bool:
        """Whether one attends at a desk that has nobody in its hands."""
        return self.shift is not None and self.turn is None


def queue_screen(board: QueueBoard, actor: Actor, now: datetime) -> QueueScreen:
    """The screen of a board, at the server's moment."""
    shift = board.shift_of(actor.username)
    turn = board.in_hand(shift.desk) if shift else None
    free = [row for row in board.waiting if not row.in_hand]
    return QueueScreen(
        now=now,
        loaded=board.catalogue is not None,
        shift=shift,
        turn=turn,
        waiting=tuple(_line(board.catalogue, row, shift, now) for row in free),
        aside=tuple(
            _line(board.catalogue, row, shift, now)
            for row in board.turns
            if row.state in ASIDE or (row.state == RequestState.WAITING and row.in_hand)
        ),
        desks=_desks(board, now),
        enabled=_enabled(board, actor, shift, turn),
    )


def _line(
    catalogue: QueueCatalogue | None, row: TurnRow, shift: ShiftRow | None, now: datetime
) -> LineRow:
    procedure = catalogue.procedure(row.procedure) if catalogue else None
    mine = shift is not None and (procedure is None or procedure.served_at(shift.desk))
    waited, lasted = minutes_between(row.seniority, now), minutes_between(row.since, now)
    return LineRow(row, waited, lasted, mine)


def _desks(board: QueueBoard, now: datetime) -> tuple[DeskRow, ...]:
    shifts = {shift.desk: shift for shift in board.shifts}
    named = board.catalogue.desks if board.catalogue else ()
    rows = []
    for desk in named:
        turn = board.in_hand(desk.code)
        lasted = minutes_between(turn.since, now) if turn else 0.0
        rows.append(DeskRow(desk.code, desk.name, shifts.get(desk.code), turn, lasted))
    return tuple(rows)


def _enabled(
    board: QueueBoard, actor: Actor, shift: ShiftRow | None, turn: TurnRow | None
) -> dict[str, bool]:
    attends = board.catalogue is not None and actor.may(Permission.QUEUE_ATTEND)
    return {
        "queue.next": attends and turn is None,
        "queue.step": attends and shift is not None and turn is not None,
        "queue.take": board.catalogue is not None and actor.may(Permission.QUEUE_RECEIVE),
    }
