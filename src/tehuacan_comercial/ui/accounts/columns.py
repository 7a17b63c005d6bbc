"""Columns of the tables of the tab Cuenta."""

from __future__ import annotations

from decimal import Decimal

from tehuacan_comercial.domain.open_items import DueState
from tehuacan_comercial.services.accounts import (
    BillRow,
    HistoryRow,
    PaymentRow,
    ReadingRow,
    StatementLine,
)
from tehuacan_comercial.ui.accounts.words import (
    SUBJECTS,
    history_detail,
    movement_pill,
    reading_pill,
    tender_names,
)
from tehuacan_comercial.ui.due_states import DUE_PILLS
from tehuacan_comercial.ui.formats import DASH, count, day, figure, moment
from tehuacan_comercial.ui.receipt_states import STATE_WIDTH, is_void, receipt_note, receipt_pill
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column

PAID = Pill("Pagado", "ok", "circle-check")
HOLDS = Pill("Vigente", "ok", "circle-check")
ENDED = Pill("Terminado", "neutral", "history")


def bill_pill(row: BillRow) -> Pill:
    """Paid, or whether its last day has passed."""
    if not row.outstanding:
        return PAID
    return DUE_PILLS[DueState.OVERDUE if row.overdue else DueState.DUE]


def _blank(amount: Decimal) -> str:
    """Zero as a dash, so that charges and payments stand apart at a glance."""
    return figure(amount) if amount else DASH


def _whole(number: int | None) -> str:
    return DASH if number is None else count(number)


def _balance_tone(line: StatementLine) -> Tone | None:
    return "ok" if line.balance < 0 else None


STATEMENT: tuple[Column[StatementLine], ...] = (
    Column(
        "Fecha",
        lambda r: day(r.on),
        sort_key=lambda r: (r.on, r.sequence % 2, r.sequence),
        value=lambda r: r.on,
        soft=True,
        figures=True,
    ),
    Column(
        "Movimiento", lambda r: movement_pill(r.kind).text, pill=lambda r: movement_pill(r.kind)
    ),
    Column("Concepto", lambda r: r.detail, weight=600, stretch=True),
    Column("Periodo o folio", lambda r: r.document or DASH, soft=True, figures=True, stretch=True),
    Column(
        "Cargo",
        lambda r: _blank(r.charge),
        sort_key=lambda r: r.charge,
        value=lambda r: r.charge,
        total=lambda r: r.charge,
        align="right",
    ),
    Column(
        "Abono",
        lambda r: _blank(r.payment),
        sort_key=lambda r: r.payment,
        value=lambda r: r.payment,
        total=lambda r: r.payment,
        align="right",
        tone=lambda r: "ok" if r.payment else None,
    ),
    Column(
        "Saldo",
        lambda r: figure(r.balance),
        sort_key=lambda r: r.balance,
        value=lambda r: r.balance,
        align="right",
        weight=600,
        tone=_balance_tone,
    ),
)

BILLS: tuple[Column[BillRow], ...] = (
    Column(
        "Periodo",
        lambda r: r.period_name,
        sort_key=lambda r: r.period_code,
        weight=600,
        stretch=True,
    ),
    Column(
        "Emitido",
        lambda r: day(r.issued_on),
        sort_key=lambda r: r.issued_on,
        value=lambda r: r.issued_on,
        soft=True,
        figures=True,
        optional=True,
    ),
    Column(
        "Vence",
        lambda r: day(r.due_on),
        sort_key=lambda r: r.due_on,
        value=lambda r: r.due_on,
        soft=True,
        figures=True,
        stretch=True,
    ),
    Column(
        "m³",
        lambda r: count(r.consumption),
        sort_key=lambda r: r.consumption,
        value=lambda r: r.consumption,
        align="right",
    ),
    Column(
        "Consumo",
        lambda r: "Estimado" if r.estimated else "Medido",
        pill=lambda r: Pill("Estimado", "warn", "calculator") if r.estimated else None,
        soft=True,
        stretch=True,
    ),
    Column(
        "Importe",
        lambda r: figure(r.amount),
        sort_key=lambda r: r.amount,
        value=lambda r: r.amount,
        align="right",
    ),
    Column(
        "IVA",
        lambda r: _blank(r.tax),
        sort_key=lambda r: r.tax,
        value=lambda r: r.tax,
        align="right",
    ),
    Column(
        "Total",
        lambda r: figure(r.total),
        sort_key=lambda r: r.total,
        value=lambda r: r.total,
        total=lambda r: r.total,
        align="right",
        weight=600,
    ),
    Column(
        "Falta",
        lambda r: _blank(r.outstanding),
        sort_key=lambda r: r.outstanding,
        value=lambda r: r.outstanding,
        total=lambda r: r.outstanding,
        align="right",
        tone=lambda r: "danger" if r.outstanding else None,
    ),
    Column(
        "Estado",
        lambda r: bill_pill(r).text,
        pill=bill_pill,
    ),
)

