"""The papers of custody from the content that was frozen when they were issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tehuacan_comercial.documents import custody
from tehuacan_comercial.documents.base import Reprint
from tehuacan_comercial.documents.closing_report.sheet import Denomination
from tehuacan_comercial.documents.custody import Carried, Figure, Head
from tehuacan_comercial.documents.formats import short_moment
from tehuacan_comercial.domain.lifecycles import CASH_SESSION, WITHDRAWAL, CashSessionState
from tehuacan_comercial.domain.lifecycles import WithdrawalState as State
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.paper.office import moment, office_of

Content = Mapping[str, Any]

_KINDS = {"closing": "De cierre", "surprise": "Sorpresa"}
_NAMES = {
    CustodyPaper.INTERIM_REPORT: "Corte parcial",
    CustodyPaper.CASH_COUNT: "Acta de arqueo",
    CustodyPaper.WITHDRAWAL: "Entrega parcial",
    CustodyPaper.HANDOVER: "Acta de relevo",
    CustodyPaper.SHORTAGE_REPAID: "Reposición de faltante",
}
_COUNTED = (TenderKind.CASH, TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CHEQUE)


def custody_pdf(
    kind: CustodyPaper, content: Content, settings: Content, reprint: Reprint | None
) -> tuple[str, bytes]:
    """Title and PDF of a paper."""
    head = _head(content, settings, reprint)
    match kind:
        case CustodyPaper.INTERIM_REPORT:
            pdf = custody.render_interim(_interim(head, content))
        case CustodyPaper.CASH_COUNT:
            pdf = custody.render_count(_count(head, content))
        case CustodyPaper.WITHDRAWAL:
            pdf = custody.render_delivery(_delivery(head, content))
        case CustodyPaper.HANDOVER:
            pdf = custody.render_handover(_handover(head, content))
        case CustodyPaper.SHORTAGE_REPAID:
            pdf = custody.render_repayment(_repayment(head, content))
    return f"{_NAMES[kind]} {head.folio}", pdf


def _head(content: Content, settings: Content, reprint: Reprint | None) -> Head:
    return Head(
        office_of(settings, "closing"),
        str(content["folio"]),
        str(content["session_folio"]),
        str(content["till_name"]),
        str(content["cashier_name"]),
        date.fromisoformat(str(content["business_date"])),
        moment(content.get("at") or content["issued_at"]),
        reprint,
        bool(content["demonstration"]),
    )


def _interim(head: Head, content: Content) -> custody.InterimSheet:
    return custody.InterimSheet(
        head=head,
        state=CASH_SESSION.labels[CashSessionState(content["state"])],
        opened_at=moment(content["opened_at"]),
        opening_float=Decimal(content["opening_counted"]),
        receipts=int(content["receipts"]),
        first_folio=str(content["first_folio"]),
        last_folio=str(content["last_folio"]),
        chain_head=str(content["chain_head"]),
        figures=tuple(
            Figure(_tender(line["tender"]), Decimal(line["expected"]))
            for line in content.get("tenders") or ()
        ),
        concepts=tuple(
            (str(line["name"]), int(line["count"]), Decimal(line["total"]))
            for line in content.get("by_concept") or ()
        ),
        carried=(
            *(_delivered(sent) for sent in content.get("withdrawals") or ()),
            *(_relieved(line) for line in content.get("handovers") or ()),
            *(_put_back(line) for line in content.get("repaid") or ()),
        ),
        taken_by=str(content["taken_by_name"]),
    )


def _delivered(sent: Content) -> Carried:
    return Carried(
        str(sent["folio"]),
        "Entrega de efectivo",
        " · ".join(
            each
            for each in (short_moment(moment(sent["sent_at"])), sent["decided_by_name"])
            if each
        ),
        Decimal(sent["amount"]),
        *_state(sent["state"]),
    )


def _relieved(line: Content) -> Carried:
    way = "Entregado a" if line["direction"] == "out" else "Recibido de"
    return Carried(
        str(line["folio"]),
        f"Relevo · {_tender(line['tender'])}",
        f"{way} {line['other_name']}",
        Decimal(line["amount"]),
        *_state(line["state"]),
    )


def _put_back(line: Content) -> Carried:
    return Carried(
        str(line["folio"]),
        "Faltante repuesto",
        f"Recibido de {line['debtor_name']}",
        Decimal(line["amount"]),
        "En la caja",
    )


def _repayment(head: Head, content: Content) -> custody.RepaymentSheet:
    return custody.RepaymentSheet(
        head=head,
        amount=Decimal(content["amount"]),
        debtor=str(content["debtor_name"]),
        debt_session=str(content["debt_session_folio"]),
        debt_date=date.fromisoformat(str(content["debt_date"])),
        before=Decimal(content["pending_before"]),
        after=Decimal(content["pending_after"]),
        note=str(content["note"]),
        received_by=str(content["received_by_name"]),
    )


def _count(head: Head, content: Content) -> custody.CountSheet:
    expected, declared = content["expected"], content["declared"]
    return custody.CountSheet(
        head=head,
        kind=_KINDS[content["kind"]],
        denominations=_pieces(content["denominations"]),
        figures=tuple(
            Figure(
                TENDER_LABELS[kind],
                None if expected is None else Decimal(expected[kind.value]),
                Decimal(declared[kind.value]),
            )
            for kind in _COUNTED
        ),
        note=str(content["note"]),
        counted_by=str(content["counted_by_name"]),
        surprise=content["kind"] == "surprise",
    )


def _delivery(head: Head, content: Content) -> custody.DeliverySheet:
    answered = content["decided_at"]
    return custody.DeliverySheet(
        head=head,
        amount=Decimal(content["amount"]),
        denominations=_pieces(content["denominations"]),
        state=_state(content["state"])[0],
        note=str(content["note"]),
        sent_by=str(content["sent_by_name"]),
        answered_by=str(content["decided_by_name"]),
        answered_at=None if answered is None else moment(answered),
        answer=str(content["decision_note"]),
    )


def _handover(head: Head, content: Content) -> custody.HandoverSheet:
    cash = [line for line in content["items"] if line["denominations"]]
    return custody.HandoverSheet(
        head=head,
        to_till=str(content["to_till"]),
        receiver=str(content["receiver_name"]),
        items=tuple(_item(head, line) for line in content["items"]),
        denominations=_pieces(cash[0]["denominations"]) if cash else (),
        note=str(content["note"]),
        sent_by=str(content["sent_by_name"]),
    )


def _item(head: Head, line: Content) -> Carried:
    proof = (line["receipt"] and f"Recibo {line['receipt']}", line["bank"], line["reference"])
    answer = (*proof, line["decision_note"])
    return Carried(
        f"{head.folio}/{line['line']}",
        _tender(line["tender"]),
        " · ".join(each for each in answer if each),
        Decimal(line["amount"]),
        *_state(line["state"]),
    )


def _pieces(counted: Content) -> tuple[Denomination, ...]:
    rows = (Denomination(Decimal(value), int(pieces)) for value, pieces in counted.items())
    return tuple(sorted(rows, key=lambda row: -row.value))


def _tender(kind: str) -> str:
    return TENDER_LABELS[TenderKind(kind)]


def _state(state: str) -> tuple[str, bool]:
    """The state in words, and whether it was sent back."""
    return WITHDRAWAL.labels[State(state)].capitalize(), State(state).stayed
