"""From bills to PDF bytes; a route shares fonts and letterhead in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tehuacan_comercial.documents.base import LETTER, Paper, draw_letterhead, draw_watermarks
from tehuacan_comercial.documents.bill.account import draw_account, draw_heading
from tehuacan_comercial.documents.bill.consumption import draw_consumption
from tehuacan_comercial.documents.bill.geometry import LEFT, TABLE_TOP, UNMETERED_TABLE_TOP
from tehuacan_comercial.documents.bill.lines import draw_lines, draw_totals, line_chunks
from tehuacan_comercial.documents.bill.sheet import BillSheet
from tehuacan_comercial.documents.bill.stub import draw_notices, draw_stub
from tehuacan_comercial.documents.pen import Pen

CONTINUED_TOP = 118.0


def render(sheet: BillSheet) -> bytes:
    """One bill on a letter page (more if it has more than a dozen concepts)."""
    return render_many([sheet], title=f"Recibo {sheet.number}")


def render_many(
    sheets: Iterable[BillSheet],
    progress: Callable[[int], None] | None = None,
    title: str = "Recibos",
) -> bytes:
    """All the bills, in the order given, in one file.

    The bills are taken one by one, so they may come from a cursor. *progress* is told how many
    are done after each; it may raise to give up.
    """
    paper: Paper | None = None
    letterheads: dict[object, str] = {}
    for done, sheet in enumerate(sheets, 1):
        paper = paper or Paper(title, sheet.office.name, "Recibo de agua")
        if sheet.office not in letterheads:
            letterheads[sheet.office] = _letterhead(paper, sheet, len(letterheads))
        _bill(paper, sheet, letterheads[sheet.office])
        if progress is not None:
            progress(done)
    if paper is None:
        raise ValueError("no bill to print")
    return paper.finish()


def _letterhead(paper: Paper, sheet: BillSheet, number: int) -> str:
    name = f"letterhead{number}"
    draw_letterhead(paper.begin_form(name, LETTER), sheet.office, LEFT, 26, 360)
    paper.end_form()
    return name


def _bill(paper: Paper, sheet: BillSheet, letterhead: str) -> None:
    chunks = line_chunks(sheet)
    pen = _page(paper, sheet, letterhead, (1, len(chunks)))
    draw_account(pen, sheet)
    draw_consumption(pen, sheet)
    bottom = draw_lines(pen, chunks[0], TABLE_TOP if sheet.metered else UNMETERED_TABLE_TOP)
    draw_totals(pen, sheet, bottom, continued=len(chunks) > 1)
    draw_notices(pen, sheet)
    draw_stub(pen, sheet)
    paper.end_page()
    for number, lines in enumerate(chunks[1:], 2):
        pen = _page(paper, sheet, letterhead, (number, len(chunks)))
        draw_lines(pen, lines, CONTINUED_TOP)
        paper.end_page()


def _page(paper: Paper, sheet: BillSheet, letterhead: str, page: tuple[int, int]) -> Pen:
    pen = paper.page(LETTER)
    draw_watermarks(pen, LETTER, sheet.reprint, sheet.demonstration)
    pen.stamp(letterhead, LETTER[1])
    draw_heading(pen, sheet, page)
    return pen
