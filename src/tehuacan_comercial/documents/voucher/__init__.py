"""The voucher (póliza) and the verification sheet of its day, on letter pages."""

from tehuacan_comercial.documents.voucher.sheet import (
    DaySheet,
    Entry,
    FolioRange,
    SessionRow,
    Total,
    VoucherSheet,
)
from tehuacan_comercial.documents.voucher.verification import render_day
from tehuacan_comercial.documents.voucher.voucher import render_voucher

__all__ = [
    "DaySheet",
    "Entry",
    "FolioRange",
    "SessionRow",
    "Total",
    "VoucherSheet",
    "render_day",
    "render_voucher",
]
