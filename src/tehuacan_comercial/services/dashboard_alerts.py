"""What a manager should be told without asking (M1): each alert with the facts it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tehuacan_comercial.domain.dashboard import CashLevel
from tehuacan_comercial.domain.money import ZERO

if TYPE_CHECKING:
    from tehuacan_comercial.data.queries.dashboard import DayAnswer, DifferenceRow
    from tehuacan_comercial.services.dashboard import TillNow

BACKUP_HOURS = 24
VOIDS = 3


class AlertKind(StrEnum):
    """What it is about; the order is the order of gravity."""

    OLD_SESSION = "old_session"
    LIMIT = "limit"
    DIFFERENCE = "difference"
    VOIDS = "voids"
    NEAR_LIMIT = "near_limit"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at. ``who`` and ``where`` name a person and a till, ``amount`` is in pesos
    (what passes the limit, the signed difference), ``at`` is since when, ``count`` how many.
    """

    kind: AlertKind
    where: str = ""
    who: str = ""
    folio: str = ""
    amount: Decimal = ZERO
    at: datetime | None = None
    session_id: int | None = None
    day: date | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class AlertRules:
    """The office's rules: pesos a closing may differ, hours a backup may be old, and from how many
    voids a day of one cashier on somebody should look.
    """

    tolerance: Decimal = ZERO
    backup_hours: int = BACKUP_HOURS
    voids: int = VOIDS

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> AlertRules:
        """From the office's settings in force; what they do not say is as strict as can be."""
        return cls(
            Decimal(str(settings.get("closing_tolerance") or ZERO)),
            int(str(settings.get("backup_hours") or BACKUP_HOURS)),
            int(str(settings.get("void_alert") or VOIDS)),
        )


def alerts_of(said: DayAnswer, tills: Iterable[TillNow], rules: AlertRules) -> tuple[Alert, ...]:
    """All of them, the gravest first."""
    found = [
        *(
            Alert(
                AlertKind.OLD_SESSION,
                row.till,
                row.cashier_name or "",
                row.folio or "",
                at=row.opened_at,
                session_id=row.session_id,
                day=row.business_date,
            )
            for row in said.stale
        ),
        *(_limit(till) for till in tills if till.level in (CashLevel.OVER, CashLevel.NEAR)),
        *(_difference(row) for row in said.differences if abs(row.difference) > rules.tolerance),
        *_voids(said, rules),
        *_backup(said, rules),
    ]
    order = list(AlertKind)
    return tuple(sorted(found, key=lambda alert: order.index(alert.kind)))


def _limit(till: TillNow) -> Alert:
    row = till.row
    over = till.level is CashLevel.OVER
    return Alert(
        AlertKind.LIMIT if over else AlertKind.NEAR_LIMIT,
        row.till_name,
        row.cashier_name or "",
        row.folio or "",
        (till.cash or ZERO) - (row.cash_limit or ZERO),
        till.last.posted_at if till.last else row.opened_at,
        row.session_id,
        row.business_date,
    )


def _difference(row: DifferenceRow) -> Alert:
    return Alert(
        AlertKind.DIFFERENCE,
        row.till,
        row.cashier_name,
        row.folio,
        row.difference,
        row.closed_at,
        row.session_id,
        row.business_date,
    )


def _voids(said: DayAnswer, rules: AlertRules) -> list[Alert]:
    """One cashier's receipts voided again and again."""
    found = []
    for cashier in sorted({each.cashier for each in said.voids}):
        rows = [each for each in said.voids if each.cashier == cashier]
        if len(rows) >= rules.voids:
            newest = rows[0]
            total = sum((each.amount for each in rows), ZERO)
            found.append(
                Alert(
                    AlertKind.VOIDS,
                    newest.till,
                    newest.cashier_name,
                    amount=total,
                    at=newest.voided_at,
                    count=len(rows),
                )
            )
    return found


def _backup(said: DayAnswer, rules: AlertRules) -> list[Alert]:
    limit = timedelta(hours=rules.backup_hours)
    if said.last_backup is not None and said.moment.now - said.last_backup <= limit:
        return []
    return [Alert(AlertKind.BACKUP, at=said.last_backup)]
