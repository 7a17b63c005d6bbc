"""Where the parts of the bill lie on the letter page, points from the top left corner."""

from __future__ import annotations

from tehuacan_comercial.documents.fonts import MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.pen import ACCENT, INK, MUTED, Style

LEFT, RIGHT = 30.0, 582.0
ACCOUNT_TOP = 84.0
CARD_LEFT = 372.0
CONSUMPTION_TOP = 206.0
TABLE_TOP = 356.0
UNMETERED_TABLE_TOP = 288.0
NOTICES_TOP = 596.0
STUB_TOP = 672.0

LABEL = Style(MEDIUM, 6.6, MUTED)
VALUE = Style(MEDIUM, 8.6, INK)
BODY = Style(REGULAR, 8.4, INK)
QUIET = Style(REGULAR, 7.6, MUTED)
TITLE = Style(SEMIBOLD, 9, ACCENT)
