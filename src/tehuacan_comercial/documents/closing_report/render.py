"""From the closing sheet to PDF bytes."""

from __future__ import annotations

from enum import StrEnum

from tehuacan_comercial.documents.base import Paper
from tehuacan_comercial.documents.closing_report.letter import draw_letter
from tehuacan_comercial.documents.closing_report.sheet import ClosingSheet
from tehuacan_comercial.documents.closing_report.thermal import draw_roll


class ClosingFormat(StrEnum):
    """The papers a closing report is printed on."""

    LETTER = "letter"
    THERMAL = "thermal"


def render(sheet: ClosingSheet, form: ClosingFormat = ClosingFormat.LETTER) -> bytes:
    """The report as PDF; the roll leaves out the list of payments."""
    paper = Paper(
        f"Corte de caja {sheet.folio}", sheet.office.name, f"Sesión {sheet.session_folio}"
    )
    {ClosingFormat.LETTER: draw_letter, ClosingFormat.THERMAL: draw_roll}[form](paper, sheet)
    return paper.finish()
