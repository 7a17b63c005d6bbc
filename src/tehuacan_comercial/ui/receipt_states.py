"""How a receipt stands, told alike in every table: icon, word and struck amount."""

from __future__ import annotations

from tehuacan_comercial.services.cash import PaymentRow
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.widgets.pill import Pill

STATE_WIDTH, NOTE_WIDTH = 172, 190
"""Pixels at 100 %: a state may change after the columns were fitted."""

PAID = Pill("Pagado", "ok", "circle-check")
VOIDED = Pill("CANCELADO", "danger", "circle-x")
REVERSED = Pill("CANCELADO", "danger", "undo-2")
PENDING = Pill("Por autorizar", "warn", "hourglass")
MOVED = Pill("TRASPASADO", "info", "arrow-right-left")
RETURNED = Pill("CHEQUE DEVUELTO", "danger", "undo-2")


def receipt_pill(row: PaymentRow) -> Pill:
    """Paid, void, moved, not honoured, or waiting for the decision on a request to void it."""
    if row.voided:
        return REVERSED if row.voided == "reversal" else VOIDED
    if row.returned:
        return RETURNED
    if row.transferred_to:
        return MOVED
    return PENDING if row.void_pending else PAID


def is_void(row: PaymentRow) -> bool:
    """Whether the receipt no longer stands, so that its amount is struck through."""
    return row.voided is not None


def receipt_note(row: PaymentRow) -> str:
    """What took its place, or what it took the place of; nothing of most receipts."""
    if row.replaced_by:
        return f"Sustituido por {row.replaced_by}"
    if row.replaces:
        return f"Sustituye a {row.replaces}"
    if row.returned and not row.voided:
        return f"Devuelto: {money(row.returned)}"
    if row.transferred_to:
        return f"{row.transfer_folio}: de {row.transferred_from} a {row.transferred_to}"
    return f"Reverso: {row.void_reason}" if row.voided == "reversal" else row.void_reason
