"""Receipts and bills as bytes, against a minimal ReportLab page of the same size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from benches import sheets
from benches.measure import Line, in_turn
from tehuacan_comercial.documents import bill, receipt
from tehuacan_comercial.documents.base import HALF_LETTER, LETTER, ROLL_WIDTH

AIM_MS = 10.0
_SIZES = {
    receipt.ReceiptFormat.THERMAL: (ROLL_WIDTH, 600.0),
    receipt.ReceiptFormat.HALF_LETTER: HALF_LETTER,
    receipt.ReceiptFormat.LETTER: LETTER,
}


def measure(rounds: int, bills: int) -> Iterator[Line]:
    """Each format of a receipt; then so many bills in one file."""
    sheet = sheets.receipt()
    for form, size in _SIZES.items():
        ours, limit = in_turn(
            rounds,
            partial(receipt.render, sheet, form),
            partial(_minimal, size, 1),
            warm_up=3,
        )
        aim = f"median <= {AIM_MS:g} ms"
        yield Line(f"receipt: {form.value}", ours, limit, aim, ours.median <= AIM_MS)
    many = [sheets.bill(number) for number in range(1, bills + 1)]
    ours, limit = in_turn(
        3, lambda: bill.render_many(many), lambda: _minimal(LETTER, bills), warm_up=0
    )
    more: dict[str, object] = {"bills": bills, "ours_ms_per_bill": round(ours.median / bills, 3)}
    yield Line("bills in one file", ours, limit, "", None, more=more)


def _minimal(size: tuple[float, float], pages: int) -> bytes:
    """A line of text in a font that need not be embedded."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=size, invariant=1)
    for number in range(pages):
        canvas.drawString(20, 20, f"Comprobante {number}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()
