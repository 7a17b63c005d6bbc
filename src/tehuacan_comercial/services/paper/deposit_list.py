"""The list of a batch's slips as it is printed, from its frozen content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tehuacan_comercial.documents.base import Reprint
from tehuacan_comercial.documents.deposit_list import DepositListSheet, SessionLine, SlipLine
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.paper.office import office_of


def deposit_list_sheet(
    content: Mapping[str, Any],
    seal: str,
    settings: Mapping[str, Any],
    reprint: Reprint | None = None,
) -> DepositListSheet:
    """As it was balanced; references and days come from the bank, on its own papers."""
    slips = tuple(_slip(each) for each in content["slips"])
    return DepositListSheet(
        office=office_of(settings, "voucher"),
        folio=content["folio"],
        day=date.fromisoformat(content["business_date"]),
        slips=slips,
        sessions=tuple(_session(each) for each in content["sessions"]),
        total=sum((slip.amount for slip in slips), Decimal("0.00")),
        seal=seal,
        people=((content["balanced_by_name"], "Contó y cuadró"), ("", "Llevó al banco")),
        reprint=reprint,
        demonstration=bool(content.get("demonstration")),
    )


def _slip(slip: Mapping[str, Any]) -> SlipLine:
    return SlipLine(
        int(slip["line"]),
        slip["bank"],
        slip["account_name"],
        slip["clabe"],
        TENDER_LABELS[TenderKind(slip["tender"])],
        Decimal(str(slip["amount"])),
    )


def _session(session: Mapping[str, Any]) -> SessionLine:
    money = session["tenders"]
    return SessionLine(
        session["folio"],
        session["till"],
        session["cashier_name"],
        *(Decimal(str(money[kind])) for kind in ("cash", "card", "transfer", "cheque")),
    )
