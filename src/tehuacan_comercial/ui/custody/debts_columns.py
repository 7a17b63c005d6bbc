"""Columns of what cashiers owe of their shortages."""

from __future__ import annotations

from tehuacan_comercial.services.custody import DebtRow
from tehuacan_comercial.ui.formats import DASH, day, figure
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column


def debt_pill(row: DebtRow) -> Pill:
    """Where a shortage stands."""
    if not row.pending:
        return Pill("Saldado", "ok", "circle-check")
    if row.state != "verified":
        return Pill("Por verificar", "neutral", "lock")
    return Pill("Saldado en parte" if row.settled else "Pendiente", "warn", "hourglass")


COLUMNS: tuple[Column[DebtRow], ...] = (
    Column("Día", lambda row: day(row.business_date), sort_key=lambda row: row.business_date,
           figures=True, soft=True),
    Column("Sesión", lambda row: row.session_folio, figures=True, weight=600),
    Column("Cajera o cajero", lambda row: row.cashier_name, stretch=True),
    Column("Estado", lambda row: debt_pill(row).text, pill=debt_pill),
    Column("Referencias", lambda row: row.how or DASH, soft=True),
    Column("Faltante", lambda row: figure(row.owed), align="right",
           sort_key=lambda row: row.owed, value=lambda row: row.owed),
    Column("Saldado", lambda row: figure(row.settled) if row.settled else DASH, align="right",
           sort_key=lambda row: row.settled, value=lambda row: row.settled),
    Column("Pendiente", lambda row: figure(row.pending), align="right", weight=600,
           sort_key=lambda row: row.pending, value=lambda row: row.pending,
           total=lambda row: row.pending),
)  # fmt: skip
