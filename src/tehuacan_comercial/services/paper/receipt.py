"""The receipt's sheet from its frozen content (RULES §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.queries.cash import ReceiptRow
from tehuacan_comercial.data.queries.returns import MarkRow, TransferDocument
from tehuacan_comercial.data.queries.voids import VoidRow
from tehuacan_comercial.documents.amount_words import amount_in_words
from tehuacan_comercial.documents.base import Reprint
from tehuacan_comercial.documents.formats import peso, short_moment
from tehuacan_comercial.documents.receipt import (
    RETURNED,
    TRANSFERRED,
    Cancelled,
    ReceiptLine,
    ReceiptSheet,
    ReceiptTender,
)
from tehuacan_comercial.domain.folios import parse_folio, show_code, verification_code
from tehuacan_comercial.domain.scan import receipt_code
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.paper.office import MODALITY_NAMES, moment, office_of

ZERO = Decimal("0.00")
TRANSFER_TITLE = "COMPROBANTE DE TRASPASO"
ADVANCE_CONCEPT = "Saldo a favor (pago anticipado)"


def receipt_sheet(
    row: ReceiptRow,
    settings: Mapping[str, Any],
    reprint: Reprint | None,
    void: VoidRow | None = None,
    mark: MarkRow | None = None,
) -> ReceiptSheet:
    """Everything the paper says: the frozen receipt, its office, and whether it was void."""
    content = row.content
    folio = parse_folio(row.folio)
    if folio is None:
        raise ValueError(row.folio)
    code = verification_code(row.hash)
    settled = Decimal(content["settled"])
    total = Decimal(content["applied"])
    return ReceiptSheet(
        office=office_of(settings, "receipt"),
        folio=row.folio,
        verification_code=show_code(code),
        qr_payload=receipt_code(folio, code),
        issued_at=moment(content["issued_at"]),
        business_date=date.fromisoformat(content["business_date"]),
        account_number=content["account_number"],
        holder=content["holder"],
        address=_address(content),
        use_class=content["use_class"],
        classification="",
        zone=content["zone"],
        modality=MODALITY_NAMES.get(content["modality"], content["modality"]),
        meter=content["meter"],
        lines=receipt_lines(content),
        rounding=Decimal(content["rounding"]),
        total=total,
        words=amount_in_words(total),
        tenders=tuple(_tender(tender) for tender in content["tenders"]),
        previous_balance=Decimal(content["balance_after"]) + settled,
        remaining_balance=Decimal(content["balance_after"]),
        credit_balance=Decimal(content["credit_after"]),
        cashier=content["cashier_name"],
        till=content["till_name"],
        session_folio=content["session_folio"],
        note=content.get("note", ""),
        reprint=reprint,
        demonstration=bool(content["demonstration"]),
        replaces=content.get("replaces", ""),
        cancelled=_cancelled(void) if void else _marked(mark) if mark else None,
    )


def transfer_sheet(
    row: TransferDocument,
    settings: Mapping[str, Any],
    reprint: Reprint | None,
    mark: MarkRow | None = None,
) -> ReceiptSheet:
    """The document of a transfer: the new account's receipt, which is no new payment."""
    content = row.content
    drawn = receipt_sheet(
        ReceiptRow(row.transfer_id, row.folio, row.hash, content), settings, reprint, None, mark
    )
    charged = short_moment(moment(content["original_issued_at"]))
    note = (
        f"Traspaso del recibo {content['original_folio']} ({charged}), que se cobró en la cuenta "
        f"{content['from_number']}. No es un cobro nuevo. Motivo: {content['reason']}. "
        f"Solicitó {content['requested_by_name']}; autorizó {content['authorised_by_name']}."
    )
    return replace(drawn, title=TRANSFER_TITLE, note=note)


def _marked(mark: MarkRow) -> Cancelled:
    if mark.kind == "transfer":
        fact = f"A la cuenta {mark.account_number}, folio {mark.document}"
        return Cancelled(moment(mark.at), mark.by_name, mark.reason, title=TRANSFERRED, fact=fact)
    fact = f"Cheque {mark.document} por {peso(mark.amount)}"
    return Cancelled(moment(mark.at), mark.by_name, mark.reason, title=RETURNED, fact=fact)


def _cancelled(void: VoidRow) -> Cancelled:
    return Cancelled(moment(void.voided_at), void.voided_by_name, void.reason, void.replaced_by)


def _address(content: Mapping[str, Any]) -> str:
    place = f"{content['address']}, {content['neighbourhood']}"
    return f"{place}, C.P. {content['postal_code']}" if content["postal_code"] else place


def receipt_lines(content: Mapping[str, Any]) -> tuple[ReceiptLine, ...]:
    """A line for each concept and period: several surcharges of one debt print as one sum."""
    lines: dict[tuple[str, str], ReceiptLine] = {}
    for line in content["lines"]:
        concept = line["name"] + (" (parcial)" if line["partial"] else "")
        key = (concept, line["period"])
        before = lines.get(key, ReceiptLine(*key, ZERO, ZERO, ZERO))
        lines[key] = ReceiptLine(
            *key,
            before.amount + Decimal(line["amount"]),
            before.tax + Decimal(line["tax"]),
            before.total + Decimal(line["total"]),
        )
    advance = Decimal(content["advance"])
    paid_ahead = ReceiptLine(ADVANCE_CONCEPT, "", advance, ZERO, advance)
    return (*lines.values(), *((paid_ahead,) if advance else ()))


def _tender(tender: Mapping[str, Any]) -> ReceiptTender:
    reference = " ".join(part for part in (tender["bank"], tender["reference"]) if part)
    return ReceiptTender(
        name=TENDER_LABELS[TenderKind(tender["kind"])],
        received=Decimal(tender["received"]),
        applied=Decimal(tender["applied"]),
        change=Decimal(tender["change"]),
        reference=reference,
    )
