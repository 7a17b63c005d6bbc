"""Paper as pictures: receipts, closing report, water bill and statement of the demonstration."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL.Image import Image

from pictures.album import Album
from tehuacan_comercial.data.queries import cash as queries
from tehuacan_comercial.documents import receipt
from tehuacan_comercial.documents.receipt import ReceiptFormat
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.paper.printable import Printable
from tehuacan_comercial.services.paper.receipt import receipt_sheet
from tehuacan_comercial.services.receipts import ReceiptsService

DOTS_PER_INCH = 110
PRINTER = "Impresora de la oficina"
FORMS = {
    ReceiptFormat.THERMAL: "recibo-80mm",
    ReceiptFormat.HALF_LETTER: "recibo-media-carta",
    ReceiptFormat.LETTER: "recibo-carta",
}


def keep_sheet(album: Album, what: str, pdf: bytes) -> None:
    """``papel-<what>.png``: the first page."""
    album.save(f"papel-{what}", first_page(pdf, DOTS_PER_INCH))


def first_page(pdf: bytes, dots_per_inch: int) -> Image:
    """As it comes out of the printer."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image = document[0].render(scale=dots_per_inch / 72).to_pil()
    finally:
        document.close()
    return image


def keep_printed(album: Album, what: str, receipts: ReceiptsService, sheet: Printable) -> None:
    """The same of a sheet that its station has printed."""
    keep_sheet(album, what, sheet.pdf)
    receipts.report_print(sheet.document_id, PRINTER, "printed")


def keep_receipt(album: Album, desk: Desk, receipt_id: int) -> None:
    """One receipt on the three papers, and as the copy that is marked."""
    with desk.signed_in.database.read() as connection:
        row = queries.receipt(connection, receipt_id)
        if row is None:
            raise LookupError(receipt_id)
        settings = queries.office_settings(connection, int(row.content["office"]))
    for form, what in FORMS.items():
        keep_sheet(album, what, receipt.render(receipt_sheet(row, settings, None), form))
    copy = desk.receipts.reprint(receipt_id, "half-letter", "El usuario extravió el original")
    keep_printed(album, "reimpresion", desk.receipts, copy)


def keep_account(album: Album, desk: Desk, account_id: int) -> None:
    """The newest water bill of an account, and its statement."""
    newest = desk.accounts.file(account_id).bills[0]
    keep_sheet(album, "recibo-de-agua", desk.bills.preview(newest.bill_id))
    keep_sheet(album, "estado-de-cuenta", desk.receipts.statement(account_id).pdf)


def keep_file(album: Album, what: str, path: Path) -> None:
    """A sheet that was printed into the folder."""
    keep_sheet(album, what, path.read_bytes())
