"""Void or reversed receipts: what was given back, what took their place (H12, H13)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import Author, Base, Day, Key, Money, Ref, Stamp, Word

REFUND_WAYS = ("cash", "card", "transfer", "cheque", "credit", "payable")


class ReceiptVoid(Base):
    """A receipt that no longer stands: *cancelado* in its open session, *reversado* afterwards."""

    __tablename__ = "receipt_void"
    __table_args__ = (
        CheckConstraint("kind IN ('void', 'reversal')", name="kind"),
        CheckConstraint("amount > 0", name="amount"),
        UniqueConstraint("authorisation_id"),
        UniqueConstraint("receipt_id"),
        UniqueConstraint("payment_id"),
        UniqueConstraint("journal_id"),
        Index("ix_receipt_void_account_id", "account_id"),
        Index("ix_receipt_void_business_date", "business_date"),
        {"comment": "cancelación de recibo"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    authorisation_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.authorisation.id"), comment="autorización"
    )
    receipt_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.receipt.id"), comment="recibo de caja"
    )
    payment_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.payment.id"), comment="pago")
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    kind: Mapped[Word] = mapped_column(comment="cancelación o reverso")
    journal_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.journal.id"), comment="asiento")
    business_date: Mapped[Day] = mapped_column(comment="fecha de operación")
    amount: Mapped[Money] = mapped_column(comment="total del recibo, pesos")
    reason: Mapped[Word] = mapped_column(comment="motivo")
    requested_by: Mapped[Word] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="solicitó"
    )
    voided_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="autorizó"
    )
    voided_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class ReceiptRefund(Base):
    """Where the money of a voided receipt went back to, form by form.

    Out of a drawer (``session_id``), to the credit balance, or owed to the person (``payable``).
    """

    __tablename__ = "receipt_refund"
    __table_args__ = (
        CheckConstraint("way IN ('" + "', '".join(REFUND_WAYS) + "')", name="way"),
        CheckConstraint("(session_id IS NULL) = (way IN ('credit', 'payable'))", name="drawer"),
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_receipt_refund_session_id", "session_id"),
        {"comment": "devolución de un recibo cancelado"},
    )

    void_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.receipt_void.id"), primary_key=True, comment="cancelación"
    )
    way: Mapped[Word] = mapped_column(primary_key=True, comment="forma")
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja que devuelve"
    )
    amount: Mapped[Money] = mapped_column(comment="importe, pesos")


class ReceiptReplacement(Base):
    """The receipt that takes the place of a voided one; each says it of the other (H13)."""

    __tablename__ = "receipt_replacement"
    __table_args__ = (
        CheckConstraint("receipt_id > replaced_id", name="later"),
        UniqueConstraint("receipt_id"),
        {"comment": "recibo que sustituye a otro"},
    )

    replaced_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.receipt.id"), primary_key=True, comment="recibo sustituido"
    )
    receipt_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.receipt.id"), comment="recibo que lo sustituye"
    )
    linked_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
