"""What the manager's window asks: the day in one answer, and the receipts behind each figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import Connection

from tehuacan_comercial.data.engine import call_function
from tehuacan_comercial.data.queries.fetch import fetch, fetch_one
from tehuacan_comercial.domain.dashboard import HourSum, Settled, Taking

T = TypeVar("T")
Row = TypeVar("Row")
Question = Callable[[Connection], T]
"""What is asked of whichever server answers."""

MOST_ROWS = 5000
"""More receipts than these are not a list that a person reads; the newest are given."""


@dataclass(frozen=True, slots=True)
class ServerMoment:
    """By which clock, and how far the answering server has heard; ``replica`` when it repeats."""

    now: datetime
    today: date
    settled: Settled
    last_notice: int
    replica: bool
    replayed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TillRow:
    """A till with its newest session of the day; pesos."""

    till: str
    till_name: str
    cash_limit: Decimal | None
    session_id: int | None
    folio: str | None
    cashier: str | None
    cashier_name: str | None
    business_date: date | None
    state: str | None
    opening_counted: Decimal | None
    opened_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A form of payment of a closing whose money was not what was expected; pesos."""

    closing_id: int
    folio: str
    closed_at: datetime
    session_id: int
    till: str
    cashier_name: str
    business_date: date
    tender: str
    expected: Decimal
    declared: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class VoidRow:
    """A receipt that ceased to stand today; ``kind`` is void or reversal, pesos."""

    void_id: int
    receipt_id: int
    folio: str
    kind: str
    amount: Decimal
    reason: str
    voided_at: datetime
    session_id: int
    till: str
    cashier: str
    cashier_name: str


@dataclass(frozen=True, slots=True)
class TransitRow:
    """Cash on its way from a drawer to somebody else; pesos."""

    withdrawal_id: int
    session_id: int
    till: str
    folio: str
    amount: Decimal
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A request that waits for a decision; pesos."""

    authorisation_id: int
    kind_name: str
    title: str
    amount: Decimal
    requester_name: str
    station: str
    requested_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """The day as the database told it at one moment. ``cash`` by session, or None when not asked;
    ``stale`` are sessions of an earlier day that nobody closed.
    """

    moment: ServerMoment
    tills: tuple[TillRow, ...]
    stale: tuple[TillRow, ...]
    takings: tuple[Taking, ...]
    cash: dict[int, Decimal] | None
    differences: tuple[DifferenceRow, ...]
    voids: tuple[VoidRow, ...]
    transit: tuple[TransitRow, ...]
    waiting: tuple[WaitingRow, ...]
    last_backup: datetime | None


def day_now(connection: Connection, after: int, up_to: int, *, cash: bool) -> DayAnswer:
    """Everything the first view shows, from one snapshot in one round trip."""
    said = call_function(connection, "dashboard", {"after": after, "up_to": up_to, "cash": cash})
    drawers = said["cash"]
    return DayAnswer(
        server_moment(said["moment"]),
        tuple(_row(TillRow, each) for each in said["tills"]),
        tuple(_row(TillRow, _NO_TILL | each) for each in said["stale"]),
        tuple(_row(Taking, each) for each in said["takings"]),
        None if drawers is None else {int(key): Decimal(drawers[key]) for key in drawers},
        tuple(_row(DifferenceRow, each) for each in said["differences"]),
        tuple(_row(VoidRow, each) for each in said["voids"]),
        tuple(_row(TransitRow, each) for each in said["transit"]),
        tuple(_row(WaitingRow, each) for each in said["waiting"]),
        _moment(said["last_backup"]),
    )


def past_day(connection: Connection, day: date) -> tuple[HourSum, ...]:
    """What a day that is over took, by hour."""
    said = call_function(connection, "dashboard_past", {"day": day})
    return tuple(
        HourSum(int(row["hour"]), int(row["receipts"]), Decimal(row["amount"]))
        for row in said["hours"]
    )


def moment_of(connection: Connection) -> ServerMoment:
    """How far a server has heard."""
    row = fetch_one(connection, _Said, "SELECT dashboard_moment() AS said")
    if row is None:
        raise LookupError("no moment")
    return server_moment(row.said)


@dataclass(frozen=True, slots=True)
class _Said:
    said: dict[str, Any]


def server_moment(said: dict[str, Any]) -> ServerMoment:
    """The moment in an answer."""
    now = _moment(said["now"])
    if now is None:
        raise LookupError("no clock")
    return ServerMoment(
        now,
        date.fromisoformat(said["today"]),
        Settled(int(said["last_payment"]), int(said["xmin"]), said["horizon"]),
        int(said["last_notice"]),
        bool(said["replica"]),
        _moment(said["replayed_at"]),
    )


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt as a row behind a figure; pesos. ``part`` is what it brought into the figure: all
    of ``applied`` or the form of payment that was asked for, 0 for a receipt of an earlier day;
    ``cancelled`` is what its void of this day took out again. ``voided`` is void, reversal or None.
    """

    receipt_id: int
    folio: str
    posted_at: datetime
    business_date: date
    session_id: int
    till: str
    cashier_name: str
    account_id: int
    account_number: str
    holder: str
    tenders: str
    applied: Decimal
    part: Decimal
    cancelled: Decimal
    voided: str | None
    void_reason: str


