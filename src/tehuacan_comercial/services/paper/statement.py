"""The account's statement (estado de cuenta) from what was read of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tehuacan_comercial.data.queries.accounts import AccountCard, StatementLine
from tehuacan_comercial.documents.statement import AgeBand, Movement, StatementSheet
from tehuacan_comercial.domain.aging import debt_by_age
from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.services.paper.office import (
    MODALITY_NAMES,
    STATE_NAMES,
    legends_of,
    moment,
    office_of,
)

ZERO = Decimal("0.00")

_WITH_FOLIO = ("payment", "void", "return", "transfer")
"""Movements whose document is a folio and not a period."""


def statement_sheet(
    card: AccountCard,
    lines: Sequence[StatementLine],
    items: Sequence[OpenItem],
    settings: Mapping[str, Any],
    issued: tuple[datetime, str],
) -> StatementSheet:
    """From the first movement to the day of issue; ``issued`` is when and by whom."""
    at, by = moment(issued[0]), issued[1]
    since = lines[0].on if lines else at.date()
    return StatementSheet(
        office=office_of(settings, "statement"),
        account_number=card.account_number,
        holder=card.holder_name,
        address=f"{card.address}, {card.neighbourhood}, C.P. {card.postal_code}",
        use_class=card.use_name,
        classification="",
        zone=card.zone_name,
        modality=MODALITY_NAMES.get(card.modality, card.modality),
        meter=card.meter_serial or "",
        state=STATE_NAMES.get(card.state, card.state),
        since=since,
        until=at.date(),
        issued_at=at,
        issued_by=by,
        opening_balance=ZERO,
        movements=tuple(_movement(line) for line in lines),
        closing_balance=card.debt - card.credit,
        credit_balance=card.credit,
        ages=_ages(items, at.date()),
        legends=legends_of(settings, "statement"),
        demonstration=card.demonstration,
    )


def _movement(line: StatementLine) -> Movement:
    period, document = ("", line.document) if line.kind in _WITH_FOLIO else (line.document, "")
    return Movement(line.on, line.detail, period, document, line.charge, line.payment, line.balance)


def _ages(items: Sequence[OpenItem], today: date) -> tuple[AgeBand, ...]:
    return tuple(AgeBand(each.label, each.amount) for each in debt_by_age(items, today))
