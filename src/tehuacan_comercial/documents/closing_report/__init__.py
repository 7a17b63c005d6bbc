"""The closing report (corte de caja) on letter and on the 80 mm roll."""

from __future__ import annotations

from tehuacan_comercial.documents.closing_report.render import ClosingFormat, render
from tehuacan_comercial.documents.closing_report.sheet import (
    CashStep,
    ClosingPayment,
    ClosingSheet,
    ConceptTotal,
    Denomination,
    Signature,
    TenderCount,
)

__all__ = [
    "CashStep",
    "ClosingFormat",
    "ClosingPayment",
    "ClosingSheet",
    "ConceptTotal",
    "Denomination",
    "Signature",
    "TenderCount",
    "render",
]
