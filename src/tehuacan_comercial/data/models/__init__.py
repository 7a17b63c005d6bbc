"""The tables, one module per capability, each column commented with its Spanish term."""

from tehuacan_comercial.data.models import (
    accounts,
    authorisations,
    bank_files,
    billing,
    cash,
    custody,
    deposits,
    handovers,
    paper,
    queue,
    returns,
    shortages,
    staff,
    tariffs,
    voids,
    vouchers,
)
from tehuacan_comercial.data.models.base import Base

metadata = Base.metadata

__all__ = [
    "accounts", "authorisations", "bank_files", "billing", "cash", "custody", "deposits",
    "handovers", "metadata", "paper", "queue", "returns",
    "shortages", "staff", "tariffs", "voids", "vouchers",
]  # fmt: skip
