"""The ticket of the queue: everything on one narrow page, drawn alike every time."""

from __future__ import annotations

from datetime import datetime

from tehuacan_comercial.documents.queue_ticket import QueueTicketSheet, render_queue_ticket
from tests.documents.reading import pages_of, text_of
from tests.documents.samples import OFFICE, TEHUACAN

SHEET = QueueTicketSheet(
    OFFICE,
    "T-012",
    "Reconexión o cambio de medidor",
    "Persona con discapacidad",
    datetime(2026, 11, 24, 9, 5, tzinfo=TEHUACAN),
    "3 personas",
    "15 minutos",
    ("Comprobante de pago", "Identificación oficial"),
    demonstration=True,
)


def test_the_ticket_says_number_order_wait_and_what_to_bring() -> None:
    pdf = render_queue_ticket(SHEET)
    text = text_of(pdf)
    for words in (
        "T-012", "Reconexión o cambio de medidor", "Persona con discapacidad", "24/11/2026 09:05",
        "3 personas", "15 minutos", "Comprobante de pago", "DEMOSTRACIÓN",
    ):  # fmt: skip
        assert words in text, words
    assert len(pages_of(pdf)) == 1
    assert render_queue_ticket(SHEET) == pdf
