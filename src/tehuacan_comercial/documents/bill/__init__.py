"""The water bill (recibo) left at the door, one or a whole route in a file."""

from __future__ import annotations

from tehuacan_comercial.documents.bill.render import render, render_many
from tehuacan_comercial.documents.bill.sheet import (
    BillLine,
    BillReading,
    BillSheet,
    PeriodConsumption,
)

__all__ = [
    "BillLine",
    "BillReading",
    "BillSheet",
    "PeriodConsumption",
    "render",
    "render_many",
]
