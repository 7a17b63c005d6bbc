"""Small widgets of the tab Cuenta: debt by age, facts in two columns, the veil while it reads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from tehuacan_comercial.domain.aging import AgeSum
from tehuacan_comercial.ui.accounts.alerts import Alert
from tehuacan_comercial.ui.formats import figure
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.notices import InlineNotice
from tehuacan_comercial.ui.widgets.paint import box
from tehuacan_comercial.ui.widgets.text import Label

LINE = 34
"""Height of one band, pixels at 100 %."""
PATIENCE_MILLISECONDS = 250
"""An answer that comes sooner needs no word of waiting."""


class AgeBars(QWidget):
    """Debt by age: name, pesos, and a bar in proportion; what is overdue is red."""

    def __init__(self) -> None:
        super().__init__()
        self._ages: tuple[AgeSum, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ages(self, ages: Sequence[AgeSum]) -> None:
        """Replace the bands."""
        self._ages = tuple(ages)
        said = ", ".join(f"{age.label}: {figure(age.amount)}" for age in self._ages)
        self.setAccessibleName(f"Adeudo por antigüedad: {said or 'sin adeudo'}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for each band."""
        return QSize(theme().px(200), theme().px(LINE) * len(self._ages))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Take the room of the theme's new size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each band: words above, bar below."""
        painter, px = QPainter(self), theme().px
        largest = max((age.amount for age in self._ages), default=None)
        for place, age in enumerate(self._ages):
            line = QRectF(0, place * px(LINE), self.width(), px(LINE))
            part = float(age.amount / largest) if largest else 0.0
            self._paint_band(painter, line, age, part)

    def _paint_band(self, painter: QPainter, line: QRectF, age: AgeSum, part: float) -> None:
        px, tokens, flag = theme().px, theme().tokens, Qt.AlignmentFlag
        words = QRectF(line.left(), line.top() + px(2), line.width(), px(20))
        painter.setFont(theme().font(13))
        painter.setPen(QColor(tokens.text_soft))
        painter.drawText(words, flag.AlignLeft | flag.AlignVCenter, age.label)
        painter.setFont(theme().font(13, 500, figures=True))
        painter.setPen(QColor(tokens.text))
        painter.drawText(words, flag.AlignRight | flag.AlignVCenter, figure(age.amount))
        groove = QRectF(line.left(), words.bottom() + px(3), line.width(), px(5))
        box(painter, groove, 2.5, tokens.neutral_soft)
        groove.setWidth(max(px(5), groove.width() * part))
        box(painter, groove, 2.5, tokens.danger if age.overdue else tokens.accent)


def hold_height(widget: QWidget) -> None:
    """Ask for the height that the widget's wrapped words need at the width it has."""
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        widget.setMinimumHeight(layout.totalHeightForWidth(widget.width()))


class AlertNotice(InlineNotice):
    """An alert of the account; its words are never cut, however narrow the window."""

    def __init__(self, alert: Alert) -> None:
        super().__init__(alert.tone, alert.icon, alert.title, alert.advice, closable=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for every line."""
        super().resizeEvent(event)
        hold_height(self)


class FactGrid(QWidget):
    """Labels and values in two columns, long values broken in lines."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(5))
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[Label, Label]] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for every line."""
        super().resizeEvent(event)
        hold_height(self)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Replace what is shown, keeping the labels that are there."""
        while len(self._rows) < len(facts):
            self._add_row()
        for place, (name, value) in enumerate(self._rows):
            shown = place < len(facts)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                name.setText(facts[place][0])
                value.setText(facts[place][1])
                value.setAccessibleName(": ".join(facts[place]))
        hold_height(self)

    def _add_row(self) -> None:
        name, value = Label("", 12.5, 400, "soft"), Label("", 13, 500).wrapped()
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = len(self._rows)
        self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, line, 1)
        self._rows.append((name, value))


class PageStack(QStackedWidget):
    """A stack that asks only for the room of the page that is shown.

    A page shrinks to its smallest size before the window scrolls; with height for width Qt would
    ask for the comfortable height of the tallest page.
    """

    def hasHeightForWidth(self) -> bool:
        """No page's height hangs on its width: what must not be cut holds its own height."""
        return False

    def sizeHint(self) -> QSize:
        """The shown page's."""
        page = self.currentWidget()
        return page.sizeHint() if page else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The shown page's."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()


class Veil(QWidget):
    """Dims what is behind while another account is read; the word comes only if it takes long."""

    def __init__(self, behind: QWidget) -> None:
        super().__init__(behind)
        self._slow = self._opaque = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MILLISECONDS)
        self._timer.timeout.connect(self._speak)
        behind.installEventFilter(self)
        self.setAccessibleName("Leyendo la cuenta")
        self.hide()

    def cover(self, *, opaque: bool) -> None:
        """Come down over the widget; ``opaque`` where nothing worth dimming stands behind."""
        parent = self.parentWidget()
        if parent is None:
            return
        self._slow, self._opaque = False, opaque
        self._timer.start()
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()

    def lift(self) -> None:
        """The answer is here."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the widget whatever its size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Wash out what is behind, so that nobody reads it as the new account's."""
        painter, tokens = QPainter(self), theme().tokens
        wash = QColor(tokens.canvas)
        wash.setAlpha(255 if self._opaque else 205)
        painter.fillRect(self.rect(), wash)
        if self._slow:
            painter.setFont(theme().font(14, 600))
            painter.setPen(QColor(tokens.text_soft))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Leyendo la cuenta…")

    def _speak(self) -> None:
        self._slow = True
        self.update()
