"""The day by the hour beside the day of a year ago: filled against hatched, never colour alone.

Painted here and not with the chart library: the chart is painted anew while eight tills charge,
and the whole window may not keep the main thread for 50 ms; this takes a few.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.services.dashboard import HourSum
from tehuacan_comercial.ui.dashboard.tile import words
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import focus_ring

FIRST_HOUR, LAST_HOUR = 8, 16
"""Hours that are always shown; others when something was taken in them."""


class HoursChart(QWidget):
    """``hour_chosen`` when a bar is pressed, or Enter on the one the arrows chose."""

    hour_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._today: dict[int, HourSum] = {}
        self._past: dict[int, HourSum] = {}
        self._names = ("Hoy", "Hace un año")
        self._current: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_hours(
        self, today: Sequence[HourSum], past: Sequence[HourSum], names: tuple[str, str]
    ) -> None:
        """Replace both days; paints only when something is different."""
        fresh = {each.hour: each for each in today}, {each.hour: each for each in past}, names
        if fresh == (self._today, self._past, self._names):
            return
        self._today, self._past, self._names = fresh
        said = ", ".join(f"{each.hour}:00 {money(each.amount)}" for each in today)
        self.setAccessibleName(f"Cobrado por hora: {said or 'todavía nada'}")
        self.update()

    def hours(self) -> tuple[int, ...]:
        """What stands under the bars."""
        known = {*self._today, *self._past, FIRST_HOUR, LAST_HOUR}
        return tuple(range(min(known), max(known) + 1))

    def sizeHint(self) -> QSize:
        """A low, wide chart."""
        return QSize(theme().px(480), theme().px(150))

    def minimumSizeHint(self) -> QSize:
        """Below this the labels would touch."""
        return QSize(theme().px(260), theme().px(96))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Legend, pairs of bars, hours."""
        painter, px, tokens = QPainter(self), theme().px, theme().tokens
        plot = QRectF(self.rect()).adjusted(0, px(20), 0, -px(18))
        self._paint_legend(painter)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        hours, most = self.hours(), self._most()
        room = plot.width() / len(hours)
        wide = min(px(40), room * 0.44)
        for at, hour in enumerate(hours):
            middle = plot.left() + (at + 0.5) * room
            past, today = self._past.get(hour), self._today.get(hour)
            if past and past.amount > 0:
                self._paint_bar(painter, plot, middle - wide - 1, wide, past.amount / most, True)
            if today and today.amount > 0:
                top = self._paint_bar(painter, plot, middle + 1, wide, today.amount / most, False)
                self._paint_label(painter, QRectF(middle + 1, top, wide, plot.bottom() - top),
                                  _short(today.amount))  # fmt: skip
            foot = QRectF(middle - room / 2, plot.bottom() + px(2), room, px(16))
            painter.setFont(theme().font(11, 600 if hour == self._current else 400))
            painter.setPen(QColor(tokens.text_soft))
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, f"{hour}:00")
            if self.hasFocus() and hour == self._current:
                focus_ring(painter, QRectF(middle - room / 2, plot.top() - px(16), room,
                                           plot.height() + px(34)), 4)  # fmt: skip

    def _paint_bar(
        self,
        painter: QPainter,
        plot: QRectF,
        left: float,
        wide: float,
        share: Decimal,
        past: bool,
    ) -> float:
        tokens = theme().tokens
        high = max(2.0, float(share) * (plot.height() - theme().px(14)))
        area = QRectF(left, plot.bottom() - high, wide, high)
        if past:
            painter.fillRect(area, QBrush(QColor(tokens.text_muted), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(QColor(tokens.text_muted), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)
        else:
            painter.fillRect(area, QColor(tokens.accent))
        return area.top()

    def _paint_label(self, painter: QPainter, area: QRectF, text: str) -> None:
        """In the bar where it is high enough, else above it."""
        px, tokens = theme().px, theme().tokens
        inside = area.height() > px(18)
        top = area.top() + px(2) if inside else area.top() - px(15)
        painter.setFont(theme().font(10.5, 600, figures=True))
        painter.setPen(QColor(tokens.on_accent if inside else tokens.text_soft))
        line = QRectF(area.left() - px(6), top, area.width() + px(12), px(14))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_legend(self, painter: QPainter) -> None:
        px, tokens = theme().px, theme().tokens
        left = 0.0
        for past, name in ((False, self._names[0]), (True, self._names[1])):
            swatch = QRectF(left, px(3), px(12), px(12))
            if past:
                brush = QBrush(QColor(tokens.text_muted), Qt.BrushStyle.BDiagPattern)
                painter.fillRect(swatch, brush)
                painter.setPen(QPen(QColor(tokens.text_muted), 1))
                painter.drawRect(swatch)
            else:
                painter.fillRect(swatch, QColor(tokens.accent))
            line = QRectF(left + px(17), 0, px(220), px(18))
            left += px(17) + words(painter, line, name, 11.5, 400, tokens.text_soft) + px(18)

    def _most(self) -> Decimal:
        every = [each.amount for each in (*self._today.values(), *self._past.values())]
        return max(every, default=Decimal(0)) or Decimal(1)

    def _hour_at(self, place: QPointF) -> int:
        hours = self.hours()
        return hours[max(0, min(len(hours) - 1, int(place.x() / self.width() * len(hours))))]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press opens the hour's receipts."""
        hour = self._hour_at(event.position())
        if hour in self._today:
            self.hour_chosen.emit(hour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter opens."""
        hours = self.hours()
        at = hours.index(self._current) if self._current in hours else -1
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._current = hours[(at + step) % len(hours)]
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current in self._today:
            self.hour_chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tip says both days' pesos of the hour under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hour = self._hour_at(QPointF(event.pos()))
            lines = [
                f"{name}: {money(day[hour].amount)} en "
                f"{counted(day[hour].receipts, 'recibo', 'recibos')}"
                for name, day in zip(self._names, (self._today, self._past), strict=True)
                if hour in day
            ]
            QToolTip.showText(event.globalPos(), "\n".join([f"{hour}:00", *lines]), self)
            return True
        return super().event(event)


def _short(amount: Decimal) -> str:
    """``950``, ``12.4 k``."""
    return f"{amount:,.0f}" if amount < 10_000 else f"{amount / 1000:,.1f} k"
