"""What handovers need to know: receivers, proofs at hand, items of a session's handovers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch


@dataclass(frozen=True, slots=True)
class ReceiverRow:
    """An open session of somebody else, to whom one may hand over."""

    session_id: int
    folio: str
    till_name: str
    cashier_name: str


def receivers(connection: Connection) -> list[ReceiverRow]:
    """By the name of their till."""
    return fetch(connection, ReceiverRow, "SELECT * FROM handover_receivers()")


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A card slip, cheque or proof of transfer in the drawer; pesos."""

    payment_id: int
    line: int
    tender: str
    amount: Decimal
    reference: str
    bank: str
    folio: str
    in_transit: bool


def proofs(connection: Connection, session_id: int) -> list[ProofRow]:
    """That the session holds, by form of payment and receipt."""
    return fetch(
        connection,
        ProofRow,
        "SELECT * FROM session_proofs(:session_id)",
        session_id=session_id,
    )


@dataclass(frozen=True, slots=True)
class HandoverItemRow:
    """An item and its handover, as both cashiers see it; pesos. Only a proof has a receipt."""

    item_id: int
    handover_id: int
    folio: str
    line: int
    from_session_id: int
    to_session_id: int
    sent_by_name: str
    receiver_name: str
    from_till: str
    to_till: str
    sent_at: datetime
    note: str
    tender: str
    amount: Decimal
    denominations: dict[str, Any] | None
    reference: str
    bank: str
    receipt_folio: str
    state: str
    decided_by_name: str
    decided_at: datetime | None
    decision_note: str


_ITEM = """
    SELECT i.id AS item_id, h.id AS handover_id, h.folio, i.line, h.from_session_id,
           h.to_session_id, g.full_name AS sent_by_name, d.cashier_name AS receiver_name,
           d.from_till, d.to_till, h.sent_at, h.note, i.tender, i.amount, i.denominations,
           i.reference, i.bank, coalesce(r.folio, '') AS receipt_folio, i.state,
           coalesce(b.full_name, '') AS decided_by_name, i.decided_at, i.decision_note
    FROM handover h
    JOIN handover_item i ON i.handover_id = h.id
    JOIN staff_member g ON g.username = h.sent_by
    CROSS JOIN LATERAL handover_parties(h.id) d
    LEFT JOIN receipt r ON r.payment_id = i.payment_id
    LEFT JOIN staff_member b ON b.username = i.decided_by
"""


def items_of_session(connection: Connection, session_id: int) -> list[HandoverItemRow]:
    """Sent or to be received by a session, newest handover first."""
    return fetch(
        connection,
        HandoverItemRow,
        f"{_ITEM} WHERE :session_id IN (h.from_session_id, h.to_session_id)"
        " ORDER BY h.id DESC, i.line",
        session_id=session_id,
    )


def items_in_transit(connection: Connection) -> list[HandoverItemRow]:
    """That the caller may see, oldest first."""
    return fetch(connection, HandoverItemRow, f"{_ITEM} WHERE i.state = 'in_transit' ORDER BY i.id")


def items_of_handover(connection: Connection, handover_id: int) -> list[HandoverItemRow]:
    """In their order; nothing when the handover is not the caller's to see."""
    return fetch(
        connection,
        HandoverItemRow,
        f"{_ITEM} WHERE h.id = :handover_id ORDER BY i.line",
        handover_id=handover_id,
    )
