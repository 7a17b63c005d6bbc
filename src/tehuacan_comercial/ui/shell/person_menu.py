"""The menu behind the person's name: who works here, appearance, size of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QPoint, QSettings
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from tehuacan_comercial.ui.theme.choices import MODE_KEY, SCALE_KEY, stored_mode, stored_scale
from tehuacan_comercial.ui.theme.theme import SCALES, Mode, theme

V = TypeVar("V")
_MODES = ((Mode.SYSTEM, "Como el sistema"), (Mode.LIGHT, "Clara"), (Mode.DARK, "Oscura"))


class PersonMenu(QMenu):
    """Opens under the chip; choices are kept for the station.

    ``dashboard`` offers the manager's window to who may look at it.
    """

    def __init__(self, window: QWidget, settings: QSettings, *, dashboard: bool = False) -> None:
        super().__init__(window)
        self._settings = settings
        self.switch_action = self.addAction("Cambiar de persona")
        self.dashboard_action = self.addAction("Abrir el tablero")
        self.dashboard_action.setVisible(dashboard)
        self.addSeparator()
        self._add_choices("Apariencia", _MODES, stored_mode(settings), self._choose_mode)
        sizes = tuple((scale, f"{scale} %") for scale in SCALES)
        self._add_choices("Tamaño de letra", sizes, stored_scale(settings), self._choose_scale)

    def open(self, chip: QWidget) -> None:
        """Show the menu under the chip."""
        self.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _choose_mode(self, mode: Mode) -> None:
        self._settings.setValue(MODE_KEY, mode.value)
        theme().choose(mode, stored_scale(self._settings))

    def _choose_scale(self, scale: int) -> None:
        self._settings.setValue(SCALE_KEY, scale)
        theme().choose(stored_mode(self._settings), scale)

    def _add_choices(
        self,
        title: str,
        choices: Iterable[tuple[V, str]],
        current: V,
        choose: Callable[[V], None],
    ) -> None:
        menu, group = self.addMenu(title), QActionGroup(self)
        for value, text in choices:
            action = QAction(text, group)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(lambda _on=False, chosen=value: choose(chosen))
            menu.addAction(action)
