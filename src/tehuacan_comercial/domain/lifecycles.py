"""Lifecycles as tables of allowed pairs; the same table drives rules, buttons and the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from tehuacan_comercial.domain.refusals import InvalidTransition

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Lifecycle(Generic[State]):
    """What a kind of document may go through, and what each state is called in Spanish."""

    document: str
    pairs: frozenset[tuple[State, State]]
    labels: Mapping[State, str]

    def allowed(self, state: State) -> frozenset[State]:
        """The states that may follow."""
        return frozenset(after for before, after in self.pairs if before == state)

    def can(self, state: State, wish: State) -> bool:
        """Whether the step is allowed; for greying out a button."""
        return (state, wish) in self.pairs

    def check(self, state: State, wish: State) -> None:
        """Let an allowed step pass.

        Raises:
            InvalidTransition: naming document, state and wish.
        """
        if not self.can(state, wish):
            raise InvalidTransition(self.document, state.value, wish.value)


class VoucherState(StrEnum):
    """Where a voucher (*póliza*) stands (I3, I5)."""

    DRAFT = "draft"
    VERIFIED = "verified"
    RETURNED = "returned"
    EXPORTED = "exported"


VOUCHER = Lifecycle(
    document="voucher",
    pairs=frozenset(
        {
            (VoucherState.DRAFT, VoucherState.VERIFIED),
            # A returned voucher stays as it was; a new version takes its place.
            (VoucherState.DRAFT, VoucherState.RETURNED),
            (VoucherState.VERIFIED, VoucherState.EXPORTED),
        }
    ),
    labels={
        VoucherState.DRAFT: "BORRADOR",
        VoucherState.VERIFIED: "VERIFICADA",
        VoucherState.RETURNED: "DEVUELTA",
        VoucherState.EXPORTED: "EXPORTADA",
    },
)


class CashSessionState(StrEnum):
    """Where a cashier's shift (*turno de caja*) stands (H2)."""

    OPEN = "open"
    COUNTING = "counting"
    CLOSED = "closed"
    VERIFIED = "verified"


CASH_SESSION = Lifecycle(
    document="cash_session",
    pairs=frozenset(
        {
            (CashSessionState.OPEN, CashSessionState.COUNTING),
            # Back from the count to charge one more person, as long as nothing is signed.
            (CashSessionState.COUNTING, CashSessionState.OPEN),
            (CashSessionState.COUNTING, CashSessionState.CLOSED),
            (CashSessionState.CLOSED, CashSessionState.VERIFIED),
            # Only with somebody's permission, to be counted anew.
            (CashSessionState.CLOSED, CashSessionState.COUNTING),
        }
    ),
    labels={
        CashSessionState.OPEN: "ABIERTA",
        CashSessionState.COUNTING: "EN ARQUEO",
        CashSessionState.CLOSED: "CUADRADA",
        CashSessionState.VERIFIED: "VERIFICADA",
    },
)


class WithdrawalState(StrEnum):
    """Where a partial delivery (*entrega parcial*) or an item handed over stands (H5, H9)."""

    IN_TRANSIT = "in_transit"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def stayed(self) -> bool:
        """Whether it is back in the drawer it came from."""
        return self in (WithdrawalState.REJECTED, WithdrawalState.WITHDRAWN)


WITHDRAWAL = Lifecycle(
    document="withdrawal",
    pairs=frozenset(
        {
            (WithdrawalState.IN_TRANSIT, WithdrawalState.ACCEPTED),
            (WithdrawalState.IN_TRANSIT, WithdrawalState.REJECTED),
            # Whoever sent it takes it back before anybody received it.
            (WithdrawalState.IN_TRANSIT, WithdrawalState.WITHDRAWN),
        }
    ),
    labels={
        WithdrawalState.IN_TRANSIT: "EN TRÁNSITO",
        WithdrawalState.ACCEPTED: "ACEPTADA",
        WithdrawalState.REJECTED: "RECHAZADA",
        WithdrawalState.WITHDRAWN: "REGRESADA",
    },
)


class DepositState(StrEnum):
    """Where a deposit batch (*lote de depósito*) stands (H8)."""

    OPEN = "open"
    COUNTING = "counting"
    BALANCED = "balanced"
    DEPOSITED = "deposited"
    RECONCILED = "reconciled"


DEPOSIT = Lifecycle(
    document="deposit_batch",
    pairs=frozenset(
        {
            (DepositState.OPEN, DepositState.COUNTING),
            # Back to gather another session, as long as nothing is balanced.
            (DepositState.COUNTING, DepositState.OPEN),
            (DepositState.COUNTING, DepositState.BALANCED),
            (DepositState.BALANCED, DepositState.DEPOSITED),
            (DepositState.DEPOSITED, DepositState.RECONCILED),
        }
    ),
    labels={
        DepositState.OPEN: "ABIERTO",
        DepositState.COUNTING: "EN ARQUEO",
        DepositState.BALANCED: "CUADRADO",
        DepositState.DEPOSITED: "DEPOSITADO",
        DepositState.RECONCILED: "CONCILIADO",
    },
)


class RequestState(StrEnum):
    """Where a service of a visit (*turno*) stands (A3 to A7)."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    TRANSFERRED = "transferred"
    DONE = "done"
    NO_SHOW = "no_show"
    ABANDONED = "abandoned"

    @property
    def open(self) -> bool:
        """Whether the person is still to be attended."""
        return self in _OPEN_REQUESTS


_OPEN_REQUESTS = frozenset(
    {RequestState.WAITING, RequestState.CALLED, RequestState.SERVING, RequestState.ON_HOLD}
)

SERVICE_REQUEST = Lifecycle(
    document="service_request",
    pairs=frozenset(
        {
            (RequestState.WAITING, RequestState.CALLED),
            (RequestState.WAITING, RequestState.TRANSFERRED),
            (RequestState.WAITING, RequestState.ABANDONED),
            # Called again: a row of time of its own.
            (RequestState.CALLED, RequestState.CALLED),
            (RequestState.CALLED, RequestState.SERVING),
            (RequestState.CALLED, RequestState.NO_SHOW),
            (RequestState.CALLED, RequestState.TRANSFERRED),
            (RequestState.CALLED, RequestState.ABANDONED),
            (RequestState.SERVING, RequestState.DONE),
            (RequestState.SERVING, RequestState.ON_HOLD),
            (RequestState.SERVING, RequestState.TRANSFERRED),
            (RequestState.SERVING, RequestState.ABANDONED),
            # The desk was freed by supervision: its person goes on waiting, with their seniority.
            (RequestState.CALLED, RequestState.WAITING),
            (RequestState.SERVING, RequestState.WAITING),
            (RequestState.ON_HOLD, RequestState.SERVING),
            (RequestState.ON_HOLD, RequestState.ABANDONED),
            # Back within the minutes that the office allows.
            (RequestState.NO_SHOW, RequestState.WAITING),
        }
    ),
    labels={
        RequestState.WAITING: "EN ESPERA",
        RequestState.CALLED: "LLAMADO",
        RequestState.SERVING: "EN ATENCIÓN",
        RequestState.ON_HOLD: "EN PAUSA",
        RequestState.TRANSFERRED: "TRANSFERIDO",
        RequestState.DONE: "ATENDIDO",
        RequestState.NO_SHOW: "NO SE PRESENTÓ",
        RequestState.ABANDONED: "SE RETIRÓ",
    },
)
