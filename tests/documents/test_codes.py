"""Bars and squares lie on whole dots of a 203 dpi head and carry what was given."""

from __future__ import annotations

import re
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tehuacan_comercial.documents.base import Paper
from tehuacan_comercial.documents.codes import (
    DOT,
    code128_width,
    draw_code128,
    draw_qr,
    qr_side,
    widest_module,
)
from tests.documents.reading import codes_of

PRINTABLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=4, max_size=24)


def sheet(payload: str, kind: str, dots: int) -> bytes:
    paper = Paper("Prueba", "Prueba", "Prueba")
    pen = paper.page((576, 288))
    if kind == "QRCode":
        draw_qr(pen, 31.7, 23.3, payload, dots)
    else:
        draw_code128(pen, 31.7, 23.3, payload, 40, dots)
    paper.end_page()
    return paper.finish()


@settings(max_examples=60, deadline=None)
@given(PRINTABLE)
def test_what_is_drawn_is_read(payload: str) -> None:
    dots = widest_module(payload, 500, most=2)
    assert codes_of(sheet(payload, "Code128", dots)) == [("Code128", payload)]
    assert codes_of(sheet(payload, "QRCode", 4)) == [("QRCode", payload)]


@pytest.mark.parametrize("kind", ["Code128", "QRCode"])
@pytest.mark.parametrize("dots", [2, 3, 5])
def test_every_edge_lies_on_a_dot(kind: str, dots: int) -> None:
    pdf = sheet("C2-018835", kind, dots)
    content = max(
        (_inflated(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S)),
        key=lambda text: text.count(b" re"),
    )
    boxes = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", content)[1:]
    assert len(boxes) > 20
    for left, _, wide, _ in boxes:
        for position in (float(left), float(wide)):
            assert position / DOT == pytest.approx(round(position / DOT), abs=1e-3)
        assert round(float(wide) / DOT) % dots == 0


def test_the_widest_module_that_fits_is_chosen() -> None:
    assert widest_module("C2-018835", 1000) == 3
    assert widest_module("C2-018835", code128_width("C2-018835", 2)) == 2
    assert widest_module("C2-018835", code128_width("C2-018835", 2) - 0.1) == 1


def test_the_qr_grows_with_its_text() -> None:
    assert qr_side("TCR:C2-018835:7K2M-9QXD" * 5, 4) > qr_side("TCR:C2-018835:7K2M-9QXD", 4)


def test_what_the_bars_cannot_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        code128_width("AÑO-1", 2)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream.strip())
    except zlib.error:
        return b""
