"""What the tab Caja shows and allows, as a value: no widget, no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tehuacan_comercial.domain.lifecycles import CashSessionState
from tehuacan_comercial.domain.open_items import OpenItem, open_lines
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.cash import Debt, SessionRow
from tehuacan_comercial.ui.formats import day


class CashState(StrEnum):
    """Where the desk stands."""

    NO_SESSION = "no_session"
    OTHER_DAY = "other_day"
    COUNTING = "counting"
    NO_ACCOUNT = "no_account"
    NO_DEBT = "no_debt"
    READY = "ready"


@dataclass(frozen=True)
class EmptySay:
    """What an empty place says, and the one act it offers (an id of the table of actions)."""

    icon: str
    title: str
    text: str
    act: str = ""
    action: str = ""


@dataclass(frozen=True)
class CashScreen:
    """The tab as it stands; ``enabled`` goes by id of the table of actions."""

    state: CashState
    enabled: Mapping[str, bool]
    note: str
    empty: EmptySay | None = None


def cash_screen(
    session: SessionRow | None,
    debt: Debt | None,
    selection: Collection[int],
    actor: Actor,
    today: date,
    *,
    account_open: bool = False,
    awaits_account: bool = False,
) -> CashScreen:
    """From the session, the account's debt and the chosen charges (their ids).

    ``account_open`` tells that an account is at the desk even where its debt is not read.
    While an account is on its way (``awaits_account``) its charge may be asked already: it waits
    for the answer, so that keys pressed quickly are not lost.
    """
    state = _state(session, debt, today)
    items = debt.items if debt else ()
    enabled = _enabled(state, session, selection, actor, account=account_open or debt is not None)
    if awaits_account and state is CashState.NO_ACCOUNT:
        enabled["cash.charge"] = actor.may(Permission.CASH_CHARGE)
    return CashScreen(
        state,
        enabled,
        selection_note(items, selection),
        _empty(state, session),
    )


def selection_note(items: Collection[OpenItem], selection: Collection[int]) -> str:
    """``9 de 10 seleccionados``; nothing when there is nothing to choose."""
    lines = open_lines(items)
    chosen = sum(not line.charge_ids.isdisjoint(selection) for line in lines)
    word = "seleccionado" if len(lines) == 1 else "seleccionados"
    return f"{chosen} de {len(lines)} {word}" if lines else ""


def _state(session: SessionRow | None, debt: Debt | None, today: date) -> CashState:
    if session is None:
        return CashState.NO_SESSION
    if session.business_date != today:
        return CashState.OTHER_DAY
    if session.state == CashSessionState.COUNTING:
        return CashState.COUNTING
    if debt is None:
        return CashState.NO_ACCOUNT
    return CashState.READY if debt.items else CashState.NO_DEBT


_CHARGING = frozenset({CashState.READY, CashState.NO_DEBT})
_OPEN = _CHARGING | {CashState.NO_ACCOUNT}


def _enabled(
    state: CashState,
    session: SessionRow | None,
    selection: Collection[int],
    actor: Actor,
    *,
    account: bool,
) -> dict[str, bool]:
    charges = actor.may(Permission.CASH_CHARGE)
    keeps = actor.may(Permission.CASH_SESSION)
    held = bool(session and session.held_sales)
    return {
        "cash.charge": charges and state is CashState.READY and bool(selection),
        "cash.partial": charges and state in _CHARGING,
        "cash.hold": charges and state in _OPEN and (held or bool(selection)),
        "receipts.reprint": actor.may(Permission.RECEIPTS_REPRINT)
        and bool(session and session.last_receipt_id),
        "cash.deliver": keeps and session is not None,
        "session.open": keeps and state is CashState.NO_SESSION,
        "session.close": keeps and state is not CashState.NO_SESSION,
        "accounts.statement": actor.may(Permission.ACCOUNTS_STATEMENT) and account,
    }


def _empty(state: CashState, session: SessionRow | None) -> EmptySay | None:
    match state:
        case CashState.NO_SESSION:
            return EmptySay(
                "banknote",
                "La caja está cerrada",
                "Cuente el fondo y abra su sesión para empezar a cobrar.",
                "Abrir caja",
                "session.open",
            )
        case CashState.OTHER_DAY if session:
            return EmptySay(
                "triangle-alert",
                f"Falta el corte del {day(session.business_date)}",
                f"La sesión {session.folio} de {session.till_name} sigue abierta y ya no recibe"
                " cobros.\nLo cobrado ese día está completo. Cuente el efectivo y ciérrela;"
                " después abra la de hoy.",
                "Contar y cerrar",
                "session.close",
            )
        case CashState.COUNTING:
            return EmptySay(
                "calculator",
                "La caja está en arqueo",
                "Mientras se cuenta el efectivo no se cobra.",
                "Continuar el arqueo",
                "session.close",
            )
        case CashState.NO_ACCOUNT:
            return EmptySay(
                "scan-barcode",
                "Busque o escanee una cuenta",
                "Escriba cuenta, nombre, domicilio, medidor o folio (F3), o pase el recibo por el"
                " lector.",
            )
        case CashState.NO_DEBT:
            return EmptySay(
                "circle-check",
                "Sin cargos por cobrar",
                "La cuenta está al corriente. Puede recibir un pago adelantado con Abono (F4).",
            )
        case _:
            return None
