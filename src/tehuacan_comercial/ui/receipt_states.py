"""How a receipt stands, told alike in every table: icon, word and struck amount."""

from __future__ import annotations

from tehuacan_comercial.services.cash import PaymentRow
from tehuacan_comercial.ui.widgets.pill import Pill

STATE_WIDTH, NOTE_WIDTH = 136, 190
"""Pixels at 100 %: a state may change after the columns were fitted."""

PAID = Pill("Pagado", "ok", "circle-check")
VOIDED = Pill("CANCELADO", "danger", "circle-x")
REVERSED = Pill("CANCELADO", "danger", "undo-2")
PENDING = Pill("Por autorizar", "warn", "hourglass")


def receipt_pill(row: PaymentRow) -> Pill:
    """Paid, void, or waiting for the decision on a request to void it."""
    if row.voided:
        return REVERSED if row.voided == "reversal" else VOIDED
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
    return f"Reverso: {row.void_reason}" if row.voided == "reversal" else row.void_reason
