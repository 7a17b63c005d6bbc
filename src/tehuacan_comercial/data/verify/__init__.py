"""Recompute every invariant of the books from the facts; each says which fact contradicts it."""

from tehuacan_comercial.data.verify import (
    authorisations,
    bank_files,
    billing,
    charges,
    custody,
    deposits,
    folios,
    journals,
    payments,
    queue,
    registry,
    returns,
    sessions,
    shortages,
    vouchers,
)
from tehuacan_comercial.data.verify.check import Invariant, Violation

INVARIANTS: tuple[Invariant, ...] = (
    *journals.CHECKS,
    *charges.CHECKS,
    *billing.CHECKS,
    *payments.CHECKS,
    *sessions.CHECKS,
    *custody.CHECKS,
    *shortages.CHECKS,
    *deposits.CHECKS,
    *bank_files.CHECKS,
    *vouchers.CHECKS,
    *folios.CHECKS,
    *authorisations.CHECKS,
    *returns.CHECKS,
    *queue.CHECKS,
    *registry.CHECKS,
)
"""In the order in which they are reviewed."""

__all__ = ["INVARIANTS", "Violation"]
