"""From the drawers to the bank: bank accounts, deposit batches, their lists and slips (H8)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    Uuid,
    text,
)
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

DEPOSIT_STATES = ("open", "counting", "balanced", "deposited", "reconciled")
DEPOSIT_TENDERS = ("cash", "card", "transfer", "cheque")


class BankAccount(Base):
    """An account of the office at a bank, and its account in the books."""

    __tablename__ = "bank_account"
    __table_args__ = (
        CheckConstraint(r"clabe ~ '^\d{18}$'", name="clabe"),
        UniqueConstraint("ledger_account"),
        {"comment": "cuenta bancaria"},
    )

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    bank: Mapped[Word] = mapped_column(comment="banco")
    name: Mapped[Word] = mapped_column(comment="nombre")
    clabe: Mapped[Word] = mapped_column(comment="CLABE")
    ledger_account: Mapped[Word] = mapped_column(
        ForeignKey("commercial.ledger_account.code"), comment="cuenta contable"
    )
    active: Mapped[bool] = mapped_column(server_default=text("true"), comment="en uso")


class DepositBatch(Base):
    """Sessions whose money goes to the bank together (lote de depósito)."""

    __tablename__ = "deposit_batch"
    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(DEPOSIT_STATES) + "')", name="state"),
        CheckConstraint(
            "(state IN ('deposited', 'reconciled')) = (journal_id IS NOT NULL)", name="journal"
        ),
        UniqueConstraint("command_id"),
        UniqueConstraint("journal_id"),
        Index("ix_deposit_batch_state", "state"),
        {"comment": "lote de depósito"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    state: Mapped[Word] = mapped_column(server_default=text("'open'"), comment="estado")
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="observaciones")
    journal_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.journal.id"), comment="asiento del depósito"
    )
    opened_by: Mapped[Author] = mapped_column(comment="abrió")
    opened_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class DepositBatchSession(Base):
    """A session in a batch: at most one batch for each, by its id (invariant ③)."""

    __tablename__ = "deposit_batch_session"
    __table_args__ = (UniqueConstraint("session_id"), {"comment": "sesión de un lote de depósito"})

    batch_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.deposit_batch.id"), primary_key=True, comment="lote"
    )
    session_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.cash_session.id"), primary_key=True, comment="sesión de caja"
    )


class DepositStep(Base):
    """Who took a batch from one state to the next, and what they saw: counted pieces, notes."""

    __tablename__ = "deposit_step"
    __table_args__ = (
        Index("ix_deposit_step_batch_id", "batch_id"),
        {"comment": "paso de un lote de depósito"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    batch_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.deposit_batch.id"), comment="lote")
    state: Mapped[Word] = mapped_column(comment="estado al que pasó")
    facts: Mapped[Document] = mapped_column(
        JSONB, server_default=text("'{}'"), comment="lo contado o anotado"
    )
    done_by: Mapped[Author] = mapped_column(comment="quién")
    done_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class DepositList(Base):
    """The numbered list of a balanced batch (relación de fichas), frozen and chained."""

    __tablename__ = "deposit_list"
    __table_args__ = (
        UniqueConstraint("batch_id"),
        UniqueConstraint("command_id"),
        UniqueConstraint("folio"),
        UniqueConstraint("series", "number"),
        {"comment": "relación de fichas de depósito"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    batch_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.deposit_batch.id"), comment="lote")
    series: Mapped[Word] = mapped_column(
        ForeignKey("commercial.folio_series.code"), comment="serie"
    )
    number: Mapped[int] = mapped_column(comment="número")
    folio: Mapped[Word] = mapped_column(comment="folio")
    content: Mapped[Document] = mapped_column(JSONB, comment="contenido congelado")
    previous_hash: Mapped[Word] = mapped_column(comment="huella de la relación anterior")
    hash: Mapped[Word] = mapped_column(comment="huella")
    balanced_by: Mapped[Author] = mapped_column(comment="cuadró")
    balanced_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class DepositSlip(Base):
    """A slip of the bank (ficha de depósito); its reference and day are written when it is made."""

    __tablename__ = "deposit_slip"
    __table_args__ = (
        CheckConstraint("tender IN ('" + "', '".join(DEPOSIT_TENDERS) + "')", name="tender"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(deposited_on IS NULL) = (reference = '')", name="deposited"),
        UniqueConstraint("batch_id", "line"),
        {"comment": "ficha de depósito"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    batch_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.deposit_batch.id"), comment="lote")
    line: Mapped[int] = mapped_column(comment="renglón")
    bank_account: Mapped[Word] = mapped_column(
        ForeignKey("commercial.bank_account.code"), comment="cuenta bancaria"
    )
    tender: Mapped[Word] = mapped_column(comment="forma de pago")
    amount: Mapped[Money] = mapped_column(Numeric(14, 2), comment="importe, pesos")
    reference: Mapped[Word] = mapped_column(
        server_default=text("''"), comment="referencia o autorización del banco"
    )
    deposited_on: Mapped[date | None] = mapped_column(Date, comment="día del depósito")
