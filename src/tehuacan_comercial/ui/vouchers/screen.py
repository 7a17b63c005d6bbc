"""What may be done with a day's voucher, and why not, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tehuacan_comercial.domain.lifecycles import VoucherState
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.vouchers import VoucherKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.vouchers import VoucherDay, VoucherRow

P = Permission


@dataclass(frozen=True, slots=True)
class VoucherScreen:
    """Acts that are possible now, and one sentence about where the voucher stands."""

    row: VoucherRow | None
    note: str
    issue: bool = False
    verify: bool = False
    give_back: bool = False
    export: bool = False
    print_voucher: bool = False
    print_sheet: bool = False


def voucher_screen(day: VoucherDay, kind: VoucherKind, actor: Actor, today: date) -> VoucherScreen:
    """From the day as read; PostgreSQL decides again when the act is asked."""
    row = day.latest(kind)
    state = VoucherState(row.state) if row else None
    own = row is not None and row.issued_by == actor.username
    decides = actor.may(P.VOUCHERS_VERIFY) and state is VoucherState.DRAFT and not own
    agrees = day.sheet.green if kind is VoucherKind.COLLECTION else not day.sheet.open_sessions
    done = state in (VoucherState.VERIFIED, VoucherState.EXPORTED)
    return VoucherScreen(
        row=row,
        note=_note(day, kind, row, actor, today),
        issue=actor.may(P.VOUCHERS_ISSUE)
        and state in (None, VoucherState.RETURNED)
        and not day.sheet.open_sessions
        and day.day <= today,
        verify=decides and agrees,
        give_back=decides,
        export=actor.may(P.VOUCHERS_EXPORT) and done,
        print_voucher=actor.may(P.VOUCHERS_EXPORT) and row is not None,
        print_sheet=actor.may(P.VOUCHERS_EXPORT) and row is not None and row.sheet is not None,
    )


def _note(
    day: VoucherDay, kind: VoucherKind, row: VoucherRow | None, actor: Actor, today: date
) -> str:
    if row is None or row.state == VoucherState.RETURNED:
        return _before(day, row, actor, today)
    if row.state != VoucherState.DRAFT:
        return f"Verificada por {row.decided_by_name}. El día quedó cerrado."
    if day.sheet.open_sessions:
        return f"Hay sesiones sin cerrar: {', '.join(day.sheet.open_sessions)}."
    red = ", ".join(total.name for total in day.sheet.totals if total.ok is False)
    if kind is VoucherKind.COLLECTION and red:
        return f"No coincide: {red}. Revise los renglones o devuelva la póliza."
    if row.issued_by == actor.username:
        return "Usted la elaboró; la revisa otra persona."
    return f"La elaboró {row.issued_by_name}; falta que otra persona la verifique."


def _before(day: VoucherDay, row: VoucherRow | None, actor: Actor, today: date) -> str:
    if day.day > today:
        return "Ese día todavía no llega."
    if day.sheet.open_sessions:
        return f"Cierre primero estas sesiones: {', '.join(day.sheet.open_sessions)}."
    if row is not None:
        return f"{row.decided_by_name} la devolvió: {row.decision_note}"
    if actor.may(P.VOUCHERS_ISSUE):
        return "El día está listo para emitir su póliza."
    return "Todavía no se emite."
