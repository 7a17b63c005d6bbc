"""How the shortage of a session was settled: put back, or condoned."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import Author, Base, Day, Key, Money, Ref, Stamp, Word


class ShortageSettlement(Base):
    """A repayment (reposición), whole or in part, of what a verified session was short (H20).

    In cash it names the session whose drawer received it and has a numbered paper; condoned, its
    authorisation.
    """

    __tablename__ = "shortage_settlement"
    __table_args__ = (
        UniqueConstraint("command_id"),
        UniqueConstraint("journal_id"),
        UniqueConstraint("authorisation_id"),
        UniqueConstraint("folio"),
        UniqueConstraint("series", "number"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("way IN ('bank', 'payroll', 'cash', 'waiver')", name="way"),
        CheckConstraint("reference <> ''", name="reference"),
        CheckConstraint("(way = 'cash') = (into_session_id IS NOT NULL)", name="drawer"),
        CheckConstraint("(way = 'waiver') = (authorisation_id IS NOT NULL)", name="permit"),
        CheckConstraint(
            "num_nulls(series, number, folio, content, previous_hash, hash)"
            " = CASE way WHEN 'cash' THEN 0 ELSE 6 END",
            name="paper",
        ),
        Index("ix_shortage_settlement_session_id", "session_id"),
        Index("ix_shortage_settlement_into_session_id", "into_session_id"),
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
    into_session_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión que recibió el efectivo"
    )
    authorisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.authorisation.id"), comment="autorización de la condonación"
    )
    series: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.folio_series.code"), comment="serie"
    )
    number: Mapped[int | None] = mapped_column(comment="número")
    folio: Mapped[Word | None] = mapped_column(comment="folio del comprobante")
    content: Mapped[dict[str, Any] | None] = mapped_column(JSONB, comment="contenido congelado")
    previous_hash: Mapped[Word | None] = mapped_column(comment="huella del comprobante anterior")
    hash: Mapped[Word | None] = mapped_column(comment="huella")
