"""A voucher and the sheet of its day as they are printed, from frozen content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.queries.vouchers import VoucherRow
from tehuacan_comercial.documents.base import Reprint
from tehuacan_comercial.documents.formats import peso
from tehuacan_comercial.documents.voucher import (
    DaySheet,
    Entry,
    FolioRange,
    SessionRow,
    Total,
    VoucherSheet,
)
from tehuacan_comercial.domain.lifecycles import VOUCHER, VoucherState
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.vouchers import (
    KIND_LABELS,
    ORIGIN_LABELS,
    SECTION_LABELS,
    VerificationSheet,
    VoucherKind,
    apart_words,
)
from tehuacan_comercial.services.paper.office import moment, office_of

BOOKINGS = {"reversal": "Reversión del ingreso", "subsidy": "Cuenta de subsidio"}
VOIDS = {"void": "Cancelación", "reversal": "Reverso"}


def voucher_sheet(
    row: VoucherRow,
    settings: Mapping[str, Any],
    as_of: datetime,
    reprint: Reprint | None = None,
) -> VoucherSheet:
    """The voucher as it stood at the moment the paper was issued."""
    content = row.content
    decided = row.decided_at is not None and row.decided_at <= as_of
    state = VoucherState(row.state) if decided else VoucherState.DRAFT
    if state is VoucherState.EXPORTED:  # exporting is no change that the paper tells
        state = VoucherState.VERIFIED
    return VoucherSheet(
        office=office_of(settings, "voucher"),
        kind=KIND_LABELS[VoucherKind(row.kind)],
        folio=row.folio,
        day=row.business_date,
        version=row.version,
        replaces=str(content.get("replaces") or ""),
        state=VOUCHER.labels[state],
        chart=str(content["map"]),
        booking=BOOKINGS.get(str(content.get("booking")), ""),
        issued_at=moment(content["issued_at"]),
        entries=tuple(_entry(line, content["concepts"]) for line in content["lines"]),
        folios=tuple(_folios(each) for each in content["folios"]),
        note=row.note,
        decision=_decision(row, state) if decided else "",
        seal=row.hash,
        people=_people(row, decided),
        reprint=reprint,
        demonstration=bool(content.get("demonstration")),
    )


def _entry(line: Mapping[str, Any], concepts: Mapping[str, str]) -> Entry:
    return Entry(
        SECTION_LABELS[line["section"]],
        ORIGIN_LABELS.get(line["origin"], str(line["origin"])),
        line["account"],
        line["name"] or "",
        concepts.get(line["concept"] or "", ""),
        _pesos(line["debit"]),
        _pesos(line["credit"]),
    )


def _folios(found: Mapping[str, Any]) -> FolioRange:
    return FolioRange(
        found["first_folio"],
        found["last_folio"],
        int(found["receipts"]),
        int(found["missing"]) + int(found["unchained"]),
    )


def _decision(row: VoucherRow, state: VoucherState) -> str:
    word = "Devuelta" if state is VoucherState.RETURNED else "Verificada"
    when = f"{moment(row.decided_at):%d/%m/%Y %H:%M}"
    note = f": {row.decision_note}" if row.decision_note else "."
    return f"{word} por {row.decided_by_name} el {when}{note}"


def _people(row: VoucherRow, decided: bool) -> tuple[tuple[str, str], ...]:
    verifier = row.decided_by_name or "" if decided else ""
    word = "Devolvió" if decided and row.state == VoucherState.RETURNED else "Verificó"
    return ((row.issued_by_name, "Elaboró"), (verifier, word), ("", "Contabilidad"))


def day_sheet(
    row: VoucherRow, settings: Mapping[str, Any], reprint: Reprint | None = None
) -> DaySheet:
    """The sheet as the one who decided the voucher saw it; the voucher must be decided."""
    seen = VerificationSheet.of(row.sheet or {})
    red = ", ".join(total.name for total in seen.totals if total.ok is False)
    verified = row.state != VoucherState.RETURNED
    apart = [words for total in seen.totals for words in apart_words(total, peso)]
    agreed = f"Los totales del día coinciden{', ' if apart else ''}{' y '.join(apart)}."
    explanation = agreed if seen.green else f"No coincide: {red}."
    return DaySheet(
        office=office_of(settings, "voucher"),
        folio=row.folio,
        day=seen.day,
        verdict="DÍA VERIFICADO" if verified else "PÓLIZA DEVUELTA",
        green=verified,
        explanation=explanation,
        totals=tuple(
            Total(
                each.name, each.amount, each.expected, each.count, each.ok, apart_words(each, peso)
            )
            for each in seen.totals
        ),
        sessions=tuple(
            SessionRow(
                each.folio,
                each.till_name,
                each.cashier_name,
                each.closing_folio or "",
                each.receipts,
                each.collected or ZERO,
                each.difference or ZERO,
            )
            for each in seen.sessions
        ),
        folios=tuple(
            FolioRange(each.first_folio, each.last_folio, each.receipts,
                       each.missing + each.unchained)
            for each in seen.folios
        ),
        refunds=tuple(
            (each.folio, f"{VOIDS.get(each.kind, each.kind)}: {each.reason}", each.money)
            for each in seen.refunds
        ),
        note=row.decision_note,
        people=_people(row, decided=True),
        reprint=reprint,
        demonstration=bool(row.content.get("demonstration")),
    )  # fmt: skip


def office_key(row: VoucherRow) -> int | None:
    """The version of the office's settings that its day had."""
    key = row.content.get("office")
    return None if key is None else int(key)


def _pesos(value: object) -> Decimal:
    return Decimal(str(value))
