"""Where everything the program writes is, and how a file is replaced safely."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs

APPLICATION = "tehuacan-comercial"
HOME_VARIABLE = "TEHUACAN_HOME"


def home() -> Path:
    """The folder of everything the program writes: ``TEHUACAN_HOME``, or the platform's place."""
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def embedded_folder() -> Path:
    """Where the embedded PostgreSQL keeps its data."""
    return home() / "postgresql"


def write_atomically(file: Path, text: str, mode: int = 0o644) -> None:
    """Replaces a file so that a power cut leaves the old or the new one, never half of one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
