"""Bars of the last readings; the chart library is loaded when the first one is shown."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tehuacan_comercial.ui.theme.theme import theme

AXIS_WIDTH, LABEL_HEIGHT = 60, 24
"""Room left of the bars and under them, pixels at 100 %."""


@dataclass(frozen=True)
class Bar:
    """One bar: what stands under it, its height, and whether it is an estimate."""

    label: str
    value: Decimal
    estimated: bool = False


class MiniChart(QWidget):
    """A small bar chart with its unit (``m³``); estimates are drawn hollow."""

    def __init__(self, name: str, unit: str) -> None:
        super().__init__()
        self._name, self._unit = name, unit
        self._bars: tuple[Bar, ...] = ()
        self._plot: Any = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme().px(120))

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Replace the bars, oldest first."""
        self._bars = tuple(bars)
        said = ", ".join(map(_spoken, self._bars))
        self.setAccessibleName(f"{self._name} ({self._unit}): {said}")
        if self.isVisible():
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Take the theme's new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._plot is not None:
            self._draw()

    def showEvent(self, event: Any) -> None:
        """Load the library and draw, the first time it is seen."""
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        import pyqtgraph  # 0.4 s and 80 MB: only for who looks at a chart

        if self._plot is None:
            self._plot = pyqtgraph.PlotWidget(self)
            self._plot.setMenuEnabled(False)
            self._plot.setMouseEnabled(x=False, y=False)
            self._plot.hideButtons()
            self._column.addWidget(self._plot)
        tokens = theme().tokens
        self._plot.setBackground(tokens.surface)
        self._plot.clear()
        self._dress_axes(pyqtgraph)
        for place, bar in enumerate(self._bars):
            fill = tokens.surface if bar.estimated else tokens.accent
            pen = pyqtgraph.mkPen(tokens.accent, width=1.5)
            item = pyqtgraph.BarGraphItem(
                x=[place], height=[float(bar.value)], width=0.62, brush=fill, pen=pen
            )
            self._plot.addItem(item)

    def _label_width(self) -> float:
        metrics = QFontMetricsF(theme().font(11))
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0.0)
        return widest + theme().px(6)

    def _bar_room(self) -> float:
        """Pixels from one bar to the next."""
        room = self.width() - theme().px(AXIS_WIDTH)
        return max(1.0, room / max(1, len(self._bars) + 1))

    def _label_step(self) -> int:
        """Every how many bars a label fits under its bar."""
        return max(1, math.ceil(self._label_width() / self._bar_room()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width holds another number of labels."""
        super().resizeEvent(event)
        if self._plot is not None:
            self._dress_axes(sys.modules["pyqtgraph"])

    def _dress_axes(self, pyqtgraph: Any) -> None:
        tokens = theme().tokens
        bottom, left = self._plot.getAxis("bottom"), self._plot.getAxis("left")
        marks = [(at, bar.label) for at, bar in enumerate(self._bars)]
        # From the newest back, as many as stand side by side; half a label hangs over the ends.
        bottom.setTicks([marks[:: -self._label_step()]])
        edge = max(0.5, self._label_width() / 2 / self._bar_room())
        self._plot.setXRange(-edge, len(self._bars) - 1 + edge, padding=0)
        bottom.setHeight(theme().px(LABEL_HEIGHT))
        left.setLabel(self._unit)
        for axis in (bottom, left):
            axis.setPen(pyqtgraph.mkPen(tokens.line))
            axis.setTextPen(pyqtgraph.mkPen(tokens.text_soft))
            axis.setStyle(tickFont=theme().font(11), tickLength=-3)


def _spoken(bar: Bar) -> str:
    return f"{bar.label} {bar.value:f}{' (estimada)' if bar.estimated else ''}"
