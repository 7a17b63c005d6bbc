"""The act of a handover (acta de relevo): every item by itself, and who answered for it."""

from __future__ import annotations

from tehuacan_comercial.documents.amount_words import amount_in_words
from tehuacan_comercial.documents.custody.parts import (
    amount_box,
    carried,
    facts,
    finished,
    paragraph,
    pieces,
)
from tehuacan_comercial.documents.custody.sheet import HandoverSheet
from tehuacan_comercial.documents.flow import gap, signatures
from tehuacan_comercial.documents.formats import peso


def render_handover(sheet: HandoverSheet) -> bytes:
    """The act as PDF."""
    blocks = [
        facts(sheet.head, ("Recibe", sheet.receiver), ("En la caja", sheet.to_till)),
        amount_box("Total del relevo", peso(sheet.total), amount_in_words(sheet.total)),
        *carried("Renglones del relevo", sheet.items),
        gap(8),
        *(pieces("Piezas de efectivo", sheet.denominations) if sheet.denominations else []),
        gap(6),
        *paragraph("Observaciones", sheet.note),
        signatures([(sheet.sent_by, "Entrega"), (sheet.receiver, "Recibe")]),
    ]
    return finished(sheet.head, "ACTA DE RELEVO", "Acta de relevo", blocks)
