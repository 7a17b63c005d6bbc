"""The main job without a screen: sign in, open, charge, print, close, on the real windows."""

from __future__ import annotations

import os
import sys

from tehuacan_comercial.bootstrap import prepare_home, window_settings
from tehuacan_comercial.bootstrap.day import Findings, a_day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Walker
from tehuacan_comercial.config import StationProfile, home, load_profile, save_profile
from tehuacan_comercial.ui.application import dress, make_application
from tehuacan_comercial.ui.printing.printers import FOLDER_PRINTER
from tehuacan_comercial.ui.theme.theme import Mode


def take_tour() -> int:
    """Do a cashier's day on the demonstration; print ``name: path`` lines; 0 when all happened."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    prepare_home(home())
    ensure_station()
    application = make_application(sys.argv[:1], window_settings())
    dress(application, Mode.LIGHT)
    door = FrontDoor(application, window_settings())
    found = Findings(home() / "recorrido")
    ended: list[str] = []

    def finished(problem: str) -> None:
        ended.append(problem)
        if problem and door.station is not None:
            found.keep("pantalla-donde-se-detuvo", door.station.window)
        application.quit()

    door.crash.happened.connect(lambda incident: finished(incident.text()))
    walker = Walker(a_day(door, found), finished)
    door.open()
    walker.start()
    application.exec()
    door.close()
    return _tell(found, ended[0] if ended else "la ventana se cerró")


def _tell(found: Findings, trouble: str) -> int:
    for name, path in found.paths.items():
        sys.stdout.write(f"{name}: {path}\n")
    if trouble:
        sys.stderr.write(f"El recorrido no terminó: {trouble}\n")
    return 1 if trouble else 0


def ensure_station() -> None:
    """A station that was never chosen takes the demonstration's first one."""
    if not load_profile().chosen:
        save_profile(
            StationProfile(
                station="E1",
                till="C1",
                receipt_printer=FOLDER_PRINTER,
                letter_printer=FOLDER_PRINTER,
            )
        )
