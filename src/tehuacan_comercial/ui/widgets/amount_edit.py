"""A field for pesos: digits only, thousands as one types, the sign painted, Decimal out."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tehuacan_comercial.ui.theme.theme import theme

MAX_DIGITS = 9
"""Whole digits of the largest amount, 999,999,999.99."""


def _tidy(text: str) -> str:
    """What remains of a text: digits, one point, two decimals, thousands grouped."""
    kept = "".join(
        letter for letter in text if letter.isascii() and (letter.isdigit() or letter == ".")
    )
    whole, point, rest = kept.partition(".")
    whole = whole.lstrip("0")[:MAX_DIGITS] or ("0" if whole or point else "")
    grouped = f"{int(whole):,}" if whole else ""
    return grouped + (point + rest.replace(".", "")[:2] if point else "")


class AmountEdit(QLineEdit):
    """An amount in pesos, zero or more, with two decimals."""

    amount_changed = Signal(object)

    def __init__(self, *, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._large = large
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("0.00")
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._dress()
        self.textEdited.connect(self._regroup)

    def value(self) -> Decimal:
        """The amount in pesos; an empty field is zero."""
        text = self.text().replace(",", "")
        return Decimal(text if text not in ("", ".") else "0").quantize(Decimal("0.01"))

    def set_value(self, amount: Decimal | None) -> None:
        """Show an amount in pesos; None empties the field."""
        before = self.value()
        self.setText("" if amount is None else f"{amount:,.2f}")
        if self.value() != before:
            self.amount_changed.emit(self.value())

    def changeEvent(self, event: QEvent) -> None:
        """Take the theme's new size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let through digits, the point and the keys that edit; refuse letters."""
        text = event.text()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and text.isprintable() and text and not (text.isdigit() or text in ".,"):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Complete the cents on leaving."""
        super().focusOutEvent(event)
        if self.text():
            self.setText(f"{self.value():,.2f}")

    def sizeHint(self) -> QSize:
        """Tall where it is the figure of the sheet."""
        return QSize(theme().px(180), theme().px(60 if self._large else 36))

    def minimumSizeHint(self) -> QSize:
        """Keep the height at every scale."""
        return QSize(theme().px(110), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign of pesos at the left."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(theme().font(24 if self._large else 13, 400))
        painter.setPen(QColor(theme().tokens.text_muted))
        area = self.rect().adjusted(theme().px(15 if self._large else 10), 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, "$")

    def _dress(self) -> None:
        size, weight = (28, 700) if self._large else (13, 600)
        self.setFont(theme().font(size, weight, figures=True))
        self.setTextMargins(theme().px(26 if self._large else 14), 0, 0, 0)

    def _regroup(self, text: str) -> None:
        behind = sum(letter != "," for letter in text[self.cursorPosition() :])
        tidy = _tidy(text)
        self.setText(tidy)
        position = len(tidy)
        while position and sum(letter != "," for letter in tidy[position:]) < behind:
            position -= 1
        if position and tidy[position - 1] == ",":
            position -= 1
        self.setCursorPosition(position)
        self.amount_changed.emit(self.value())
