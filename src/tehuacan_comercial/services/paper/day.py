"""The day's sheet from what the manager's window shows."""

from __future__ import annotations

from tehuacan_comercial.documents.day_sheet import DaySheet, HourBars, TenderLine, TillLine
from tehuacan_comercial.domain.dashboard import percent
from tehuacan_comercial.domain.lifecycles import CASH_SESSION, CashSessionState
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.dashboard import Board, TillNow
from tehuacan_comercial.services.dashboard_words import sentence_of
from tehuacan_comercial.services.paper.office import office_of


def day_record(board: Board, issued_by: str, demonstration: bool) -> DaySheet:
    """Everything the page says; amounts in pesos."""
    return DaySheet(
        office=office_of(board.office, "day"),
        day=board.today,
        issued_at=board.now,
        issued_by=issued_by,
        collected=board.collected,
        receipts=board.receipts,
        cancelled=board.cancelled,
        past_day=board.past_day,
        past_now=board.past_now,
        past_total=board.past_total,
        goal=board.goal,
        tills=tuple(_till(till) for till in board.tills),
        hours=_hours(board),
        tenders=tuple(
            TenderLine(
                TENDER_LABELS[TenderKind(tender)],
                amount,
                percent(amount, board.taken) or ZERO,
            )
            for tender, amount in board.takings.by_tender()
        ),
        alerts=tuple(sentence_of(alert) for alert in board.alerts),
        demonstration=demonstration,
    )


def _till(till: TillNow) -> TillLine:
    row, state = till.row, "Sin sesión"
    if row.state is not None:
        state = CASH_SESSION.labels[CashSessionState(row.state)].capitalize()
    last = f"{till.last.posted_at:%H:%M} · {till.last.folio}" if till.last else "—"
    return TillLine(
        row.till_name,
        row.cashier_name or "—",
        state,
        till.cash,
        row.cash_limit,
        till.receipts,
        till.taken,
        last,
        till.difference,
    )


def _hours(board: Board) -> tuple[HourBars, ...]:
    today = {each.hour: each.amount for each in board.takings.by_hour()}
    past = {each.hour: each.amount for each in board.past_hours}
    hours = sorted({*today, *past})
    if not hours:
        return ()
    return tuple(
        HourBars(hour, today.get(hour, ZERO), past.get(hour, ZERO))
        for hour in range(hours[0], hours[-1] + 1)
    )
