"""A table as an Excel file, as it stands on the screen: asks where, writes, says where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from tehuacan_comercial.services.spreadsheets import to_xlsx
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import Toast
from tehuacan_comercial.ui.widgets.table.column import ExportSheet

NOT_WRITTEN = "Cierre el archivo si está abierto en otro programa, o elija otra carpeta."


def export(parent: QWidget, tasks: Tasks, sheet: ExportSheet) -> None:
    """Ask where, write it off the window's thread, and say where it is."""
    path = prompts.ask_save_path(parent, "Exportar a Excel", f"{sheet.name}.xlsx", "Excel (*.xlsx)")
    if path is None:
        return
    target = path if path.suffix else path.with_suffix(".xlsx")
    tasks.read(
        f"export {target}",
        lambda: to_xlsx(sheet.headers, sheet.rows, target, sheet.name),
        lambda _none: _tell(parent.window(), target),
        lambda error: _complain(parent.window(), target, error),
        parent,
    )


def _tell(window: QWidget, path: Path) -> None:
    Toast(window, "ok", "circle-check", "La tabla está en Excel", str(path))


def _complain(window: QWidget, path: Path, error: Exception) -> None:
    if not isinstance(error, OSError):
        raise error
    Toast(window, "danger", "circle-alert", f"No se guardó {path.name}", NOT_WRITTEN)
