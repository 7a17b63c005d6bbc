"""A table as an Excel file: asks where, writes it off the window's thread, says where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from tehuacan_comercial.services.spreadsheets import to_xlsx
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import Toast
from tehuacan_comercial.ui.widgets.table.column import ExportSheet


def export(parent: QWidget, tasks: Tasks, sheet: ExportSheet) -> None:
    """Save a table as it stands on the screen: visible columns, filtered rows, in order."""
    path = prompts.ask_save_path(parent, "Exportar a Excel", f"{sheet.name}.xlsx", "Excel (*.xlsx)")
    if path is None:
        return
    target = path if path.suffix else path.with_suffix(".xlsx")
    tasks.read(
        f"export {target}",
        lambda: to_xlsx(sheet.headers, sheet.rows, target, sheet.name),
        lambda _none: _tell(parent, target),
        lambda error: _tell_trouble(parent, target, error),
        parent,
    )


def _tell(parent: QWidget, path: Path) -> None:
    Toast(parent.window(), "ok", "circle-check", "La tabla está en Excel", str(path))


def _tell_trouble(parent: QWidget, path: Path, error: Exception) -> None:
    if not isinstance(error, OSError):
        raise error
    Toast(
        parent.window(),
        "warn",
        "triangle-alert",
        f"No se pudo guardar {path.name}",
        "Nada cambió en el sistema. Si está abierto en Excel, ciérrelo y exporte de nuevo.",
    )
