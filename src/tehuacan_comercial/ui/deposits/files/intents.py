"""What differs between a bank's statement and a channel's payments, as values the sheet takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from tehuacan_comercial.domain.bank_files import ChannelDone, StatementRead
from tehuacan_comercial.services.bank_files import BankFile, Control, FileKind, FileLayout
from tehuacan_comercial.services.bank_files.library import Library, known_layouts
from tehuacan_comercial.services.desk import Desk

Outcome = StatementRead | ChannelDone


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file belongs: a bank account or a channel."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Order:
    """One file for one place; the same order again has the same ``command_id``."""

    command_id: UUID
    file: BankFile
    layout: FileLayout
    place: str
    control: Control | None


@dataclass(frozen=True, slots=True)
class FileIntent:
    """``send(order, dry_run)`` is called off the window's thread."""

    kind: FileKind
    title: str
    place_label: str
    nowhere: str
    library: Library
    places: tuple[Place, ...]
    send: Callable[[Order, bool], Outcome]


def statement_intent(desk: Desk, home: Path) -> FileIntent:
    """A bank's statement; asks the database for the accounts."""
    service = desk.bank_files
    accounts = desk.deposits.bank_accounts()
    return FileIntent(
        FileKind.STATEMENT,
        "Importar archivo del banco",
        "&Cuenta bancaria",
        "No hay cuentas bancarias; pida a Administración que dé de alta la cuenta.",
        known_layouts(home, FileKind.STATEMENT),
        _places((row.code, f"{row.code} · {row.bank}, {row.name}") for row in accounts),
        lambda order, dry: service.import_statement(
            order.command_id, order.file, order.layout, order.place, dry_run=dry
        ),
    )


def channel_intent(desk: Desk, home: Path) -> FileIntent:
    """Payments that a bank or shop took; asks the database for the channels."""
    service = desk.bank_files
    return FileIntent(
        FileKind.CHANNEL,
        "Importar pagos de un canal",
        "&Canal",
        "No hay canales de pago; pida a Administración que dé de alta el banco o la tienda.",
        known_layouts(home, FileKind.CHANNEL),
        _places((row.code, row.name) for row in service.channels()),
        lambda order, dry: service.import_channel(
            order.command_id, order.file, order.layout, order.place,
            control=order.control, dry_run=dry,
        ),
    )  # fmt: skip


def needs_totals(layout: FileLayout) -> bool:
    """Whether somebody must say the totals, because the file brings none."""
    return layout.kind is FileKind.CHANNEL and not {"rows", "amount"} <= set(layout.control_places)


def _places(found: Iterable[tuple[str, str]]) -> tuple[Place, ...]:
    return tuple(Place(code, words) for code, words in found)
