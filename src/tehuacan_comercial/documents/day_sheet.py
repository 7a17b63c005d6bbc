"""The day on one page (el día en una hoja): what was collected, by till, hour and tender (M1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tehuacan_comercial.documents.base import Office, Paper
from tehuacan_comercial.documents.flow import (
    LABEL,
    LEFT,
    RIGHT,
    Block,
    Column,
    Heading,
    Row,
    draw_flow,
    gap,
    table,
    title,
)
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import (
    difference_words,
    money,
    peso,
    short_date,
    short_moment,
)
from tehuacan_comercial.documents.pen import (
    ACCENT,
    ACCENT_SOFT,
    INK,
    LINE,
    MUTED,
    RED,
    STRIPE,
    WHITE,
    Pen,
    Style,
)
from tehuacan_comercial.documents.text import fit, shrink
from tehuacan_comercial.domain.counting import counted

ZERO = Decimal("0.00")
CHART_HIGH = 96.0
"""Height of the bars, points."""


@dataclass(frozen=True, slots=True)
class TillLine:
    """A till's day; pesos, ``cash`` None where no session is open; what its closing found."""

    till: str
    cashier: str
    state: str
    cash: Decimal | None
    limit: Decimal | None
    receipts: int
    taken: Decimal
    last: str
    difference: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class HourBars:
    """An hour of the day and of the day compared with; pesos."""

    hour: int
    today: Decimal
    past: Decimal


