"""Spanish words for what the registry and the ledger keep as codes."""

from __future__ import annotations

from decimal import Decimal

from tehuacan_comercial.domain.rating import MODALITY_LABELS, Modality
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.accounts import HistoryRow
from tehuacan_comercial.ui.accounts_banner import state_pill
from tehuacan_comercial.ui.formats import day
from tehuacan_comercial.ui.widgets.pill import Pill

SEPARATOR = " · "
SERVICES = {"water": "Agua potable", "sewerage": "Alcantarillado", "sanitation": "Saneamiento"}
SUBJECTS = {
    "holder": "Titular",
    "owner": "Propietario",
    "state": "Estado del servicio",
    "terms": "Uso y servicios",
    "meter": "Medidor",
}
SUBJECT_ICONS = {
    "holder": "user",
    "owner": "house",
    "state": "droplets",
    "terms": "file-text",
    "meter": "gauge",
}
MOVEMENTS = {
    "billing": Pill("Recibo", "info", "receipt-text"),
    "surcharge": Pill("Recargo", "danger", "triangle-alert"),
    "opening": Pill("Saldo inicial", "neutral", "history"),
    "payment": Pill("Pago", "ok", "circle-check"),
    "identified": Pill("Identificado", "ok", "circle-check"),
    "void": Pill("Cancelado", "danger", "circle-x"),
    "return": Pill("Cheque devuelto", "danger", "undo-2"),
    "transfer": Pill("Traspaso", "info", "arrow-right-left"),
}
READINGS = {
    "actual": Pill("Real", "ok", "circle-check"),
    "estimated": Pill("Estimada", "warn", "calculator"),
    "missing": Pill("Sin lectura", "danger", "circle-alert"),
}
NOTHING_BEFORE = "desde el inicio"


def movement_pill(kind: str) -> Pill:
    """The badge of a movement of the statement."""
    return MOVEMENTS.get(kind, Pill(kind.capitalize(), "neutral", "circle-dot"))


def reading_pill(kind: str) -> Pill:
    """The badge of a reading: real, estimated or missing."""
    return READINGS.get(kind, Pill(kind.capitalize(), "neutral", "circle-dot"))


def modality_name(modality: str) -> str:
    """``Servicio medido`` or ``Cuota fija``."""
    known = [each for each in Modality if each.value == modality]
    return MODALITY_LABELS[known[0]] if known else modality


def tender_names(tenders: str) -> str:
    """``Efectivo, tarjeta`` from ``cash,card``; each form of payment once."""
    known = {kind.value: TENDER_LABELS[kind] for kind in TenderKind}
    names = dict.fromkeys(known.get(code, code) for code in tenders.split(",") if code)
    return ", ".join(names).capitalize()


def services_of(*, water: bool, sewerage: bool, sanitation: bool) -> str:
    """The services an account is charged for, in words."""
    given = {"water": water, "sewerage": sewerage, "sanitation": sanitation}
    return ", ".join(SERVICES[name] for name, on in given.items() if on) or "Ninguno"


def history_detail(row: HistoryRow) -> str:
    """What held, in words: codes of state, modality and services are spelled out."""
    if row.subject == "state":
        return state_pill(row.detail).text
    if row.subject != "terms":
        return row.detail
    names = {**SERVICES, **{each.value: MODALITY_LABELS[each] for each in Modality}}
    return SEPARATOR.join(names.get(part, part) for part in row.detail.split(SEPARATOR))


def validity(row: HistoryRow) -> str:
    """``01/01/2020 a la fecha``, ``hasta el 31/12/2025``."""
    since = day(row.since) if row.since else NOTHING_BEFORE
    return f"{since} a la fecha" if row.until is None else f"{since} al {day(row.until)}"


def volume(m3: int | Decimal | None) -> str:
    """``18 m³``; nothing is a dash."""
    return "—" if m3 is None else f"{m3:,} m³"
