"""Commands and answers about vouchers, and what a verification sheet says (I1–I5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from tehuacan_comercial.domain.lifecycles import VoucherState
from tehuacan_comercial.domain.money import ZERO


class VoucherKind(StrEnum):
    """What a voucher tells of its day."""

    COLLECTION = "collection"
    DISCOUNT = "discount"


class Verdict(StrEnum):
    """What somebody who did not issue a voucher says of it."""

    VERIFY = "verify"
    RETURN = "return"


KIND_LABELS: Mapping[VoucherKind, str] = {
    VoucherKind.COLLECTION: "Póliza de recaudación",
    VoucherKind.DISCOUNT: "Póliza de descuento",
}
ORIGIN_LABELS: Mapping[str, str] = {
    "payment": "Cobros",
    "void": "Cancelaciones",
    "reversal": "Reversos",
    "payment_transfer": "Traspasos entre cuentas",
    "cheque_return": "Cheques devueltos",
    "cash_difference": "Sobrantes y faltantes",
    "shortage_settled": "Faltantes repuestos",
    "shortage_waived": "Faltantes condonados",
    "deposit": "Depósitos",
    "unidentified": "Pagos por identificar",
    "identified": "Pagos identificados",
}
"""Kinds of journals that reach a voucher, as it names them."""
SECTION_LABELS: Mapping[str, str] = {"books": "Contable", "budget": "Presupuestal"}


@dataclass(frozen=True, slots=True)
class IssueVoucherCommand:
    """A day and a kind; what the voucher says is computed from the books."""

    command_id: UUID
    kind: VoucherKind
    day: date
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``issue_voucher`` takes it."""
        return {
            "command_id": str(self.command_id),
            "kind": self.kind.value,
            "day": self.day.isoformat(),
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class VoucherDecision:
    """Verify a voucher, or return it with notes."""

    command_id: UUID
    voucher_id: int
    verdict: Verdict
    note: str = ""

    def payload(self) -> dict[str, Any]:
        """As ``decide_voucher`` takes it."""
        return {
            "command_id": str(self.command_id),
            "voucher_id": self.voucher_id,
            "verdict": self.verdict.value,
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class VoucherDone:
    """How a voucher stands after an act; pesos."""

    voucher_id: int
    folio: str
    kind: VoucherKind
    day: date
    version: int
    state: VoucherState
    debit: Decimal

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> VoucherDone:
        """From the answer of a posting function."""
        return cls(
            int(answer["voucher_id"]),
            str(answer["folio"]),
            VoucherKind(answer["kind"]),
            date.fromisoformat(str(answer["business_date"])),
            int(answer["version"]),
            VoucherState(answer["state"]),
            Decimal(str(answer["debit"])),
        )


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """One of the five totals, pesos; ``ok`` is None where there is nothing to compare yet.

    Slips that agree are what the sessions handed over: ``recorded`` is what their closings found
    over (or short, below zero) of what they collected, ``other`` what lies between for another
    reason, as money that nobody knows the account of.
    """

    key: str
    name: str
    amount: Decimal
    expected: Decimal
    count: int
    ok: bool | None
    recorded: Decimal = ZERO
    other: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """Amount − expected."""
        return self.amount - self.expected


@dataclass(frozen=True, slots=True)
class SheetSession:
    """A session of the day: what its closing says it collected, and its difference; pesos."""

    session_id: int
    folio: str
    till_name: str
    cashier_name: str
    state: str
    closing_folio: str | None
    receipts: int
    collected: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class SheetFolios:
    """The day's folios of a series; pesos as frozen in the receipts."""

    series: str
    first_folio: str
    last_folio: str
    receipts: int
    missing: int
    unchained: int
    money: Decimal


@dataclass(frozen=True, slots=True)
class SheetRefund:
    """What a drawer gave back on the day, pesos."""

    folio: str
    kind: str
    reason: str
    money: Decimal


@dataclass(frozen=True, slots=True)
class VerificationSheet:
    """The five totals of a day and the rows behind them; receipts are read by session."""

    day: date
    locked: bool
    open_sessions: tuple[str, ...]
    totals: tuple[SheetTotal, ...]
    sessions: tuple[SheetSession, ...]
    folios: tuple[SheetFolios, ...]
    refunds: tuple[SheetRefund, ...]
    slips: tuple[Mapping[str, Any], ...] = ()

    @property
    def green(self) -> bool:
        """Whether nothing disagrees."""
        return not self.open_sessions and all(total.ok is not False for total in self.totals)

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> VerificationSheet:
        """From the answer of ``verification_sheet``, now or as frozen by who verified."""
        sessions = tuple(_session(each) for each in found["sessions"])
        return cls(
            day=date.fromisoformat(str(found["day"])),
            locked=bool(found["locked"]),
            open_sessions=tuple(found["open_sessions"]),
            totals=tuple(_total(each, sessions) for each in found["totals"]),
            sessions=sessions,
            folios=tuple(_folios(each) for each in found["folios"]),
            refunds=tuple(
                SheetRefund(r["folio"], r["kind"], r["reason"], _pesos(r["money"]))
                for r in found["refunds"]
            ),
            slips=tuple(found.get("slips", ())),
        )


def apart_words(total: SheetTotal, money: Callable[[Decimal], str]) -> tuple[str, ...]:
    """``con faltante de $50.00``: each thing between a total that agrees and the money collected.

    ``money`` writes pesos as they are written where the words stand.
    """
    said = []
    if total.recorded:
        word = "sobrante" if total.recorded > 0 else "faltante"
        said.append(f"con {word} de {money(abs(total.recorded))}")
    if total.other:
        word = "más" if total.other > 0 else "menos"
        said.append(f"{money(abs(total.other))} {word} que lo cobrado")
    return tuple(said)


def _total(found: Mapping[str, Any], sessions: Sequence[SheetSession]) -> SheetTotal:
    amount, ok = _pesos(found["amount"]), found["ok"]
    recorded = other = ZERO
    if ok and found["key"] == "slips":
        recorded = sum((each.difference or ZERO for each in sessions), ZERO)
        collected = sum((each.collected or ZERO for each in sessions), ZERO)
        other = amount - collected - recorded
    return SheetTotal(
        found["key"], found["name"], amount, _pesos(found["expected"]), int(found["count"]), ok,
        recorded, other,
    )  # fmt: skip


def _session(found: Mapping[str, Any]) -> SheetSession:
    collected, difference = found["collected"], found["difference"]
    return SheetSession(
        int(found["session_id"]),
        found["folio"],
        found["till_name"],
        found["cashier_name"],
        found["state"],
        found["closing_folio"],
        int(found["receipts"]),
        None if collected is None else _pesos(collected),
        None if difference is None else _pesos(difference),
    )


def _folios(found: Mapping[str, Any]) -> SheetFolios:
    return SheetFolios(
        found["series"], found["first_folio"], found["last_folio"], int(found["receipts"]),
        int(found["missing"]), int(found["unchained"]), _pesos(found["money"]),
    )  # fmt: skip


def _pesos(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))
