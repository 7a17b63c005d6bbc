"""A PDF on a printer at its exact size: QtPdf draws, the page is as large as the sheet."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from tehuacan_comercial.domain.refusals import PrinterTrouble

MAX_DPI = 600
"""No finer than this is drawn, so that a letter page at 1200 dpi does not fill the memory."""


class _OpenPdf:
    """A document with the buffer it reads from, alive together."""

    def __init__(self, pdf: bytes) -> None:
        self._bytes = QByteArray(pdf)
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)

    def __enter__(self) -> QPdfDocument:
        if self.document.pageCount() < 1:
            raise PrinterTrouble(problem="el documento no se puede leer")
        return self.document

    def __exit__(self, *_: object) -> None:
        self.document.close()
        self._buffer.close()


def render_pdf(pdf: bytes, printer: QPrinter, copies: int = 1) -> None:
    """Draw every page on a printer, each page as large as the PDF says.

    Raises:
        PrinterTrouble: the PDF cannot be read or the printer does not start.
    """
    with _OpenPdf(pdf) as document:
        printer.setFullPage(True)
        printer.setCopyCount(copies)
        _fit_page(printer, document.pagePointSize(0))
        painter = QPainter()
        if not painter.begin(printer):
            raise PrinterTrouble(printer.printerName(), "la impresora no responde")
        try:
            _draw_pages(document, printer, painter)
        finally:
            painter.end()


def _fit_page(printer: QPrinter, points: QSizeF) -> None:
    """Page as large as the sheet, upright: half a letter lying down would be turned otherwise."""
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def _draw_pages(document: QPdfDocument, printer: QPrinter, painter: QPainter) -> None:
    dpi = min(printer.resolution(), MAX_DPI)
    for page in range(document.pageCount()):
        points = document.pagePointSize(page)
        if page:
            _fit_page(printer, points)
            printer.newPage()
        pixels = (points * dpi / 72).toSize()
        image = document.render(page, pixels)
        area = QSizeF(points) * printer.resolution() / 72
        painter.drawImage(QRectF(0, 0, area.width(), area.height()), image)
