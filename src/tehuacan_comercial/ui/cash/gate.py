"""The page that stands where nothing can be charged: why, and the one act that changes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.ui.actions import Actions, spec_of
from tehuacan_comercial.ui.cash.screen import EmptySay
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.text import IconLabel, Label


class GatePage(QWidget):
    """A card with icon, title, explanation and one button."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card()
        column.addWidget(card)
        self._icon = IconLabel("banknote", "accent", 44)
        self.title = Label("", 20, 600)
        self.text = Label("", 13.5, 400, "soft").wrapped()
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.text.setFixedWidth(px(470))
        self._buttons: dict[str, KeyButton] = {}
        self._place = QVBoxLayout()
        card.body.setSpacing(px(12))
        card.body.addStretch(2)
        for part in (self._icon, self.title, self.text):
            card.body.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        card.body.addSpacing(px(8))
        card.body.addLayout(self._place)
        card.body.addStretch(3)

    def say(self, empty: EmptySay) -> None:
        """Show why, and the act."""
        self._icon.set_icon(empty.icon, "warn" if empty.icon == "triangle-alert" else "accent")
        self.title.setText(empty.title)
        self.text.setText(empty.text)
        self.text.setMinimumHeight(self.text.heightForWidth(self.text.width()))
        for button in self._buttons.values():
            button.hide()
        if empty.action:
            self._button(empty).show()

    def button(self) -> KeyButton | None:
        """The button that is offered now."""
        return next((each for each in self._buttons.values() if not each.isHidden()), None)

    def _button(self, empty: EmptySay) -> KeyButton:
        if empty.act not in self._buttons:
            action, spec = self._actions[empty.action], spec_of(empty.action)
            button = KeyButton.for_action(action, spec.icon, Kind.PRIMARY)
            button.setText(empty.act)
            self._buttons[empty.act] = button
            self._place.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return self._buttons[empty.act]
