"""Use cases of files of banks and shops: read, keep whole, match, assign (Q1, Q2)."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any
from uuid import UUID

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import bank_files as queries
from tehuacan_comercial.data.queries.bank_files import (
    ChannelName,
    FileRow,
    LooseLineRow,
    OpenSlipRow,
    UnidentifiedRow,
)
from tehuacan_comercial.domain.bank_files import Assigned, ChannelDone, StatementRead
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import InvalidImport
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.permission import requires

from .layout import FileKind, FileLayout
from .reading import read_file
from .records import BankFile, Control

__all__ = [
    "BankFilesService",
    "ChannelName",
    "FileRow",
    "LooseLineRow",
    "OpenSlipRow",
    "UnidentifiedRow",
]

SHOWN = 1000


class BankFilesService:
    """Files of banks and shops for the signed-in person."""

    def __init__(
        self, database: Database, actor: Actor, *, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self._database = database
        self.actor = actor
        self._pauses = pauses

    @requires(Permission.DEPOSITS_MANAGE)
    def import_statement(
        self,
        command_id: UUID,
        source: Path | BankFile,
        layout: FileLayout,
        bank_account: str,
        *,
        dry_run: bool = False,
    ) -> StatementRead:
        """Keep a statement whole and look for every deposited slip in it.

        ``source`` is a file, or one as it was read: what was looked at is what is kept. A dry run
        does everything in the database and takes it back.

        Raises:
            InvalidImport: the file cannot be read whole.
            FileRepeated: it came in before.
            ControlDisagrees: its totals are not those of its rows.
            ResultUnknown: still no answer; the same again keeps nothing twice.
        """
        file = _read(source, layout, FileKind.STATEMENT)
        payload = _head(command_id, file, layout) | {
            "bank_account": bank_account,
            "dry_run": dry_run,
            "tolerance_days": layout.tolerance_days,
            "control": {
                "rows": _told(file.control.rows, len(file.rows)),
                "credits": _told(file.control.credits, file.credits),
                "debits": _told(file.control.debits, file.debits),
            },
            "lines": [
                {
                    "line": row.line,
                    "day": row.day.isoformat(),
                    "amount": str(row.amount),
                    "reference": row.reference,
                    "description": row.description,
                }
                for row in file.rows
            ],
        }
        return StatementRead.of(self._insist("import_statement", command_id, payload))

    @requires(Permission.CHANNELS_IMPORT)
    def import_channel(
        self,
        command_id: UUID,
        source: Path | BankFile,
        layout: FileLayout,
        channel: str,
        *,
        control: Control | None = None,
        dry_run: bool = False,
    ) -> ChannelDone:
        """Post a file of payments whole, or nothing of it; ``control`` where it has no totals.

        ``source`` as for ``import_statement``. A dry run tells what each row would become; it
        neither writes nor locks, so that nobody at a till waits for it.

        Raises:
            InvalidImport: the file cannot be read whole, or there are no totals to check it by.
            FileRepeated: it came in before.
            ControlDisagrees: its totals are not those of its rows.
            DayLocked: today is verified already.
            ResultUnknown: still no answer; the same again posts nothing twice.
        """
        file = _read(source, layout, FileKind.CHANNEL)
        rows = file.control.rows if control is None else control.rows
        amount = file.control.amount if control is None else control.amount
        if rows is None or amount is None:
            raise InvalidImport(
                file.name, ("El archivo no trae totales: diga cuántos pagos y qué importe suma.",)
            )
        payload = _head(command_id, file, layout) | {
            "channel": channel,
            "dry_run": dry_run,
            "control": {"rows": str(rows), "amount": str(amount)},
            "rows": [
                {
                    "line": row.line,
                    "paid_on": row.day.isoformat(),
                    "amount": str(row.amount),
                    "reference": row.reference,
                    "folio": row.folio,
                    "account": row.account,
                    "problem": row.problem,
                }
                for row in file.rows
            ],
        }
        return ChannelDone.of(self._insist("import_channel", command_id, payload))

    @requires(Permission.DEPOSITS_READ)
    def files(self) -> tuple[FileRow, ...]:
        """What came in: statements and files of payments, the newest first."""
        with self._database.read() as connection:
            return tuple(queries.files(connection, SHOWN))

    @requires(Permission.DEPOSITS_READ)
    def channels(self) -> tuple[ChannelName, ...]:
        """Channels in use, by their code."""
        with self._database.read() as connection:
            return tuple(queries.channels(connection))

    @requires(Permission.DEPOSITS_READ)
    def unidentified(self) -> tuple[UnidentifiedRow, ...]:
        """Money without an account, what waits first."""
        with self._database.read() as connection:
            return tuple(queries.unidentified(connection, SHOWN))

    @requires(Permission.CHANNELS_IMPORT)
    def assign(
        self, command_id: UUID, unidentified_id: int, account_id: int, note: str
    ) -> Assigned:
        """Say whose unidentified money is: it settles the oldest, the rest is credit.

        Raises:
            UnidentifiedAssigned: somebody was faster; says who and to which account.
            ReasonRequired: nobody wrote how it was found out.
            ResultUnknown: still no answer; the same again assigns nothing twice.
        """
        payload = {
            "command_id": str(command_id),
            "unidentified_id": unidentified_id,
            "account_id": account_id,
            "note": note.strip(),
        }
        return Assigned.of(self._insist("assign_unidentified", command_id, payload))

    @requires(Permission.DEPOSITS_READ)
    def open_slips(self) -> tuple[OpenSlipRow, ...]:
        """Slips not found at the bank yet, the oldest first."""
        with self._database.read() as connection:
            return tuple(queries.open_slips(connection))

    @requires(Permission.DEPOSITS_READ)
    def loose_lines(self) -> tuple[LooseLineRow, ...]:
        """Money in at the bank that no slip explains, the newest first."""
        with self._database.read() as connection:
            return tuple(queries.loose_lines(connection, SHOWN))

    @requires(Permission.DEPOSITS_MANAGE)
    def match(self, slip_id: int, line_id: int, note: str) -> None:
        """Say which movement of the bank a slip is.

        Raises:
            SlipNotMatched: account or amount is another, or one of them is taken.
            ReasonRequired: nobody wrote why.
        """
        payload = {"slip_id": slip_id, "line_id": line_id, "note": note.strip()}
        self._database.call("match_slip", payload)

    def _insist(self, name: str, command_id: UUID, payload: dict[str, Any]) -> dict[str, Any]:
        return Insistence(str(command_id), self._pauses).of(
            lambda: self._database.call(
                name, payload, command_id=str(command_id), deadline_seconds=math.inf
            )
        )


def _read(source: Path | BankFile, layout: FileLayout, kind: FileKind) -> BankFile:
    if layout.kind is not kind:
        raise InvalidImport(
            source.name, (f"La correspondencia «{layout.name}» es de otra clase de archivo.",)
        )
    return source if isinstance(source, BankFile) else read_file(source, layout)


def _head(command_id: UUID, file: BankFile, layout: FileLayout) -> dict[str, Any]:
    return {
        "command_id": str(command_id),
        "file_name": file.name,
        "sha256": file.sha256,
        "layout": layout.name,
    }


def _told(given: object, computed: object) -> str:
    """The file's own total; what its rows sum where it has none."""
    return str(computed if given is None else given)
