"""Keeps each picture in the light and the dark scheme, small enough to live beside the manual."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.bootstrap.day import Findings
from tehuacan_comercial.bootstrap.walker import Steps
from tehuacan_comercial.ui.snapshot import snapshot
from tehuacan_comercial.ui.theme.theme import Mode, theme

SCHEMES = ((Mode.DARK, "oscuro"), (Mode.LIGHT, "claro"))
"""The light scheme comes last: the walk goes on in it."""

SMALL, LARGE = QSize(1366, 740), QSize(1440, 860)
COLOURS = 96
_OF_THE_TOUR = "pantalla-"


@dataclass
class Album(Findings):
    """The folder of the pictures. Windows are shown in both schemes, one after the other."""

    def picture(self, name: str, widget: QWidget) -> Steps:
        """``<name>-oscuro.png`` and ``<name>-claro.png``."""
        what = name.removeprefix(_OF_THE_TOUR)
        for mode, word in SCHEMES:
            theme().choose(mode, theme().scale)
            yield "los colores", lambda: True
            yield "lo pintado", lambda: True
            self.keep(f"{what}-{word}", widget)

    def large(self, name: str, window: QWidget) -> Steps:
        """The same of a larger window, which is small again afterwards."""
        window.resize(LARGE)
        yield from self.picture(name, window)
        window.resize(SMALL)
        yield "la ventana", lambda: window.size() == SMALL

    def keep(self, name: str, widget: QWidget) -> None:
        """One picture as it looks now."""
        self.save(name, Image.open(BytesIO(_png(snapshot(widget)))))

    def save(self, name: str, image: Image.Image) -> None:
        """Write with few colours: a window has not many."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.png"
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        self.paths[name] = path

    def clear_away(self) -> tuple[Path, ...]:
        """Remove pictures of an earlier run that this one did not take again."""
        kept = set(self.paths.values())
        old = tuple(path for path in self.folder.glob("*.png") if path not in kept)
        for path in old:
            path.unlink()
        return old


def _png(pixmap: QPixmap) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return bytes(held.data())
