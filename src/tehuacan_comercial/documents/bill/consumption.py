"""The middle of the bill: the readings and a bar for each period of the last two years."""

from __future__ import annotations

from decimal import Decimal

from tehuacan_comercial.documents.bill.geometry import (
    CARD_LEFT,
    CONSUMPTION_TOP,
    LEFT,
    QUIET,
    RIGHT,
    TITLE,
    VALUE,
)
from tehuacan_comercial.documents.bill.sheet import BillReading, BillSheet, PeriodConsumption
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import cubic_metres, short_date
from tehuacan_comercial.documents.pen import (
    ACCENT,
    AMBER,
    AMBER_SOFT,
    INK,
    LINE,
    MUTED,
    STRIPE,
    WHITE,
    Pen,
    Style,
    colour,
)
from tehuacan_comercial.documents.text import shrink, width, wrap
from tehuacan_comercial.domain.counting import counted

_PAST = colour("#9CC3DA")
_BASE = CONSUMPTION_TOP + 108
_TALLEST = 76.0
_CHART_RIGHT = CARD_LEFT - 22
_MOST_BARS = 13


def draw_consumption(pen: Pen, sheet: BillSheet) -> None:
    """Bars at the left, readings at the right; a plain sentence for a fixed fee."""
    if not sheet.metered:
        _fixed_fee(pen, LEFT, 62)
        return
    pen.text(LEFT, CONSUMPTION_TOP + 8, "Su consumo", TITLE)
    history = sheet.history[-_MOST_BARS:]
    if history:
        pen.text(LEFT + 58, CONSUMPTION_TOP + 8, "m³ por periodo", QUIET.at(7))
        _chart(pen, history)
    else:
        pen.text(LEFT, CONSUMPTION_TOP + 26, "Todavía no hay consumos anteriores.", QUIET)
    if sheet.reading is None:
        _fixed_fee(pen, CARD_LEFT, 132)
    else:
        pen.box(CARD_LEFT, CONSUMPTION_TOP, RIGHT - CARD_LEFT, 132, fill=STRIPE, radius=8)
        _readings(pen, sheet, sheet.reading)


def _chart(pen: Pen, history: tuple[PeriodConsumption, ...]) -> None:
    slot = (_CHART_RIGHT - LEFT) / max(len(history), 6)
    top = max((bar.volume for bar in history), default=Decimal(0)) or Decimal(1)
    for index, bar in enumerate(history):
        x = LEFT + index * slot
        high = float(bar.volume / top) * _TALLEST
        _bar(pen, bar, (x + slot * 0.16, slot * 0.68), max(high, 0.8), index == len(history) - 1)
        _period(pen, bar.period, x + slot / 2, slot)
    pen.line(LEFT, _BASE, LEFT + slot * len(history), _BASE, MUTED, 0.6)
    if any(bar.estimated for bar in history):
        pen.box(_CHART_RIGHT - 41, CONSUMPTION_TOP + 2.4, 6, 6, fill=WHITE, stroke=ACCENT)
        pen.text(_CHART_RIGHT, CONSUMPTION_TOP + 8, "estimado", QUIET.at(7), "right")


def _bar(
    pen: Pen, bar: PeriodConsumption, place: tuple[float, float], high: float, last: bool
) -> None:
    x, wide = place
    ink = ACCENT if last else _PAST
    if bar.estimated:
        pen.box(x + 0.3, _BASE - high, wide - 0.6, high, fill=WHITE, stroke=ACCENT)
    else:
        pen.box(x, _BASE - high, wide, high, fill=ink)
    figure = cubic_metres(bar.volume)
    weight = BOLD if last else REGULAR
    size = shrink(figure, weight, 7.2, wide * 1.4, 4.5)
    style = Style(weight, size, INK if last else MUTED)
    pen.text(x + wide / 2, _BASE - high - 3, figure, style, "center")


def _period(pen: Pen, period: str, x: float, slot: float) -> None:
    """The period in two lines: months above, year below."""
    months, _, year = period.rpartition(" ")
    for index, words in enumerate((months or year, year if months else "")):
        size = shrink(words, REGULAR, 6, slot - 1, 4)
        pen.text(x, _BASE + 8 + index * 7.4, words, Style(REGULAR, size, MUTED), "center")


