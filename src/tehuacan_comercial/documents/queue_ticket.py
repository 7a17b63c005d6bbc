"""The ticket of the attention queue on an 80 mm roll: number, people ahead, what to bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tehuacan_comercial.documents.base import Office, Paper
from tehuacan_comercial.documents.fonts import BOLD, SEMIBOLD
from tehuacan_comercial.documents.formats import short_moment
from tehuacan_comercial.documents.pen import BLACK, Style
from tehuacan_comercial.documents.roll import PLAIN, SMALL, STRONG, Roll

FOOT = "Conserve este turno. Si no está cuando lo llamen, avise en recepción."


@dataclass(frozen=True, slots=True)
class QueueTicketSheet:
    """What the ticket says; *ahead* and *wait* in words, *documents* as in the catalogue."""

    office: Office
    label: str
    procedure: str
    priority: str
    taken_at: datetime
    ahead: str
    wait: str
    documents: tuple[str, ...]
    demonstration: bool


def render_queue_ticket(sheet: QueueTicketSheet) -> bytes:
    """The ticket as PDF."""
    roll = Roll()
    roll.marks(None, sheet.demonstration)
    roll.text(sheet.office.short_name, Style(BOLD, 11, BLACK), "center")
    roll.rule(1.1)
    roll.text("SU TURNO", Style(SEMIBOLD, 9, BLACK), "center")
    roll.text(sheet.label, Style(BOLD, 46, BLACK), "center")
    roll.text(sheet.procedure, Style(BOLD, 11, BLACK), "center")
    if sheet.priority:
        roll.gap(3)
        roll.band(f"Atención preferente · {sheet.priority}")
    roll.rule()
    roll.pair("Llegada", short_moment(sheet.taken_at), STRONG)
    roll.pair("Antes de usted", sheet.ahead, STRONG)
    roll.pair("Espera estimada", sheet.wait, STRONG)
    if sheet.documents:
        roll.rule()
        roll.text("Tenga a la mano", STRONG)
        for each in sheet.documents:
            roll.text(f"·  {each}", PLAIN, indent=4)
    roll.rule()
    roll.text(FOOT, SMALL, "center")
    paper = Paper(f"Turno {sheet.label}", sheet.office.name, "Turno de atención")
    roll.draw(paper)
    return paper.finish()
