"""The printers of a station: the system's, and a folder that is always there."""

from __future__ import annotations

from pathlib import Path

from tehuacan_comercial.config import StationProfile
from tehuacan_comercial.ui.printing.printers import (
    FOLDER_PRINTER,
    FolderPrinter,
    Printer,
    SystemPrinter,
    system_printers,
)


def printer_names() -> tuple[str, ...]:
    """What the station's sheet offers."""
    return (*system_printers(), FOLDER_PRINTER)


def station_printers(profile: StationProfile, home: Path) -> dict[str, Printer]:
    """Printers by name: the profile's own first, then the rest of the system's, then the folder."""
    names = [profile.receipt_printer, profile.letter_printer, *system_printers()]
    chosen: dict[str, Printer] = {
        name: SystemPrinter(name)
        for name in dict.fromkeys(names)
        if name and name != FOLDER_PRINTER
    }
    chosen[FOLDER_PRINTER] = FolderPrinter(home / "hojas")
    return chosen


def printers_by_form(profile: StationProfile) -> dict[str, str]:
    """The station's printer for each format of paper."""
    receipt = profile.receipt_printer or FOLDER_PRINTER
    letter = profile.letter_printer or FOLDER_PRINTER
    by_form = dict.fromkeys(("80mm", "half-letter", "letter"), letter)
    by_form["letter"] = letter
    by_form[profile.receipt_format] = receipt
    return by_form
