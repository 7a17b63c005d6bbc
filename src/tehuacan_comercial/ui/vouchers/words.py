"""How vouchers and totals are called on screen."""

from __future__ import annotations

from tehuacan_comercial.domain.lifecycles import DEPOSIT, VOUCHER, DepositState, VoucherState
from tehuacan_comercial.domain.vouchers import ORIGIN_LABELS, SheetTotal, apart_words
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill

_STATES: dict[VoucherState, tuple[Tone, str]] = {
    VoucherState.DRAFT: ("warn", "pen-line"),
    VoucherState.VERIFIED: ("ok", "circle-check"),
    VoucherState.RETURNED: ("danger", "undo-2"),
    VoucherState.EXPORTED: ("ok", "file-spreadsheet"),
}
_VOIDS = {"void": "Cancelado", "reversal": "Reversado"}


def state_pill(state: str) -> Pill:
    """A voucher's state as word, icon and colour."""
    found = VoucherState(state)
    tone, icon = _STATES[found]
    return Pill(VOUCHER.labels[found].capitalize(), tone, icon)


_BATCHES: dict[DepositState, tuple[Tone, str]] = {
    DepositState.OPEN: ("neutral", "folder"),
    DepositState.COUNTING: ("warn", "calculator"),
    DepositState.BALANCED: ("ok", "scale"),
    DepositState.DEPOSITED: ("ok", "landmark"),
    DepositState.RECONCILED: ("ok", "check-check"),
}


def batch_pill(state: str) -> Pill:
    """Where the money of a session is on its way to the bank; empty without a batch."""
    if not state:
        return Pill("Sin lote", "neutral", "clock")
    found = DepositState(state)
    return Pill(DEPOSIT.labels[found].capitalize(), *_BATCHES[found])


def total_pill(total: SheetTotal) -> Pill:
    """Whether a total agrees, told by a word too."""
    if total.ok is None and total.amount and total.difference:
        return Pill(f"Falta depositar {money(-total.difference)}", "neutral", "clock")
    if total.ok is None:
        return Pill("Sin datos aún", "neutral", "clock")
    if said := apart_words(total, money):
        return Pill(f"Coincide, {' y '.join(said)}", "warn", "circle-check")
    if total.ok:
        return Pill("Coincide", "ok", "circle-check")
    if total.difference:
        return Pill(f"Difiere {money(total.difference)}", "danger", "circle-x")
    return Pill("Revisar", "danger", "circle-x")


def void_pill(voided: str) -> Pill | None:
    """What became of a receipt, if it no longer stands."""
    return Pill(_VOIDS.get(voided, voided), "danger", "circle-x") if voided else None


def origin(kind: str) -> str:
    """A kind of journal."""
    return ORIGIN_LABELS.get(kind, kind)
