"""The slip of a partial delivery (comprobante de entrega parcial): two people, one amount."""

from __future__ import annotations

from tehuacan_comercial.documents.amount_words import amount_in_words
from tehuacan_comercial.documents.custody.parts import (
    amount_box,
    facts,
    finished,
    paragraph,
    pieces,
)
from tehuacan_comercial.documents.custody.sheet import DeliverySheet
from tehuacan_comercial.documents.flow import gap, signatures
from tehuacan_comercial.documents.formats import peso, short_moment


def render_delivery(sheet: DeliverySheet) -> bytes:
    """The slip as PDF."""
    answered = (
        f"{sheet.answered_by} · {short_moment(sheet.answered_at)}"
        if sheet.answered_at is not None
        else ""
    )
    blocks = [
        facts(sheet.head, ("Estado", sheet.state)),
        amount_box("Importe de la entrega", peso(sheet.amount), amount_in_words(sheet.amount)),
        *pieces("Piezas entregadas", sheet.denominations),
        gap(6),
        *paragraph("Observaciones", sheet.note),
        *paragraph("Respuesta", " · ".join(each for each in (answered, sheet.answer) if each)),
        signatures([(sheet.sent_by, "Entrega"), (sheet.answered_by, "Recibe")]),
    ]
    return finished(sheet.head, "ENTREGA PARCIAL DE EFECTIVO", "Entrega parcial", blocks)
