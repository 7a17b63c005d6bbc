"""The account banner: who is at the desk, in what state, and how much is owed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.pill import Pill, PillBadge
from tehuacan_comercial.ui.widgets.text import ElidedLabel, Label


@dataclass(frozen=True)
class BannerFacts:
    """What the banner shows; debt in pesos, a credit balance is negative."""

    name: str
    facts: str
    debt: Decimal
    badges: tuple[Pill, ...] = ()
    debt_caption: str = "Adeudo total"


class Banner(QFrame):
    """One person's account above every section; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("BannerBar")
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(10), px(20), px(12))
        row.setSpacing(px(20))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(px(7))
        right.setSpacing(px(3))
        self.name = ElidedLabel("", 18, 700)
        self.facts = ElidedLabel("", 13, 400, "soft")
        self._badges = QHBoxLayout()
        self._badges.setSpacing(px(7))
        self._head = QHBoxLayout()
        self._head.setSpacing(px(12))
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._head.addWidget(self.name)
        self._head.addLayout(self._badges)
        self._head.addStretch(1)
        left.addLayout(self._head)
        left.addWidget(self.facts)
        self.caption = Label("Adeudo total", 12, 500, "soft")
        self.debt = Label("", 23, 700).as_figures()
        for label in (self.caption, self.debt):
            right.addWidget(label, 0, Qt.AlignmentFlag.AlignRight)
        row.addLayout(left, 1)
        row.addLayout(right)
        self.hide()

    def show_account(self, facts: BannerFacts) -> None:
        """Show an account; the name gives way before the badges do."""
        self.name.setText(facts.name)
        self.facts.setText(facts.facts)
        self.caption.setText(facts.debt_caption)
        self.debt.setText(money(facts.debt))
        self._show_badges(facts.badges)
        said = ", ".join(pill.text for pill in facts.badges)
        self.setAccessibleName(f"{facts.name}. {said}. {facts.debt_caption} {money(facts.debt)}")
        self.show()

    def clear(self) -> None:
        """No account is open."""
        self.hide()

    def _show_badges(self, badges: tuple[Pill, ...]) -> None:
        while (item := self._badges.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for pill in badges:
            badge = PillBadge(pill)
            self._badges.addWidget(badge)
            badge.show()
