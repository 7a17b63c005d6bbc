"""A till as it is now: who, in which state, cash against its limit, last movement, receipts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from tehuacan_comercial.domain.dashboard import WARNING_SHARE
from tehuacan_comercial.services.dashboard import CashLevel, TillNow
from tehuacan_comercial.ui.dashboard.tile import Tile, bar, words
from tehuacan_comercial.ui.dashboard.words import (
    difference_words,
    level_words,
    state_pill,
    till_foot,
    till_tip,
)
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.pill import paint_pill, pill_width

HEIGHT = 110
_INK = {CashLevel.OVER: "danger", CashLevel.NEAR: "warn"}


class TillTile(Tile):
    """``till`` is what it shows; a press opens the receipts of its session."""

    def __init__(self, till: TillNow) -> None:
        super().__init__()
        self.till = till
        self.show_till(till)

    def show_till(self, till: TillNow) -> None:
        """Show the till as it is now."""
        changed = till != self.till
        self.till = till
        self.setEnabled(till.row.session_id is not None)
        said = (
            till.row.till_name,
            state_pill(till).text,
            till.row.cashier_name or "",
            money(till.cash),
            level_words(till),
            difference_words(till),
            till_foot(till),
        )
        self.setToolTip(till_tip(till))
        self.setAccessibleName(", ".join(filter(None, said)))
        if changed:
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme().px(196), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(theme().px(150), theme().px(HEIGHT))

    def paint_content(self, painter: QPainter, area: QRectF) -> None:
        """Name and state; who; cash, bar and limit; what happened last."""
        px, tokens, till = theme().px, theme().tokens, self.till
        pill = state_pill(till)
        head = QRectF(area.left(), area.top(), area.width(), px(20))
        room = pill_width(pill.text)
        words(painter, head.adjusted(0, 0, -room - px(6), 0), till.row.till_name, 13.5, 700)
        paint_pill(painter, pill, area.right() - room, head.center().y())
        line = QRectF(area.left(), area.top() + px(21), area.width(), px(17))
        words(painter, line, till.row.cashier_name or "Nadie la ha abierto hoy", 11.5, 400,
              tokens.text_soft)  # fmt: skip
        if till.cash is None:
            self._paint_rest(painter, area)
            return
        ink = getattr(tokens, _INK.get(till.level, "text"))
        line = QRectF(area.left(), area.top() + px(38), area.width(), px(24))
        used = words(painter, line, money(till.cash), 16, 700, ink, figures=True)
        told = line.adjusted(used + px(8), px(3), 0, px(3))
        words(painter, told, level_words(till), 11, 600 if till.level in _INK else 400,
              ink if till.level in _INK else tokens.text_soft, right=True)  # fmt: skip
        if till.row.cash_limit:
            track = QRectF(area.left(), area.top() + px(66), area.width(), px(5))
            fill = ink if till.level in _INK else tokens.accent
            bar(painter, track, float(till.cash / till.row.cash_limit), fill, float(WARNING_SHARE))
        self._paint_foot(painter, area)

    def _paint_rest(self, painter: QPainter, area: QRectF) -> None:
        """Closed, or never opened: what it took."""
        px, tokens, till = theme().px, theme().tokens, self.till
        if till.row.session_id is not None:
            line = QRectF(area.left(), area.top() + px(38), area.width(), px(24))
            used = words(painter, line, money(till.taken), 16, 700, tokens.text_soft, figures=True)
            told = line.adjusted(used + px(8), px(3), 0, px(3))
            ink = tokens.tone("danger" if till.difference < 0 else "warn")
            words(painter, told, difference_words(till), 11, 600, ink, right=True)
            self._paint_foot(painter, area)

    def _paint_foot(self, painter: QPainter, area: QRectF) -> None:
        line = QRectF(area.left(), area.bottom() - theme().px(16), area.width(), theme().px(17))
        words(painter, line, till_foot(self.till), 11, 400, theme().tokens.text_soft, figures=True)
