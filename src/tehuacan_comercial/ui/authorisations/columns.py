"""Columns of requests, of void receipts under the radar, and of delegations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tehuacan_comercial.domain.voids import FLAG_LABELS
from tehuacan_comercial.services.authorisations import AuthorisationRow, DelegationRow, RadarRow
from tehuacan_comercial.ui.authorisations.words import age, outcome_words, state_pill
from tehuacan_comercial.ui.formats import DASH, day, figure, moment
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column


@dataclass(frozen=True)
class PendingRow:
    """A request and the server's clock when it was read."""

    row: AuthorisationRow
    now: datetime


PENDING: tuple[Column[PendingRow], ...] = (
    Column(
        "Espera",
        lambda r: age(r.row.requested_at, r.now),
        sort_key=lambda r: r.row.requested_at,
        value=lambda r: r.row.requested_at,
        weight=600,
        tone=lambda _r: "warn",
        width=84,
    ),
    Column("Qué se pide", lambda r: r.row.title, stretch=True),
    Column("Motivo", lambda r: r.row.reason_name, soft=True),
    Column("Solicita", lambda r: r.row.requester_name, soft=True, optional=True),
    Column(
        "Importe",
        lambda r: figure(r.row.amount),
        sort_key=lambda r: r.row.amount,
        value=lambda r: r.row.amount,
        align="right",
        weight=600,
    ),
)

RESOLVED: tuple[Column[AuthorisationRow], ...] = (
    Column(
        "Solicitada",
        lambda r: moment(r.requested_at),
        sort_key=lambda r: r.requested_at,
        value=lambda r: r.requested_at,
        soft=True,
        figures=True,
    ),
    Column("Qué se pidió", lambda r: r.title, weight=600),
    Column("Estado", lambda r: state_pill(r).text, pill=state_pill),
    Column("Motivo", lambda r: r.reason_name, soft=True),
    Column("Solicitó", lambda r: r.requester_name, soft=True),
    Column("Respuesta", outcome_words, stretch=True),
    Column(
        "Importe",
        lambda r: figure(r.amount),
        sort_key=lambda r: r.amount,
        value=lambda r: r.amount,
        align="right",
        weight=600,
    ),
)


def _flags(row: RadarRow) -> str:
    return " · ".join(FLAG_LABELS[flag] for flag in row.flags)


def _flag_pill(row: RadarRow) -> Pill | None:
    if not row.flags:
        return None
    number = len(row.flags)
    word = "señal" if number == 1 else "señales"
    return Pill(f"{number} {word}", "danger" if number > 1 else "warn", "triangle-alert")


RADAR: tuple[Column[RadarRow], ...] = (
    Column(
        "Cancelado",
        lambda r: moment(r.voided_at),
        sort_key=lambda r: r.voided_at,
        value=lambda r: r.voided_at,
        soft=True,
        figures=True,
    ),
    Column("Recibo", lambda r: r.folio, weight=600, figures=True),
    Column(
        "Señales",
        lambda r: str(len(r.flags)),
        sort_key=lambda r: -len(r.flags),
        value=lambda r: len(r.flags),
        pill=_flag_pill,
    ),
    Column("Por qué", _flags, stretch=True),
    Column("Cobró", lambda r: r.cashier_name, stretch=True),
    Column("Motivo", lambda r: r.reason, soft=True),
    Column(
        "Minutos",
        lambda r: str(r.minutes),
        sort_key=lambda r: r.minutes,
        value=lambda r: r.minutes,
        align="right",
        soft=True,
    ),
    Column(
        "Importe",
        lambda r: figure(r.amount),
        sort_key=lambda r: r.amount,
        value=lambda r: r.amount,
        total=lambda r: r.amount,
        align="right",
        weight=600,
    ),
    Column(
        "Se cobró después",
        lambda r: figure(r.reissued),
        sort_key=lambda r: r.reissued,
        value=lambda r: r.reissued,
        align="right",
        soft=True,
    ),
    Column("Folio después", lambda r: r.reissued_folio or DASH, soft=True, optional=True),
    Column("Cuenta", lambda r: r.account_number, soft=True, optional=True, figures=True),
    Column("Titular", lambda r: r.holder, soft=True, optional=True),
    Column("Solicitó", lambda r: r.requester_name, soft=True, optional=True),
    Column("Autorizó", lambda r: r.voided_by_name, soft=True, optional=True),
)

IN_FORCE = Pill("Vigente", "ok", "circle-check")
TO_COME = Pill("Por empezar", "info", "calendar")
ENDED = Pill("Terminada", "neutral", "clock")


def delegation_pill(row: DelegationRow) -> Pill:
    """Whether somebody decides for somebody else today, later, or no more."""
    if row.in_force:
        return IN_FORCE
    return TO_COME if row.to_come else ENDED


DELEGATIONS: tuple[Column[DelegationRow], ...] = (
    Column("Se ausenta", lambda r: r.principal_name, weight=600, stretch=True),
    Column("Suple", lambda r: r.deputy_name, weight=600, stretch=True),
    Column("Desde", lambda r: day(r.from_day), sort_key=lambda r: r.from_day, figures=True),
    Column("Hasta", lambda r: day(r.to_day), sort_key=lambda r: r.to_day, figures=True),
    Column(
        "Estado",
        lambda r: delegation_pill(r).text,
        pill=delegation_pill,
    ),
    Column("Motivo", lambda r: r.reason, soft=True, stretch=True),
    Column("Registró", lambda r: r.recorded_by_name, soft=True),
)
