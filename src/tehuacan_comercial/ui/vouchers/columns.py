"""The columns of the tables of the page Pólizas."""

from __future__ import annotations

from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.vouchers import (
    SECTION_LABELS,
    SheetFolios,
    SheetSession,
)
from tehuacan_comercial.services.vouchers import (
    DayDeposit,
    DayReceiptRow,
    SourceRow,
    VoucherLineRow,
    VoucherRow,
)
from tehuacan_comercial.ui.cash_states import difference_pill, session_pill
from tehuacan_comercial.ui.formats import figure, moment
from tehuacan_comercial.ui.vouchers.words import batch_pill, origin, state_pill, void_pill
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column

LINES: tuple[Column[VoucherLineRow], ...] = (
    Column("Sección", lambda row: SECTION_LABELS[row.section], soft=True),
    Column("Cuenta", lambda row: row.account, figures=True, weight=600),
    Column("Nombre de la cuenta", lambda row: row.name, stretch=True),
    Column("Origen", lambda row: origin(row.origin)),
    Column("Concepto", lambda row: row.concept_name),
    Column(
        "Cargo",
        lambda row: figure(row.debit) if row.debit else "",
        sort_key=lambda row: row.debit,
        align="right",
        value=lambda row: row.debit or None,
        total=lambda row: row.debit,
    ),
    Column(
        "Abono",
        lambda row: figure(row.credit) if row.credit else "",
        sort_key=lambda row: row.credit,
        align="right",
        value=lambda row: row.credit or None,
        total=lambda row: row.credit,
    ),
)


def _difference(row: SheetSession) -> Pill | None:
    return None if row.difference is None else difference_pill(row.difference)


def _difference_words(row: SheetSession) -> str:
    found = _difference(row)
    return "" if found is None else found.text


SESSIONS: tuple[Column[SheetSession], ...] = (
    Column("Sesión", lambda row: row.folio, figures=True, weight=600),
    Column("Caja", lambda row: row.till_name),
    Column("Cajera o cajero", lambda row: row.cashier_name, stretch=True),
    Column("Estado", lambda row: session_pill(row.state).text,
           pill=lambda row: session_pill(row.state)),
    Column("Corte", lambda row: row.closing_folio or "sin corte", figures=True),
    Column("Recibos", lambda row: str(row.receipts), sort_key=lambda row: row.receipts,
           align="right", value=lambda row: row.receipts),
    Column("Cobrado", lambda row: figure(row.collected), sort_key=lambda row: row.collected,
           align="right", value=lambda row: row.collected,
           total=lambda row: row.collected or ZERO),
    Column("Diferencia", _difference_words, sort_key=lambda row: row.difference, pill=_difference,
           value=lambda row: row.difference, width=150),
)  # fmt: skip
DEPOSITS: tuple[Column[DayDeposit], ...] = (
    Column("Sesión", lambda row: row.session.folio, figures=True, weight=600),
    Column("Caja", lambda row: row.session.till_name),
    Column("Cajera o cajero", lambda row: row.session.cashier_name, stretch=True),
    Column("Cobrado", lambda row: figure(row.session.collected),
           sort_key=lambda row: row.session.collected, align="right",
           value=lambda row: row.session.collected,
           total=lambda row: row.session.collected or ZERO),
    Column("Diferencia", lambda row: _difference_words(row.session),
           sort_key=lambda row: row.session.difference, pill=lambda row: _difference(row.session),
           value=lambda row: row.session.difference, width=150),
    Column("Lote", lambda row: batch_pill(row.batch_state).text,
           pill=lambda row: batch_pill(row.batch_state)),
    Column("Relación", lambda row: row.list_folio, figures=True),
    Column("Para el banco", lambda row: figure(row.handed), sort_key=lambda row: row.handed,
           align="right", weight=600, value=lambda row: row.handed, total=lambda row: row.handed),
)  # fmt: skip
RECEIPTS: tuple[Column[DayReceiptRow], ...] = (
    Column("Folio", lambda row: row.folio, figures=True, weight=600),
    Column("Hora", lambda row: moment(row.posted_at)[-5:], sort_key=lambda row: row.posted_at,
           value=lambda row: row.posted_at),
    Column("Cuenta", lambda row: row.account_number, figures=True),
    Column("Titular", lambda row: row.holder, stretch=True),
    Column("Estado", lambda row: pill.text if (pill := void_pill(row.voided)) else "Vigente",
           pill=lambda row: void_pill(row.voided)),
    Column("Cobrado", lambda row: figure(row.money), sort_key=lambda row: row.money,
           align="right", value=lambda row: row.money, total=lambda row: row.money),
)  # fmt: skip
VERSIONS: tuple[Column[VoucherRow], ...] = (
    Column("Folio", lambda row: row.folio, figures=True, weight=600),
    Column("Póliza", lambda row: "Recaudación" if row.kind == "collection" else "Descuento"),
    Column("Versión", lambda row: str(row.version), align="right",
           value=lambda row: row.version),
    Column("Estado", lambda row: state_pill(row.state).text,
           pill=lambda row: state_pill(row.state)),
    Column("Elaboró", lambda row: row.issued_by_name),
    Column("Revisó", lambda row: row.decided_by_name or ""),
    Column("Notas", lambda row: row.decision_note, stretch=True),
    Column("Cargos", lambda row: figure(row.debit), sort_key=lambda row: row.debit,
           align="right", value=lambda row: row.debit),
)  # fmt: skip
FOLIOS: tuple[Column[SheetFolios], ...] = (
    Column("Serie", lambda row: row.series, weight=600),
    Column("Del folio", lambda row: row.first_folio, figures=True),
    Column("Al folio", lambda row: row.last_folio, figures=True, stretch=True),
    Column("Recibos", lambda row: str(row.receipts), sort_key=lambda row: row.receipts,
           align="right", value=lambda row: row.receipts),
    Column("Faltan", lambda row: str(row.missing), align="right",
           tone=lambda row: "danger" if row.missing else None, value=lambda row: row.missing),
    Column("Sello roto", lambda row: str(row.unchained), align="right",
           tone=lambda row: "danger" if row.unchained else None,
           value=lambda row: row.unchained),
    Column("Cobrado", lambda row: figure(row.money), sort_key=lambda row: row.money,
           align="right", value=lambda row: row.money, total=lambda row: row.money),
)  # fmt: skip
SOURCES: tuple[Column[SourceRow], ...] = (
    Column("Recibo", lambda row: row.folio, figures=True, weight=600),
    Column("Fecha y hora", lambda row: moment(row.posted_at), sort_key=lambda row: row.posted_at,
           value=lambda row: row.posted_at),
    Column("Asiento", lambda row: row.memo, stretch=True),
    Column("Cuenta", lambda row: row.account_number, figures=True),
    Column("Titular", lambda row: row.holder),
    Column("Importe", lambda row: figure(row.amount), sort_key=lambda row: row.amount,
           align="right", value=lambda row: row.amount, total=lambda row: row.amount),
)  # fmt: skip
