"""The closing report's sheet from its frozen content and the session's receipts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.queries.accounts import SessionReceipt
from tehuacan_comercial.data.queries.cash import ClosingRow
from tehuacan_comercial.documents.base import Reprint
from tehuacan_comercial.documents.closing_report import (
    CashStep,
    ClosingPayment,
    ClosingSheet,
    ConceptTotal,
    Denomination,
    Signature,
    TenderCount,
)
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.paper.office import moment, office_of
from tehuacan_comercial.services.paper.receipt import ADVANCE_CONCEPT

ZERO = Decimal("0.00")


def closing_sheet(
    row: ClosingRow,
    receipts: Sequence[SessionReceipt],
    settings: Mapping[str, Any],
    reprint: Reprint | None,
    set_aside: str = "",
) -> ClosingSheet:
    """The corte as it was signed; the snapshot is never recomputed (H17).

    ``set_aside`` is the reason for which its session had been reopened when the sheet was issued.
    """
    content = row.content
    return ClosingSheet(
        office=office_of(settings, "closing"),
        folio=row.folio,
        session_folio=content["session_folio"],
        till=content["till_name"],
        cashier=content["cashier_name"],
        business_date=date.fromisoformat(content["business_date"]),
        opened_at=moment(content["opened_at"]),
        closed_at=moment(content["issued_at"]),
        opening_float=Decimal(content["opening_counted"]),
        cash_steps=_cash_steps(content),
        tenders=tuple(
            TenderCount(
                TENDER_LABELS[TenderKind(line["tender"])],
                Decimal(line["expected"]),
                Decimal(line["declared"]),
            )
            for line in content["tenders"]
        ),
        denominations=tuple(
            Denomination(Decimal(value), int(pieces))
            for value, pieces in sorted(
                content["denominations"].items(), key=lambda pair: -Decimal(pair[0])
            )
        ),
        concepts=_concepts(content),
        first_folio=content["first_folio"],
        last_folio=content["last_folio"],
        receipt_count=int(content["receipts"]),
        chain_head=content["chain_head"],
        payments=tuple(_payment(each) for each in receipts),
        signatures=_signatures(content),
        note=content["note"],
        remarks=tuple(_remarks(content, set_aside)),
        reprint=reprint,
        demonstration=bool(content["demonstration"]),
    )


def _signatures(content: Mapping[str, Any]) -> tuple[Signature, ...]:
    """Whoever closed it, and the second person; the cashier only if it was closed for them."""
    cashier = content["cashier_name"]
    closed_by = content.get("closed_by_name", cashier)
    if closed_by == cashier:
        return (Signature(cashier, "Cajera o cajero"), Signature("", "Jefatura de cajas"))
    return (
        Signature(closed_by, f"Contó y cerró por ausencia de {cashier}"),
        Signature("", "Verificó"),
    )


def _cash_steps(content: Mapping[str, Any]) -> tuple[CashStep, ...]:
    cash = content["by_tender"].get("cash", {})
    return (
        CashStep("Fondo contado al abrir", Decimal(content["opening_counted"])),
        CashStep("Efectivo recibido", Decimal(cash.get("received", ZERO))),
        CashStep("Cambio entregado", -Decimal(cash.get("change", ZERO))),
        *_given_back(content),
        *(
            CashStep(f"Reposición {line['folio']}", Decimal(line["amount"]))
            for line in content.get("repaid", ())
        ),
        *(
            CashStep(f"Entrega {sent['folio']}", -Decimal(sent["amount"]))
            for sent in content.get("withdrawals", ())
            if sent["state"] == "accepted"
        ),
        *_relieved(content),
    )


def _remarks(content: Mapping[str, Any], set_aside: str) -> Iterator[str]:
    """What is not ordinary about the closing; closings of before say nothing of it."""
    if set_aside:
        yield f"SIN EFECTO: la sesión se reabrió para contarla de nuevo. Motivo: {set_aside}."
    if content.get("replaces"):
        yield f"Sustituye al corte {content['replaces']}, que quedó sin efecto."
    if content.get("permit"):
        permit = content["permit"]
        yield (
            f"Cierre con diferencia autorizado por {permit['decided_by_name']}. "
            f"Motivo: {permit['reason']}. Conteos firmados: {content['counts']}."
        )


def _relieved(content: Mapping[str, Any]) -> Iterator[CashStep]:
    """Cash that went to another cashier or came from one, by handover."""
    for line in content.get("handovers", ()):
        if line["tender"] == "cash" and line["state"] == "accepted":
            sign = -1 if line["direction"] == "out" else 1
            word = "entregado" if sign < 0 else "recibido"
            yield CashStep(f"Relevo {line['folio']} {word}", sign * Decimal(line["amount"]))


def _given_back(content: Mapping[str, Any]) -> tuple[CashStep, ...]:
    """Cash that went back for void receipts; a corte of before has no such figure."""
    cash = Decimal(content.get("given_back", {}).get("cash", ZERO))
    return (CashStep("Devuelto por recibos cancelados", -cash),) if cash else ()


def _concepts(content: Mapping[str, Any]) -> tuple[ConceptTotal, ...]:
    rows = [
        ConceptTotal(
            line["name"],
            int(line["count"]),
            Decimal(line["amount"]),
            Decimal(line["tax"]),
            Decimal(line["total"]),
        )
        for line in content["by_concept"]
    ]
    for name, value in ((ADVANCE_CONCEPT, content["advance"]), ("Redondeo", content["rounding"])):
        if Decimal(value):
            rows.append(ConceptTotal(name, 0, Decimal(value), ZERO, Decimal(value)))
    voided = content.get("voided", ())
    if voided:
        back = -sum((Decimal(row["amount"]) for row in voided), ZERO)
        rows.append(ConceptTotal("Recibos cancelados", 0, back, ZERO, back))
    return tuple(rows)


def _payment(receipt: SessionReceipt) -> ClosingPayment:
    kinds = receipt.tenders.split(",")
    return ClosingPayment(
        receipt.folio,
        moment(receipt.posted_at),
        receipt.account_number,
        receipt.holder,
        " + ".join(TENDER_LABELS[TenderKind(kind)] for kind in kinds),
        receipt.applied,
        receipt.voided,
    )
