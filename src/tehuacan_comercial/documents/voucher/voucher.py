"""The voucher on letter pages: entries of books and budget, balanced, with signatures."""

from __future__ import annotations

from tehuacan_comercial.documents.base import Paper
from tehuacan_comercial.documents.flow import (
    LABEL,
    LEFT,
    RIGHT,
    Block,
    Column,
    Heading,
    Row,
    draw_facts,
    draw_flow,
    gap,
    signatures,
    table,
    title,
)
from tehuacan_comercial.documents.fonts import MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import (
    long_date,
    money,
    money_or_dash,
    short_date,
    short_moment,
)
from tehuacan_comercial.documents.pen import INK, Pen, Style
from tehuacan_comercial.documents.text import wrap
from tehuacan_comercial.documents.voucher.sheet import Entry, FolioRange, VoucherSheet
from tehuacan_comercial.domain.counting import counted

_ENTRIES = (
    Column("Cuenta", LEFT + 6, 48),
    Column("Nombre de la cuenta", 88, 214),
    Column("Concepto", 308, 120),
    Column("Cargo", 502, 72, "right"),
    Column("Abono", RIGHT - 6, 72, "right"),
)


def render_voucher(sheet: VoucherSheet) -> bytes:
    """The voucher as PDF."""
    paper = Paper(f"{sheet.kind} {sheet.folio}", sheet.office.name, short_date(sheet.day))
    heading = Heading(
        sheet.office,
        sheet.kind.upper(),
        sheet.folio,
        long_date(sheet.day),
        f"{sheet.kind} · {short_date(sheet.day)} · {sheet.state}",
        sheet.reprint,
        sheet.demonstration,
    )
    draw_flow(paper, heading, [
        _facts(sheet), *_entries(sheet), gap(8), *folio_lines(sheet.folios),
        *paragraph("Observaciones", sheet.note), *paragraph("Revisión", sheet.decision),
        *paragraph("Sello de la cadena de pólizas (SHA-256)", sheet.seal),
        signatures(sheet.people),
    ])  # fmt: skip
    return paper.finish()


def _facts(sheet: VoucherSheet) -> Block:
    facts = (
        ("Estado", sheet.state),
        ("Versión", f"{sheet.version}, sustituye a {sheet.replaces}" if sheet.replaces else "1"),
        ("Elaborada el", short_moment(sheet.issued_at)),
        ("Catálogo contable", sheet.chart),
        ("Descuentos", sheet.booking),
    )
    return Block(56, lambda pen, y: draw_facts(pen, facts, y, 4))


def _entries(sheet: VoucherSheet) -> list[Block]:
    if not sheet.entries:
        return [
            title("Sin movimientos"),
            *_words("El día no tuvo nada que registrar en esta póliza."),
        ]
    blocks: list[Block] = []
    for section in dict.fromkeys(entry.section for entry in sheet.entries):
        rows = _rows([entry for entry in sheet.entries if entry.section == section])
        debit, credit = sheet.total(section)
        rows.append(Row(("", "Sumas iguales", "", money(debit), money(credit)), strong=True))
        blocks += [title(f"Registro {section.lower()}"), *table(_ENTRIES, rows), gap(6)]
    return blocks


def _rows(entries: list[Entry]) -> list[Row]:
    """The lines of a section under what they come from: collected, void, reversed."""
    rows: list[Row] = []
    origin = ""
    for entry in entries:
        if entry.origin != origin:
            origin = entry.origin
            rows.append(Row(("", origin, "", "", ""), strong=True))
        debit, credit = money_or_dash(entry.debit), money_or_dash(entry.credit)
        rows.append(Row((entry.account, entry.name, entry.concept, debit, credit)))
    return rows


def folio_lines(folios: tuple[FolioRange, ...]) -> list[Block]:
    """The receipts of the day by series, in words."""
    said = [
        f"{each.first} a {each.last}: {counted(each.receipts, 'recibo', 'recibos')}"
        + (f", {each.missing} con falta" if each.missing else ", sin faltas")
        for each in folios
    ]
    return paragraph("Folios de recibos", "; ".join(said)) if said else []


def paragraph(label: str, words: str) -> list[Block]:
    """A label and what stands below it; nothing where there is nothing to say."""
    if not words:
        return []

    def draw(pen: Pen, y: float) -> None:
        pen.text(LEFT, y + 8, label, LABEL)

    return [Block(10, draw, with_next=True), *_words(words), gap(4)]


def _words(words: str) -> list[Block]:
    style = Style(REGULAR, 8, INK) if len(words) > 64 else Style(MEDIUM, 8, INK)

    def line(said: str) -> Block:
        return Block(11, lambda pen, y: pen.text(LEFT, y + 8, said, style))

    return [line(said) for said in wrap(words, SEMIBOLD, 8, RIGHT - LEFT)]
