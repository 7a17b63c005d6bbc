"""Columns of cheques, transfers, findings and bans, as data."""

from __future__ import annotations

from tehuacan_comercial.domain.clarifications import FINDING_LABELS, FindingKind
from tehuacan_comercial.services.clarifications import BanRow, ChequeRow, FindingRow, TransferRow
from tehuacan_comercial.ui.formats import DASH, day, figure, moment
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column

_IN_TILL = Pill("En la caja", "neutral", "banknote")
_DEPOSITED = Pill("Recibido", "ok", "circle-check")
_RETURNED = Pill("Devuelto", "danger", "undo-2")
_BARRED = Pill("Sin cheques", "danger", "circle-x")
_LIFTED = Pill("Ya se aceptan", "ok", "circle-check")
_FINDINGS: dict[FindingKind, Pill] = {
    FindingKind.DOUBLE: Pill(FINDING_LABELS[FindingKind.DOUBLE], "warn", "copy"),
    FindingKind.REFERENCE: Pill(FINDING_LABELS[FindingKind.REFERENCE], "danger", "credit-card"),
    FindingKind.NEIGHBOUR: Pill(FINDING_LABELS[FindingKind.NEIGHBOUR], "info", "arrow-right-left"),
}


def cheque_pill(row: ChequeRow) -> Pill:
    """Still in the till, taken, or given back by the bank."""
    if row.returned_on is not None:
        return _RETURNED
    return _DEPOSITED if row.session_closed else _IN_TILL


def ban_pill(row: BanRow) -> Pill:
    """In force or lifted."""
    return _BARRED if row.lifted_at is None else _LIFTED


def finding_pill(row: FindingRow) -> Pill:
    """Why it deserves a look."""
    return _FINDINGS[row.reason]


def finding_words(row: FindingRow) -> str:
    """What is alike, in one sentence."""
    if row.reason is FindingKind.REFERENCE:
        return f"La referencia {row.detail} ya venía en {row.other_folio}"
    if row.reason is FindingKind.DOUBLE:
        return f"El mismo importe que {row.other_folio}, de la misma cuenta"
    if row.other_receipt_id is None:
        return f"{row.other_account_number} debe justo ese importe"
    return f"Se cobró igual en {row.other_account_number}, {row.other_folio}"


CHEQUES: tuple[Column[ChequeRow], ...] = (
    Column(
        "Fecha",
        lambda row: day(row.business_date),
        sort_key=lambda row: row.posted_at,
        value=lambda row: row.business_date,
        soft=True,
        figures=True,
    ),
    Column("Recibo", lambda row: row.folio, weight=600, figures=True),
    Column("Cuenta", lambda row: row.account_number, figures=True),
    Column("Titular", lambda row: row.holder, stretch=True),
    Column("Banco", lambda row: row.bank or DASH, soft=True),
    Column("Cheque", lambda row: row.reference, figures=True),
    Column("Estado", lambda row: cheque_pill(row).text, pill=cheque_pill, width=126),
    Column(
        "Devuelto",
        lambda row: f"{day(row.returned_on)} · {row.bank_reason}" if row.returned_on else DASH,
        sort_key=lambda row: (row.returned_on is not None, row.recorded_at),
        value=lambda row: row.returned_on,
        soft=True,
        width=230,
    ),
    Column("Registró", lambda row: row.recorded_by_name or DASH, soft=True, optional=True),
    Column(
        "Cargo",
        lambda row: figure(row.fee),
        sort_key=lambda row: row.fee or 0,
        value=lambda row: row.fee,
        align="right",
        soft=True,
    ),
    Column(
        "Importe",
        lambda row: figure(row.amount),
        sort_key=lambda row: row.amount,
        value=lambda row: row.amount,
        align="right",
        weight=600,
        strike=lambda row: row.returned_on is not None,
    ),
)

TRANSFERS: tuple[Column[TransferRow], ...] = (
    Column(
        "Fecha",
        lambda row: moment(row.transferred_at),
        sort_key=lambda row: row.transferred_at,
        value=lambda row: row.transferred_at,
        soft=True,
        figures=True,
    ),
    Column("Traspaso", lambda row: row.folio, weight=600, figures=True),
    Column("Recibo", lambda row: row.receipt_folio, figures=True),
    Column("De la cuenta", lambda row: row.from_number, figures=True),
    Column("A la cuenta", lambda row: row.to_number, figures=True),
    Column("Titular", lambda row: row.to_holder, stretch=True),
    Column("Motivo", lambda row: row.reason, soft=True),
    Column("Solicitó", lambda row: row.requested_by_name, soft=True, optional=True),
    Column("Autorizó", lambda row: row.transferred_by_name, soft=True, width=190),
    Column(
        "Importe",
        lambda row: figure(row.amount),
        sort_key=lambda row: row.amount,
        value=lambda row: row.amount,
        align="right",
        weight=600,
    ),
)

FINDINGS: tuple[Column[FindingRow], ...] = (
    Column(
        "Fecha",
        lambda row: moment(row.posted_at),
        sort_key=lambda row: row.posted_at,
        value=lambda row: row.posted_at,
        soft=True,
        figures=True,
    ),
    Column("Señal", lambda row: finding_pill(row).text, pill=finding_pill, width=166),
    Column("Recibo", lambda row: row.folio, weight=600, figures=True),
    Column("Cuenta", lambda row: row.account_number, figures=True),
    Column("Titular", lambda row: row.holder, soft=True, width=215),
    Column("Qué se parece", finding_words, stretch=True),
    Column("Otro titular", lambda row: row.other_holder, soft=True, optional=True),
    Column("Cobró", lambda row: row.cashier_name, soft=True, optional=True),
    Column(
        "Importe",
        lambda row: figure(row.amount),
        sort_key=lambda row: row.amount,
        value=lambda row: row.amount,
        align="right",
        weight=600,
    ),
)

BANS: tuple[Column[BanRow], ...] = (
    Column("Cuenta", lambda row: row.account_number, weight=600, figures=True),
    Column("Titular", lambda row: row.holder, stretch=True),
    Column("Estado", lambda row: ban_pill(row).text, pill=ban_pill, width=150),
    Column(
        "Desde",
        lambda row: moment(row.placed_at),
        sort_key=lambda row: row.placed_at,
        value=lambda row: row.placed_at,
        soft=True,
        figures=True,
    ),
    Column("Recibo", lambda row: row.folio, figures=True),
    Column("Motivo del banco", lambda row: row.bank_reason, soft=True),
    Column("Devueltos", lambda row: str(row.returns), value=lambda row: row.returns, align="right"),
    Column(
        "Se levantó",
        lambda row: f"{row.lifted_by_name}: {row.lift_reason}" if row.lifted_at else DASH,
        soft=True,
    ),
    Column(
        "Importe",
        lambda row: figure(row.amount),
        sort_key=lambda row: row.amount,
        value=lambda row: row.amount,
        align="right",
        weight=600,
    ),
)
