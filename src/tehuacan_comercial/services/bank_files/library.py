"""The mapping files a station knows: the office's own, then those that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tehuacan_comercial.assets import resource
from tehuacan_comercial.domain.refusals import InvalidRules

from .layout import FileKind, FileLayout, load_layout

FOLDER = "correspondencias"
"""The office's own mappings, below the station's folder."""

_SHIPPED = ("banco_movimientos.toml", "canal_pagos.toml")


@dataclass(frozen=True, slots=True)
class Library:
    """Mappings of one kind of file, and what is wrong with those that cannot be used."""

    layouts: tuple[FileLayout, ...]
    problems: tuple[str, ...]


def known_layouts(home: Path, kind: FileKind) -> Library:
    """Read every mapping; one with mistakes is told and hides no other."""
    folder = home / FOLDER
    own = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    layouts: list[FileLayout] = []
    problems: list[str] = []
    for path in (*own, *(resource("import", name) for name in _SHIPPED)):
        try:
            layout = load_layout(path)
        except InvalidRules as refused:
            problems.append(f"{path.name}: {'; '.join(refused.problems)}")
        except OSError as error:
            problems.append(f"{path.name}: no se pudo abrir ({error.strerror})")
        else:
            if layout.kind is kind and layout.name not in {each.name for each in layouts}:
                layouts.append(layout)
    return Library(tuple(layouts), tuple(problems))
