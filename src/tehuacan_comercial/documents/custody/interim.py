"""The corte parcial (X): a session at a moment, without closing it."""

from __future__ import annotations

from tehuacan_comercial.documents.custody.parts import carried, facts, finished, paragraph
from tehuacan_comercial.documents.custody.sheet import ZERO, InterimSheet
from tehuacan_comercial.documents.flow import (
    LEFT,
    RIGHT,
    Block,
    Column,
    Row,
    gap,
    signatures,
    table,
    title,
)
from tehuacan_comercial.documents.formats import money, short_moment

BLIND = (
    "Este corte no muestra importes: quien cobra cuenta sin ver lo esperado. Jefatura de cajas o "
    "gerencia sacan el corte parcial completo."
)

_FIGURES = (
    Column("Forma de pago", LEFT + 6, 220),
    Column("Debe haber", RIGHT - 6, 130, "right"),
)
_CONCEPTS = (
    Column("Concepto", LEFT + 6, 260),
    Column("Cobros", 400, 60, "right"),
    Column("Total", RIGHT - 6, 130, "right"),
)


def render_interim(sheet: InterimSheet) -> bytes:
    """The report as PDF."""
    span = f"{sheet.first_folio} a {sheet.last_folio}" if sheet.receipts else "Sin recibos"
    blocks = [
        facts(
            sheet.head,
            ("Apertura", short_moment(sheet.opened_at)),
            ("Fondo inicial", money(sheet.opening_float)),
            ("Estado", sheet.state),
            ("Recibos", str(sheet.receipts)),
        ),
        *_amounts(sheet),
        *(carried("Entregas y relevos", sheet.carried) if sheet.carried else []),
        gap(6),
        *paragraph("Folios de la sesión", span),
        *paragraph("Sello de la cadena de recibos (SHA-256)", sheet.chain_head or "Sin recibos"),
        signatures([(sheet.taken_by, "Sacó el corte parcial")]),
    ]
    return finished(sheet.head, "CORTE PARCIAL (X)", "Corte parcial", blocks)


def _amounts(sheet: InterimSheet) -> list[Block]:
    if not sheet.figures:
        return [*paragraph("Importes", BLIND), gap(8)]
    rows = [Row((figure.name, money(figure.expected or ZERO))) for figure in sheet.figures]
    total = sum((figure.expected or ZERO for figure in sheet.figures), ZERO)
    rows.append(Row(("Total", money(total)), strong=True))
    concepts = [Row((name, str(count), money(total))) for name, count, total in sheet.concepts]
    listed = [title("Cobrado por concepto"), *table(_CONCEPTS, concepts), gap(8)]
    return [
        title("Lo que debe haber en la caja"),
        *table(_FIGURES, rows),
        gap(8),
        *(listed if concepts else []),
    ]
