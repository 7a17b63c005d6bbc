"""The table of colours: every colour a screen may use, by purpose, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["neutral", "ok", "info", "warn", "danger", "accent"]


@dataclass(frozen=True)
class Tokens:
    """Colours as ``#RRGGBB`` by purpose; a widget never writes a colour of its own."""

    dark: bool
    canvas: str
    surface: str
    raised: str
    zebra: str
    line: str
    control_line: str
    text: str
    text_soft: str
    text_muted: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    on_accent_soft: str
    selection: str
    focus: str
    neutral: str
    neutral_soft: str
    ok: str
    ok_soft: str
    info: str
    info_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    danger_fill: str
    on_danger_fill: str
    nav: str
    nav_active: str
    nav_text: str
    nav_text_active: str
    nav_muted: str
    nav_accent: str
    on_nav_accent: str
    shade: str

    def tone(self, tone: Tone) -> str:
        """Text and icon colour of a tone."""
        return self.accent if tone == "accent" else str(getattr(self, tone))

    def tone_soft(self, tone: Tone) -> str:
        """Background colour that goes under ``tone``."""
        return self.accent_soft if tone == "accent" else str(getattr(self, f"{tone}_soft"))


LIGHT = Tokens(
    dark=False,
    canvas="#F2F5F7",
    surface="#FFFFFF",
    raised="#F7F9FB",
    zebra="#FAFBFC",
    line="#D9E0E6",
    control_line="#818E9A",
    text="#15212B",
    text_soft="#465562",
    text_muted="#5A6874",
    accent="#0A5C86",
    on_accent="#FFFFFF",
    accent_hover="#084B6E",
    accent_soft="#E4F1F8",
    on_accent_soft="#0A5C86",
    selection="#DCEEF8",
    focus="#0A6FA3",
    neutral="#465562",
    neutral_soft="#E9EEF2",
    ok="#0A6A4A",
    ok_soft="#E1F3EB",
    info="#2A4F9E",
    info_soft="#E8EEFB",
    warn="#7A4A00",
    warn_soft="#FFF0D2",
    danger="#A1232B",
    danger_soft="#FBE7E8",
    danger_fill="#A1232B",
    on_danger_fill="#FFFFFF",
    nav="#0D2B3E",
    nav_active="#184A66",
    nav_text="#C5D6E1",
    nav_text_active="#FFFFFF",
    nav_muted="#A6BCCA",
    nav_accent="#59C1F0",
    on_nav_accent="#05202F",
    shade="#0B161E",
)

DARK = Tokens(
    dark=True,
    canvas="#11181E",
    surface="#19222A",
    raised="#1F2A33",
    zebra="#1C262E",
    line="#2E3B46",
    control_line="#6B7C8A",
    text="#E9EFF4",
    text_soft="#B6C3CE",
    text_muted="#A2B0BC",
    accent="#56B7E8",
    on_accent="#05202F",
    accent_hover="#7AC8F0",
    accent_soft="#163A50",
    on_accent_soft="#8CD0F3",
    selection="#1D4258",
    focus="#7CCBF5",
    neutral="#B6C3CE",
    neutral_soft="#2A3742",
    ok="#56CF98",
    ok_soft="#143629",
    info="#9DB8FF",
    info_soft="#212F52",
    warn="#F2BC66",
    warn_soft="#3B2D12",
    danger="#FF9390",
    danger_soft="#432224",
    danger_fill="#FF9390",
    on_danger_fill="#2B0A0B",
    nav="#0A1116",
    nav_active="#15384D",
    nav_text="#B9C9D4",
    nav_text_active="#FFFFFF",
    nav_muted="#8FA2AF",
    nav_accent="#59C1F0",
    on_nav_accent="#05202F",
    shade="#000000",
)

_GROUNDS = ("canvas", "surface", "raised", "zebra")

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ground in _GROUNDS for ink in ("text", "text_soft", "text_muted")),
    *((ink, ground) for ground in _GROUNDS for ink in ("accent", "ok", "warn", "danger", "info")),
    *((ink, "selection") for ink in ("text", "text_soft", "text_muted", "accent")),
    *((ink, "selection") for ink in ("ok", "warn", "danger", "info")),
    *((tone, f"{tone}_soft") for tone in ("neutral", "ok", "info", "warn", "danger")),
    *(("text", f"{tone}_soft") for tone in ("neutral", "ok", "info", "warn", "danger", "accent")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent_soft", "accent_soft"),
    ("text_soft", "neutral_soft"),
    ("on_danger_fill", "danger_fill"),
    ("nav_text", "nav"),
    ("nav_muted", "nav"),
    ("nav_text_active", "nav_active"),
    ("nav_muted", "nav_active"),
    ("on_nav_accent", "nav_accent"),
)
"""Every (ink, ground) pair that carries text: WCAG AA, 4.5 to 1."""

LINE_PAIRS: tuple[tuple[str, str], ...] = (
    *(("control_line", ground) for ground in _GROUNDS),
    *(("focus", ground) for ground in (*_GROUNDS, "selection", "accent_soft")),
    ("accent", "surface"),
    ("accent", "raised"),
    ("nav_accent", "nav"),
    ("nav_accent", "nav_active"),
    ("focus", "warn_soft"),
    ("focus", "danger_soft"),
    ("focus", "ok_soft"),
    ("focus", "info_soft"),
)
"""Every (line, ground) pair that marks a control or the focus: 3 to 1."""


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)
