"""Billing runs, bills, and charges: the open items that payments settle (C3, D4)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
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
    Rate,
    Ref,
    Stamp,
    Word,
    one_of,
)

CHARGE_SOURCES = ("billing", "surcharge", "opening", "return")
JOURNAL_KINDS = (
    "billing", "surcharge", "opening", "payment", "credit", "cash_difference", "void", "reversal",
    "deposit", "unidentified", "identified", "cheque_return", "payment_transfer",
    "shortage_settled", "shortage_waived",
)  # fmt: skip


class BillingRun(Base):
    """What was billed of a route for a period at one time; one journal per run.

    A later run bills the accounts that came since: never twice, by the unique key of ``bill``.
    """

    __tablename__ = "billing_run"
    __table_args__ = (
        Index("ix_billing_run_period_code_route_code", "period_code", "route_code"),
        {"comment": "corrida de facturación"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    period_code: Mapped[Word] = mapped_column(
        ForeignKey("commercial.billing_period.code"), comment="periodo"
    )
    route_code: Mapped[Word] = mapped_column(ForeignKey("commercial.route.code"), comment="ruta")
    tariff_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.rule_set.id"), comment="tarifa")
    taxes_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.rule_set.id"), comment="impuestos")
    accounts: Mapped[int] = mapped_column(comment="cuentas facturadas")
    estimated: Mapped[int] = mapped_column(comment="consumos estimados")
    consumption: Mapped[int] = mapped_column(comment="consumo, m³")
    amount: Mapped[Money] = mapped_column(Numeric(14, 2), comment="importe, pesos")
    tax: Mapped[Money] = mapped_column(Numeric(14, 2), comment="IVA, pesos")
    by_concept: Mapped[Document] = mapped_column(JSONB, comment="importe e IVA por concepto")
    posted_by: Mapped[Author] = mapped_column(comment="corrió")
    posted_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class Bill(Base):
    """The water bill of one account and period, with the rule versions that made it.

    What it and its charges refer to is checked by set, once for each statement (guards.sql): a
    foreign key of each row would cost a billing run more than the billing itself.
    """

    __tablename__ = "bill"
    __table_args__ = (
        UniqueConstraint("account_id", "period_code"),
        Index("ix_bill_run_id", "run_id"),
        Index("ix_bill_credit", "run_id", postgresql_where=text("credit_balance > 0")),
        CheckConstraint("consumption >= 0", name="consumption"),
        {"comment": "recibo de agua"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_id: Mapped[Ref] = mapped_column(comment="cuenta")
    period_code: Mapped[Word] = mapped_column(comment="periodo")
    run_id: Mapped[Ref] = mapped_column(comment="corrida")
    issued_on: Mapped[Day] = mapped_column(comment="fecha de emisión")
    due_on: Mapped[Day] = mapped_column(comment="fecha límite de pago")
    use_class: Mapped[Word] = mapped_column(comment="uso al facturar")
    zone: Mapped[Word] = mapped_column(comment="zona al facturar")
    modality: Mapped[Word] = mapped_column(comment="modalidad al facturar")
    consumption: Mapped[int] = mapped_column(comment="consumo, m³")
    estimated: Mapped[bool] = mapped_column(comment="consumo estimado")
    previous_balance: Mapped[Money] = mapped_column(
        comment="adeudo anterior con sus recargos, pesos"
    )
    previous_surcharges: Mapped[Money] = mapped_column(
        server_default=text("0"), comment="recargos dentro del adeudo anterior, pesos"
    )
    previous_periods: Mapped[int] = mapped_column(
        server_default=text("0"), comment="periodos con adeudo anterior"
    )
    credit_balance: Mapped[Money] = mapped_column(comment="saldo a favor aplicado, pesos")
    amount: Mapped[Money] = mapped_column(comment="importe, pesos")
    tax: Mapped[Money] = mapped_column(comment="IVA, pesos")


class Charge(Base):
    """An open item: what is owed for a concept. Immutable but for ``settled`` (guarded)."""

    __tablename__ = "charge"
    __table_args__ = (
        CheckConstraint("amount >= '0' AND tax >= '0' AND total > '0'", name="amounts"),
        CheckConstraint("settled BETWEEN '0' AND total", name="settled"),
        CheckConstraint(one_of("source", CHARGE_SOURCES), name="source"),
        CheckConstraint("(source = 'surcharge') = (parent_charge_id IS NOT NULL)", name="parent"),
        Index("ix_charge_account_id", "account_id"),
        Index("ix_charge_open", "account_id", "due_on", postgresql_where=text("settled < total")),
        Index(
            "ux_charge_surcharge_step",
            "parent_charge_id",
            "accrued_months",
            unique=True,
            postgresql_where=text("parent_charge_id IS NOT NULL"),
        ),
        {"comment": "cargo"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_id: Mapped[Ref] = mapped_column(comment="cuenta")
    bill_id: Mapped[int | None] = mapped_column(BigInteger, comment="recibo de agua")
    period_code: Mapped[Word | None] = mapped_column(comment="periodo")
    concept: Mapped[Word] = mapped_column(comment="concepto")
    source: Mapped[Word] = mapped_column(comment="origen")
    issued_on: Mapped[Day] = mapped_column(comment="fecha del cargo")
    due_on: Mapped[date | None] = mapped_column(Date, comment="vence")
    amount: Mapped[Money] = mapped_column(comment="importe, pesos")
    tax_rate: Mapped[Rate] = mapped_column(comment="tasa de IVA, fracción")
    tax: Mapped[Money] = mapped_column(comment="IVA, pesos")
    total: Mapped[Money] = mapped_column(
        Numeric(12, 2), Computed("amount + tax", persisted=True), comment="total, pesos"
    )
    settled: Mapped[Money] = mapped_column(
        server_default=text("0"), comment="cubierto, pesos (derivado de las aplicaciones)"
    )
    parent_charge_id: Mapped[int | None] = mapped_column(
        BigInteger, comment="cargo que genera el recargo"
    )
    accrued_months: Mapped[int | None] = mapped_column(comment="meses de recargo acumulados")
    accrued_through: Mapped[date | None] = mapped_column(Date, comment="recargo calculado hasta")
    rule_set_id: Mapped[int | None] = mapped_column(BigInteger, comment="versión de la regla")
    basis: Mapped[Document | None] = mapped_column(JSONB, comment="cómo se calculó")
    journal_id: Mapped[Ref] = mapped_column(comment="asiento")


class Journal(Base):
    """A posted journal; corrections are reversing journals dated today (D4)."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint(one_of("kind", JOURNAL_KINDS), name="kind"),
        Index("ix_journal_business_date", "business_date"),
        {"comment": "asiento"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    kind: Mapped[Word] = mapped_column(comment="tipo")
    business_date: Mapped[Day] = mapped_column(comment="fecha de operación")
    memo: Mapped[Word] = mapped_column(comment="descripción")
    posted_by: Mapped[Author] = mapped_column(comment="registró")
    posted_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class JournalLine(Base):
    """One line of a journal: positive is debit, negative credit; lines sum to zero."""

    __tablename__ = "journal_line"
    __table_args__ = (
        CheckConstraint("amount <> '0'", name="amount"),
        {"comment": "renglón de asiento"},
    )

    journal_id: Mapped[Ref] = mapped_column(
        primary_key=True, autoincrement=False, comment="asiento"
    )
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="renglón")
    ledger_account: Mapped[Word] = mapped_column(comment="cuenta contable")
    amount: Mapped[Money] = mapped_column(
        Numeric(14, 2), comment="pesos; positivo cargo, negativo abono"
    )


