"""An issued sheet as PDF again, byte for byte: each kind from its frozen content."""

from __future__ import annotations

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import accounts as account_queries
from tehuacan_comercial.data.queries import cash as queries
from tehuacan_comercial.data.queries import deposits as deposit_queries
from tehuacan_comercial.data.queries import returns as return_queries
from tehuacan_comercial.data.queries import voids as void_queries
from tehuacan_comercial.data.queries import vouchers as voucher_queries
from tehuacan_comercial.data.queries.cash import ClosingRow, IssuedRow, ReceiptRow
from tehuacan_comercial.data.queries.returns import TransferDocument
from tehuacan_comercial.documents import closing_report, deposit_list, receipt
from tehuacan_comercial.documents import voucher as voucher_document
from tehuacan_comercial.documents.base import Reprint
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.refusals import UnknownDocument
from tehuacan_comercial.services.paper.closing import closing_sheet
from tehuacan_comercial.services.paper.custody import custody_pdf
from tehuacan_comercial.services.paper.deposit_list import deposit_list_sheet
from tehuacan_comercial.services.paper.office import reprint_of
from tehuacan_comercial.services.paper.receipt import receipt_sheet, transfer_sheet
from tehuacan_comercial.services.paper.voucher import day_sheet, office_key, voucher_sheet

_CUSTODY = frozenset(paper.value for paper in CustodyPaper)

FORMATS = {
    "80mm": receipt.ReceiptFormat.THERMAL,
    "half-letter": receipt.ReceiptFormat.HALF_LETTER,
    "letter": receipt.ReceiptFormat.LETTER,
}
"""The station's receipt formats (config.RECEIPT_FORMATS) and what they draw."""


def draw_issued(database: Database, issued: IssuedRow) -> tuple[str, bytes]:
    """Title and PDF of an issued sheet, from its frozen content.

    Raises:
        UnknownDocument: what it is of cannot be read.
    """
    reprint = reprint_of(issued.copy_number, issued.issued_by_name, issued.issued_at)
    if issued.kind == "receipt":
        return _draw_receipt(database, issued, reprint)
    if issued.kind == "transfer":
        return _draw_transfer(database, issued, reprint)
    if issued.kind in ("voucher", "voucher_sheet"):
        return _draw_voucher(database, issued, reprint)
    if issued.kind == "deposit_list":
        return _draw_deposit_list(database, issued, reprint)
    if issued.kind in _CUSTODY:
        return _draw_custody(database, issued, reprint)
    return _draw_closing(database, issued, reprint)


def _draw_deposit_list(
    database: Database, issued: IssuedRow, reprint: Reprint | None
) -> tuple[str, bytes]:
    with database.read() as connection:
        row = deposit_queries.deposit_list(connection, issued.subject_id)
        if row is None:
            raise UnknownDocument(str(issued.subject_id))
        settings = queries.office_settings(connection, row.content["office"])
    sheet = deposit_list_sheet(row.content, row.hash, settings, reprint)
    return f"Relación de fichas {row.content['folio']}", deposit_list.render(sheet)


def _draw_voucher(
    database: Database, issued: IssuedRow, reprint: Reprint | None
) -> tuple[str, bytes]:
    with database.read() as connection:
        row = voucher_queries.voucher(connection, issued.subject_id)
        if row is None:
            raise UnknownDocument(str(issued.subject_id))
        settings = queries.office_settings(connection, office_key(row))
    if issued.kind == "voucher_sheet":
        day = voucher_document.render_day(day_sheet(row, settings, reprint))
        return f"Hoja de verificación hoja-{row.folio}", day
    sheet = voucher_sheet(row, settings, issued.issued_at, reprint)
    return f"Póliza {row.folio}", voucher_document.render_voucher(sheet)


def _draw_custody(
    database: Database, issued: IssuedRow, reprint: Reprint | None
) -> tuple[str, bytes]:
    with database.read() as connection:
        content = queries.issued_content(connection, issued.document_id)
        if content is None:
            raise UnknownDocument(str(issued.document_id))
        settings = queries.office_settings(connection, content["office"])
    return custody_pdf(CustodyPaper(issued.kind), content, settings, reprint)


def _draw_receipt(
    database: Database, issued: IssuedRow, reprint: Reprint | None
) -> tuple[str, bytes]:
    with database.read() as connection:
        row = queries.receipt(connection, issued.subject_id)
        settings = queries.office_settings(connection, _office(row))
        void = void_queries.void_as_of(connection, issued.subject_id, issued.issued_at)
        marks = return_queries.marks_as_of(connection, issued.subject_id, issued.issued_at)
    if row is None:
        raise UnknownDocument(str(issued.subject_id))
    sheet = receipt_sheet(row, settings, reprint, void, marks[0] if marks else None)
    form = FORMATS.get(issued.format, receipt.ReceiptFormat.THERMAL)
    return f"Recibo {row.folio}", receipt.render(sheet, form)


def _draw_transfer(
    database: Database, issued: IssuedRow, reprint: Reprint | None
) -> tuple[str, bytes]:
    with database.read() as connection:
        row = return_queries.transfer(connection, issued.subject_id)
        if row is None:
            raise UnknownDocument(str(issued.subject_id))
        settings = queries.office_settings(connection, _office(row))
    sheet = transfer_sheet(row, settings, reprint)
    form = FORMATS.get(issued.format, receipt.ReceiptFormat.HALF_LETTER)
    return f"Traspaso {row.folio}", receipt.render(sheet, form)


def _draw_closing(
    database: Database, issued: IssuedRow, reprint: Reprint | None
) -> tuple[str, bytes]:
    with database.read() as connection:
        row = queries.closing(connection, issued.subject_id)
        if row is None:
            raise UnknownDocument(str(issued.subject_id))
        receipts = account_queries.session_receipts(connection, row.session_id)
        settings = queries.office_settings(connection, _office(row))
        reason = queries.set_aside(connection, row.closing_id, issued.issued_at)
    sheet = closing_sheet(row, receipts, settings, reprint, reason)
    return f"Corte {row.folio}", closing_report.render(sheet)


def _office(row: ReceiptRow | ClosingRow | TransferDocument | None) -> int | None:
    key = row.content.get("office") if row else None
    return None if key is None else int(key)
