"""The application's palette and style sheet, made from the table of colours."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from PySide6.QtGui import QColor, QPalette

from tehuacan_comercial.assets import resource
from tehuacan_comercial.ui.theme.tokens import Tokens

Px = Callable[[float], int]


def make_palette(tokens: Tokens) -> QPalette:
    """Qt's palette for Fusion."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.canvas,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.zebra,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text_muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Accent: tokens.accent,
    }
    palette = QPalette()
    for key, colour in colours.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.text_muted))
    return palette


def make_style_sheet(tokens: Tokens, px: Px) -> str:
    """The style sheet: ``resources/style.qss`` with colours and sizes filled in."""
    values = {name: str(value) for name, value in vars(tokens).items()}
    values |= {f"px{size}": f"{px(size)}px" for size in _SIZES}
    # Qt draws a square where the radius passes half of the side, border included.
    values["px_round"] = f"{min(px(16) + 2, px(14) + 4) // 2}px"
    suffix = "dark" if tokens.dark else "light"
    values |= {
        f"indicator_{name}": resource("icons", f"indicator-{name}-{suffix}.svg").as_posix()
        for name in ("check", "dash", "dot", "chevron")
    }
    template = resource("style.qss").read_text(encoding="utf-8")
    return Template(template).substitute(values)


_SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 24, 28, 30, 32, 34, 36, 40)
