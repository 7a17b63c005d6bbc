"""The list of a batch's deposit slips (relación de fichas), on letter pages with signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tehuacan_comercial.documents.base import Office, Paper, Reprint
from tehuacan_comercial.documents.flow import (
    LEFT,
    RIGHT,
    Block,
    Column,
    Heading,
    Row,
    draw_flow,
    gap,
    signatures,
    table,
    title,
)
from tehuacan_comercial.documents.formats import long_date, money, money_or_dash, short_date

_SLIPS = (
    Column("Ficha", LEFT + 6, 34),
    Column("Banco y cuenta", 76, 250),
    Column("CLABE", 330, 110),
    Column("Forma de pago", 444, 74),
    Column("Importe", RIGHT - 6, 70, "right"),
)
_SESSIONS = (
    Column("Sesión", LEFT + 6, 70),
    Column("Caja", 110, 26),
    Column("Cajera o cajero", 140, 174),
    Column("Efectivo", 378, 60, "right"),
    Column("Tarjeta", 444, 60, "right"),
    Column("Transf.", 510, 60, "right"),
    Column("Cheque", RIGHT - 6, 60, "right"),
)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A slip as it is to be made; pesos."""

    line: int
    bank: str
    account: str
    clabe: str
    tender: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SessionLine:
    """What a session handed over; pesos by form of payment."""

    folio: str
    till: str
    cashier: str
    cash: Decimal
    card: Decimal
    transfer: Decimal
    cheque: Decimal


@dataclass(frozen=True, slots=True)
class DepositListSheet:
    """A balanced batch, frozen; ``people`` are those who sign: name and part."""

    office: Office
    folio: str
    day: date
    slips: tuple[SlipLine, ...]
    sessions: tuple[SessionLine, ...]
    total: Decimal
    seal: str
    people: tuple[tuple[str, str], ...]
    reprint: Reprint | None = None
    demonstration: bool = False


def render(sheet: DepositListSheet) -> bytes:
    """The list as PDF."""
    paper = Paper(f"Relación de fichas {sheet.folio}", sheet.office.name, short_date(sheet.day))
    heading = Heading(
        sheet.office,
        "RELACIÓN DE FICHAS",
        sheet.folio,
        long_date(sheet.day),
        f"Relación de fichas de depósito · sello {sheet.seal[:16]}",
        sheet.reprint,
        sheet.demonstration,
    )
    draw_flow(paper, heading, [
        title("Fichas de depósito"), *_slips(sheet), gap(10),
        title("Sesiones de caja del lote"), *_sessions(sheet), gap(6), signatures(sheet.people),
    ])  # fmt: skip
    return paper.finish()


def _slips(sheet: DepositListSheet) -> list[Block]:
    rows = [
        Row((str(each.line), f"{each.bank}, {each.account}", each.clabe, each.tender,
             money(each.amount)))
        for each in sheet.slips
    ]  # fmt: skip
    return table(_SLIPS, [*rows, Row(("", "Total", "", "", money(sheet.total)), strong=True)])


def _sessions(sheet: DepositListSheet) -> list[Block]:
    rows = [
        Row((each.folio, each.till, each.cashier, *(
            money_or_dash(pesos) for pesos in (each.cash, each.card, each.transfer, each.cheque))))
        for each in sheet.sessions
    ]  # fmt: skip
    return table(_SESSIONS, rows)
