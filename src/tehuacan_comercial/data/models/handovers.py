"""Handovers between cashiers, and sessions opened again to be counted anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import Author, Base, Key, Money, Ref, Stamp, Word
from tehuacan_comercial.data.models.custody import WITHDRAWAL_STATES


class Handover(Base):
    """What one cashier gives to another during the day (relevo, H9)."""

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint("from_session_id <> to_session_id", name="two_sessions"),
        UniqueConstraint("command_id"),
        UniqueConstraint("from_session_id", "number"),
        UniqueConstraint("folio"),
        Index("ix_handover_to_session_id", "to_session_id"),
        {"comment": "relevo entre cajas"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    from_session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión que entrega"
    )
    to_session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión que recibe"
    )
    number: Mapped[int] = mapped_column(comment="número dentro de la sesión que entrega")
    folio: Mapped[Word] = mapped_column(comment="folio, p. ej. C2-261124-1-R1")
    note: Mapped[Word] = mapped_column(server_default=sql("''"), comment="observaciones")
    station: Mapped[Word] = mapped_column(comment="estación desde la que se entregó")
    sent_by: Mapped[Author] = mapped_column(comment="entregó")
    sent_at: Mapped[Stamp] = mapped_column(comment="fecha y hora de entrega")


class HandoverItem(Base):
    """Cash, a card slip, a cheque or a proof of transfer; each answered on its own (H21)."""

    __tablename__ = "handover_item"
    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(WITHDRAWAL_STATES) + "')", name="state"),
        CheckConstraint("tender IN ('cash', 'card', 'transfer', 'cheque')", name="tender"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(tender = 'cash') = (denominations IS NOT NULL)", name="pieces"),
        CheckConstraint(
            "(tender = 'cash') = (payment_id IS NULL)"
            " AND (payment_id IS NULL) = (tender_line IS NULL)",
            name="proof",
        ),
        CheckConstraint("(state = 'in_transit') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="moment"),
        CheckConstraint(
            "state NOT IN ('rejected', 'withdrawn') OR decision_note <> ''", name="reason"
        ),
        UniqueConstraint("handover_id", "line"),
        Index(
            "ux_handover_item_in_transit",
            "payment_id",
            "tender_line",
            unique=True,
            postgresql_where=sql("state = 'in_transit'"),
        ),
        Index("ix_handover_item_payment_id", "payment_id"),
        {"comment": "renglón de un relevo"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    handover_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.handover.id"), comment="relevo")
    line: Mapped[int] = mapped_column(comment="renglón")
    tender: Mapped[Word] = mapped_column(comment="forma de pago")
    amount: Mapped[Money] = mapped_column(comment="importe, pesos")
    denominations: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, comment="piezas por denominación"
    )
    payment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.payment.id"), comment="pago del comprobante"
    )
    tender_line: Mapped[int | None] = mapped_column(comment="renglón de la forma de pago")
    reference: Mapped[Word] = mapped_column(
        server_default=sql("''"), comment="autorización, rastreo o número de cheque"
    )
    bank: Mapped[Word] = mapped_column(server_default=sql("''"), comment="banco")
    state: Mapped[Word] = mapped_column(server_default=sql("'in_transit'"), comment="estado")
    received: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, comment="piezas que contó quien recibió"
    )
    decision_station: Mapped[Word] = mapped_column(
        server_default=sql("''"), comment="estación en la que se recibió o rechazó"
    )
    decision_note: Mapped[Word] = mapped_column(server_default=sql("''"), comment="motivo")
    decided_by: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="recibió o rechazó"
    )
    decided_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="fecha y hora de la respuesta"
    )


class SessionReopening(Base):
    """A closing that was set aside so that its session is counted anew."""

    __tablename__ = "session_reopening"
    __table_args__ = (
        UniqueConstraint("authorisation_id"),
        UniqueConstraint("closing_id"),
        Index("ix_session_reopening_session_id", "session_id"),
        {"comment": "reapertura de una sesión de caja"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    authorisation_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.authorisation.id"), comment="autorización"
    )
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    closing_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_closing.id"), comment="corte que queda sin efecto"
    )
    reason: Mapped[Word] = mapped_column(comment="motivo")
    reopened_by: Mapped[Author] = mapped_column(comment="autorizó")
    reopened_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
