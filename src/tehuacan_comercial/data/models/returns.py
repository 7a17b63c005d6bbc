"""Payments that did not stay where they were: returned cheques and payments of another account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import (
    Author,
    Base,
    Day,
    Document,
    Key,
    Money,
    Ref,
    Stamp,
    Word,
)


class TenderReturn(Base):
    """A cheque that the bank did not pay (H15): what it settled is owed again, with a fee by rule.

    ``account_id`` is where the payment stood. What the cheque had left as credit and billing had
    used meanwhile is taken back in a journal of its own, ``release_journal_id``.
    """

    __tablename__ = "tender_return"
    __table_args__ = (
        ForeignKeyConstraint(
            ["payment_id", "line"],
            ["commercial.payment_tender.payment_id", "commercial.payment_tender.line"],
        ),
        UniqueConstraint("command_id"),
        UniqueConstraint("payment_id", "line"),
        UniqueConstraint("journal_id"),
        CheckConstraint("amount > 0 AND reopened >= 0 AND fee >= 0", name="amounts"),
        CheckConstraint("(fee = 0) = (fee_charge_id IS NULL)", name="fee"),
        Index("ix_tender_return_account_id", "account_id"),
        Index("ix_tender_return_business_date", "business_date"),
        {"comment": "cheque devuelto"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    payment_id: Mapped[Ref] = mapped_column(comment="pago")
    line: Mapped[int] = mapped_column(comment="renglón de la forma de pago")
    receipt_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.receipt.id"), comment="recibo de caja"
    )
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    returned_on: Mapped[Day] = mapped_column(comment="fecha en que el banco lo devolvió")
    bank_reason: Mapped[Word] = mapped_column(comment="motivo del banco")
    reference: Mapped[Word] = mapped_column(
        server_default=text("''"), comment="referencia del aviso del banco"
    )
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="observaciones")
    amount: Mapped[Money] = mapped_column(comment="importe del cheque, pesos")
    reopened: Mapped[Money] = mapped_column(comment="adeudo que se reabre, pesos")
    fee: Mapped[Money] = mapped_column(comment="cargo por la devolución con su IVA, pesos")
    fee_charge_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.charge.id"), comment="cargo por la devolución"
    )
    rule_set_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.rule_set.id"), comment="versión de la regla del cargo"
    )
    journal_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.journal.id"), comment="asiento")
    release_journal_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.journal.id"), comment="asiento del saldo a favor que se retiró"
    )
    business_date: Mapped[Day] = mapped_column(comment="fecha de operación")
    recorded_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="registró"
    )
    recorded_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class ChequeBan(Base):
    """While it is not lifted, no till takes a cheque of the account (F9)."""

    __tablename__ = "cheque_ban"
    __table_args__ = (
        CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL)"
            " AND (lifted_at IS NULL) = (lift_reason IS NULL)",
            name="lifted",
        ),
        CheckConstraint("lift_reason <> ''", name="lift_reason"),
        Index(
            "ux_cheque_ban_in_force",
            "account_id",
            unique=True,
            postgresql_where=text("lifted_at IS NULL"),
        ),
        {"comment": "cuenta que no paga con cheque"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    return_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.tender_return.id"), comment="cheque devuelto que la motivó"
    )
    placed_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="la puso"
    )
    placed_at: Mapped[Stamp] = mapped_column(comment="desde")
    lifted_by: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="la levantó"
    )
    lifted_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="levantada el"
    )
    lift_reason: Mapped[Word | None] = mapped_column(comment="motivo para levantarla")


class PaymentTransfer(Base):
    """A payment moved to the account it was meant for (C11), with a document of its own.

    ``amount`` = ``settled`` + ``advance`` on the new account, in pesos. A payment may move again:
    ``number`` counts.
    """

    __tablename__ = "payment_transfer"
    __table_args__ = (
        CheckConstraint("from_account_id <> to_account_id", name="two_accounts"),
        CheckConstraint(
            "amount > 0 AND settled >= 0 AND advance >= 0 AND settled + advance = amount",
            name="amounts",
        ),
        UniqueConstraint("authorisation_id"),
        UniqueConstraint("payment_id", "transfer_number"),
        UniqueConstraint("journal_id"),
        UniqueConstraint("folio"),
        UniqueConstraint("series", "number"),
        Index("ix_payment_transfer_from_account_id", "from_account_id"),
        Index("ix_payment_transfer_to_account_id", "to_account_id"),
        Index("ix_payment_transfer_receipt_id", "receipt_id"),
        {"comment": "traspaso de pago"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    authorisation_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.authorisation.id"), comment="autorización"
    )
    payment_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.payment.id"), comment="pago")
    receipt_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.receipt.id"), comment="recibo de caja"
    )
    transfer_number: Mapped[int] = mapped_column(comment="número de traspaso del pago")
    from_account_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.account.id"), comment="cuenta de origen"
    )
    to_account_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.account.id"), comment="cuenta de destino"
    )
    amount: Mapped[Money] = mapped_column(comment="importe que se traspasa, pesos")
    reopened: Mapped[Money] = mapped_column(comment="adeudo que se reabre en el origen, pesos")
    settled: Mapped[Money] = mapped_column(comment="aplicado a cargos del destino, pesos")
    advance: Mapped[Money] = mapped_column(comment="a saldo a favor del destino, pesos")
    journal_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.journal.id"), comment="asiento")
    business_date: Mapped[Day] = mapped_column(comment="fecha de operación")
    series: Mapped[Word] = mapped_column(
        ForeignKey("commercial.folio_series.code"), comment="serie"
    )
    number: Mapped[int] = mapped_column(comment="número")
    folio: Mapped[Word] = mapped_column(comment="folio")
    content: Mapped[Document] = mapped_column(JSONB, comment="contenido congelado")
    previous_hash: Mapped[Word] = mapped_column(comment="huella del traspaso anterior")
    hash: Mapped[Word] = mapped_column(comment="huella")
    reason: Mapped[Word] = mapped_column(comment="motivo")
    requested_by: Mapped[Word] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="solicitó"
    )
    transferred_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="autorizó"
    )
    transferred_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
