"""Tills, sessions, payments, receipts and closings: the cash control model (H1–H21)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
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
    one_of,
)

SESSION_STATES = ("open", "counting", "closed", "verified")
TENDER_KINDS = ("cash", "card", "transfer", "cheque", "credit")


class FolioSeries(Base):
    """A gapless series: the row is locked last, inside the document's transaction (D6)."""

    __tablename__ = "folio_series"
    __table_args__ = (
        CheckConstraint("last_number >= '0'", name="last_number"),
        {"comment": "serie de folios"},
    )

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    last_number: Mapped[int] = mapped_column(server_default=text("0"), comment="último número")
    chain_head: Mapped[Word] = mapped_column(
        server_default=text("''"), comment="cabeza de la cadena de huellas (N4)"
    )


class Till(Base):
    """A desk with a drawer (caja): its float, its limit and what it takes.

    One of kind ``channel`` has no desk: payments that a bank or a shop took are posted at it.
    """

    __tablename__ = "till"
    __table_args__ = (
        CheckConstraint("opening_float >= 0", name="opening_float"),
        CheckConstraint("cash_limit IS NULL OR cash_limit > 0", name="cash_limit"),
        CheckConstraint("kind IN ('drawer', 'channel')", name="kind"),
        {"comment": "caja"},
    )

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    station: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.station.code"), comment="estación"
    )
    receipt_series: Mapped[Word] = mapped_column(
        ForeignKey("commercial.folio_series.code"), comment="serie de recibos"
    )
    closing_series: Mapped[Word] = mapped_column(
        ForeignKey("commercial.folio_series.code"), comment="serie de cortes"
    )
    opening_float: Mapped[Money] = mapped_column(comment="fondo fijo, pesos")
    cash_limit: Mapped[Money | None] = mapped_column(comment="tope de efectivo, pesos")
    tenders: Mapped[list[str]] = mapped_column(
        ARRAY(TEXT),
        server_default=text("'{cash,card,transfer,cheque,credit}'"),
        comment="formas de pago permitidas",
    )
    active: Mapped[bool] = mapped_column(server_default=text("true"), comment="en uso")
    kind: Mapped[Word] = mapped_column(
        server_default=text("'drawer'"), comment="ventanilla o canal"
    )


class CashSession(Base):
    """A cashier's shift at a till; sessions of a till form a chain."""

    __tablename__ = "cash_session"
    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(SESSION_STATES) + "')", name="state"),
        CheckConstraint("opening_counted >= 0", name="opening_counted"),
        UniqueConstraint("command_id"),
        UniqueConstraint("previous_session_id"),
        UniqueConstraint("folio"),
        Index(
            "ux_cash_session_open_till",
            "till_code",
            unique=True,
            postgresql_where=text("state IN ('open', 'counting')"),
        ),
        Index(
            "ux_cash_session_open_cashier",
            "cashier",
            unique=True,
            postgresql_where=text("state IN ('open', 'counting') AND NOT automatic"),
        ),
        Index("ix_cash_session_business_date", "business_date"),
        {"comment": "sesión de caja"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    folio: Mapped[Word] = mapped_column(comment="folio, p. ej. C2-1124-1")
    till_code: Mapped[Word] = mapped_column(ForeignKey("commercial.till.code"), comment="caja")
    cashier: Mapped[Word] = mapped_column(
        ForeignKey("commercial.staff_member.username"),
        server_default=text("session_user"),
        comment="cajera o cajero",
    )
    station: Mapped[Word] = mapped_column(comment="estación")
    business_date: Mapped[Day] = mapped_column(comment="fecha de operación")
    state: Mapped[Word] = mapped_column(server_default=text("'open'"), comment="estado")
    opening_expected: Mapped[Money] = mapped_column(comment="fondo esperado, pesos")
    opening_counted: Mapped[Money] = mapped_column(comment="fondo contado, pesos")
    opening_count: Mapped[Document] = mapped_column(JSONB, comment="piezas por denominación")
    previous_session_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión anterior de la caja"
    )
    opened_at: Mapped[Stamp] = mapped_column(comment="apertura")
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), comment="cierre")
    automatic: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="de un archivo de pagos, no de una persona en caja"
    )


