"""The change to hand over, in the largest type, with its notes and coins."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.paint import box
from tehuacan_comercial.ui.widgets.text import FigureLabel, Label, Role

CAPTIONS: dict[Tone, str] = {"ok": "Cambio a entregar", "warn": "Falta por cubrir"}


class ChangePanel(QWidget):
    """Green with the change, amber with what is missing; figure of ``size`` pixels at 100 %."""

    def __init__(self, size: float = 36) -> None:
        super().__init__()
        self._tone: Tone = "ok"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        px = theme().px
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.setSpacing(px(2))
        self.caption, self.figure = Label("", 13, 600, "ok"), FigureLabel(size, 700, "ok")
        self.pieces = Label("", 13, 500).as_figures().wrapped()
        row.addWidget(self.caption)
        row.addWidget(self.figure, 1)
        column.addLayout(row)
        column.addWidget(self.pieces)
        self.show_change(Decimal("0.00"), "")

    def show_change(self, change: Decimal, pieces: str) -> None:
        """Say the change; pesos."""
        self._say("ok", change, pieces or ("No hay cambio que entregar." if not change else ""))

    def show_missing(self, missing: Decimal, text: str) -> None:
        """Say what is not covered yet; pesos."""
        self._say("warn", missing, text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the tone's soft colour."""
        box(QPainter(self), QRectF(self.rect()), 8, theme().tokens.tone_soft(self._tone))

    def _say(self, tone: Tone, amount: Decimal, text: str) -> None:
        self._tone = tone
        role: Role = "ok" if tone == "ok" else "warn"
        self.caption.set_role(role)
        self.figure.set_role(role)
        self.caption.setText(CAPTIONS[tone])
        self.figure.set_amount(amount)
        self.pieces.setText(text.replace(" × ", "\u00a0×\u00a0").replace(" ¢", "\u00a0¢"))
        self.setAccessibleName(f"{CAPTIONS[tone]} {money(amount)}. {text}")
        self.update()
