from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from tehuacan_comercial.assets import resource
from tehuacan_comercial.ui.actions import ACTIONS
from tehuacan_comercial.ui.icons import icon_pixmap
from tehuacan_comercial.ui.theme.fonts import load_family
from tehuacan_comercial.ui.theme.style import make_style_sheet
from tehuacan_comercial.ui.theme.theme import SCALES, Mode, theme
from tehuacan_comercial.ui.theme.tokens import (
    DARK,
    LIGHT,
    LINE_PAIRS,
    TEXT_PAIRS,
    Tokens,
    contrast,
)

SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def _ratio(tokens: Tokens, pair: tuple[str, str]) -> float:
    return contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1]))


def test_contrast_is_wcag_s_own() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@SCHEMES
def test_every_text_can_be_read(tokens: Tokens) -> None:
    low = {pair: _ratio(tokens, pair) for pair in TEXT_PAIRS if _ratio(tokens, pair) < 4.5}
    assert not low


@SCHEMES
def test_every_control_and_focus_can_be_seen(tokens: Tokens) -> None:
    low = {pair: _ratio(tokens, pair) for pair in LINE_PAIRS if _ratio(tokens, pair) < 3}
    assert not low


@SCHEMES
def test_every_tone_has_a_ground(tokens: Tokens) -> None:
    for tone in ("neutral", "ok", "info", "warn", "danger", "accent"):
        assert tokens.tone(tone) != tokens.tone_soft(tone)


@SCHEMES
def test_style_sheet_is_filled_and_its_pictures_exist(tokens: Tokens) -> None:
    sheet = make_style_sheet(tokens, round)
    assert "$" not in sheet
    pictures = re.findall(r'url\("(.+?)"\)', sheet)
    assert pictures
    for picture in pictures:
        assert resource("icons", picture.rsplit("/", 1)[-1]).is_file()


@pytest.mark.parametrize("kind", ["QCheckBox", "QRadioButton"])
def test_unselected_boxes_do_not_vanish(kind: str) -> None:
    sheet = resource("style.qss").read_text(encoding="utf-8")
    rules = re.findall(r"([^{}]+)\{([^{}]+)\}", sheet)
    plain = [body for names, body in rules if f"{kind}::indicator," in f"{names.strip()},"]
    assert any("border:" in body and "background:" in body for body in plain)


@pytest.mark.parametrize("scale", SCALES)
def test_radio_buttons_stay_round_at_every_scale(qtbot: QtBot, scale: int) -> None:
    theme().choose(Mode.LIGHT, scale)
    button = QRadioButton()
    qtbot.addWidget(button)
    button.setChecked(True)
    image = button.grab().toImage()
    accent = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == QColor(LIGHT.accent)
    ]
    left, top = min(x for x, _y in accent), min(y for _x, y in accent)
    assert len(accent) > 50
    assert (left, top) not in accent


def test_focus_ring_is_two_pixels_at_every_scale() -> None:
    sheet = make_style_sheet(LIGHT, lambda size: round(size * 1.5))
    rings = re.findall(r":focus\s*\{([^{}]*)\}", sheet)
    widths = {width for ring in rings for width in re.findall(r"border: (\d+)px", ring)}
    assert widths == {"2"}


def test_scale_enlarges_letters_and_lengths() -> None:
    sizes = []
    for scale in SCALES:
        theme().choose(Mode.LIGHT, scale)
        sizes.append((theme().px(40), theme().font().pixelSize()))
    assert sizes == [(40, 13), (46, 15), (52, 17), (60, 20)]


def test_unknown_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="200"):
        theme().choose(Mode.LIGHT, 200)


def test_chosen_scheme_overrides_the_system(qapp: QApplication) -> None:
    theme().choose(Mode.DARK, 100)
    assert qapp.palette().window().color() == QColor(DARK.canvas)
    theme().choose(Mode.LIGHT, 100)
    assert qapp.palette().window().color() == QColor(LIGHT.canvas)


def test_font_is_the_bundled_one_with_equal_digits() -> None:
    assert load_family() == "Inter"
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme().font(13, 600, figures=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


@pytest.mark.parametrize("name", sorted({spec.icon for spec in ACTIONS if spec.icon}))
def test_icons_take_the_colour_asked(name: str) -> None:
    picture = icon_pixmap(name, "#FF0000", 24).toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#ff0000"}
