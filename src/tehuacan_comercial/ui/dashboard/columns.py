"""Columns of the dashboard's tables, as data; spreadsheets get real numbers and moments (Q4)."""

from __future__ import annotations

from tehuacan_comercial.services.dashboard import ReceiptLine, TillNow
from tehuacan_comercial.ui.dashboard.words import level_words, state_pill, tender_name
from tehuacan_comercial.ui.formats import figure, moment
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column

STANDS = Pill("Vigente", "ok", "circle-check")
VOID = Pill("CANCELADO", "danger", "circle-x")
REVERSED = Pill("CANCELADO (reverso)", "danger", "circle-x")


def receipt_state(row: ReceiptLine) -> Pill:
    """Whether the receipt still stands."""
    if row.voided is None:
        return STANDS
    return REVERSED if row.voided == "reversal" else VOID


def tenders_of(row: ReceiptLine) -> str:
    """``Efectivo + Tarjeta``."""
    return " + ".join(tender_name(tender) for tender in row.tenders.split(","))


RECEIPT_COLUMNS: tuple[Column[ReceiptLine], ...] = (
    Column(
        "Fecha",
        lambda row: moment(row.posted_at),
        sort_key=lambda row: row.posted_at,
        value=lambda row: row.posted_at,
        soft=True,
        figures=True,
    ),
    Column("Recibo", lambda row: row.folio, weight=600, figures=True),
    Column("Caja", lambda row: row.till),
    Column("Cobró", lambda row: row.cashier_name, soft=True, width=120),
    Column("Cuenta", lambda row: row.account_number, figures=True),
    Column("Usuario", lambda row: row.holder, stretch=True),
    Column("Forma de pago", tenders_of, width=124),
    Column("Estado", lambda row: receipt_state(row).text, pill=receipt_state),
    Column("Motivo", lambda row: row.void_reason, soft=True, optional=True),
    Column(
        "Total del recibo",
        lambda row: figure(row.applied),
        sort_key=lambda row: row.applied,
        align="right",
        value=lambda row: row.applied,
        optional=True,
    ),
    Column(
        "Cobrado",
        lambda row: figure(row.part or None),
        sort_key=lambda row: row.part,
        align="right",
        strike=lambda row: row.voided is not None,
        value=lambda row: row.part,
        total=lambda row: row.part,
    ),
    Column(
        "Cancelado",
        lambda row: figure(row.cancelled or None),
        sort_key=lambda row: row.cancelled,
        align="right",
        value=lambda row: row.cancelled,
        total=lambda row: row.cancelled,
    ),
    Column(
        "Neto",
        lambda row: figure(row.part - row.cancelled),
        sort_key=lambda row: row.part - row.cancelled,
        align="right",
        weight=600,
        value=lambda row: row.part - row.cancelled,
        total=lambda row: row.part - row.cancelled,
    ),
)

TILL_COLUMNS: tuple[Column[TillNow], ...] = (
    Column("Caja", lambda till: till.row.till_name),
    Column("Cajera o cajero", lambda till: till.row.cashier_name or ""),
    Column("Estado", lambda till: state_pill(till).text),
    Column("Sesión", lambda till: till.row.folio or ""),
    Column("Apertura", lambda till: moment(till.row.opened_at), value=lambda t: t.row.opened_at),
    Column("Efectivo en caja", lambda till: figure(till.cash), value=lambda till: till.cash),
    Column("Tope", lambda till: figure(till.row.cash_limit), value=lambda t: t.row.cash_limit),
    Column("Contra el tope", level_words),
    Column("En tránsito", lambda till: figure(till.transit), value=lambda till: till.transit),
    Column("Recibos", lambda till: str(till.receipts), value=lambda till: till.receipts),
    Column("Cancelados", lambda till: str(till.voids), value=lambda till: till.voids),
    Column("Cobrado", lambda till: figure(till.taken), value=lambda till: till.taken),
    Column(
        "Diferencia del corte",
        lambda till: figure(till.difference or None),
        value=lambda till: till.difference or None,
    ),
    Column(
        "Último cobro",
        lambda till: moment(till.last.posted_at) if till.last else "",
        value=lambda till: till.last.posted_at if till.last else None,
    ),
    Column("Último recibo", lambda till: till.last.folio if till.last else ""),
)