PAYMENTS: tuple[Column[PaymentRow], ...] = (
    Column(
        "Fecha",
        lambda r: moment(r.posted_at),
        sort_key=lambda r: r.posted_at,
        value=lambda r: r.posted_at,
        soft=True,
        figures=True,
    ),
    Column("Recibo", lambda r: r.folio, weight=600, figures=True),
    Column("Periodos", lambda r: r.periods or "Saldo a favor", stretch=True),
    Column("Forma de pago", lambda r: tender_names(r.tenders), soft=True),
    Column("Cobró", lambda r: r.cashier_name, soft=True, stretch=True),
    Column("Caja", lambda r: r.till, soft=True),
    Column("Estado", lambda r: receipt_pill(r).text, pill=receipt_pill, width=STATE_WIDTH),
    Column("Nota", receipt_note, soft=True, optional=True),
    Column(
        "Importe",
        lambda r: figure(r.applied),
        sort_key=lambda r: r.applied,
        value=lambda r: r.counted,
        total=lambda r: r.counted,
        align="right",
        weight=600,
        strike=is_void,
    ),
)

LAST_PAYMENTS: tuple[Column[PaymentRow], ...] = (
    Column(
        "Fecha", lambda r: moment(r.posted_at), soft=True, figures=True, value=lambda r: r.posted_at
    ),
    Column("Recibo", lambda r: r.folio, weight=600, figures=True),
    Column("Periodos", lambda r: r.periods or "Saldo a favor", stretch=True),
    Column("Forma de pago", lambda r: tender_names(r.tenders), soft=True, stretch=True),
    Column("Estado", lambda r: receipt_pill(r).text, pill=receipt_pill, width=STATE_WIDTH),
    Column(
        "Importe",
        lambda r: figure(r.applied),
        align="right",
        weight=600,
        strike=is_void,
        value=lambda r: r.applied,
    ),
)

READINGS: tuple[Column[ReadingRow], ...] = (
    Column(
        "Periodo",
        lambda r: r.period_name,
        sort_key=lambda r: r.period_code,
        weight=600,
        stretch=True,
    ),
    Column(
        "Fecha",
        lambda r: day(r.read_on),
        sort_key=lambda r: r.read_on,
        value=lambda r: r.read_on,
        soft=True,
        figures=True,
    ),
    Column("Medidor", lambda r: r.meter_serial or DASH, soft=True, figures=True, stretch=True),
    Column(
        "Anterior",
        lambda r: _whole(r.previous_value),
        sort_key=lambda r: r.previous_value,
        value=lambda r: r.previous_value,
        align="right",
    ),
    Column(
        "Actual",
        lambda r: _whole(r.value),
        sort_key=lambda r: r.value,
        value=lambda r: r.value,
        align="right",
    ),
    Column(
        "m³",
        lambda r: _whole(r.consumption),
        sort_key=lambda r: r.consumption,
        value=lambda r: r.consumption,
        align="right",
        weight=600,
    ),
    Column("Lectura", lambda r: reading_pill(r.kind).text, pill=lambda r: reading_pill(r.kind)),
    Column("Anomalía", lambda r: r.anomaly or DASH, soft=True, stretch=True),
)

HISTORY: tuple[Column[HistoryRow], ...] = (
    Column("Qué", lambda r: SUBJECTS.get(r.subject, r.subject), weight=600),
    Column("Detalle", history_detail, stretch=True),
    Column(
        "Desde",
        lambda r: day(r.since),
        sort_key=lambda r: r.since,
        value=lambda r: r.since,
        soft=True,
        figures=True,
    ),
    Column(
        "Hasta",
        lambda r: day(r.until),
        sort_key=lambda r: r.until,
        value=lambda r: r.until,
        soft=True,
        figures=True,
    ),
    Column(
        "Estado",
        lambda r: (ENDED if r.until else HOLDS).text,
        pill=lambda r: ENDED if r.until else HOLDS,
    ),
)
