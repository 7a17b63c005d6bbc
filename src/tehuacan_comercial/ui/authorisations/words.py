"""Requests in words: pills, ages, and the frozen facts as label and value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tehuacan_comercial.domain.authorisations import AUTHORISATION, AuthorisationState
from tehuacan_comercial.domain.clarifications import TRANSFER_PAYMENT
from tehuacan_comercial.domain.custody import CLOSING_TOLERANCE, REOPEN_SESSION
from tehuacan_comercial.domain.shortages import WAIVE_SHORTAGE
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.domain.voids import VOID_RECEIPT
from tehuacan_comercial.services.authorisations import AuthorisationRow
from tehuacan_comercial.ui.formats import moment, money
from tehuacan_comercial.ui.widgets.pill import Pill

Line = tuple[str, str]

_STATES: dict[AuthorisationState, tuple[str, str]] = {
    AuthorisationState.REQUESTED: ("warn", "hourglass"),
    AuthorisationState.APPROVED: ("ok", "circle-check"),
    AuthorisationState.DENIED: ("danger", "circle-x"),
    AuthorisationState.EXPIRED: ("neutral", "clock"),
    AuthorisationState.WITHDRAWN: ("neutral", "undo-2"),
}
_PAPER = {"in_hand": "En la mano", "never_printed": "Nunca se imprimió"}


def state_pill(row: AuthorisationRow) -> Pill:
    """Where a request stands: icon, word, colour."""
    state = AuthorisationState(row.state)
    tone, icon = _STATES[state]
    return Pill(AUTHORISATION.labels[state], tone, icon)  # type: ignore[arg-type]


def age(since: datetime, now: datetime) -> str:
    """How long a request has waited: ``ahora``, ``3 min``, ``1 h 20 min``."""
    minutes = max(0, int((now - since) / timedelta(minutes=1)))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return "ahora" if not minutes else f"{minutes} min"
    return f"{hours} h {rest:02} min"


def fact_lines(kind: str, facts: Mapping[str, Any]) -> tuple[Line, ...]:
    """What the requester saw, as label and value; of a kind not known here, its plain values."""
    if kind == VOID_RECEIPT:
        return _void_lines(facts)
    if kind in (CLOSING_TOLERANCE, REOPEN_SESSION):
        return _session_lines(facts)
    if kind == TRANSFER_PAYMENT:
        return _transfer_lines(facts)
    if kind == WAIVE_SHORTAGE:
        return _waiver_lines(facts)
    hidden = {"title", "account_id", "session_id", "amount"}
    plain = ((str(key), value) for key, value in facts.items() if key not in hidden)
    return (
        ("Importe", money(Decimal(facts["amount"]))),
        *((key, str(value)) for key, value in plain if not isinstance(value, dict | list)),
    )


def _void_lines(facts: Mapping[str, Any]) -> tuple[Line, ...]:
    terms = facts["terms"]
    void = terms["kind"] == "void"
    lines: list[Line] = [
        ("Recibo", f"{facts['folio']} · {moment(datetime.fromisoformat(facts['issued_at']))}"),
        ("Importe", money(Decimal(facts["amount"]))),
        ("Cuenta", f"{facts['account_number']} · {facts['holder']}"),
        ("Cobró", f"{facts['cashier_name']} · {facts['till_name']} · {facts['session_folio']}"),
        ("Pagó", " + ".join(_tender(each) for each in facts["tenders"])),
        ("Conceptos", _concepts(facts)),
        ("Qué se hará", "Cancelación: la sesión sigue abierta" if void
         else "Reverso con fecha de hoy: el corte ya se firmó y queda intacto"),
        ("Devolución", " + ".join(_refund(each) for each in terms["refunds"])),
        ("Adeudo", f"{money(Decimal(facts['balance_before']))} → "
                   f"{money(Decimal(facts['balance_after']))}"),
        ("Papel", _PAPER.get(facts["paper"], "") + (
            " · salió de la impresora" if facts["printed"] else " · sin aviso de impresión")),
    ]  # fmt: skip
    return tuple(line for line in lines if line[1])


def _session_lines(facts: Mapping[str, Any]) -> tuple[Line, ...]:
    """A session that is to be closed with a difference, or opened again."""
    tolerance = facts.get("tolerance")
    lines: list[Line] = [
        ("Sesión", f"{facts['session_folio']} · {facts['till_name']} · {facts['cashier_name']}"),
        ("Corte", str(facts.get("closing_folio") or "")),
        ("Diferencia", money(Decimal(facts["amount"]))),
        ("Tolerancia", "" if tolerance is None else money(Decimal(tolerance))),
    ]
    lines += [_compared(tender) for tender in facts["tenders"]]
    lines += [
        (f"Conteo {number}", f"difiere {money(Decimal(count['gap']))} {count['note']}".strip())
        for number, count in enumerate(facts.get("counts") or (), 1)
    ]
    return tuple(line for line in lines if line[1])


def _compared(tender: Mapping[str, Any]) -> Line:
    expected, declared = (money(Decimal(tender[name])) for name in ("expected", "declared"))
    off, name = Decimal(tender["difference"]), TENDER_LABELS[TenderKind(tender["tender"])]
    if not off and not Decimal(tender["expected"]):
        return name, ""
    words = f"esperado {expected}, declarado {declared}"
    return name, f"{words} ({money(off)})" if off else words


def _transfer_lines(facts: Mapping[str, Any]) -> tuple[Line, ...]:
    pesos, settles = Decimal(facts["amount"]), Decimal(facts["to_settles"])
    owed_from, owed_to = Decimal(facts["from_owed"]), Decimal(facts["to_owed"])
    ahead = pesos - settles
    left = f", y quedan {money(ahead)} a favor" if ahead else ""
    return (
        ("Recibo", f"{facts['folio']} · {moment(datetime.fromisoformat(facts['issued_at']))}"),
        ("Importe", money(pesos)),
        ("Pagó", " + ".join(_tender(each) for each in facts["tenders"])),
        ("Cobró", f"{facts['cashier_name']} · {facts['till_name']} · {facts['session_folio']}"),
        ("Sale de", f"{facts['from_number']} · {facts['from_holder']}"),
        ("Su adeudo", f"{money(owed_from)} → {money(owed_from + Decimal(facts['reopens']))}"),
        ("Va a", f"{facts['to_number']} · {facts['to_holder']}"),
        ("Su adeudo", f"{money(owed_to)} → {money(owed_to - settles)}{left}"),
        ("Caja", "No cambia: el dinero ya se contó donde se cobró"),
    )


def _waiver_lines(facts: Mapping[str, Any]) -> tuple[Line, ...]:
    settled = Decimal(facts["settled"])
    others = int(facts["others"])
    lines: tuple[Line, ...] = (
        ("Sesión", f"{facts['session_folio']} · {facts['till_name']} · {facts['cashier_name']}"),
        ("Faltó", money(Decimal(facts["owed"]))),
        ("Saldado", f"{money(settled)} · {facts['how']}" if settled else ""),
        ("Se condona", money(Decimal(facts["amount"]))),
        ("Otros faltantes suyos",
         f"{others} por {money(Decimal(facts['others_owed']))}" if others else "Ninguno"),
        ("Qué se hará", "Deja de deberlo; pasa a faltantes condonados con fecha de hoy"),
    )  # fmt: skip
    return tuple(line for line in lines if line[1])


def _tender(tender: Mapping[str, Any]) -> str:
    return f"{TENDER_LABELS[TenderKind(tender['kind'])]} {money(Decimal(tender['applied']))}"


def _refund(refund: Mapping[str, Any]) -> str:
    way, pesos = str(refund["way"]), money(Decimal(refund["amount"]))
    if way == "payable":
        return f"{pesos} por pagar en la oficina"
    if way == "credit":
        return f"{pesos} al saldo a favor"
    return f"{TENDER_LABELS[TenderKind(way)]} {pesos} de la caja"


def _concepts(facts: Mapping[str, Any]) -> str:
    names = [f"{line['name']} {line['period']}".strip() for line in facts["lines"]]
    names += ["Saldo a favor"] if Decimal(facts["advance"]) else []
    shown = ", ".join(dict.fromkeys(names[:4]))
    return f"{shown} y {len(names) - 4} más" if len(names) > 4 else shown


def outcome_words(row: AuthorisationRow) -> str:
    """Who resolved it, how and why, in one sentence."""
    who = row.decider_name or row.requester_name
    if row.principal_name:
        who = f"{who}, en ausencia de {row.principal_name}"
    note = f": {row.decision_note}" if row.decision_note else ""
    words = {
        "approved": f"La autorizó {who}{note}",
        "denied": f"La negó {who}{note}",
        "withdrawn": f"La retiró {who}",
        "expired": "Venció sin respuesta",
    }
    return words.get(row.state, "Espera respuesta")
