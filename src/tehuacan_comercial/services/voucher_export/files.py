"""Writing a voucher's file: whole or not at all, and nothing in it becomes a formula."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from tehuacan_comercial.data.queries.vouchers import VoucherLineRow, VoucherRow
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.vouchers import (
    KIND_LABELS,
    ORIGIN_LABELS,
    SECTION_LABELS,
    VoucherKind,
)
from tehuacan_comercial.services.spreadsheets import to_xlsx
from tehuacan_comercial.services.voucher_export.layout import (
    DateForm,
    DecimalSign,
    Delimiter,
    Encoding,
    VoucherField,
    VoucherLayout,
)

_SEPARATORS = {
    Delimiter.COMMA: ",",
    Delimiter.SEMICOLON: ";",
    Delimiter.TAB: "\t",
    Delimiter.PIPE: "|",
}
_DATES = {DateForm.DAY_FIRST: "%d/%m/%Y", DateForm.ISO: "%Y-%m-%d", DateForm.COMPACT: "%Y%m%d"}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With these a spreadsheet takes the text of a CSV for a formula."""

Cell = str | int | Decimal | date | None


def write_voucher(
    path: Path, row: VoucherRow, lines: Sequence[VoucherLineRow], layout: VoucherLayout
) -> str:
    """Write the file that ``path`` names (``.csv``, otherwise XLSX); gives its SHA-256.

    Raises:
        OSError: the file cannot be written, or another program holds it open.
    """
    cells = [tuple(_cell(column.field, row, line) for column in layout.columns) for line in lines]
    titles = [column.title for column in layout.columns]
    if path.suffix.lower() == ".csv":
        path.write_bytes(_csv(titles, cells, layout))
    else:
        to_xlsx(titles, cells, path, row.folio)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _cell(field: VoucherField, row: VoucherRow, line: VoucherLineRow) -> Cell:
    match field:
        case VoucherField.DATE:
            return row.business_date
        case VoucherField.LINE | VoucherField.VERSION:
            return line.line if field is VoucherField.LINE else row.version
        case VoucherField.DEBIT | VoucherField.CREDIT:
            amount = line.debit if field is VoucherField.DEBIT else line.credit
            return amount if amount != ZERO else None
        case _:
            return _text(field, row, line)


def _text(field: VoucherField, row: VoucherRow, line: VoucherLineRow) -> str:
    origin = ORIGIN_LABELS.get(line.origin, line.origin)
    return {
        VoucherField.FOLIO: row.folio,
        VoucherField.KIND: KIND_LABELS[VoucherKind(row.kind)],
        VoucherField.SECTION: SECTION_LABELS[line.section],
        VoucherField.ORIGIN: origin,
        VoucherField.ACCOUNT: line.account,
        VoucherField.ACCOUNT_NAME: line.name,
        VoucherField.CONCEPT: line.concept or "",
        VoucherField.CONCEPT_NAME: line.concept_name,
        VoucherField.DESCRIPTION: f"{origin}, {line.concept_name}" if line.concept else origin,
    }[field]


def _csv(titles: Sequence[str], rows: Iterable[Sequence[Cell]], layout: VoucherLayout) -> bytes:
    told = io.StringIO()
    writer = csv.writer(told, delimiter=_SEPARATORS[layout.delimiter], lineterminator="\r\n")
    if layout.header:
        writer.writerow([_harmless(title) for title in titles])
    for row in rows:
        writer.writerow([_written(cell, layout) for cell in row])
    bom = "\ufeff" if layout.encoding is Encoding.UTF_8 else ""
    # What cp1252 cannot write stays legible; it is only ever a name.
    return (bom + told.getvalue()).encode(layout.encoding.value, errors="replace")


def _written(cell: Cell, layout: VoucherLayout) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            sign = "," if layout.decimal is DecimalSign.COMMA else "."
            return f"{cell:.2f}".replace(".", sign)
        case date():
            return cell.strftime(_DATES[layout.dates])
        case int():
            return str(cell)
        case _:
            return _harmless(cell)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text
