"""Texts of one size and weight that follow the theme: labels, figures, icons."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import draw_icon

Role = Literal["", "soft", "muted", "danger", "ok", "warn"]


def restyle(widget: QWidget) -> None:
    """Have the style sheet look again at a widget whose property changed, keeping its font."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    font = QFont(widget.font())
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.setFont(font)


class Label(QLabel):
    """A text of the house; size in pixels at 100 %, weight 400 to 700."""

    def __init__(
        self, text: str = "", size: float = 13, weight: int = 400, role: Role = ""
    ) -> None:
        super().__init__(text)
        self._size, self._weight, self._figures = size, weight, False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._dress()

    def set_role(self, role: Role) -> None:
        """Change the colour: soft, muted, danger, ok, warn or plain."""
        if self.property("role") == role:
            return
        self.setProperty("role", role)
        restyle(self)
        self._dress()

    def wrapped(self) -> Label:
        """The same label, breaking its lines where it must."""
        self.setWordWrap(True)
        return self

    def as_figures(self) -> Label:
        """The same label with digits of one width, for sums that stand in a column."""
        self._figures = True
        self._dress()
        return self

    def changeEvent(self, event: QEvent) -> None:
        """Take the theme's new size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        self.setFont(theme().font(self._size, self._weight, figures=self._figures))


class ElidedLabel(Label):
    """A label of one line that shortens itself instead of widening its window."""

    def __init__(
        self, text: str = "", size: float = 13, weight: int = 400, role: Role = ""
    ) -> None:
        super().__init__(text, size, weight, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits, with an ellipsis; the whole text goes to the tip."""
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.drawText(self.rect(), int(self.alignment()), shown)

    def minimumSizeHint(self) -> QSize:
        """One line high and as narrow as needed."""
        return QSize(theme().px(40), super().minimumSizeHint().height())


class FigureLabel(Label):
    """A large sum of money, right-aligned, that a screen reader can read."""

    def __init__(self, size: float = 32, weight: int = 700, role: Role = "") -> None:
        super().__init__("", size, weight, role)
        self.as_figures()
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_amount(Decimal("0.00"))

    def set_amount(self, amount: Decimal | None) -> None:
        """Show an amount in pesos, or a dash."""
        self.setText(money(amount))


class IconLabel(QWidget):
    """An icon that stands alone; decoration only, so it has no accessible name."""

    def __init__(self, name: str, ink: str = "text_soft", size: float = 16) -> None:
        super().__init__()
        self._name, self._ink, self._icon_size = name, ink, size

    def set_icon(self, name: str, ink: str) -> None:
        """Show another icon or colour."""
        self._name, self._ink = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        """The icon's own size at the theme's scale."""
        return QSize(theme().px(self._icon_size), theme().px(self._icon_size))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the icon."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon in the middle."""
        colour = str(getattr(theme().tokens, self._ink))
        centre = QPointF(self.width() / 2, self.height() / 2)
        draw_icon(QPainter(self), self._name, colour, centre, self._icon_size)