@dataclass(frozen=True, slots=True)
class TenderLine:
    """A form of payment, its pesos and its share of the day in per cent."""

    name: str
    amount: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The day as it stood at ``issued_at``; pesos. ``alerts`` are whole sentences."""

    office: Office
    day: date
    issued_at: datetime
    issued_by: str
    collected: Decimal
    receipts: int
    cancelled: Decimal
    past_day: date
    past_now: Decimal
    past_total: Decimal
    goal: Decimal | None
    tills: tuple[TillLine, ...]
    hours: tuple[HourBars, ...]
    tenders: tuple[TenderLine, ...]
    alerts: tuple[str, ...]
    demonstration: bool = False


_TILLS = (
    Column("Caja", LEFT + 6, 40),
    Column("Cajera o cajero", LEFT + 48, 150),
    Column("Estado", 232, 46),
    Column("Último cobro", 280, 82),
    Column("Recibos", 394, 32, "right"),
    Column("Efectivo en caja", 458, 60, "right"),
    Column("Diferencia", 520, 58, "right"),
    Column("Cobrado", RIGHT - 6, 54, "right"),
)


def render(sheet: DaySheet) -> bytes:
    """The page as PDF; more tills and alerts than a page holds go on to a second one."""
    paper = Paper(f"El día {short_date(sheet.day)}", sheet.office.name, "Tablero")
    heading = Heading(
        sheet.office,
        "EL DÍA EN UNA HOJA",
        short_date(sheet.day),
        f"Al {short_moment(sheet.issued_at)}",
        f"Emitido el {short_moment(sheet.issued_at)} por {sheet.issued_by}",
        None,
        sheet.demonstration,
    )
    blocks = [_figures(sheet), title("Cajas"), *table(_TILLS, _tills(sheet)), gap(10)]
    blocks += [*_hours(sheet), *_tenders(sheet), *_alerts(sheet)]
    draw_flow(paper, heading, blocks)
    return paper.finish()


def _figures(sheet: DaySheet) -> Block:
    """Collected, receipts, the day compared with, and the goal, side by side."""
    reached = _share(sheet.collected, sheet.goal)
    boxes = [
        ("Recaudado", peso(sheet.collected), _receipts(sheet)),
        (
            f"{short_date(sheet.past_day)} a esta hora",
            peso(sheet.past_now),
            _against(sheet.collected, sheet.past_now),
        ),
        (
            f"{short_date(sheet.past_day)} completo",
            peso(sheet.past_total),
            "mismo día, hace un año",
        ),
        ("Meta del día", peso(sheet.goal) if sheet.goal else "—", reached or "sin meta"),
    ]
    room = (RIGHT - LEFT + 8) / len(boxes)

    def draw(pen: Pen, y: float) -> None:
        for index, (label, figure, note) in enumerate(boxes):
            x = LEFT + index * room
            pen.box(x, y, room - 8, 50, fill=STRIPE if index else ACCENT_SOFT, radius=6)
            pen.text(x + 10, y + 14, fit(label, MEDIUM, 6.6, room - 26), LABEL)
            size = shrink(figure, BOLD, 15, room - 28, 8)
            pen.text(x + 10, y + 32, figure, Style(BOLD, size, INK))
            pen.text(x + 10, y + 44, fit(note, REGULAR, 7, room - 26), Style(REGULAR, 7, MUTED))

    return Block(62, draw)


def _receipts(sheet: DaySheet) -> str:
    words = counted(sheet.receipts, "recibo", "recibos")
    return f"{words}, {peso(sheet.cancelled)} cancelados" if sheet.cancelled else words


def _against(now: Decimal, then: Decimal) -> str:
    if not then:
        return "sin datos de ese día"
    change = (now - then) * 100 / then
    return f"hoy {'+' if change >= 0 else '−'}{abs(change):.1f} %"


def _share(part: Decimal, whole: Decimal | None) -> str:
    return f"alcanzada {part * 100 / whole:.1f} %" if whole else ""


def _tills(sheet: DaySheet) -> list[Row]:
    rows = [
        Row(
            (
                line.till,
                line.cashier,
                line.state,
                line.last,
                f"{line.receipts:,}",
                "—" if line.cash is None else money(line.cash),
                difference_words(line.difference),
                money(line.taken),
            )
        )
        for line in sheet.tills
    ]
    cash = sum((line.cash for line in sheet.tills if line.cash is not None), ZERO)
    found = sum((line.difference for line in sheet.tills), ZERO)
    taken = money(sheet.collected + sheet.cancelled)
    totals = (f"{sheet.receipts:,}", money(cash), difference_words(found), taken)
    return [*rows, Row(("Total", "", "", "", *totals), strong=True)]


def _hours(sheet: DaySheet) -> list[Block]:
    """Bars by hour: today's filled, the other day's hollow."""
    if not sheet.hours:
        return []
    most = max((max(each.today, each.past) for each in sheet.hours), default=ZERO) or Decimal(1)
    room = (RIGHT - LEFT) / len(sheet.hours)
    wide = min(16.0, room * 0.36)

    def draw(pen: Pen, y: float) -> None:
        floor = y + CHART_HIGH
        pen.line(LEFT, floor, RIGHT, floor, LINE, 0.6)
        for index, each in enumerate(sheet.hours):
            middle = LEFT + (index + 0.5) * room
            for amount, x, fill in ((each.past, middle - wide - 1, WHITE),
                                    (each.today, middle + 1, ACCENT)):  # fmt: skip
                high = float(amount / most) * (CHART_HIGH - 14)
                if amount > 0:
                    pen.box(x, floor - high, wide, high, fill=fill, stroke=ACCENT)
            if each.today > 0:
                high = float(each.today / most) * (CHART_HIGH - 14)
                words = f"{each.today:,.0f}"
                pen.text(middle + 1 + wide / 2, floor - high - 3, words, LABEL, "center")
            pen.text(middle, floor + 9, f"{each.hour}:00", LABEL, "center")

    def legend(pen: Pen, y: float) -> None:
        pen.box(LEFT, y + 2, 7, 7, fill=ACCENT, stroke=ACCENT)
        pen.text(LEFT + 11, y + 8, f"Hoy, {short_date(sheet.day)}", LABEL)
        pen.box(LEFT + 100, y + 2, 7, 7, fill=WHITE, stroke=ACCENT)
        pen.text(LEFT + 111, y + 8, f"{short_date(sheet.past_day)}", LABEL)

    return [title("Cobrado por hora, pesos"), Block(14, legend), Block(CHART_HIGH + 20, draw)]


def _tenders(sheet: DaySheet) -> list[Block]:
    """Each form of payment with its bar, its share and its pesos."""
    if not sheet.tenders:
        return []

    def line(each: TenderLine) -> Block:
        def draw(pen: Pen, y: float) -> None:
            pen.text(LEFT + 6, y + 9, each.name, Style(REGULAR, 8, INK))
            room = 260.0
            pen.box(LEFT + 96, y + 3, room, 7, fill=STRIPE, radius=2)
            wide = room * float(max(ZERO, each.share)) / 100
            if wide > 0:
                pen.box(LEFT + 96, y + 3, wide, 7, fill=ACCENT, radius=2)
            share = Style(REGULAR, 8, MUTED)
            pen.text(RIGHT - 100, y + 9, f"{each.share:.1f} %", share, "right")
            pen.text(RIGHT - 6, y + 9, money(each.amount), Style(SEMIBOLD, 8, INK), "right")

        return Block(14, draw)

    return [title("Formas de pago"), *(line(each) for each in sheet.tenders), gap(10)]


def _alerts(sheet: DaySheet) -> list[Block]:
    if not sheet.alerts:
        return [title("Avisos"), _sentence("Ninguno al emitir esta hoja.", MUTED)]
    return [title("Avisos"), *(_sentence(f"• {words}", RED) for words in sheet.alerts)]


def _sentence(words: str, ink: str) -> Block:
    shown = fit(words, REGULAR, 8, RIGHT - LEFT - 6)
    return Block(13, lambda pen, y: pen.text(LEFT + 6, y + 9, shown, Style(REGULAR, 8, ink)))
