"""Scheme and size of letters that were chosen at this station."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from tehuacan_comercial.ui.theme.theme import SCALES, Mode

MODE_KEY, SCALE_KEY = "appearance/mode", "appearance/scale"


def stored_mode(settings: QSettings) -> Mode:
    """The scheme chosen at this station."""
    stored = str(settings.value(MODE_KEY, Mode.SYSTEM.value))
    return next((mode for mode in Mode if mode.value == stored), Mode.SYSTEM)


def stored_scale(settings: QSettings) -> int:
    """The size of letters chosen at this station, per cent."""
    stored = str(settings.value(SCALE_KEY, 100))
    return int(stored) if stored in {str(scale) for scale in SCALES} else 100
