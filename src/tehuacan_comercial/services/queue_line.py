"""The queue as the estimate of waits takes it: who may call whom, and what it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from tehuacan_comercial.data.queries.queue import ShiftRow, TurnRow
from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue
from tehuacan_comercial.domain.queue_estimate import EstimatedDesk, InLine
from tehuacan_comercial.domain.queue_fairness import Waiting

_AT_A_DESK = (RequestState.CALLED, RequestState.SERVING)


def desks_of(
    now: datetime,
    turns: Sequence[TurnRow],
    shifts: Sequence[ShiftRow],
    minutes: Mapping[str, float],
) -> tuple[EstimatedDesk, ...]:
    """The open desks; one that attends is free when its attention usually ends."""
    busy = {turn.desk: turn for turn in turns if turn.state in _AT_A_DESK}
    return tuple(
        EstimatedDesk(shift.desk, _left(now, busy.get(shift.desk), minutes), shift.passed_over)
        for shift in shifts
    )


def _left(now: datetime, turn: TurnRow | None, minutes: Mapping[str, float]) -> float:
    """Minutes until the desk is free; an attention beyond the usual may end at any time."""
    if turn is None:
        return 0.0
    whole = minutes.get(turn.procedure, float(turn.service_minutes))
    if turn.state == RequestState.CALLED:
        return whole
    return max(whole - (now - turn.since).total_seconds() / 60, 0.0)


def line_of(
    catalogue: QueueCatalogue,
    turns: Sequence[TurnRow],
    shifts: Sequence[ShiftRow],
    minutes: Mapping[str, float],
) -> tuple[InLine, ...]:
    """Those who wait; the same who-may-call-whom as ``desk_line`` in data/sql."""
    return tuple(
        InLine(
            Waiting(turn.request_id, bool(turn.priority), turn.seniority),
            _may_call(catalogue, turn, {shift.desk for shift in shifts}),
            minutes.get(turn.procedure, float(turn.service_minutes)),
        )
        for turn in turns
        if turn.state == RequestState.WAITING
    )


def _may_call(catalogue: QueueCatalogue, turn: TurnRow, attended: set[str]) -> frozenset[str]:
    procedure = catalogue.procedure(turn.procedure)
    serving = {desk for desk in attended if procedure is None or procedure.served_at(desk)}
    if turn.wanted_desk in attended:
        serving &= {turn.wanted_desk}
    return frozenset(serving)
