"""A voucher as a file for the accounting program: XLSX or CSV, by a layout that can be read."""

from tehuacan_comercial.services.voucher_export.files import write_voucher
from tehuacan_comercial.services.voucher_export.layout import VoucherLayout, load_layout

__all__ = ["VoucherLayout", "load_layout", "write_voucher"]
