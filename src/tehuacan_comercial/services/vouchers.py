"""Use cases of vouchers: a day, its sheet, issue, verify, return, export (functions 21 and 22)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from tehuacan_comercial.assets import resource
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import vouchers as queries
from tehuacan_comercial.data.queries.vouchers import (
    DayDepositRow,
    DayReceiptRow,
    DayRow,
    SourceRow,
    VoucherLineRow,
    VoucherRow,
)
from tehuacan_comercial.domain.lifecycles import VOUCHER, VoucherState
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import UnknownDocument
from tehuacan_comercial.domain.vouchers import (
    IssueVoucherCommand,
    SheetSession,
    VerificationSheet,
    VoucherDecision,
    VoucherDone,
    VoucherKind,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.permission import requires
from tehuacan_comercial.services.voucher_export import load_layout, write_voucher

__all__ = [
    "DayDeposit",
    "DayReceiptRow",
    "DayRow",
    "SourceRow",
    "VoucherDay",
    "VoucherLineRow",
    "VoucherResult",
    "VoucherRow",
    "VouchersService",
]

RECENT_DAYS = 60


@dataclass(frozen=True, slots=True)
class DayDeposit:
    """A closed session and what it hands over for the bank, pesos: the rows behind the slips."""

    session: SheetSession
    handed: Decimal
    batch_state: str
    list_folio: str


@dataclass(frozen=True, slots=True)
class VoucherDay:
    """Everything of a day: the sheet now, and every version of its vouchers with their lines."""

    day: date
    sheet: VerificationSheet
    vouchers: tuple[VoucherRow, ...]
    lines: Mapping[int, tuple[VoucherLineRow, ...]]
    deposits: tuple[DayDeposit, ...] = ()

    def latest(self, kind: VoucherKind) -> VoucherRow | None:
        """The newest version of a kind, standing or returned."""
        return next((row for row in self.vouchers if row.kind == kind.value), None)


@dataclass(frozen=True, slots=True)
class VoucherResult:
    """How the voucher stands, and what the act changed."""

    done: VoucherDone
    changes: Changes


class VouchersService:
    """Vouchers for the signed-in person; ``layout`` is the office's layout file, if it has one."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        *,
        layout: Path | None = None,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._database = database
        self.actor = actor
        self._layout = layout
        self._pauses = pauses

    @requires(Permission.VOUCHERS_READ)
    def day(self, day: date) -> VoucherDay:
        """The sheet and the vouchers of a day."""
        with self._database.read() as connection:
            rows = tuple(queries.vouchers_of(connection, day))
            handed = queries.day_deposits(connection, day)
            sheet = VerificationSheet.of(queries.verification_sheet(connection, day))
            return VoucherDay(
                day,
                sheet,
                rows,
                {
                    row.voucher_id: tuple(queries.voucher_lines(connection, row.voucher_id))
                    for row in rows
                },
                _deposits(sheet, handed),
            )

    @requires(Permission.VOUCHERS_READ)
    def recent_days(self) -> tuple[DayRow, ...]:
        """Days with sessions or vouchers, the newest first."""
        with self._database.read() as connection:
            return tuple(queries.recent_days(connection, RECENT_DAYS))

    @requires(Permission.VOUCHERS_READ)
    def receipts(self, day: date, session_id: int | None = None) -> tuple[DayReceiptRow, ...]:
        """The receipts behind a total, of all sessions or of one (M4)."""
        with self._database.read() as connection:
            return tuple(queries.day_receipts(connection, day, session_id))

    @requires(Permission.VOUCHERS_READ)
    def sources(self, voucher_id: int, line: int) -> tuple[SourceRow, ...]:
        """The journals behind a line of a voucher, each with its receipt (M4)."""
        with self._database.read() as connection:
            return tuple(queries.sources_of(connection, voucher_id, line))

    @requires(Permission.VOUCHERS_ISSUE)
    def issue(self, command: IssueVoucherCommand) -> VoucherResult:
        """Compute and freeze a day's voucher.

        Raises:
            DayNotReady: a session is open, the day has not come, or no map is in force.
            ConceptUnmapped: the map does not name everything the day has.
            VoucherStands: the day has one that was not returned.
            VoucherUnbalanced: the books of the day are broken.
            ResultUnknown: still no answer; send the same command.
        """
        return self._insist(
            str(command.command_id),
            lambda: self._database.call(
                "issue_voucher", command.payload(), command_id=str(command.command_id)
            ),
        )

    @requires(Permission.VOUCHERS_VERIFY)
    def decide(self, decision: VoucherDecision) -> VoucherResult:
        """Verify a draft, which locks its day, or return it with notes.

        Raises:
            OwnVoucher: one issued it oneself.
            VoucherStands: somebody decided it before; says who and what.
            VoucherDisagrees: the totals or the books say something else.
            ReasonRequired: returned without notes.
            ResultUnknown: still no answer; send the same decision.
        """
        return self._insist(
            str(decision.command_id),
            lambda: self._database.call(
                "decide_voucher", decision.payload(), command_id=str(decision.command_id)
            ),
        )

    @requires(Permission.VOUCHERS_EXPORT)
    def export(self, command_id: UUID, voucher_id: int, path: Path) -> VoucherResult:
        """Write a verified voucher to ``path`` (.xlsx or .csv) and record the file's hash.

        Raises:
            InvalidTransition: it is not verified.
            InvalidRules: the layout file is wrong.
            OSError: the file cannot be written.
        """
        layout = load_layout(self._layout or resource("export", "vouchers.toml"))
        with self._database.read() as connection:
            row = queries.voucher(connection, voucher_id)
            lines = queries.voucher_lines(connection, voucher_id)
        if row is None:
            raise UnknownDocument(str(voucher_id))
        if VoucherState(row.state) is not VoucherState.EXPORTED:
            VOUCHER.check(VoucherState(row.state), VoucherState.EXPORTED)
        digest = write_voucher(path, row, lines, layout)
        payload = {
            "command_id": str(command_id),
            "voucher_id": voucher_id,
            "format": "csv" if path.suffix.lower() == ".csv" else "xlsx",
            "layout": layout.name,
            "sha256": digest,
        }
        return self._insist(
            str(command_id), lambda: self._database.call("record_voucher_export", payload)
        )

    def _insist(self, command_id: str, act: Callable[[], dict[str, Any]]) -> VoucherResult:
        done = VoucherDone.of(Insistence(command_id, self._pauses).of(act))
        return VoucherResult(done, Changes(topics=frozenset({"voucher"})))


def _deposits(sheet: VerificationSheet, handed: list[DayDepositRow]) -> tuple[DayDeposit, ...]:
    """What each session collected beside what it hands over; one that closes meanwhile waits."""
    sessions = {each.session_id: each for each in sheet.sessions}
    return tuple(
        DayDeposit(sessions[row.session_id], row.handed, row.batch_state, row.list_folio)
        for row in handed
        if row.session_id in sessions
    )
