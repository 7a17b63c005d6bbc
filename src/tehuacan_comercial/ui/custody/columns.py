"""The columns of deliveries, of sessions under supervision, and of a signed count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.lifecycles import WithdrawalState
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.custody import SupervisedRow, WithdrawalRow
from tehuacan_comercial.ui.cash_states import difference_pill, level_pill, session_pill
from tehuacan_comercial.ui.custody.words import (
    delivery_pill,
    pieces_words,
)
from tehuacan_comercial.ui.formats import DASH, day, figure, moment
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column


def _sent(row: WithdrawalRow) -> str:
    return moment(row.sent_at)


def _answer(row: WithdrawalRow) -> str:
    if row.decided_at is None:
        return DASH
    why = f": {row.decision_note}" if row.decision_note else ""
    return f"{row.decided_by_name}, {moment(row.decided_at)[-5:]}{why}"


_FOLIO: Column[WithdrawalRow] = Column("Entrega", lambda row: row.folio, figures=True, weight=600)
_SENT: Column[WithdrawalRow] = Column(
    "Salió", _sent, sort_key=lambda row: row.sent_at, value=lambda row: row.sent_at,
    soft=True, figures=True,
)  # fmt: skip
_PIECES: Column[WithdrawalRow] = Column("Piezas", lambda row: pieces_words(row.denominations))
_NOTE: Column[WithdrawalRow] = Column("Nota", lambda row: row.note, soft=True, stretch=True)
_AMOUNT: Column[WithdrawalRow] = Column(
    "Importe",
    lambda row: figure(row.amount),
    sort_key=lambda row: row.amount,
    align="right",
    weight=600,
    strike=lambda row: WithdrawalState(row.state).stayed,
    value=lambda row: row.amount,
    total=lambda row: ZERO if WithdrawalState(row.state).stayed else row.amount,
)

DELIVERIES: tuple[Column[WithdrawalRow], ...] = (
    _FOLIO,
    _SENT,
    Column("Estado", lambda row: delivery_pill(row.state).text,
           pill=lambda row: delivery_pill(row.state)),
    _PIECES,
    Column("Respuesta", _answer),
    _NOTE,
    _AMOUNT,
)  # fmt: skip


def _difference(row: SupervisedRow) -> Pill | None:
    return None if row.closing_difference is None else difference_pill(row.closing_difference)


def _holder(row: SupervisedRow) -> str:
    if row.taken_by:
        return f"{row.cashier_name} (la relevó {row.taken_by})"
    return row.cashier_name if row.cashier_active else f"{row.cashier_name} (baja)"


SESSIONS: tuple[Column[SupervisedRow], ...] = (
    Column("Caja", lambda row: row.till_name, weight=600),
    Column("Sesión", lambda row: row.folio, figures=True, optional=True),
    Column("Día", lambda row: day(row.business_date), sort_key=lambda row: row.business_date,
           value=lambda row: row.business_date, figures=True, soft=True),
    Column("Cajera o cajero", _holder, stretch=True),
    Column("Estado", lambda row: session_pill(row.state).text,
           pill=lambda row: session_pill(row.state)),
    Column("Efectivo", lambda row: figure(row.cash) if row.closing_id is None else DASH,
           sort_key=lambda row: row.cash if row.closing_id is None else None, align="right",
           weight=600, value=lambda row: row.cash if row.closing_id is None else None),
    Column("Nivel", lambda row: level_pill(row.level).text if row.closing_id is None else "",
           pill=lambda row: level_pill(row.level) if row.closing_id is None else None),
    Column("En tránsito", lambda row: figure(row.in_transit) if row.in_transit else "",
           sort_key=lambda row: row.in_transit, align="right",
           tone=lambda row: "warn" if row.in_transit else None,
           value=lambda row: row.in_transit or None),
    Column("Último cobro", lambda row: moment(row.last_at)[-5:] if row.last_at else DASH,
           sort_key=lambda row: row.last_at, value=lambda row: row.last_at, soft=True,
           figures=True),
    Column("Corte", lambda row: found.text if (found := _difference(row)) else "",
           sort_key=lambda row: row.closing_difference, pill=_difference,
           value=lambda row: row.closing_difference, width=170),
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """What was expected, declared and counted of a form of payment; None where it is not known."""

    tender: TenderKind
    expected: Decimal
    declared: Decimal | None
    counted: Decimal

    @property
    def difference(self) -> Decimal:
        """Counted less what it answers for: what was declared, or what was expected."""
        return self.counted - (self.expected if self.declared is None else self.declared)


def figure_columns(counted: str, *, declared: bool) -> tuple[Column[Figures], ...]:
    """Three figures of a verification or two of a count, and their difference."""
    columns: list[Column[Figures]] = [
        Column("Forma de pago", lambda row: TENDER_LABELS[row.tender], weight=600, stretch=True),
        Column(
            "Esperado",
            lambda row: figure(row.expected),
            align="right",
            value=lambda row: row.expected,
            width=110,
        ),
    ]
    if declared:
        columns.append(
            Column(
                "Declarado",
                lambda row: figure(row.declared),
                align="right",
                value=lambda row: row.declared,
                width=110,
            )
        )
    return (
        *columns,
        Column(counted, lambda row: figure(row.counted), align="right",
           value=lambda row: row.counted, width=110),
        Column("Resultado", lambda row: difference_pill(row.difference).text,
               pill=lambda row: difference_pill(row.difference), width=190),
    )  # fmt: skip
