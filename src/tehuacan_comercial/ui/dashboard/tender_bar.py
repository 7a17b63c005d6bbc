"""A form of payment as a bar with its name, its share and its pesos; a press opens its receipts."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from tehuacan_comercial.domain.dashboard import percent
from tehuacan_comercial.ui.dashboard.tile import Tile, bar, words
from tehuacan_comercial.ui.dashboard.words import tender_name
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import box, focus_ring

HEIGHT = 38


class TenderBar(Tile):
    """Two lines: words above, the bar below."""

    def __init__(self, tender: str) -> None:
        super().__init__()
        self.tender = tender
        self._amount, self._share = Decimal(0), Decimal(0)

    def say(self, amount: Decimal, whole: Decimal) -> None:
        """Pesos of this form, and of the day."""
        share = percent(amount, whole) or Decimal(0)
        if (amount, share) == (self._amount, self._share):
            return
        self._amount, self._share = amount, share
        self.setAccessibleName(f"{tender_name(self.tender)}: {money(amount)}, {share:.1f} %")
        self.update()

    def sizeHint(self) -> QSize:
        """One bar."""
        return QSize(theme().px(220), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(theme().px(160), theme().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Without a panel of its own: it stands in a card."""
        painter, tokens = QPainter(self), theme().tokens
        area = QRectF(self.rect())
        if self.underMouse():
            box(painter, area, 6, tokens.raised)
        self.paint_content(painter, area.adjusted(theme().px(4), theme().px(2), -theme().px(4), 0))
        if self.hasFocus():
            focus_ring(painter, area, 6)

    def paint_content(self, painter: QPainter, area: QRectF) -> None:
        """Name, share, pesos; bar."""
        px, tokens = theme().px, theme().tokens
        line = QRectF(area.left(), area.top() + px(2), area.width(), px(18))
        words(painter, line, money(self._amount), 12.5, 600, right=True, figures=True)
        used = words(painter, line, tender_name(self.tender), 12.5, 500)
        note = line.adjusted(used + px(8), 0, 0, 0)
        words(painter, note, f"{self._share:.1f} %", 11.5, 400, tokens.text_soft)
        track = QRectF(area.left(), area.top() + px(24), area.width(), px(5))
        bar(painter, track, float(self._share) / 100, tokens.accent)
