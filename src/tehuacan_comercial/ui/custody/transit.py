"""Money in transit as supervision sees it: deliveries, and items between two drawers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.custody import WithdrawalRow
from tehuacan_comercial.services.handovers import HandoverItemRow
from tehuacan_comercial.ui.custody.words import item_words, pieces_words
from tehuacan_comercial.ui.formats import figure, moment
from tehuacan_comercial.ui.widgets.table.column import Column


@dataclass(frozen=True)
class TransitRow:
    """One of the two: a delivery, or an item handed over. Pesos."""

    folio: str
    sent_at: datetime
    drawers: str
    sent_by_name: str
    tender: str
    detail: str
    note: str
    amount: Decimal
    delivery: WithdrawalRow | None = None
    item: HandoverItemRow | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What tells one row from another."""
        if self.delivery is not None:
            return "delivery", self.delivery.withdrawal_id
        return "item", self.item.item_id if self.item else 0

    @property
    def sessions(self) -> frozenset[int]:
        """Whose money it is now, and whose it may be."""
        if self.delivery is not None:
            return frozenset({self.delivery.session_id})
        found = self.item
        return frozenset({found.from_session_id, found.to_session_id}) if found else frozenset()


def transit_rows(
    deliveries: Sequence[WithdrawalRow], items: Sequence[HandoverItemRow]
) -> tuple[TransitRow, ...]:
    """Both together, oldest first."""
    rows = [_delivery(row) for row in deliveries] + [_item(row) for row in items]
    return tuple(sorted(rows, key=lambda row: (row.sent_at, row.folio)))


def _delivery(row: WithdrawalRow) -> TransitRow:
    return TransitRow(
        row.folio,
        row.sent_at,
        f"{row.till_name} → jefatura",
        row.sent_by_name,
        TENDER_LABELS[TenderKind.CASH],
        pieces_words(row.denominations),
        row.note,
        row.amount,
        delivery=row,
    )


def _item(row: HandoverItemRow) -> TransitRow:
    return TransitRow(
        f"{row.folio}/{row.line}",
        row.sent_at,
        f"{row.from_till} → {row.to_till}",
        row.sent_by_name,
        TENDER_LABELS[TenderKind(row.tender)],
        item_words(row),
        row.note,
        row.amount,
        item=row,
    )


TRANSIT: tuple[Column[TransitRow], ...] = (
    Column("Folio", lambda row: row.folio, figures=True, weight=600),
    Column("Salió", lambda row: moment(row.sent_at), sort_key=lambda row: row.sent_at,
           value=lambda row: row.sent_at, soft=True, figures=True),
    Column("De → a", lambda row: row.drawers, weight=600),
    Column("Quién entrega", lambda row: row.sent_by_name),
    Column("Qué", lambda row: row.tender),
    Column("Detalle", lambda row: row.detail),
    Column("Nota", lambda row: row.note, soft=True, stretch=True),
    Column("Importe", lambda row: figure(row.amount), sort_key=lambda row: row.amount,
           align="right", weight=600, value=lambda row: row.amount),
)  # fmt: skip
