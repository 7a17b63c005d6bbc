"""The theme in force: follows the system's light or dark unless the person chose one."""

from __future__ import annotations

from enum import Enum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from tehuacan_comercial.ui.theme.fonts import BASE_PIXELS, make_font
from tehuacan_comercial.ui.theme.style import make_palette, make_style_sheet
from tehuacan_comercial.ui.theme.tokens import DARK, LIGHT, Tokens

SCALES = (100, 115, 130, 150)
"""Sizes of text that may be chosen, in per cent."""


class Mode(Enum):
    """What the person chose: the system's scheme, or one of the two always."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours, sizes and fonts; tells when they change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = LIGHT
        self.scale = 100
        self._mode = Mode.SYSTEM
        self._application: QApplication | None = None

    def install(self, application: QApplication, mode: Mode, scale: int) -> None:
        """Dress the application and follow the system from now on."""
        if self._application is None:
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
            application.setStyle(QStyleFactory.create("Fusion"))
        self._application = application
        self.choose(mode, scale)

    def choose(self, mode: Mode, scale: int) -> None:
        """Change scheme or size (100, 115, 130 or 150 per cent) at once.

        Raises:
            ValueError: the scale is none of ``SCALES``.
        """
        if scale not in SCALES:
            raise ValueError(scale)
        self._mode, self.scale = mode, scale
        self.tokens = self._resolve()
        self._dress()

    def px(self, size: float) -> int:
        """A length in pixels at 100 %, at the chosen scale."""
        return max(1, round(size * self.scale / 100))

    def font(
        self,
        size: float = BASE_PIXELS,
        weight: int = 400,
        *,
        strike: bool = False,
        figures: bool = False,
    ) -> QFont:
        """A font whose size is given at 100 %; ``figures`` for columns of digits."""
        return make_font(self.px(size), weight, strike=strike, figures=figures)

    def colour(self, token: str) -> QColor:
        """A colour by the name of its token."""
        return QColor(str(getattr(self.tokens, token)))

    def _resolve(self) -> Tokens:
        if self._mode is Mode.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode is Mode.DARK else LIGHT

    def _follow_system(self) -> None:
        if self._mode is Mode.SYSTEM and self._resolve() is not self.tokens:
            self.choose(self._mode, self.scale)

    def _dress(self) -> None:
        if self._application is None:
            return
        self._application.setFont(self.font())
        self._application.setPalette(make_palette(self.tokens))
        self._application.setStyleSheet(make_style_sheet(self.tokens, self.px))
        self.changed.emit()


@cache
def theme() -> Theme:
    """The one theme of this process."""
    return Theme()
