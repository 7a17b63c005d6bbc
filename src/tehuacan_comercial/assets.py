"""Find the files in resources/, from a checkout, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Folder of fonts, icons, rules and demonstration data.

    Raises:
        FileNotFoundError: the program was installed without its resources.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    candidates = [Path(frozen) / "resources"] if frozen else []
    candidates += [package / "resources", package.parents[1] / "resources"]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("resources")


def resource(*parts: str) -> Path:
    """Path of one file or folder below resources/."""
    return resources().joinpath(*parts)
