"""Where sheets go: the system's printers, or a folder for a station without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tehuacan_comercial.domain.refusals import PrinterTrouble

FOLDER_PRINTER = "Carpeta de PDF"
"""Name of the printer that saves files."""


class Printer(Protocol):
    """Takes a sheet or raises; called on the paper lane, never on the window's thread."""

    name: str

    def print_pdf(self, title: str, pdf: bytes, copies: int) -> str:
        """Print and return where the sheet is, in words.

        Raises:
            PrinterTrouble: the sheet did not come out.
        """


class FolderPrinter:
    """Saves each sheet as a file; the printer of stations that have none."""

    name = FOLDER_PRINTER

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def print_pdf(self, title: str, pdf: bytes, copies: int) -> str:  # noqa: ARG002 - one file is enough
        """Write the PDF under its title; an older file of the name stays."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self._free_path(title)
            path.write_bytes(pdf)
        except OSError as problem:
            raise PrinterTrouble(self.name, problem.strerror or str(problem)) from problem
        return str(path)

    def _free_path(self, title: str) -> Path:
        stem = re.sub(r"[^\w\- ]+", "-", title).strip(" -") or "documento"
        path, number = self.folder / f"{stem}.pdf", 2
        while path.exists():
            path = self.folder / f"{stem} ({number}).pdf"
            number += 1
        return path


class SystemPrinter:
    """A printer of the operating system, by name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def print_pdf(self, title: str, pdf: bytes, copies: int) -> str:
        """Print at exact size through the driver."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # loaded with the first sheet

        from tehuacan_comercial.ui.printing.render import render_pdf

        if QPrinterInfo.printerInfo(self.name).isNull():
            raise PrinterTrouble(self.name, "no está instalada en esta estación")
        printer = QPrinter(QPrinterInfo.printerInfo(self.name), QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        render_pdf(pdf, printer, copies)
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise PrinterTrouble(self.name, "la impresora no tiene papel o está apagada")
        return self.name


def system_printers() -> Sequence[str]:
    """Names of the printers installed on this station, the default one first."""
    from PySide6.QtPrintSupport import QPrinterInfo  # loaded when somebody chooses a printer

    first = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: (name != first, name.casefold()))
