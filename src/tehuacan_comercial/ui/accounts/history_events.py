"""One line of time for everything that happened to an account (B3), as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.services.accounts import (
    AccountFile,
    BillRow,
    HistoryRow,
    PaymentRow,
    ReadingRow,
    StatementLine,
)
from tehuacan_comercial.ui.accounts.words import (
    SUBJECT_ICONS,
    SUBJECTS,
    history_detail,
    reading_pill,
    tender_names,
    volume,
)
from tehuacan_comercial.ui.formats import day, money
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.timeline import TimelineEvent


class EventKind(Enum):
    """What an event is about, by the word on its chip."""

    PAYMENT = "Pagos"
    BILL = "Recibos"
    SURCHARGE = "Recargos"
    READING = "Lecturas"
    CHANGE = "Cambios"


CHIP_ICONS = {
    EventKind.PAYMENT: "coins",
    EventKind.BILL: "receipt-text",
    EventKind.SURCHARGE: "triangle-alert",
    EventKind.READING: "gauge",
    EventKind.CHANGE: "user",
}
_ORDER = {kind: place for place, kind in enumerate(EventKind)}


@dataclass(frozen=True)
class AccountEvent:
    """One event: its day, its kind, what is written; amounts already as text."""

    on: date
    kind: EventKind
    title: str
    detail: str = ""
    amount: str = ""
    icon: str = ""
    tone: Tone = "neutral"

    def shown(self) -> TimelineEvent:
        """As the timeline draws it."""
        icon = self.icon or CHIP_ICONS[self.kind]
        return TimelineEvent(
            day(self.on), self.title, self.detail, self.amount, icon, self.tone, self
        )


def events_of(file: AccountFile) -> tuple[AccountEvent, ...]:
    """Everything, newest first; on one day payments before bills before readings."""
    found = [
        *map(_payment, file.payments),
        *map(_bill, file.bills),
        *_other_charges(file.statement),
        *map(_reading, file.readings),
        *_changes(file.history),
    ]
    return tuple(sorted(found, key=lambda event: (-event.on.toordinal(), _ORDER[event.kind])))


def _payment(row: PaymentRow) -> AccountEvent:
    what = (
        f"{tender_names(row.tenders)} · {row.periods}" if row.periods else tender_names(row.tenders)
    )
    detail = f"{what} · {row.cashier_name}, caja {row.till}"
    title = f"Pago, recibo {row.folio}"
    icon: str = "coins"
    tone: Tone = "ok"
    if row.voided:
        title, icon, tone = f"CANCELADO: pago, recibo {row.folio}", "circle-x", "danger"
        detail = f"{detail} · {row.void_reason}"
    elif row.returned:
        title, icon, tone = f"CHEQUE DEVUELTO: pago, recibo {row.folio}", "undo-2", "danger"
        detail = f"{detail} · {money(row.returned)}"
    elif row.transferred_to:
        title, icon, tone = f"TRASPASADO: pago, recibo {row.folio}", "arrow-right-left", "info"
        detail = (
            f"{detail} · {row.transfer_folio}, de la cuenta {row.transferred_from} "
            f"a la {row.transferred_to}"
        )
    return AccountEvent(
        row.business_date, EventKind.PAYMENT, title, detail, money(row.applied), icon, tone
    )


def _bill(row: BillRow) -> AccountEvent:
    left = f"falta {money(row.outstanding)}" if row.outstanding else "pagado"
    estimated = ", estimado" if row.estimated else ""
    detail = f"{volume(row.consumption)}{estimated} · vence {day(row.due_on)} · {left}"
    return AccountEvent(
        row.issued_on,
        EventKind.BILL,
        f"Recibo {row.period_name}",
        detail,
        money(row.total),
        tone="info",
    )


def _other_charges(lines: Iterable[StatementLine]) -> Iterator[AccountEvent]:
    surcharges: dict[tuple[date, str], list[StatementLine]] = {}
    for line in lines:
        if line.kind == "surcharge":
            surcharges.setdefault((line.on, line.document), []).append(line)
        elif line.kind == "opening" or (
            line.kind == "return" and line.charge and not line.document
        ):
            yield AccountEvent(
                line.on, EventKind.BILL, line.detail, line.document, money(line.charge), "history"
            )
    for (on, period), together in surcharges.items():
        yield _surcharge(on, period, together)


def _surcharge(on: date, period: str, lines: list[StatementLine]) -> AccountEvent:
    """What one period was surcharged on one day, its concepts together."""
    parts = " · ".join(f"{line.detail} {money(line.charge)}" for line in lines)
    total = total_of(line.charge for line in lines)
    title = f"Recargos {period}".strip()
    return AccountEvent(on, EventKind.SURCHARGE, title, parts, money(total), tone="danger")


def _reading(row: ReadingRow) -> AccountEvent:
    pill = reading_pill(row.kind)
    shown = f"{row.previous_value:,} → {row.value:,}" if _both(row) else ""
    parts = (shown, f"medidor {row.meter_serial}" if row.meter_serial else "", row.anomaly)
    return AccountEvent(
        row.read_on,
        EventKind.READING,
        f"Lectura {pill.text.lower()} {row.period_name}",
        " · ".join(filter(None, parts)),
        volume(row.consumption),
        tone="neutral" if row.kind == "actual" else pill.tone,
    )


def _both(row: ReadingRow) -> bool:
    return row.previous_value is not None and row.value is not None


def _changes(rows: Iterable[HistoryRow]) -> Iterator[AccountEvent]:
    for row in rows:
        if row.since is None:
            continue
        title = f"{SUBJECTS.get(row.subject, row.subject)}: {history_detail(row)}"
        until = "Sigue vigente" if row.until is None else f"Hasta el {day(row.until)}"
        icon = SUBJECT_ICONS.get(row.subject, "")
        yield AccountEvent(row.since, EventKind.CHANGE, title, until, icon=icon, tone="accent")


def counted(events: Iterable[AccountEvent]) -> dict[EventKind, int]:
    """How many events of each kind there are, in the order of the chips."""
    sums = dict.fromkeys(EventKind, 0)
    for event in events:
        sums[event.kind] += 1
    return sums
