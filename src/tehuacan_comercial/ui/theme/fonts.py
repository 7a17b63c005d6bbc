"""The house's font: Inter from resources/, with tabular digits and one scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from tehuacan_comercial.assets import resource

BASE_PIXELS = 13
"""Body text at 100 %, in pixels."""

WEIGHTS = {
    400: QFont.Weight.Normal,
    500: QFont.Weight.Medium,
    600: QFont.Weight.DemiBold,
    700: QFont.Weight.Bold,
}


@cache
def load_family() -> str:
    """Load the bundled faces once and return the family's name."""
    families: list[str] = []
    for path in sorted(resource("fonts").glob("Inter_*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else QFont().family()


def make_font(
    pixels: int, weight: int = 400, *, strike: bool = False, figures: bool = False
) -> QFont:
    """A font of the house: size in pixels, weight 400 to 700; ``figures`` makes digits align."""
    return QFont(face(pixels, weight, strike, figures)[0])


@cache
def face(
    pixels: int, weight: int = 400, strike: bool = False, figures: bool = False
) -> tuple[QFont, QFontMetricsF]:
    """The same font with its measures, made once and for all: only to paint with."""
    font = QFont(load_family())
    font.setPixelSize(pixels)
    font.setWeight(WEIGHTS[weight])
    font.setStrikeOut(strike)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font, QFontMetricsF(font)
