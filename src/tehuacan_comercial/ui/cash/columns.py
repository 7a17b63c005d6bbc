"""Columns of the tab's tables, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tehuacan_comercial.domain.open_items import (
    DUE_LABELS,
    DueState,
    OpenItem,
    OpenLine,
    open_lines,
)
from tehuacan_comercial.services.cash import HeldSaleRow, PaymentRow
from tehuacan_comercial.ui.cash.summary import PlanLine, tender_names
from tehuacan_comercial.ui.due_states import DUE_PILLS
from tehuacan_comercial.ui.formats import DASH, day, figure, moment
from tehuacan_comercial.ui.receipt_states import (
    NOTE_WIDTH,
    STATE_WIDTH,
    is_void,
    receipt_note,
    receipt_pill,
)
from tehuacan_comercial.ui.widgets.table.column import Column


@dataclass(frozen=True)
class ChargeRow:
    """A line of the debt as the table shows it on a day."""

    line: OpenLine
    state: DueState

    @property
    def item(self) -> OpenItem:
        """The charge that says concept, period and day."""
        return self.line.first

    @property
    def name(self) -> str:
        """Concept, told apart when part of it was paid before."""
        return f"{self.item.concept_name} (resto)" if self.line.settled else self.item.concept_name

    @property
    def net(self) -> Decimal:
        """Pesos still to be paid before tax."""
        return self.line.outstanding - self.line.outstanding_tax


def charge_rows(items: Sequence[OpenItem], today: date) -> tuple[ChargeRow, ...]:
    """The lines of an account's debt on a day, in their order."""
    return tuple(ChargeRow(line, line.first.state(today)) for line in open_lines(items))


CHARGE_COLUMNS: tuple[Column[ChargeRow], ...] = (
    Column("Concepto", lambda row: row.name, weight=600, stretch=True),
    Column(
        "Periodo",
        lambda row: row.item.period_name or DASH,
        sort_key=lambda row: row.item.period,
        soft=True,
    ),
    Column(
        "Vence",
        lambda row: day(row.item.due_on),
        sort_key=lambda row: row.item.deadline,
        value=lambda row: row.item.due_on,
        soft=True,
        figures=True,
    ),
    Column("Estado", lambda row: DUE_LABELS[row.state], pill=lambda row: DUE_PILLS[row.state]),
    Column(
        "Importe",
        lambda row: figure(row.net),
        sort_key=lambda row: row.net,
        align="right",
        value=lambda row: row.net,
        total=lambda row: row.net,
    ),
    Column(
        "IVA",
        lambda row: figure(row.line.outstanding_tax or None),
        sort_key=lambda row: row.line.outstanding_tax,
        align="right",
        value=lambda row: row.line.outstanding_tax,
        total=lambda row: row.line.outstanding_tax,
    ),
    Column(
        "Total",
        lambda row: figure(row.line.outstanding),
        sort_key=lambda row: row.line.outstanding,
        align="right",
        weight=600,
        value=lambda row: row.line.outstanding,
        total=lambda row: row.line.outstanding,
    ),
)

_AMOUNT: Column[PaymentRow] = Column(
    "Importe",
    lambda row: figure(row.applied),
    sort_key=lambda row: row.applied,
    align="right",
    weight=600,
    value=lambda row: row.applied,
    strike=is_void,
)
_STATE: Column[PaymentRow] = Column(
    "Estado", lambda row: receipt_pill(row).text, pill=receipt_pill, width=STATE_WIDTH
)
_COMMON: tuple[Column[PaymentRow], ...] = (
    Column(
        "Fecha",
        lambda row: moment(row.posted_at),
        sort_key=lambda row: row.posted_at,
        value=lambda row: row.posted_at,
        soft=True,
        figures=True,
    ),
    Column("Recibo", lambda row: row.folio, weight=600, figures=True),
    Column("Concepto", lambda row: consumption(row.periods), stretch=True),
    Column("Forma de pago", lambda row: tender_names(row.tenders)),
)


def consumption(periods: str) -> str:
    """What a payment paid, by its periods: ``Consumo jul–ago 2026, sep–oct 2026``."""
    return f"Consumo {periods}" if periods else "Pago a cuenta"


PAYMENT_COLUMNS: tuple[Column[PaymentRow], ...] = (
    *_COMMON,
    _AMOUNT,
    _STATE,
)

RECEIPT_COLUMNS: tuple[Column[PaymentRow], ...] = (
    *_COMMON,
    Column("Caja", lambda row: row.till, soft=True, optional=True),
    _STATE,
    Column("Nota", receipt_note, soft=True, width=NOTE_WIDTH),
    Column(
        "Importe",
        lambda row: figure(row.applied),
        sort_key=lambda row: row.applied,
        align="right",
        weight=600,
        value=lambda row: row.counted,
        total=lambda row: row.counted,
        strike=is_void,
    ),
)

HELD_COLUMNS: tuple[Column[HeldSaleRow], ...] = (
    Column("Nombre", lambda row: row.label, weight=600, stretch=True),
    Column("Cuenta", lambda row: row.account_number, figures=True, width=120),
    Column(
        "Renglones",
        lambda row: str(row.lines),
        align="right",
        value=lambda row: row.lines,
        width=90,
    ),
    Column(
        "Desde",
        lambda row: f"{row.held_at:%H:%M}",
        soft=True,
        figures=True,
        width=80,
        value=lambda row: row.held_at,
    ),
)

PLAN_COLUMNS: tuple[Column[PlanLine], ...] = (
    Column("Concepto", lambda line: line.concept, weight=600, stretch=True),
    Column("Periodo", lambda line: line.period or DASH, soft=True, width=120),
    Column(
        "Debe",
        lambda line: figure(line.owed),
        align="right",
        soft=True,
        value=lambda line: line.owed,
        width=100,
    ),
    Column(
        "Se paga",
        lambda line: figure(line.paid or None),
        align="right",
        value=lambda line: line.paid,
        weight=600,
        tone=lambda line: "ok" if line.paid else None,
        width=100,
    ),
    Column(
        "Queda",
        lambda line: figure(line.left or None),
        align="right",
        value=lambda line: line.left,
        width=100,
    ),
)
