"""The paper of a shortage put back in cash (comprobante de reposición): two people, one sum."""

from __future__ import annotations

from tehuacan_comercial.documents.amount_words import amount_in_words
from tehuacan_comercial.documents.custody.parts import amount_box, facts, finished, paragraph
from tehuacan_comercial.documents.custody.sheet import RepaymentSheet
from tehuacan_comercial.documents.flow import gap, signatures
from tehuacan_comercial.documents.formats import peso, short_date


def render_repayment(sheet: RepaymentSheet) -> bytes:
    """The paper as PDF."""
    owed = f"Sesión {sheet.debt_session} del {short_date(sheet.debt_date)}"
    blocks = [
        facts(
            sheet.head,
            ("Repone", sheet.debtor),
            ("Faltante de", owed),
            ("Debía", peso(sheet.before)),
            ("Queda a deber", peso(sheet.after)),
        ),
        amount_box("Efectivo repuesto", peso(sheet.amount), amount_in_words(sheet.amount)),
        gap(6),
        *paragraph("Observaciones", sheet.note),
        signatures([(sheet.debtor, "Entrega"), (sheet.received_by, "Recibe en su caja")]),
    ]
    return finished(sheet.head, "REPOSICIÓN DE FALTANTE", "Reposición de faltante", blocks)