class Payment(Base):
    """A payment by an account into a session, identified by the station's UUID (D5)."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("command_id"),
        CheckConstraint("applied > '0'", name="applied"),
        CheckConstraint("advance >= '0'", name="advance"),
        CheckConstraint("rounding BETWEEN '-1' AND '1'", name="rounding"),
        Index("ix_payment_account_id", "account_id"),
        Index("ix_payment_session_id", "session_id"),
        {"comment": "pago"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    account_id: Mapped[Ref] = mapped_column(comment="cuenta")
    session_id: Mapped[Ref] = mapped_column(comment="sesión de caja")
    journal_id: Mapped[Ref] = mapped_column(comment="asiento")
    business_date: Mapped[Day] = mapped_column(comment="fecha de operación")
    settled: Mapped[Money] = mapped_column(comment="aplicado a cargos, pesos")
    advance: Mapped[Money] = mapped_column(comment="a saldo a favor, pesos")
    rounding: Mapped[Money] = mapped_column(comment="redondeo, pesos")
    applied: Mapped[Money] = mapped_column(comment="total cobrado, pesos")
    posted_by: Mapped[Author] = mapped_column(comment="cobró")
    posted_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class DiscardedCommand(Base):
    """A charge whose outcome was lost and that the cashier gave up: it can never arrive late."""

    __tablename__ = "discarded_command"
    __table_args__ = ({"comment": "orden descartada"},)

    command_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, comment="orden")
    reason: Mapped[Word] = mapped_column(comment="motivo")
    discarded_by: Mapped[Author] = mapped_column(comment="descartó")
    discarded_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class PaymentTender(Base):
    """One form of payment: received, change and applied are stored apart (H10)."""

    __tablename__ = "payment_tender"
    __table_args__ = (
        CheckConstraint(one_of("kind", TENDER_KINDS), name="kind"),
        CheckConstraint("received - change = applied", name="adds_up"),
        CheckConstraint("applied > '0' AND change >= '0'", name="amounts"),
        CheckConstraint("kind = 'cash' OR change = '0'", name="only_cash_gives_change"),
        CheckConstraint(one_of("kind", ("cash", "credit")) + " OR reference <> ''", name="proof"),
        {"comment": "forma de pago"},
    )

    payment_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.payment.id"), primary_key=True, comment="pago"
    )
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="renglón")
    kind: Mapped[Word] = mapped_column(comment="forma")
    received: Mapped[Money] = mapped_column(comment="recibido, pesos")
    change: Mapped[Money] = mapped_column(comment="cambio, pesos")
    applied: Mapped[Money] = mapped_column(comment="aplicado, pesos")
    reference: Mapped[Word] = mapped_column(
        server_default=text("''"), comment="autorización, rastreo o número de cheque"
    )
    bank: Mapped[Word] = mapped_column(server_default=text("''"), comment="banco")


class Receipt(Base):
    """Proof of payment (recibo de caja): frozen content, linked by hash to the one before (N4)."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("folio"),
        UniqueConstraint("series", "number"),
        UniqueConstraint("payment_id"),
        Index("ix_receipt_account_id", "account_id"),
        {"comment": "recibo de caja"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    payment_id: Mapped[Ref] = mapped_column(comment="pago")
    account_id: Mapped[Ref] = mapped_column(comment="cuenta")
    session_id: Mapped[Ref] = mapped_column(comment="sesión de caja")
    series: Mapped[Word] = mapped_column(comment="serie")
    number: Mapped[int] = mapped_column(comment="número")
    folio: Mapped[Word] = mapped_column(comment="folio")
    content: Mapped[Document] = mapped_column(JSONB, comment="contenido congelado")
    previous_hash: Mapped[Word] = mapped_column(comment="huella del recibo anterior")
    hash: Mapped[Word] = mapped_column(comment="huella")


class CashCount(Base):
    """A signed count (arqueo); a second count is a new row (H3)."""

    __tablename__ = "cash_count"
    __table_args__ = (
        CheckConstraint("kind IN ('closing', 'surprise')", name="kind"),
        CheckConstraint("kind = 'closing' OR command_id IS NOT NULL", name="command"),
        UniqueConstraint("command_id"),
        UniqueConstraint("session_id", "number"),
        {"comment": "arqueo"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    kind: Mapped[Word] = mapped_column(comment="tipo")
    number: Mapped[int] = mapped_column(comment="número dentro de la sesión")
    command_id: Mapped[UUID | None] = mapped_column(
        Uuid, comment="orden; la de los cortes antiguos está en el corte"
    )
    fingerprint: Mapped[Word] = mapped_column(
        server_default=text("''"), comment="huella de la orden"
    )
    expected: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, comment="esperado por forma de pago al firmar un arqueo sorpresa"
    )
    denominations: Mapped[Document] = mapped_column(JSONB, comment="piezas por denominación")
    declared: Mapped[Document] = mapped_column(JSONB, comment="declarado por forma de pago")
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="observaciones")
    counted_by: Mapped[Author] = mapped_column(comment="contó")
    counted_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class CashClosing(Base):
    """The closing (corte): a numbered snapshot that is never recomputed (H17)."""

    __tablename__ = "cash_closing"
    __table_args__ = (
        UniqueConstraint("command_id"),
        UniqueConstraint("replaces_id"),
        UniqueConstraint("folio"),
        UniqueConstraint("series", "number"),
        Index(
            "ux_cash_closing_first",
            "session_id",
            unique=True,
            postgresql_where=text("replaces_id IS NULL"),
        ),
        Index("ix_cash_closing_session_id", "session_id"),
        {"comment": "corte de caja"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    count_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.cash_count.id"), comment="arqueo")
    series: Mapped[Word] = mapped_column(
        ForeignKey("commercial.folio_series.code"), comment="serie"
    )
    number: Mapped[int] = mapped_column(comment="número")
    folio: Mapped[Word] = mapped_column(comment="folio")
    content: Mapped[Document] = mapped_column(JSONB, comment="contenido congelado")
    previous_hash: Mapped[Word] = mapped_column(comment="huella del corte anterior")
    hash: Mapped[Word] = mapped_column(comment="huella")
    authorisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.authorisation.id"), comment="autorización de la diferencia (H7)"
    )
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.cash_closing.id"), comment="corte anterior de la misma sesión"
    )
    closed_by: Mapped[Author] = mapped_column(comment="cerró")
    closed_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class CashClosingLine(Base):
    """Expected, declared and difference of one form of payment (H4)."""

    __tablename__ = "cash_closing_line"
    __table_args__ = (
        CheckConstraint("difference = declared - expected", name="difference"),
        {"comment": "renglón del corte"},
    )

    closing_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.cash_closing.id"), primary_key=True, comment="corte"
    )
    tender: Mapped[Word] = mapped_column(primary_key=True, comment="forma de pago")
    expected: Mapped[Money] = mapped_column(Numeric(14, 2), comment="esperado, pesos")
    declared: Mapped[Money] = mapped_column(Numeric(14, 2), comment="declarado, pesos")
    difference: Mapped[Money] = mapped_column(Numeric(14, 2), comment="diferencia, pesos")


class HeldSale(Base):
    """A sale set aside with F6; closing warns about it."""

    __tablename__ = "held_sale"
    __table_args__ = (
        UniqueConstraint("command_id"),
        Index("ix_held_sale_session_id", "session_id"),
        {"comment": "cobro en espera"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    session_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    label: Mapped[Word] = mapped_column(comment="nombre que le dio la caja")
    charge_ids: Mapped[Document] = mapped_column(JSONB, comment="cargos elegidos")
    held_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
