"""The count sheet (acta de arqueo): pieces, forms of payment, and the differences once told."""

from __future__ import annotations

from decimal import Decimal

from tehuacan_comercial.documents.custody.parts import facts, finished, paragraph, pieces
from tehuacan_comercial.documents.custody.sheet import ZERO, CountSheet
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
from tehuacan_comercial.documents.formats import money, money_or_dash

UNTOLD = (
    "Lo esperado se muestra cuando la sesión queda cerrada; hasta entonces este conteo es a ciegas."
)

_DECLARED = (
    Column("Forma de pago", LEFT + 6, 240),
    Column("Contado", RIGHT - 6, 130, "right"),
)
_COMPARED = (
    Column("Forma de pago", LEFT + 6, 180),
    Column("Esperado", 330, 100, "right"),
    Column("Contado", 446, 100, "right"),
    Column("Diferencia", RIGHT - 6, 110, "right"),
)


def render_count(sheet: CountSheet) -> bytes:
    """The act as PDF."""
    head = sheet.head
    counted = [(sheet.counted_by, "Contó")]
    present = [(head.cashier, "Presente: cajera o cajero")] if sheet.surprise else []
    blocks = [
        facts(head, ("Conteo", sheet.kind)),
        *(_compared(sheet) if sheet.told else _declared(sheet)),
        gap(8),
        *(pieces("Efectivo por denominación", sheet.denominations) if sheet.denominations else []),
        gap(6),
        *paragraph("Observaciones", sheet.note),
        signatures([*counted, *present, *([] if present else [("", "Jefatura de cajas")])]),
    ]
    return finished(head, "ACTA DE ARQUEO", "Acta de arqueo", blocks)


def _declared(sheet: CountSheet) -> list[Block]:
    rows = [Row((figure.name, money(figure.declared or ZERO))) for figure in sheet.figures]
    total = sum((figure.declared or ZERO for figure in sheet.figures), ZERO)
    rows.append(Row(("Total", money(total)), strong=True))
    return [title("Contado"), *table(_DECLARED, rows), *paragraph("Esperado", UNTOLD)]


def _compared(sheet: CountSheet) -> list[Block]:
    rows, sums = [], [ZERO, ZERO, ZERO]
    for figure in sheet.figures:
        told = (figure.expected or ZERO, figure.declared or ZERO, figure.difference or ZERO)
        sums = [each + more for each, more in zip(sums, told, strict=True)]
        rows.append(Row((figure.name, *_cells(told))))
    rows.append(Row(("Total", *_cells((sums[0], sums[1], sums[2]))), strong=True))
    return [title("Esperado y contado"), *table(_COMPARED, rows)]


def _cells(told: tuple[Decimal, Decimal, Decimal]) -> tuple[str, str, str]:
    return money(told[0]), money(told[1]), money_or_dash(told[2])
