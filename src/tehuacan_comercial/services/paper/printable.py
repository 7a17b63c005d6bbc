"""Sheets on their way to the printer, and what the books say of one that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from tehuacan_comercial.data.queries.returns import MarkRow
from tehuacan_comercial.data.queries.voids import VoidRow


@dataclass(frozen=True, slots=True)
class Printable:
    """A sheet ready for the printer: its registration, its bytes and where they are kept."""

    document_id: int
    title: str
    pdf: bytes
    path: Path
    copy_number: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet that has not come out yet: its station's format, and why if a printer said so."""

    sheet: Printable
    form: str
    problem: str


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """What the books say of a scanned receipt; ``genuine`` is False when its code is another's.

    ``void`` is set when the receipt no longer stands, ``mark`` when its payment was transferred or
    its cheque came back.
    """

    folio: str
    genuine: bool
    holder: str
    account_number: str
    applied: Decimal
    issued_at: datetime
    void: VoidRow | None = None
    mark: MarkRow | None = None
