"""The office's letterhead from its settings, and small helpers that every sheet uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tehuacan_comercial.documents.base import Office, Reprint

OFFICE_ZONE = ZoneInfo("America/Mexico_City")

MODALITY_NAMES = {"fixed": "Cuota fija", "metered": "Servicio medido"}
STATE_NAMES = {
    "active": "Activa",
    "restricted": "Restringida",
    "temporary_off": "Baja temporal",
    "permanent_off": "Baja definitiva",
    "uncollectible": "Incobrable",
}


def office_of(settings: Mapping[str, Any], document: str) -> Office:
    """The letterhead, with the legends that this kind of document carries."""
    return Office(
        name=str(settings.get("name", "")),
        short_name=str(settings.get("short_name", "")),
        rfc=str(settings.get("rfc", "")),
        address=_lines(settings.get("address", "")),
        phone=str(settings.get("phone", "")),
        legends=legends_of(settings, document),
    )


def legends_of(settings: Mapping[str, Any], document: str) -> tuple[str, ...]:
    """Sentences at the foot of this kind of document, in the file's order."""
    legends = settings.get("legends", [])
    return tuple(str(each["text"]) for each in legends if each["document"] == document)


def _lines(value: object) -> str:
    return ", ".join(str(line) for line in value) if isinstance(value, list) else str(value)


def moment(value: object) -> datetime:
    """A moment of PostgreSQL on the office's clock."""
    read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read.astimezone(OFFICE_ZONE)


def reprint_of(copy_number: int, by: str, at: object) -> Reprint | None:
    """The mark of copy ``copy_number``; the original (0) has none."""
    return Reprint(copy_number, by, moment(at)) if copy_number else None
