"""A file looked at before anything is sent: its rows, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tehuacan_comercial.domain.refusals import InvalidImport
from tehuacan_comercial.services.registry_import.records import Fault

from .layout import FileLayout
from .reading import Progress, examine
from .records import BankFile


@dataclass(frozen=True, slots=True)
class Look:
    """``file`` has the rows that could be read; None when nothing of it could."""

    file: BankFile | None
    faults: tuple[Fault, ...]


def look_at(path: Path, layout: FileLayout, progress: Progress) -> Look:
    """Read a file; raises nothing, what is in the way is a fault of line 0."""
    try:
        return Look(*examine(path, layout, progress))
    except InvalidImport as refused:
        return Look(None, tuple(Fault(0, "", "", problem) for problem in refused.problems))
    except OSError as error:
        return Look(None, (Fault(0, "", "", f"No se pudo abrir el archivo: {error.strerror}."),))
