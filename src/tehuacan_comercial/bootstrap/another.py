"""Another window of the program, as a process of its own: neither waits for the other."""

from __future__ import annotations

import sys

from PySide6.QtCore import QProcess

DASHBOARD = "tablero"


def dashboard_command() -> tuple[str, list[str]]:
    """Program and arguments that open the manager's window, from source or frozen."""
    if getattr(sys, "frozen", False):
        return sys.executable, [DASHBOARD]
    return sys.executable, ["-m", "tehuacan_comercial", DASHBOARD]


def open_dashboard_process() -> bool:
    """Start it, or bring the one of this station to the front; False when nothing started."""
    program, arguments = dashboard_command()
    started, _process = QProcess.startDetached(program, arguments)
    return bool(started)
