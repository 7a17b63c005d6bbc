"""The columns of the tables of the page Depósitos."""

from __future__ import annotations

from tehuacan_comercial.domain.lifecycles import DEPOSIT, DepositState
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.bank_files.service import (
    FileRow,
    LooseLineRow,
    OpenSlipRow,
    UnidentifiedRow,
)
from tehuacan_comercial.services.deposits import BatchRow, SessionMoneyRow
from tehuacan_comercial.ui.formats import day, figure, moment
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column

_STATES: dict[DepositState, tuple[Tone, str]] = {
    DepositState.OPEN: ("info", "folder"),
    DepositState.COUNTING: ("warn", "calculator"),
    DepositState.BALANCED: ("warn", "scale"),
    DepositState.DEPOSITED: ("info", "landmark"),
    DepositState.RECONCILED: ("ok", "check-check"),
}
_PROBLEMS = {"account": "Cuenta desconocida", "check_digit": "Referencia mal escrita"}


def state_pill(state: str) -> Pill:
    """A batch's state as word, icon and colour."""
    found = DepositState(state)
    tone, icon = _STATES[found]
    return Pill(DEPOSIT.labels[found].capitalize(), tone, icon)


def unidentified_pill(row: UnidentifiedRow) -> Pill:
    """Whether somebody said whose it is."""
    if row.account_number:
        return Pill("Asignado", "ok", "circle-check")
    return Pill(_PROBLEMS[row.problem], "warn", "circle-help")


def file_pill(row: FileRow) -> Pill:
    """A bank's statement or payments of a channel."""
    if row.kind == "statement":
        return Pill("Banco", "info", "landmark")
    return Pill("Canal", "accent", "wallet")


def tender(kind: str) -> str:
    """A form of payment in Spanish."""
    return TENDER_LABELS[TenderKind(kind)]


