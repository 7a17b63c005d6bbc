"""Wire engine, services and windows; the only place that knows them all."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from pathlib import Path

from PySide6.QtCore import QSettings

from tehuacan_comercial.bootstrap.another import DASHBOARD
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.config import home
from tehuacan_comercial.ui.application import make_application

STATION = "ventana"
"""Name of the file with the sizes of the station's window."""
LOG_BYTES, LOG_FILES = 2_000_000, 5


def open_station(*, dashboard: bool = False) -> int:
    """Run the station, or the manager's window, until it is closed; the process's exit code."""
    prepare_home(home())
    name = DASHBOARD if dashboard else STATION
    application = make_application(sys.argv, window_settings(name))
    door = FrontDoor(application, window_settings(name), dashboard=dashboard)
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


def window_settings(name: str = STATION) -> QSettings:
    """Sizes, columns and appearance of this station, in its folder like everything else."""
    return QSettings(str(home() / f"{name}.ini"), QSettings.Format.IniFormat)
