"""The bar above: the search box and the person signed in."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from tehuacan_comercial.ui.shell.section import Person
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import box, draw_icon, focus_ring
from tehuacan_comercial.ui.widgets.search_box import SearchBox

PLACEHOLDER = "Buscar o escanear: cuenta, nombre, medidor, domicilio o recibo"


class PersonChip(QAbstractButton):
    """Initials, name and job; a press opens the person's menu."""

    def __init__(self, person: Person, place: str) -> None:
        super().__init__()
        self._person, self._place = person, place
        self.setAccessibleName(f"{person.name}, {person.job}, {place}")
        self.setToolTip("Cambiar de persona, apariencia y tamaño de letra")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Circle, two lines and the arrow."""
        px = theme().px
        name = QFontMetricsF(theme().font(13, 600)).horizontalAdvance(self._person.name)
        under = QFontMetricsF(theme().font(11.5)).horizontalAdvance(self._under())
        return QSize(round(max(name, under)) + px(34 + 10 + 34), px(44))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        area = QRectF(self.rect())
        if self.underMouse():
            box(painter, area, 8, tokens.neutral_soft)
        circle = QRectF(px(5), area.center().y() - px(17), px(34), px(34))
        box(painter, circle, 17, tokens.accent_soft)
        painter.setFont(theme().font(12.5, 700))
        painter.setPen(QColor(tokens.on_accent_soft))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._person.initials())
        left = circle.right() + px(9)
        self._paint_line(painter, left, px(4), self._person.name, 13, 600, tokens.text)
        self._paint_line(painter, left, px(22), self._under(), 11.5, 400, tokens.text_soft)
        arrow = QPointF(area.right() - px(12), area.center().y())
        draw_icon(painter, "chevron-down", tokens.text_soft, arrow, 14)
        if self.hasFocus():
            focus_ring(painter, area, 8)

    def _paint_line(
        self,
        painter: QPainter,
        left: float,
        top: float,
        text: str,
        size: float,
        weight: int,
        ink: str,
    ) -> None:
        painter.setFont(theme().font(size, weight))
        painter.setPen(QColor(ink))
        line = QRectF(left, top, self.width() - left, theme().px(19))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)

    def _under(self) -> str:
        return " · ".join(filter(None, (self._person.job, self._place)))


class TopBar(QFrame):
    """Search at the left, room for a section's own tools, the person at the right."""

    def __init__(self, person: Person, place: str) -> None:
        super().__init__()
        self.setObjectName("TopBar")
        px = theme().px
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(20), px(8), px(12), px(8))
        self._row.setSpacing(px(10))
        self.search = SearchBox(PLACEHOLDER)
        self.search.setMaximumWidth(px(620))
        self.person = PersonChip(person, place)
        self._row.addWidget(self.search, 3)
        self._row.addStretch(1)
        self._row.addWidget(self.person)

    def add_tool(self, tool: QWidget) -> None:
        """Put a tool left of the person."""
        self._row.insertWidget(self._row.count() - 1, tool)
