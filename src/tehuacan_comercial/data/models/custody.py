"""Who holds the money of a session: withdrawals, takeovers, verifications, interim reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Numeric, UniqueConstraint, Uuid
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import (
    Author,
    Base,
    Document,
    Key,
    Money,
    Ref,
    Stamp,
    Word,
)

WITHDRAWAL_STATES = ("in_transit", "accepted", "rejected", "withdrawn")


class Withdrawal(Base):
    """Cash that left a drawer during the day (entrega parcial): two people, H5."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(WITHDRAWAL_STATES) + "')", name="state"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(state = 'in_transit') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="moment"),
        CheckConstraint("(decided_by = sent_by) = (state = 'withdrawn')", name="two_people"),
        CheckConstraint(
            "state NOT IN ('rejected', 'withdrawn') OR decision_note <> ''", name="reason"
        ),
        UniqueConstraint("command_id"),
        UniqueConstraint("session_id", "number"),
        UniqueConstraint("folio"),
        Index(
            "ix_withdrawal_in_transit",
            "session_id",
            postgresql_where=sql("state = 'in_transit'"),
        ),
        {"comment": "entrega parcial de efectivo"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    number: Mapped[int] = mapped_column(comment="número dentro de la sesión")
    folio: Mapped[Word] = mapped_column(comment="folio, p. ej. C2-261124-1-E1")
    denominations: Mapped[Document] = mapped_column(JSONB, comment="piezas por denominación")
    amount: Mapped[Money] = mapped_column(comment="importe, pesos")
    note: Mapped[Word] = mapped_column(server_default=sql("''"), comment="observaciones")
    state: Mapped[Word] = mapped_column(server_default=sql("'in_transit'"), comment="estado")
    station: Mapped[Word] = mapped_column(comment="estación desde la que se entregó")
    sent_by: Mapped[Author] = mapped_column(comment="entregó")
    sent_at: Mapped[Stamp] = mapped_column(comment="fecha y hora de entrega")
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


class SessionTakeover(Base):
    """The session of an absent cashier, counted and closed by somebody else, by name."""

    __tablename__ = "session_takeover"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        UniqueConstraint("session_id"),
        {"comment": "sesión que otra persona cuenta y cierra"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    reason: Mapped[Word] = mapped_column(comment="motivo")
    taken_by: Mapped[Author] = mapped_column(comment="quién la toma")
    taken_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class SessionVerification(Base):
    """The third figure: what somebody else counted of a closing (H4)."""

    __tablename__ = "session_verification"
    __table_args__ = (
        UniqueConstraint("command_id"),
        UniqueConstraint("session_id"),
        UniqueConstraint("closing_id"),
        {"comment": "verificación de un corte"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    closing_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_closing.id"), comment="corte"
    )
    denominations: Mapped[Document] = mapped_column(JSONB, comment="piezas por denominación")
    note: Mapped[Word] = mapped_column(server_default=sql("''"), comment="observaciones")
    verified_by: Mapped[Author] = mapped_column(comment="verificó")
    verified_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class SessionVerificationLine(Base):
    """Declared, verified and their difference, of one form of payment."""

    __tablename__ = "session_verification_line"
    __table_args__ = (
        CheckConstraint("difference = verified - declared", name="difference"),
        {"comment": "renglón de la verificación"},
    )

    verification_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.session_verification.id"), primary_key=True, comment="verificación"
    )
    tender: Mapped[Word] = mapped_column(primary_key=True, comment="forma de pago")
    declared: Mapped[Money] = mapped_column(Numeric(14, 2), comment="declarado, pesos")
    verified: Mapped[Money] = mapped_column(Numeric(14, 2), comment="verificado, pesos")
    difference: Mapped[Money] = mapped_column(Numeric(14, 2), comment="diferencia, pesos")


class InterimReport(Base):
    """A corte parcial (X): what a session showed at a moment, numbered and stored (H17)."""

    __tablename__ = "interim_report"
    __table_args__ = (
        UniqueConstraint("command_id"),
        UniqueConstraint("session_id", "number"),
        UniqueConstraint("folio"),
        {"comment": "corte parcial (X)"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    number: Mapped[int] = mapped_column(comment="número dentro de la sesión")
    folio: Mapped[Word] = mapped_column(comment="folio, p. ej. C2-261124-1-X1")
    content: Mapped[Document] = mapped_column(JSONB, comment="contenido congelado")
    taken_by: Mapped[Author] = mapped_column(comment="lo sacó")
    taken_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