class Allocation(Base):
    """Part of a payment or of a credit balance that settles a charge.

    A void takes it back with a row of its own, which is negative and names the first.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint(
            "amount <> '0' AND (amount < '0') = (reverses_id IS NOT NULL)", name="amount"
        ),
        Index("ix_allocation_charge_id", "charge_id"),
        Index("ix_allocation_journal_id", "journal_id"),
        Index(
            "ux_allocation_reverses_id",
            "reverses_id",
            unique=True,
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
        {"comment": "aplicación"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    charge_id: Mapped[Ref] = mapped_column(comment="cargo")
    journal_id: Mapped[Ref] = mapped_column(comment="asiento")
    amount: Mapped[Money] = mapped_column(comment="importe, pesos; negativo deshace otra")
    reverses_id: Mapped[int | None] = mapped_column(BigInteger, comment="aplicación que deshace")


class CreditMovement(Base):
    """Credit balance (saldo a favor) of an account: advances come in, applications go out (C10)."""

    __tablename__ = "credit_movement"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        Index("ix_credit_movement_account_id", "account_id"),
        {"comment": "movimiento de saldo a favor"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    journal_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.journal.id"), comment="asiento")
    amount: Mapped[Money] = mapped_column(comment="pesos; positivo entra, negativo se aplica")
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("clock_timestamp()"), comment="fecha y hora"
    )
