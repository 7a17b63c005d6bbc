"""From the sheet to PDF bytes in the format the station's printer wants."""

from __future__ import annotations

from enum import StrEnum

from tehuacan_comercial.documents.base import HALF_LETTER, LETTER, Paper
from tehuacan_comercial.documents.fonts import REGULAR
from tehuacan_comercial.documents.pen import MUTED, Pen, Style
from tehuacan_comercial.documents.receipt.half_letter import draw_half, draw_kind, line_chunks
from tehuacan_comercial.documents.receipt.sheet import ReceiptSheet
from tehuacan_comercial.documents.receipt.thermal import draw_roll

CUSTOMER_COPY = "Usuario"
TILL_COPY = "Caja"


class ReceiptFormat(StrEnum):
    """The papers a receipt is printed on."""

    THERMAL = "thermal"
    HALF_LETTER = "half_letter"
    LETTER = "letter"


def render(sheet: ReceiptSheet, form: ReceiptFormat) -> bytes:
    """The receipt as PDF; the same sheet and form give the same bytes.

    The roll is one page as long as the ticket. Half letter is 8.5 × 5.5 inches, lying. Letter
    carries two half letters, the customer's above and the till's below, to be cut apart. Where
    the lines do not fit, further pages repeat the whole frame.
    """
    paper = Paper(
        f"{sheet.title.capitalize()} {sheet.folio}",
        sheet.office.name,
        f"Cuenta {sheet.account_number}",
    )
    _FORMS[form](paper, sheet)
    return paper.finish()


def _half_letter(paper: Paper, sheet: ReceiptSheet) -> None:
    chunks = line_chunks(sheet)
    for number, lines in enumerate(chunks, 1):
        pen = paper.page(HALF_LETTER)
        draw_half(pen, sheet, lines, (number, len(chunks)))
        draw_kind(pen, sheet.title)
        paper.end_page()


def _letter(paper: Paper, sheet: ReceiptSheet) -> None:
    chunks = line_chunks(sheet)
    for number, lines in enumerate(chunks, 1):
        half = f"half{number}"
        draw_half(paper.begin_form(half, HALF_LETTER), sheet, lines, (number, len(chunks)))
        paper.end_form()
        page = paper.page(LETTER)
        for down, copy in ((0.0, CUSTOMER_COPY), (HALF_LETTER[1], TILL_COPY)):
            pen = page.shifted(down)
            pen.stamp(half, HALF_LETTER[1])
            draw_kind(pen, sheet.title, copy)
        _cut_line(page)
        paper.end_page()


def _cut_line(pen: Pen) -> None:
    wide, y = LETTER[0], HALF_LETTER[1]
    pen.dashes(18, y, wide / 2 - 40, y)
    pen.dashes(wide / 2 + 40, y, wide - 18, y)
    pen.text(wide / 2, y + 2.2, "Recorte por aquí", Style(REGULAR, 6.5, MUTED), "center")


_FORMS = {
    ReceiptFormat.THERMAL: draw_roll,
    ReceiptFormat.HALF_LETTER: _half_letter,
    ReceiptFormat.LETTER: _letter,
}
