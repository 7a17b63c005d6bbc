"""How a receipt stands, told alike in every table: icon, word and struck amount."""

from __future__ import annotations

from tehuacan_comercial.services.cash import PaymentRow
from tehuacan_comercial.ui.widgets.pill import Pill

PAID = Pill("Pagado", "ok", "circle-check")
VOIDED = Pill("CANCELADO", "danger", "circle-x")
REVERSED = Pill("CANCELADO (reverso)", "danger", "circle-x")
PENDING = Pill("Cancelación por autorizar", "warn", "hourglass")


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
    return f"Sustituye a {row.replaces}" if row.replaces else row.void_reason
