"""Inner tab Línea de tiempo: everything in one scroll, with a chip for each kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.ui.accounts.history_events import (
    CHIP_ICONS,
    AccountEvent,
    EventKind,
    counted,
)
from tehuacan_comercial.ui.formats import count
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.timeline import Timeline


class TimelinePage(QWidget):
    """Chips above, events below; no chip pressed shows everything."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._card = Card("Línea de tiempo", padded=False)
        chips = QHBoxLayout()
        chips.setContentsMargins(px(16), 0, px(16), px(10))
        chips.setSpacing(px(8))
        self._chips: dict[EventKind, KeyButton] = {}
        for kind in EventKind:
            chip = KeyButton(kind.value, CHIP_ICONS[kind])
            chip.setCheckable(True)
            chip.toggled.connect(lambda _on: self._show())
            self._chips[kind] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        self.timeline = Timeline("Línea de tiempo de la cuenta")
        self._empty = EmptyState(
            "history",
            "Nada que mostrar",
            "Aquí aparecerán lecturas, recibos, pagos, recargos y cambios.",
        )
        self._events: tuple[AccountEvent, ...] = ()
        self._card.body.addLayout(chips)
        self._card.body.addWidget(self.timeline, 1)
        self._card.body.addWidget(self._empty, 1)
        column.addWidget(self._card)
        self.setFocusProxy(self.timeline)

    def show_events(self, events: Sequence[AccountEvent]) -> None:
        """Replace the events, newest first; pressed chips stay pressed."""
        self._events = tuple(events)
        for kind, number in counted(events).items():
            self._chips[kind].setText(f"{kind.value}  {count(number)}")
            self._chips[kind].setVisible(number > 0)
            self._chips[kind].updateGeometry()
        self._show()

    def shown(self) -> tuple[AccountEvent, ...]:
        """Events that pass the chips."""
        wanted = {kind for kind, chip in self._chips.items() if chip.isChecked()}
        return tuple(event for event in self._events if not wanted or event.kind in wanted)

    def choose(self, kind: EventKind, *, on: bool = True) -> None:
        """Press or let go a chip."""
        self._chips[kind].setChecked(on)

    def _show(self) -> None:
        shown = self.shown()
        self.timeline.show_events([event.shown() for event in shown])
        self.timeline.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        every = len(self._events)
        told = count(every) if len(shown) == every else f"{count(len(shown))} de {count(every)}"
        self._card.set_note(f"{told} sucesos" if every else "")
