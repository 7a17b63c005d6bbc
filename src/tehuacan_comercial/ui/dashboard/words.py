"""What the board's figures are called and how they are said."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.dashboard import percent
from tehuacan_comercial.domain.lifecycles import CASH_SESSION, CashSessionState
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.dashboard import Board, CashLevel, Origin, Source, TillNow
from tehuacan_comercial.ui.dashboard.figure_tile import Figure
from tehuacan_comercial.ui.formats import MINUS, count, long_day, money
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill

_STATES: dict[str, tuple[Tone, str]] = {
    "open": ("ok", "lock-open"),
    "counting": ("warn", "calculator"),
    "closed": ("neutral", "lock"),
    "verified": ("info", "check-check"),
}


_LEVELS = {
    CashLevel.OVER: Pill("Tope rebasado", "danger", "triangle-alert"),
    CashLevel.NEAR: Pill("Cerca del tope", "warn", "triangle-alert"),
}


def state_pill(till: TillNow) -> Pill:
    """How its session stands; that the cash should be taken away goes before that it is open."""
    if till.row.state is None:
        return Pill("Sin sesión", "neutral", "minus")
    if till.row.state == "open" and till.level in _LEVELS:
        return _LEVELS[till.level]
    tone, icon = _STATES[till.row.state]
    return Pill(CASH_SESSION.labels[CashSessionState(till.row.state)].capitalize(), tone, icon)


def level_words(till: TillNow) -> str:
    """Cash in per cent of the limit: ``94 %``."""
    share = percent(till.cash, till.row.cash_limit) if till.cash is not None else None
    return "" if share is None else f"{share:.0f} %"


def difference_words(till: TillNow) -> str:
    """``Faltan $200.00`` of a closed session; nothing where its count agreed."""
    if not till.difference:
        return ""
    word = "Sobran" if till.difference > 0 else "Faltan"
    return f"{word} {money(abs(till.difference))}"


def till_tip(till: TillNow) -> str:
    """What the tile has no room for."""
    row = till.row
    lines = [row.till_name, row.cashier_name or "", f"Sesión {row.folio}" if row.folio else ""]
    if till.cash is not None and row.cash_limit:
        lines.append(f"{money(till.cash)} en efectivo, tope {money(row.cash_limit)}")
    if till.last is not None:
        lines.append(f"Último recibo {till.last.folio}, {money(till.last.applied)}")
    if till.transit:
        lines.append(f"{money(till.transit)} en tránsito")
    lines.append(difference_words(till))
    return "\n".join(filter(None, lines))


def till_foot(till: TillNow) -> str:
    """Last movement, receipts, voids, what is on its way."""
    crowded = bool(till.voids or till.transit)
    receipts = counted(till.receipts, "recibo", "recibos")
    parts = [
        f"{till.last.posted_at:%H:%M}" if till.last else "",
        f"{count(till.receipts)} rec." if crowded else receipts,
        f"{till.voids} canc." if till.voids else "",
        f"{whole(till.transit)} en tránsito" if till.transit else "",
    ]
    return " · ".join(filter(None, parts))


def whole(amount: Decimal | None) -> str:
    """Pesos without centavos, where room is short: ``$20,000``."""
    return "" if amount is None else f"${amount:,.0f}"


def age(then: datetime, now: datetime) -> str:
    """``hace 12 min``."""
    minutes = max(0, int((now - then).total_seconds() // 60))
    if minutes < 1:
        return "ahora"
    if minutes < 60:
        return f"hace {minutes} min"
    hours = minutes // 60
    return f"hace {hours} h" if hours < 48 else f"hace {hours // 24} días"


def tender_name(tender: str) -> str:
    """Its name on screen."""
    return TENDER_LABELS[TenderKind(tender)]


def collected(board: Board) -> Figure:
    """The day's collection."""
    receipts = counted(board.receipts, "recibo", "recibos")
    if board.voids:
        voids = counted(len(board.voids), "cancelado", "cancelados")
        receipts += f" · {voids} {MINUS}{whole(board.cancelled)}"
    tip = f"Cobrado {money(board.taken)}, cancelado {money(board.cancelled)}"
    return Figure("Recaudado hoy", money(board.collected), receipts, tip=tip)


def compared(board: Board) -> Figure:
    """Against the same weekday of a year ago, by this time of the day."""
    label = "Contra el mismo día de hace un año"
    then = board.past_now
    change = percent(board.collected - then, then)
    day = long_day(board.past_day)
    if change is None:
        reason = "sin cobros a esta hora" if board.past_total else "sin cobros ese día"
        return Figure(label, "—", f"{day}: {reason}")
    ahead = change >= 0
    value = f"{'+' if ahead else MINUS}{abs(change):.1f} %"
    note = f"{day}: {whole(then)} a esta hora"
    icon = "chevron-up" if ahead else "chevron-down"
    tip = f"{note}; {money(board.past_total)} en todo el día"
    return Figure(label, value, note, "ok" if ahead else "warn", icon, tip=tip)


def goal(board: Board, *, demonstration: bool) -> Figure:
    """How much of the day's goal."""
    label = "Meta del día (DEMOSTRACIÓN)" if demonstration else "Meta del día"
    share = percent(board.collected, board.goal)
    if share is None or board.goal is None:
        return Figure(label, "—", "La regla «office» no la fija")
    left = board.goal - board.collected
    note = f"Faltan {whole(left)} de {whole(board.goal)}" if left > 0 else "Alcanzada"
    return Figure(label, f"{share:.1f} %", note, share=float(share) / 100)


def cash(board: Board) -> Figure:
    """Cash in all drawers."""
    working = sum(till.is_open for till in board.tills)
    word = counted(working, "caja abierta", "cajas abiertas")
    moving = sum((each.amount for each in board.transit), Decimal(0))
    note = f"{word} · {whole(moving)} en tránsito" if moving else word
    return Figure("Efectivo en cajas", money(board.cash), note)


def waiting(board: Board) -> Figure:
    """What waits for a decision, and since when."""
    number = len(board.waiting)
    if not number:
        return Figure("Por autorizar", "0", "Nada espera una decisión")
    oldest = age(board.waiting[0].requested_at, board.now)
    return Figure("Por autorizar", count(number), f"La más antigua, {oldest}", "warn", "hourglass")


def origin_words(origin: Origin) -> tuple[str, Tone, str]:
    """Where the figures come from: words, tone and icon for the strip at the foot."""
    match origin.source:
        case Source.REPLICA:
            seconds = round(origin.age or 0)
            return (f"Réplica · {seconds} s de retraso" if seconds else "Réplica al día",
                    "ok", "database")  # fmt: skip
        case Source.LATE:
            behind = "" if origin.age is None else f" {origin.age:.0f} s"
            return f"Réplica atrasada{behind}: se lee del principal", "warn", "triangle-alert"
        case Source.SILENT:
            return "La réplica no contesta: se lee del principal", "warn", "unplug"
    return "", "ok", "database"
