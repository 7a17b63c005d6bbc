"""Papers of who holds the money: X report, count, delivery, handover, shortage put back."""

from tehuacan_comercial.documents.custody.count import render_count
from tehuacan_comercial.documents.custody.delivery import render_delivery
from tehuacan_comercial.documents.custody.handover import render_handover
from tehuacan_comercial.documents.custody.interim import render_interim
from tehuacan_comercial.documents.custody.repayment import render_repayment
from tehuacan_comercial.documents.custody.sheet import (
    Carried,
    CountSheet,
    DeliverySheet,
    Figure,
    HandoverSheet,
    Head,
    InterimSheet,
    RepaymentSheet,
)

__all__ = [
    "Carried",
    "CountSheet",
    "DeliverySheet",
    "Figure",
    "HandoverSheet",
    "Head",
    "InterimSheet",
    "RepaymentSheet",
    "render_count",
    "render_delivery",
    "render_handover",
    "render_interim",
    "render_repayment",
]