SESSIONS: tuple[Column[SessionMoneyRow], ...] = (
    Column("Sesión", lambda row: row.folio, figures=True, weight=600),
    Column("Fecha", lambda row: day(row.business_date), sort_key=lambda row: row.business_date,
           value=lambda row: row.business_date),
    Column("Caja", lambda row: row.till_name),
    Column("Cajera o cajero", lambda row: row.cashier_name, stretch=True),
    Column("Efectivo", lambda row: figure(row.cash), sort_key=lambda row: row.cash,
           align="right", value=lambda row: row.cash, total=lambda row: row.cash),
    Column("Tarjeta", lambda row: figure(row.card), sort_key=lambda row: row.card,
           align="right", value=lambda row: row.card, total=lambda row: row.card),
    Column("Transferencia", lambda row: figure(row.transfer), sort_key=lambda row: row.transfer,
           align="right", value=lambda row: row.transfer, total=lambda row: row.transfer),
    Column("Cheque", lambda row: figure(row.cheque), sort_key=lambda row: row.cheque,
           align="right", value=lambda row: row.cheque, total=lambda row: row.cheque),
)  # fmt: skip
BATCHES: tuple[Column[BatchRow], ...] = (
    Column("Lote", lambda row: str(row.batch_id), sort_key=lambda row: row.batch_id, weight=600,
           value=lambda row: row.batch_id),
    Column("Estado", lambda row: state_pill(row.state).text,
           pill=lambda row: state_pill(row.state)),
    Column("Relación", lambda row: row.folio, figures=True),
    Column("Abrió", lambda row: row.opened_by_name, stretch=True),
    Column("Desde", lambda row: moment(row.opened_at), sort_key=lambda row: row.opened_at,
           value=lambda row: row.opened_at),
    Column("Sesiones", lambda row: str(row.sessions), sort_key=lambda row: row.sessions,
           align="right", value=lambda row: row.sessions),
)  # fmt: skip
OPEN_SLIPS: tuple[Column[OpenSlipRow], ...] = (
    Column("Relación", lambda row: row.folio, figures=True, weight=600),
    Column("Cuenta", lambda row: row.bank_account),
    Column("Forma", lambda row: tender(row.tender)),
    Column("Depositada", lambda row: day(row.deposited_on), sort_key=lambda row: row.deposited_on,
           value=lambda row: row.deposited_on),
    Column("Referencia", lambda row: row.reference, stretch=True),
    Column("Importe", lambda row: figure(row.amount), sort_key=lambda row: row.amount,
           align="right", value=lambda row: row.amount, total=lambda row: row.amount),
)  # fmt: skip
LOOSE_LINES: tuple[Column[LooseLineRow], ...] = (
    Column("Fecha", lambda row: day(row.day), sort_key=lambda row: row.day,
           value=lambda row: row.day),
    Column("Cuenta", lambda row: row.bank_account),
    Column("Referencia", lambda row: row.reference, figures=True),
    Column("Descripción", lambda row: row.description, stretch=True),
    Column("Nota", lambda row: "Repetido" if row.repeated else "",
           pill=lambda row: Pill("Repetido", "warn", "copy") if row.repeated else None),
    Column("Abono", lambda row: figure(row.amount), sort_key=lambda row: row.amount,
           align="right", value=lambda row: row.amount, total=lambda row: row.amount),
)  # fmt: skip
UNIDENTIFIED: tuple[Column[UnidentifiedRow], ...] = (
    Column("Canal", lambda row: row.channel, weight=600),
    Column("Pagado", lambda row: day(row.paid_on), sort_key=lambda row: row.paid_on,
           value=lambda row: row.paid_on),
    Column("Referencia", lambda row: row.reference, figures=True),
    Column("Folio del canal", lambda row: row.channel_folio, figures=True),
    Column("Estado", lambda row: unidentified_pill(row).text, pill=unidentified_pill),
    Column("Cuenta", lambda row: row.account_number, figures=True),
    Column("Asignó", lambda row: row.assigned_by_name),
    Column("Cómo se supo", lambda row: row.note, stretch=True),
    Column("Importe", lambda row: figure(row.amount), sort_key=lambda row: row.amount,
           align="right", value=lambda row: row.amount, total=lambda row: row.amount),
)  # fmt: skip
FILES: tuple[Column[FileRow], ...] = (
    Column("Clase", lambda row: file_pill(row).text, pill=file_pill),
    Column("Cuenta o canal", lambda row: row.origin),
    Column("Archivo", lambda row: row.file_name, stretch=True, weight=600),
    Column("Registró", lambda row: row.imported_by_name, width=180),
    Column("Cuándo", lambda row: moment(row.imported_at), sort_key=lambda row: row.imported_at,
           value=lambda row: row.imported_at),
    Column("Del", lambda row: day(row.first_day), sort_key=lambda row: row.first_day,
           value=lambda row: row.first_day, optional=True),
    Column("Al", lambda row: day(row.last_day), sort_key=lambda row: row.last_day,
           value=lambda row: row.last_day, optional=True),
    Column("Renglones", lambda row: f"{row.rows:,}", sort_key=lambda row: row.rows,
           align="right", value=lambda row: row.rows),
    Column("Con ficha o cuenta", lambda row: f"{row.done:,}", sort_key=lambda row: row.done,
           align="right", value=lambda row: row.done, optional=True),
    Column("Pendientes", lambda row: f"{row.open:,}", sort_key=lambda row: row.open,
           align="right", value=lambda row: row.open,
           tone=lambda row: "warn" if row.open else None),
    Column("Repetidos", lambda row: f"{row.repeated:,}", sort_key=lambda row: row.repeated,
           align="right", value=lambda row: row.repeated),
    Column("Cargos", lambda row: figure(row.debits), sort_key=lambda row: row.debits,
           align="right", value=lambda row: row.debits, optional=True),
    Column("Abonos o pagos", lambda row: figure(row.credits), sort_key=lambda row: row.credits,
           align="right", value=lambda row: row.credits),
)  # fmt: skip
