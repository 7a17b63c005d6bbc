"""The manager's window: the day as it is now, and the rows behind every figure (H16, M1, M4)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from time import monotonic
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import cash as cash_queries
from tehuacan_comercial.data.queries import dashboard as queries
from tehuacan_comercial.data.queries.dashboard import (
    DayAnswer,
    DifferenceRow,
    LastReceipt,
    ReceiptLine,
    TillRow,
    TransitRow,
    VoidRow,
    WaitingRow,
)
from tehuacan_comercial.documents import day_sheet
from tehuacan_comercial.domain.dashboard import (
    CashLevel,
    HourSum,
    Takings,
    cash_level,
    same_weekday_last_year,
    until,
)
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import UnknownDocument
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.changes import NOTHING, Changes
from tehuacan_comercial.services.dashboard_alerts import Alert, AlertRules, alerts_of
from tehuacan_comercial.services.dashboard_source import DashboardSource, Origin, Source
from tehuacan_comercial.services.permission import requires

__all__ = [
    "Alert",
    "Board",
    "CashLevel",
    "DashboardService",
    "DifferenceRow",
    "HourSum",
    "Origin",
    "ReceiptFilter",
    "ReceiptLine",
    "ReceiptRecord",
    "Source",
    "TillNow",
    "TransitRow",
    "VoidRow",
    "WaitingRow",
]

DRAWERS_SECONDS = 30.0
"""After so long the drawers are asked again from the books, whatever was announced."""


@dataclass(frozen=True, slots=True)
class TillNow:
    """A till as it is now; pesos. ``cash`` is what should be in the drawer, None without an open
    session; ``taken`` (before voids), ``receipts`` and ``voids`` are the session's, ``transit`` is
    what left the drawer and nobody received yet, ``difference`` what its closing found.
    """

    row: TillRow
    cash: Decimal | None
    level: CashLevel
    taken: Decimal
    receipts: int
    last: LastReceipt | None
    voids: int = 0
    transit: Decimal = ZERO
    difference: Decimal = ZERO

    @property
    def is_open(self) -> bool:
        """Whether somebody works there now."""
        return self.row.state in ("open", "counting")


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the first view shows, by the server's clock; pesos.

    ``past_hours`` are those of ``past_day``, the same weekday 52 weeks ago; ``past_now`` is what
    that day had taken by this time. ``goal`` is the office's rule, None without one.
    """

    now: datetime
    today: date
    tills: tuple[TillNow, ...]
    takings: Takings
    past_day: date
    past_hours: tuple[HourSum, ...]
    goal: Decimal | None
    alerts: tuple[Alert, ...]
    voids: tuple[VoidRow, ...]
    transit: tuple[TransitRow, ...]
    waiting: tuple[WaitingRow, ...]
    origin: Origin
    office: Mapping[str, Any] = field(default_factory=dict)

    @property
    def collected(self) -> Decimal:
        """What the day took and kept: without what was voided or reversed today."""
        return self.taken - self.cancelled

    @property
    def taken(self) -> Decimal:
        """What the day took, whatever became of it."""
        return self.takings.amount()

    @property
    def cancelled(self) -> Decimal:
        """Receipts, of today or earlier, that ceased to stand today."""
        return sum((each.amount for each in self.voids), ZERO)

    @property
    def receipts(self) -> int:
        """How many receipts the day has."""
        return self.takings.receipts()

    @property
    def past_now(self) -> Decimal:
        """What the day compared with had taken by this time."""
        return until(self.past_hours, self.now)

    @property
    def past_total(self) -> Decimal:
        """What the day compared with took whole."""
        return sum((each.amount for each in self.past_hours), ZERO)

    @property
    def cash(self) -> Decimal:
        """Cash in all drawers."""
        return sum((till.cash for till in self.tills if till.cash is not None), ZERO)

    def till_of(self, session_id: int) -> str:
        """Name of the till of a session, or nothing."""
        names = {each.row.session_id: each.row.till_name for each in self.tills}
        return names.get(session_id, "")


@dataclass(frozen=True, slots=True)
class ReceiptFilter:
    """Which receipts stand behind a figure; ``title`` says it in Spanish."""

    day: date
    title: str
    session_id: int | None = None
    tender: str | None = None
    hour: int | None = None
    only_voids: bool = False
    cashier: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """A receipt as it was issued: its frozen content, and its hash."""

    receipt_id: int
    folio: str
    hash: str
    content: Mapping[str, Any]


