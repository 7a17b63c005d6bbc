"""The statement of an account (estado de cuenta): every movement with the balance it left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tehuacan_comercial.documents.base import Office, Paper, Reprint
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
    table,
    title,
)
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import money, peso, short_date, short_moment
from tehuacan_comercial.documents.pen import ACCENT_SOFT, INK, MUTED, RED, STRIPE, Pen, Style
from tehuacan_comercial.documents.text import fit, shrink, wrap

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Movement:
    """One journal as the customer sees it, pesos; ``balance`` is what was owed after it."""

    on: date
    concept: str
    period: str
    document: str
    charge: Decimal
    credit: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class AgeBand:
    """What is owed of one age: ``Por vencer``, ``1 a 60 días``…; pesos."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """An account's movements between two dates, the oldest first; pesos.

    ``credit_balance`` is the saldo a favor, apart from ``closing_balance``.
    """

    office: Office
    account_number: str
    holder: str
    address: str
    use_class: str
    classification: str
    zone: str
    modality: str
    meter: str
    state: str
    since: date
    until: date
    issued_at: datetime
    issued_by: str
    opening_balance: Decimal
    movements: tuple[Movement, ...]
    closing_balance: Decimal
    credit_balance: Decimal
    ages: tuple[AgeBand, ...]
    legends: tuple[str, ...] = ()
    reprint: Reprint | None = None
    demonstration: bool = False

    @property
    def charged(self) -> Decimal:
        """Sum of the charges, pesos."""
        return sum((movement.charge for movement in self.movements), ZERO)

    @property
    def credited(self) -> Decimal:
        """Sum of the payments and credits, pesos."""
        return sum((movement.credit for movement in self.movements), ZERO)


_COLUMNS = (
    Column("Fecha", LEFT + 6, 50),
    Column("Concepto", LEFT + 62, 138),
    Column("Periodo", 236, 76),
    Column("Documento", 316, 78),
    Column("Cargo", 454, 58, "right"),
    Column("Abono", 515, 58, "right"),
    Column("Saldo", RIGHT - 6, 58, "right"),
)


def render(sheet: StatementSheet) -> bytes:
    """The statement as PDF, as many letter pages as it needs."""
    paper = Paper(f"Estado de cuenta {sheet.account_number}", sheet.office.name, "Estado de cuenta")
    heading = Heading(
        sheet.office,
        "ESTADO DE CUENTA",
        sheet.account_number,
        f"Del {short_date(sheet.since)} al {short_date(sheet.until)}",
        f"Emitido el {short_moment(sheet.issued_at)} por {sheet.issued_by}",
        sheet.reprint,
        sheet.demonstration,
    )
    blocks = [_holder(sheet), _facts(sheet), _summary(sheet), title("Movimientos")]
    blocks += [*table(_COLUMNS, _rows(sheet)), gap(12), *_ages(sheet), *_legends(sheet)]
    draw_flow(paper, heading, blocks)
    return paper.finish()


def _holder(sheet: StatementSheet) -> Block:
    def draw(pen: Pen, y: float) -> None:
        size = shrink(sheet.holder, SEMIBOLD, 12, RIGHT - LEFT, 8)
        holder = fit(sheet.holder, SEMIBOLD, size, RIGHT - LEFT)
        pen.text(LEFT, y + 10, holder, Style(SEMIBOLD, size, INK))
        address = fit(sheet.address, REGULAR, 8.4, RIGHT - LEFT)
        pen.text(LEFT, y + 22, address, Style(REGULAR, 8.4, MUTED))

    return Block(29, draw)


def _facts(sheet: StatementSheet) -> Block:
    pairs = (
        ("Estado del servicio", sheet.state),
        ("Uso", sheet.use_class),
        ("Clasificación", sheet.classification),
        ("Zona", sheet.zone),
        ("Modalidad", sheet.modality),
        ("Medidor", sheet.meter),
    )
    facts = [pair for pair in pairs if pair[1]]
    return Block(32, lambda pen, y: draw_facts(pen, facts, y, 6))


def _summary(sheet: StatementSheet) -> Block:
    """The four sums, and at the right what is owed."""
    figures = [
        ("Saldo inicial", sheet.opening_balance),
        ("Cargos", sheet.charged),
        ("Pagos y abonos", -sheet.credited),
        ("Saldo a favor", sheet.credit_balance),
    ]

    def draw(pen: Pen, y: float) -> None:
        pen.box(LEFT, y, RIGHT - LEFT, 40, fill=STRIPE, radius=6)
        pen.box(432, y, RIGHT - 432, 40, fill=ACCENT_SOFT, radius=6)
        for index, (label, amount) in enumerate(figures):
            x = LEFT + 12 + index * 98
            pen.text(x, y + 14, label, LABEL)
            size = shrink(peso(amount), SEMIBOLD, 10, 90, 6)
            pen.text(x, y + 29, peso(amount), Style(SEMIBOLD, size, INK))
        pen.text(444, y + 14, f"Saldo al {short_date(sheet.until)}", LABEL)
        size = shrink(peso(sheet.closing_balance), BOLD, 16, RIGHT - 456, 8)
        pen.text(RIGHT - 12, y + 32, peso(sheet.closing_balance), Style(BOLD, size, INK), "right")

    return Block(52, draw)


def _rows(sheet: StatementSheet) -> list[Row]:
    first = Row(
        (short_date(sheet.since), "Saldo inicial", "", "", "", "", money(sheet.opening_balance)),
        strong=True,
    )
    rows = [
        Row(
            (
                short_date(movement.on),
                movement.concept,
                movement.period,
                movement.document,
                money(movement.charge) if movement.charge else "",
                money(movement.credit) if movement.credit else "",
                money(movement.balance),
            )
        )
        for movement in sheet.movements
    ]
    sums = (money(sheet.charged), money(sheet.credited), money(sheet.closing_balance))
    last = Row((short_date(sheet.until), "Saldo final", "", "", *sums), strong=True)
    return [first, *rows, last]


def _ages(sheet: StatementSheet) -> list[Block]:
    """How old the debt is, as boxes side by side."""
    if not sheet.ages:
        return []
    room = (RIGHT - LEFT + 6) / len(sheet.ages)

    def draw(pen: Pen, y: float) -> None:
        for index, band in enumerate(sheet.ages):
            x = LEFT + index * room
            pen.box(x, y, room - 6, 32, fill=STRIPE, radius=4)
            pen.text(x + 8, y + 12, fit(band.label, MEDIUM, 6.6, room - 22), LABEL)
            ink = RED if index and band.amount else INK
            size = shrink(money(band.amount), SEMIBOLD, 10, room - 22, 5)
            pen.text(x + 8, y + 25, money(band.amount), Style(SEMIBOLD, size, ink))

    return [title("Antigüedad del adeudo"), Block(44, draw)]


def _legends(sheet: StatementSheet) -> list[Block]:
    lines = [line for legend in sheet.legends for line in wrap(legend, REGULAR, 7, RIGHT - LEFT)]
    return [_legend(line) for line in lines]


def _legend(words: str) -> Block:
    return Block(9, lambda pen, y: pen.text(LEFT, y + 7, words, Style(REGULAR, 7, MUTED)))
