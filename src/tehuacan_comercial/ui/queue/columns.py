"""Columns of those who wait, those who are aside, and the desks, as data."""

from __future__ import annotations

from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.ui.formats import DASH
from tehuacan_comercial.ui.queue.screen import DeskRow, LineRow
from tehuacan_comercial.ui.queue.words import age, age_pill, state_pill, stopwatch, tone_of
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column

_FIRST = "users"
_FREE = Pill("Libre", "ok", "circle-check")
_CLOSED = Pill("Cerrada", "neutral", "lock")
_ELSEWHERE = Pill("En otro trámite", "info", "users")


def priority_pill(row: LineRow) -> Pill | None:
    """Why somebody goes first; nothing for everybody else."""
    name = row.turn.priority_name
    return Pill(name, "accent", _FIRST) if name else None


def aside_pill(row: LineRow) -> Pill:
    """Paused, absent, or being attended with another service of the visit."""
    return _ELSEWHERE if row.turn.state == RequestState.WAITING else state_pill(row.turn.state)


def desk_pill(row: DeskRow) -> Pill:
    """Closed, free, or the state of its turn."""
    if row.turn is not None:
        return state_pill(row.turn.state)
    return _FREE if row.shift else _CLOSED


def _attendant(row: DeskRow) -> str:
    return row.shift.staff_name if row.shift else DASH


def _target(row: DeskRow) -> int:
    return row.turn.service_minutes if row.turn else 0


WAITING: tuple[Column[LineRow], ...] = (
    Column("Turno", lambda row: row.turn.label, weight=600, figures=True),
    Column(
        "Espera",
        lambda row: age(row.waited),
        sort_key=lambda row: -row.waited,
        value=lambda row: round(row.waited),
        pill=lambda row: age_pill(row.waited, row.turn.wait_minutes),
        width=122,
    ),
    Column("Trámite", lambda row: row.turn.procedure_name, stretch=True),
    Column(
        "Prioridad",
        lambda row: row.turn.priority_name or DASH,
        pill=priority_pill,
        width=182,
    ),
    Column(
        "Cuenta",
        lambda row: row.turn.account_number or DASH,
        figures=True,
        soft=True,
        width=112,
    ),
    Column("Titular", lambda row: row.turn.holder_name or DASH, soft=True, optional=True),
    Column("Pasa a", lambda row: row.turn.wanted_desk or DASH, soft=True, optional=True),
    Column("Nota", lambda row: row.turn.note or DASH, soft=True, optional=True),
)

ASIDE: tuple[Column[LineRow], ...] = (
    Column("Turno", lambda row: row.turn.label, weight=600, figures=True),
    Column("Estado", lambda row: aside_pill(row).text, pill=aside_pill, width=150),
    Column(
        "Desde hace",
        lambda row: age(max(row.lasted, 1)),
        sort_key=lambda row: row.lasted,
        value=lambda row: round(row.lasted),
        figures=True,
    ),
    Column("Trámite", lambda row: row.turn.procedure_name, stretch=True),
    Column("Nota", lambda row: row.turn.note or DASH, soft=True, width=160),
    Column("Ventanilla", lambda row: row.turn.desk or DASH, soft=True, optional=True),
    Column("Atendía", lambda row: row.turn.attended_name or DASH, soft=True, optional=True),
)

DESKS: tuple[Column[DeskRow], ...] = (
    Column("Ventanilla", lambda row: row.name, weight=600),
    Column("Estado", lambda row: desk_pill(row).text, pill=desk_pill, width=126),
    Column("Turno", lambda row: row.turn.label if row.turn else DASH, weight=600, figures=True),
    Column(
        "Tiempo",
        lambda row: stopwatch(row.lasted) if row.turn else DASH,
        sort_key=lambda row: row.lasted,
        value=lambda row: round(row.lasted),
        tone=lambda row: tone_of(row.lasted, _target(row)) if row.turn else None,
        figures=True,
    ),
    Column("Trámite", lambda row: row.turn.procedure_name if row.turn else DASH, stretch=True),
    Column("Atiende", _attendant, soft=True, width=200),
)