@dataclass
class _Kept:
    """What is carried from one look to the next."""

    takings: Takings
    past_day: date
    past_hours: tuple[HourSum, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    drawers: dict[int, Decimal] = field(default_factory=dict)
    drawers_at: float | None = None
    last: dict[int, LastReceipt] = field(default_factory=dict)


class DashboardService:
    """Reads the day. Looks run one at a time; whoever comes meanwhile waits for the answer."""

    def __init__(self, database: Database, actor: Actor, *, replica: bool = False) -> None:
        self._database = database
        self.actor = actor
        self._source = DashboardSource(database, replica=replica)
        self._lock = threading.Lock()
        self._kept: _Kept | None = None

    @requires(Permission.DASHBOARD_READ)
    def look(self, changes: Changes = NOTHING) -> Board:
        """The day now. ``changes`` says why: anything but payments has the drawers asked again.

        Raises:
            ServerUnreachable: no server answers.
        """
        with self._lock:
            if self._kept is None or changes.topics - {"payment"}:
                self._forget_drawers()
            return self._look()

    @requires(Permission.DASHBOARD_READ)
    def receipts(self, wanted: ReceiptFilter) -> tuple[ReceiptLine, ...]:
        """The receipts behind a figure, newest first."""
        rows, _origin = self._source.ask(
            lambda connection: queries.receipts(
                connection,
                wanted.day,
                session_id=wanted.session_id,
                tender=wanted.tender,
                hour=wanted.hour,
                only_voids=wanted.only_voids,
                cashier=wanted.cashier,
            )
        )
        return tuple(rows)

    @requires(Permission.DASHBOARD_READ)
    def receipt(self, receipt_id: int) -> ReceiptRecord:
        """One receipt as it was issued; looking at it issues no paper.

        Raises:
            UnknownDocument: there is no such receipt.
        """
        with self._database.read() as connection:
            row = cash_queries.receipt(connection, receipt_id)
        if row is None:
            raise UnknownDocument(str(receipt_id))
        return ReceiptRecord(row.receipt_id, row.folio, row.hash, row.content)

    @requires(Permission.DASHBOARD_READ)
    def day_sheet(self) -> bytes:
        """The day on one page, as PDF, as it stands now."""
        from tehuacan_comercial.services.paper.day import day_record

        board = self.look()
        return day_sheet.render(day_record(board, self.actor.full_name, self.actor.demonstration))

    def _forget_drawers(self) -> None:
        if self._kept is not None:
            self._kept.drawers_at = None

    def _look(self) -> Board:
        kept = self._kept
        asks_drawers = (
            kept is None
            or kept.drawers_at is None
            or monotonic() - kept.drawers_at > DRAWERS_SECONDS
        )
        before = kept.takings if kept else None
        after, candidate = (before.after, before.candidate) if before else (0, 0)
        said, origin = self._source.ask(
            lambda connection: queries.day_now(connection, after, candidate, cash=asks_drawers)
        )
        if kept is None or kept.takings.day != said.moment.today:
            if before is not None:  # another day: its payments are read whole
                self._kept = None
                return self._look()
            kept = self._begin(said.moment.today)
        kept.takings = kept.takings.met(said.moment.settled, said.takings)
        self._keep_drawers(kept, said)
        self._read_last(kept, said)
        self._kept = kept
        return _board(kept, said, origin)

    def _begin(self, today: date) -> _Kept:
        past = same_weekday_last_year(today)
        with self._database.report() as connection:
            hours = queries.past_day(connection, past)
        with self._database.read() as connection:
            settings = cash_queries.office_settings_today(connection)
        return _Kept(Takings(today), past, hours, settings)

    def _keep_drawers(self, kept: _Kept, said: DayAnswer) -> None:
        """Between two askings a drawer changes only by what its session takes in cash today.

        What a session of an earlier day takes is not among the day's: then they are always asked.
        """
        if said.cash is not None:
            kept.drawers = {
                session: amount - kept.takings.amount(session, "cash")
                for session, amount in said.cash.items()
            }
            kept.drawers_at = None if said.stale else monotonic()

    def _read_last(self, kept: _Kept, said: DayAnswer) -> None:
        """The newest receipt of each session that took something since the last look."""
        wanted = []
        for row in said.tills:
            if row.session_id is None:
                continue
            newest = kept.takings.last_payment(row.session_id)
            known = kept.last.get(row.session_id)
            if newest is not None and (known is None or known.payment_id != newest):
                wanted.append(newest)
        if not wanted:
            return
        rows, _origin = self._source.ask(
            lambda connection: queries.receipts_of_payments(connection, wanted)
        )
        kept.last.update({row.session_id: row for row in rows})


def _board(kept: _Kept, said: DayAnswer, origin: Origin) -> Board:
    tills = tuple(_till(kept, row, said) for row in said.tills)
    return Board(
        said.moment.now,
        said.moment.today,
        tills,
        kept.takings,
        kept.past_day,
        kept.past_hours,
        _pesos(kept.settings.get("daily_goal")),
        alerts_of(said, tills, AlertRules.of(kept.settings)),
        said.voids,
        said.transit,
        said.waiting,
        origin,
        kept.settings,
    )


def _till(kept: _Kept, row: TillRow, said: DayAnswer) -> TillNow:
    session = row.session_id
    if session is None:
        return TillNow(row, None, CashLevel.FREE, ZERO, 0, None)
    at_rest = kept.drawers.get(session)
    cash = None if at_rest is None else at_rest + kept.takings.amount(session, "cash")
    return TillNow(
        row,
        cash,
        cash_level(cash, row.cash_limit),
        kept.takings.amount(session),
        kept.takings.receipts(session),
        kept.last.get(session),
        sum(each.session_id == session for each in said.voids),
        sum((each.amount for each in said.transit if each.session_id == session), ZERO),
        sum((each.difference for each in said.differences if each.session_id == session), ZERO),
    )


def _pesos(value: object) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))
