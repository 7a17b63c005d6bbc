"""Proof of payment (comprobante de pago) on 80 mm roll, half letter and letter."""

from __future__ import annotations

from tehuacan_comercial.documents.receipt.render import ReceiptFormat, render
from tehuacan_comercial.documents.receipt.sheet import (
    RETURNED,
    TRANSFERRED,
    Cancelled,
    ReceiptLine,
    ReceiptSheet,
    ReceiptTender,
)

__all__ = [
    "RETURNED", "TRANSFERRED", "Cancelled", "ReceiptFormat", "ReceiptLine", "ReceiptSheet",
    "ReceiptTender", "render",
]  # fmt: skip
