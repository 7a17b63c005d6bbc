"""Small registry files for tests: one good account, written as CSV or as a workbook."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from tehuacan_comercial.assets import resource
from tehuacan_comercial.services.registry_import.control import ImportPlan, plan_import
from tehuacan_comercial.services.registry_import.mapping import ColumnMapping, load_mapping
from tehuacan_comercial.services.registry_import.records import Reference

TODAY = date(2026, 11, 24)
DEFAULT = load_mapping(resource("import", "registry_mapping.toml"))
REFERENCE = Reference(("Tehuacán Centro", "Niños Héroes"))
GOOD: dict[str, Any] = {
    "CUENTA": "00000007", "NOMBRE": "MARÍA MUÑOZ PEÑA", "CALLE": "REFORMA NORTE", "NÚM EXT": "12",
    "COLONIA": "TEHUACÁN CENTRO", "USO": "DOMÉSTICO", "ZONA": "POPULAR", "MODALIDAD": "FIJO",
    "SERVICIOS": "AGUA Y DRENAJE", "ESTADO": "ACTIVO", "SALDO": "0.00",
}  # fmt: skip
METERED: dict[str, Any] = {
    "MODALIDAD": "MEDIDO", "MEDIDOR": "A-123", "DÍGITOS": "5", "LECTURA": "120",
    "FECHA LECTURA": "01/10/2026",
}  # fmt: skip


def account(**changes: Any) -> dict[str, Any]:
    """The good account with changes; ``__`` in a key stands for a space."""
    return GOOD | {key.replace("__", " "): value for key, value in changes.items()}


def write_csv(
    path: Path, rows: Sequence[Mapping[str, Any]], encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    """Rows with a header made of all their keys."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(titles)
        writer.writerows([row.get(title, "") for title in titles] for row in rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Mapping[str, Any]], *, epoch_1904: bool = False) -> Path:
    """Rows with a header; values keep their own type, dates are formatted as such."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    with Workbook(path, {"date_1904": epoch_1904, "default_date_format": "dd/mm/yy"}) as book:
        sheet = book.add_worksheet("Padrón")
        sheet.write_row(0, 0, titles)
        for line, row in enumerate(rows, start=1):
            for column, title in enumerate(titles):
                value = row.get(title, "")
                write = sheet.write_string if isinstance(value, str) else sheet.write
                write(line, column, value)
    return path


def plan(path: Path, reference: Reference = REFERENCE, **mapping: Any) -> ImportPlan:
    """Read a file with the default mapping, changed as said."""
    return plan_import(path, replaced(**mapping), reference, today=TODAY)


def replaced(**changes: Any) -> ColumnMapping:
    """The default mapping with changes."""
    return replace(DEFAULT, **changes)


def reasons(found: ImportPlan) -> list[tuple[int, str, str]]:
    """Line, field and reason of each fault."""
    return [(fault.line, fault.field, fault.reason) for fault in found.faults]
