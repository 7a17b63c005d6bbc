"""Files of banks and shops: statements that reconcile slips, payments by channel (Q1, Q2)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import Author, Base, Day, Key, Money, Ref, Stamp, Word


class BankStatement(Base):
    """A statement file of a bank account, read whole; the same file never comes in twice."""

    __tablename__ = "bank_statement"
    __table_args__ = (
        CheckConstraint("tolerance_days BETWEEN 0 AND 15", name="tolerance_days"),
        UniqueConstraint("command_id"),
        UniqueConstraint("bank_account", "sha256"),
        {"comment": "estado de cuenta del banco"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    bank_account: Mapped[Word] = mapped_column(
        ForeignKey("commercial.bank_account.code"), comment="cuenta bancaria"
    )
    file_name: Mapped[Word] = mapped_column(comment="archivo")
    sha256: Mapped[Word] = mapped_column(comment="huella del archivo")
    layout: Mapped[Word] = mapped_column(comment="correspondencia con la que se leyó")
    tolerance_days: Mapped[int] = mapped_column(comment="días de diferencia que se aceptan")
    imported_by: Mapped[Author] = mapped_column(comment="cargó")
    imported_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class BankStatementLine(Base):
    """One movement at the bank; what came in an earlier statement is kept and says so."""

    __tablename__ = "bank_statement_line"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        UniqueConstraint("statement_id", "line"),
        Index("ix_bank_statement_line_print", "print"),
        {"comment": "movimiento del banco"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    statement_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.bank_statement.id"), comment="estado de cuenta"
    )
    line: Mapped[int] = mapped_column(comment="renglón del archivo")
    day: Mapped[Day] = mapped_column(comment="fecha del movimiento")
    amount: Mapped[Money] = mapped_column(Numeric(14, 2), comment="pesos; positivo abono")
    reference: Mapped[Word] = mapped_column(comment="referencia")
    description: Mapped[Word] = mapped_column(comment="descripción")
    print: Mapped[Word] = mapped_column(comment="huella del renglón")
    occurrence: Mapped[int] = mapped_column(comment="vez que aparece en el archivo")
    repeats_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.bank_statement_line.id"), comment="movimiento anterior que repite"
    )


class SlipMatch(Base):
    """A slip found at the bank (conciliada): by the program, or by somebody with a note."""

    __tablename__ = "slip_match"
    __table_args__ = (
        CheckConstraint("way IN ('auto', 'manual')", name="way"),
        CheckConstraint("way = 'auto' OR note <> ''", name="note"),
        UniqueConstraint("line_id"),
        {"comment": "conciliación de una ficha"},
    )

    slip_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.deposit_slip.id"), primary_key=True, comment="ficha"
    )
    line_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.bank_statement_line.id"), comment="movimiento del banco"
    )
    way: Mapped[Word] = mapped_column(comment="cómo se encontró")
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="observaciones")
    matched_by: Mapped[Author] = mapped_column(comment="concilió")
    matched_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class Channel(Base):
    """A bank or a chain of shops that takes payments for the office and sends them in a file."""

    __tablename__ = "channel"
    __table_args__ = (UniqueConstraint("till_code"), {"comment": "canal de pago"})

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    till_code: Mapped[Word] = mapped_column(
        ForeignKey("commercial.till.code"), comment="caja del canal"
    )
    active: Mapped[bool] = mapped_column(server_default=text("true"), comment="en uso")


class ChannelFile(Base):
    """A file of payments, posted whole or not at all; the same file never comes in twice."""

    __tablename__ = "channel_file"
    __table_args__ = (
        UniqueConstraint("command_id"),
        UniqueConstraint("channel", "sha256"),
        {"comment": "archivo de pagos de un canal"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    channel: Mapped[Word] = mapped_column(ForeignKey("commercial.channel.code"), comment="canal")
    file_name: Mapped[Word] = mapped_column(comment="archivo")
    sha256: Mapped[Word] = mapped_column(comment="huella del archivo")
    layout: Mapped[Word] = mapped_column(comment="correspondencia con la que se leyó")
    rows: Mapped[int] = mapped_column(comment="renglones, según el total de control")
    amount: Mapped[Money] = mapped_column(
        Numeric(14, 2), comment="importe, según el total de control, pesos"
    )
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión en que se registró"
    )
    imported_by: Mapped[Author] = mapped_column(comment="cargó")
    imported_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class ChannelRow(Base):
    """A row as it came, and what became of it; none is ever dropped."""

    __tablename__ = "channel_row"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("state IN ('posted', 'unidentified', 'repeated')", name="state"),
        CheckConstraint("(state = 'posted') = (payment_id IS NOT NULL)", name="payment"),
        CheckConstraint("(state = 'repeated') = (repeats_id IS NOT NULL)", name="repeats"),
        UniqueConstraint("file_id", "line"),
        UniqueConstraint("payment_id"),
        Index("ix_channel_row_print", "print"),
        {"comment": "renglón de un archivo de pagos"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    file_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.channel_file.id"), comment="archivo"
    )
    line: Mapped[int] = mapped_column(comment="renglón del archivo")
    paid_on: Mapped[Day] = mapped_column(comment="día en que se pagó")
    amount: Mapped[Money] = mapped_column(comment="importe, pesos")
    reference: Mapped[Word] = mapped_column(comment="referencia como vino")
    channel_folio: Mapped[Word] = mapped_column(comment="folio del canal")
    print: Mapped[Word] = mapped_column(comment="huella del renglón")
    occurrence: Mapped[int] = mapped_column(comment="vez que aparece en el archivo")
    state: Mapped[Word] = mapped_column(comment="qué pasó con él")
    repeats_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.channel_row.id"), comment="renglón anterior que repite"
    )
    payment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.payment.id"), comment="pago"
    )


class UnidentifiedPayment(Base):
    """Money of a channel whose account nobody knows yet (pago por identificar)."""

    __tablename__ = "unidentified_payment"
    __table_args__ = (
        CheckConstraint("problem IN ('account', 'check_digit')", name="problem"),
        CheckConstraint(
            "(account_id IS NULL) = (assigned_by IS NULL)"
            " AND (account_id IS NULL) = (assigned_at IS NULL)"
            " AND (account_id IS NULL) = (assignment_id IS NULL)"
            " AND (account_id IS NULL) = (assigned_journal_id IS NULL)",
            name="assigned",
        ),
        UniqueConstraint("row_id"),
        UniqueConstraint("journal_id"),
        UniqueConstraint("assignment_id"),
        UniqueConstraint("assigned_journal_id"),
        Index("ix_unidentified_payment_session_id", "session_id"),
        {"comment": "pago por identificar"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    row_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.channel_row.id"), comment="renglón")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión en que se recibió"
    )
    amount: Mapped[Money] = mapped_column(comment="importe, pesos")
    problem: Mapped[Word] = mapped_column(comment="por qué no se identificó")
    journal_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.journal.id"), comment="asiento al recibirlo"
    )
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.account.id"), comment="cuenta a la que se asignó"
    )
    settled: Mapped[Decimal] = mapped_column(
        Numeric(12, 2), server_default=text("0"), comment="aplicado a cargos, pesos"
    )
    assignment_id: Mapped[UUID | None] = mapped_column(Uuid, comment="orden de la asignación")
    assigned_journal_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.journal.id"), comment="asiento al asignarlo"
    )
    assigned_by: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="asignó"
    )
    assigned_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="asignado el"
    )
    assigned_on: Mapped[date | None] = mapped_column(Date, comment="fecha de operación")
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="cómo se identificó")