def receipts(
    connection: Connection,
    day: date,
    *,
    session_id: int | None = None,
    tender: str | None = None,
    hour: int | None = None,
    only_voids: bool = False,
    cashier: str = "",
) -> list[ReceiptLine]:
    """The receipts of a day, or of one session, form of payment or hour of it; newest first.

    Of the whole day also those of earlier days that were reversed that day.
    """
    return fetch(
        connection,
        ReceiptLine,
        """
        SELECT r.receipt_id, r.folio, r.posted_at, r.business_date, r.session_id, r.till,
               r.cashier_name, r.account_id, r.account_number, r.holder, k.tenders, r.applied,
               CASE WHEN r.business_date = :day OR r.session_id = :session_id THEN k.part
                    ELSE 0.00 END AS part,
               CASE WHEN r.voided_on = :day THEN k.part ELSE 0.00 END AS cancelled,
               r.voided, coalesce(r.void_reason, '') AS void_reason
        FROM (SELECT y.id FROM cash_session s JOIN payment y ON y.session_id = s.id
              WHERE CASE WHEN CAST(:session_id AS bigint) IS NULL THEN s.business_date = :day
                    ELSE s.id = :session_id END
              UNION
              SELECT v.payment_id FROM receipt_void v
              WHERE v.business_date = :day AND :whole) w
        JOIN dashboard_receipt r ON r.payment_id = w.id
        CROSS JOIN LATERAL (
            SELECT string_agg(t.kind, ',' ORDER BY t.line) AS tenders,
                   sum(t.applied) FILTER (WHERE CAST(:tender AS text) IS NULL OR t.kind = :tender)
                       AS part
            FROM payment_tender t WHERE t.payment_id = r.payment_id) k
        WHERE (NOT :only_voids OR r.voided_on = :day)
          AND CAST(:cashier AS text) IN ('', r.cashier_name)
          AND (CAST(:hour AS integer) IS NULL OR
               extract(hour FROM r.posted_at AT TIME ZONE 'America/Mexico_City') = :hour)
          AND k.part IS NOT NULL
        ORDER BY r.posted_at DESC, r.receipt_id DESC LIMIT :most
        """,
        day=day,
        session_id=session_id,
        tender=tender,
        hour=hour,
        whole=session_id is None and tender is None and hour is None,
        only_voids=only_voids,
        cashier=cashier,
        most=MOST_ROWS,
    )


@dataclass(frozen=True, slots=True)
class LastReceipt:
    """The newest receipt of a session."""

    session_id: int
    payment_id: int
    receipt_id: int
    folio: str
    posted_at: datetime
    applied: Decimal


def receipts_of_payments(connection: Connection, payments: list[int]) -> list[LastReceipt]:
    """The receipts of these payments."""
    return fetch(
        connection,
        LastReceipt,
        "SELECT session_id, payment_id, receipt_id, folio, posted_at, applied"
        " FROM dashboard_receipt WHERE payment_id = ANY(:payments)",
        payments=payments,
    )


_NO_TILL: dict[str, Any] = {"till_name": "", "cash_limit": None}
_MONEY = frozenset(
    {"amount", "cash_limit", "declared", "difference", "expected", "opening_counted"}
)


def _row(kind: type[Row], said: dict[str, Any]) -> Row:
    """An object of the answer as its frozen row: pesos, days and moments are no longer text."""
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return kind(**{name: _value(name, said[name]) for name in names})


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MONEY:
        return Decimal(str(value))
    if name.endswith("_at"):
        return _moment(value)
    return date.fromisoformat(value) if name == "business_date" else value


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value))
