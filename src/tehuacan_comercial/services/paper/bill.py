"""The water bill's sheet from what was posted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.queries.bills import BillRecord
from tehuacan_comercial.documents.amount_words import amount_in_words
from tehuacan_comercial.documents.base import Reprint
from tehuacan_comercial.documents.bill import (
    BillLine,
    BillReading,
    BillSheet,
    PeriodConsumption,
)
from tehuacan_comercial.domain.money import ZERO, total_of
from tehuacan_comercial.domain.rating import MODALITY_LABELS, Modality
from tehuacan_comercial.domain.scan import bill_code
from tehuacan_comercial.services.paper.office import legends_of, office_of

ESTIMATED = "El consumo es estimado: promedio de sus últimas lecturas, porque no se pudo leer."


def bill_number(record: BillRecord) -> str:
    """``202609-000123``: period and number of the bill."""
    return f"{record.period_code}-{record.bill_id:06}"


def bill_sheet(
    record: BillRecord, settings: Mapping[str, Any], reprint: Reprint | None
) -> BillSheet:
    """Everything the paper says; amounts are those of the bill, not those of today."""
    lines = tuple(_line(line) for line in record.lines)
    owed = total_of(line.total for line in lines) + record.previous_balance
    total = owed - record.credit_applied
    code = bill_code(record.account_number, record.period_code)
    metered = record.modality == Modality.METERED
    return BillSheet(
        office=office_of(settings, "bill"),
        number=bill_number(record),
        account_number=record.account_number,
        holder=record.holder,
        address=f"{record.address}, {record.neighbourhood}, C.P. {record.postal_code}",
        route=f"{record.sector} · {record.route} · {record.sequence:04}",
        use_class=record.use_name,
        classification="",
        zone=record.zone_name,
        modality=MODALITY_LABELS[Modality(record.modality)],
        meter=record.meter if metered else "",
        period=record.period_name,
        period_from=record.starts_on,
        period_to=record.ends_on,
        issued_on=record.issued_on,
        due_date=record.due_on,
        reading=_reading(record) if metered else None,
        volume=Decimal(record.consumption) if metered else None,
        history=tuple(_bar(bar) for bar in record.history),
        lines=lines,
        previous_debt=record.previous_balance - record.previous_surcharges,
        overdue_periods=record.previous_periods,
        surcharges=record.previous_surcharges,
        credit_applied=record.credit_applied,
        rounding=ZERO,
        total=total,
        words=amount_in_words(total),
        barcode_payload=code,
        qr_payload=code,
        notices=(*legends_of(settings, "bill"), *((ESTIMATED,) if record.estimated else ())),
        reprint=reprint,
        demonstration=record.demonstration,
    )


def _reading(record: BillRecord) -> BillReading | None:
    if record.previous_value is None or record.current_value is None:
        return None
    return BillReading(
        previous=Decimal(record.previous_value),
        current=Decimal(record.current_value),
        previous_on=record.previous_on or record.starts_on,
        current_on=record.current_on or record.ends_on,
        estimated=record.estimated,
    )


def _bar(bar: Mapping[str, Any]) -> PeriodConsumption:
    short = str(bar["period"]).replace(" 20", " ")
    return PeriodConsumption(short, Decimal(bar["volume"]), bool(bar["estimated"]))


def _line(line: Mapping[str, Any]) -> BillLine:
    amount, tax = Decimal(line["amount"]), Decimal(line["tax"])
    return BillLine(line["concept"], amount, tax, amount + tax, basis=basis_in_words(line))


def basis_in_words(line: Mapping[str, Any]) -> str:
    """How a line came about: ``18 m³``, ``12 % de Agua potable``, ``mínimo``."""
    basis = line["basis"] or {}
    steps = basis.get("steps", [])
    if any(step["kind"] == "minimum" for step in steps):
        return "mínimo del periodo"
    match basis.get("form"):
        case "percent":
            percent = Decimal(str(steps[0]["price"])).normalize()
            return f"{percent:f} % de {line['of']}"
        case "range" | "block":
            return f"{basis['m3']} m³"
        case "fixed":
            return "cuota del periodo"
    return ""
