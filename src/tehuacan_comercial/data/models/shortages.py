"""What a cashier put back of the shortage of a session."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import Author, Base, Day, Key, Money, Ref, Stamp, Word


class ShortageSettlement(Base):
    """A repayment (reposición), whole or in part, of what a verified session was short (H20)."""

    __tablename__ = "shortage_settlement"
    __table_args__ = (
        UniqueConstraint("command_id"),
        UniqueConstraint("journal_id"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("way IN ('bank', 'payroll')", name="way"),
        CheckConstraint("reference <> ''", name="reference"),
        Index("ix_shortage_settlement_session_id", "session_id"),
        {"comment": "reposición de un faltante de caja"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    amount: Mapped[Money] = mapped_column(comment="importe repuesto, pesos")
    way: Mapped[Word] = mapped_column(comment="cómo se repuso")
    reference: Mapped[Word] = mapped_column(comment="ficha u oficio")
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="observaciones")
    journal_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.journal.id"), comment="asiento")
    business_date: Mapped[Day] = mapped_column(comment="fecha de operación")
    settled_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="registró"
    )
    settled_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
