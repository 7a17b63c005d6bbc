"""Wire engine, services and windows; the only place that knows them all."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from pathlib import Path

from PySide6.QtCore import QSettings

from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.config import home
from tehuacan_comercial.ui.application import make_application

LOG_BYTES, LOG_FILES = 2_000_000, 5


def open_station() -> int:
    """Run the station until its last window is closed; the process's exit code."""
    prepare_home(home())
    application = make_application(sys.argv, window_settings())
    door = FrontDoor(application, window_settings())
    door.open()
    code = application.exec()
    door.close()
    return code


def prepare_home(folder: Path) -> None:
    """The station's folder and its log, which turns over and never fills the disk."""
    (folder / "registro").mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "registro" / "programa.log",
        maxBytes=LOG_BYTES,
        backupCount=LOG_FILES,
        encoding="utf-8",
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def window_settings() -> QSettings:
    """Sizes, columns and appearance of this station, in its folder like everything else."""
    return QSettings(str(home() / "ventana.ini"), QSettings.Format.IniFormat)