def _readings(pen: Pen, sheet: BillSheet, reading: BillReading) -> None:
    x, y = CARD_LEFT + 14, CONSUMPTION_TOP
    for row, (label, figure, on) in enumerate(
        (
            ("Lectura anterior", reading.previous, reading.previous_on),
            ("Lectura actual", reading.current, reading.current_on),
        )
    ):
        down = y + 19 + row * 17
        pen.text(x, down, label, VALUE.at(8).inked(MUTED))
        pen.text(x + 68, down, short_date(on), QUIET)
        words = cubic_metres(figure)
        size = shrink(words, VALUE.font, 9, 68, 5)
        pen.text(RIGHT - 14, down, words, VALUE.at(size), "right")
    pen.line(x, y + 44, RIGHT - 14, y + 44, LINE)
    _volume(pen, sheet, reading, y + 66)
    if reading.estimated:
        _estimated(pen, y + 88)
    else:
        _average(pen, sheet.history[-_MOST_BARS:-1], y + 96)


def _volume(pen: Pen, sheet: BillSheet, reading: BillReading, y: float) -> None:
    figure = cubic_metres(sheet.volume or Decimal(0))
    x = CARD_LEFT + 14
    size = shrink(figure, BOLD, 20, 68, 8)
    pen.text(x, y, figure, Style(BOLD, size, INK))
    wide = width(figure, BOLD, size)
    pen.text(x + wide + 5, y, "m³", Style(MEDIUM, 10, MUTED))
    days = (reading.current_on - reading.previous_on).days
    if days > 0:
        litres = int((sheet.volume or Decimal(0)) * 1000 / days + Decimal("0.5"))
        pen.text(RIGHT - 14, y - 8, f"en {counted(days, 'día', 'días')}", QUIET, "right")
        pen.text(RIGHT - 14, y + 1, f"{litres:,} litros por día", QUIET, "right")


def _average(pen: Pen, earlier: tuple[PeriodConsumption, ...], y: float) -> None:
    if not earlier:
        return
    mean = sum((bar.volume for bar in earlier), Decimal(0)) / len(earlier)
    x = CARD_LEFT + 14
    pen.line(x, y - 15, RIGHT - 14, y - 15, LINE)
    several = f"de los {counted(len(earlier), '', 'periodos anteriores')}"
    others = "del periodo anterior" if len(earlier) == 1 else several
    pen.text(x, y, f"Promedio {others}", QUIET)
    figure = f"{cubic_metres(mean.quantize(Decimal('0.1')))} m³"
    pen.text(RIGHT - 14, y, figure, VALUE.at(9), "right")


def _estimated(pen: Pen, y: float) -> None:
    x = CARD_LEFT + 12
    pen.box(x, y, RIGHT - CARD_LEFT - 24, 36, fill=AMBER_SOFT, stroke=AMBER, radius=4)
    pen.text(x + 8, y + 12, "LECTURA ESTIMADA", Style(SEMIBOLD, 7.4, AMBER))
    words = "No fue posible leer su medidor; se cobra el promedio de sus últimas lecturas reales."
    for index, line in enumerate(wrap(words, REGULAR, 6.6, RIGHT - CARD_LEFT - 40, 2)):
        pen.text(x + 8, y + 21.5 + index * 8.4, line, Style(REGULAR, 6.6, INK))


def _fixed_fee(pen: Pen, left: float, high: float) -> None:
    pen.box(left, CONSUMPTION_TOP, RIGHT - left, high, fill=STRIPE, radius=8)
    x, y = left + 14, CONSUMPTION_TOP
    pen.text(x, y + 24, "Cuota fija", Style(BOLD, 14, INK))
    words = (
        "Su servicio se cobra por cuota fija del periodo, sin medición de consumo."
        " Si desea un medidor, solicítelo en ventanilla."
    )
    for index, line in enumerate(wrap(words, REGULAR, 7.8, RIGHT - left - 28, 6)):
        pen.text(x, y + 41 + index * 10.6, line, QUIET.at(7.8))
