"""How it is shown whether the last day for paying has passed."""

from __future__ import annotations

from tehuacan_comercial.domain.open_items import DUE_LABELS, DueState
from tehuacan_comercial.ui.widgets.pill import Pill

DUE_PILLS: dict[DueState, Pill] = {
    DueState.OVERDUE: Pill(DUE_LABELS[DueState.OVERDUE], "danger", "triangle-alert"),
    DueState.DUE: Pill(DUE_LABELS[DueState.DUE], "info", "clock"),
}
