"""Rules as versioned data: tariff, taxes, surcharges, UMA, calendar, office settings (D8)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import (
    Author,
    Base,
    Day,
    Document,
    Key,
    Money,
    Price,
    Rate,
    Ref,
    Stamp,
    Validity,
    Word,
)

RULE_KINDS = (
    "concepts", "tariff", "taxes", "surcharges", "uma", "calendar", "office", "denominations",
    "anomalies", "authority", "accounting_map", "returned_cheque", "queue",
)  # fmt: skip


class RuleSet(Base):
    """One published version of a kind of rule; immutable once it produced an amount.

    A version that was replaced before it was used stays, with an empty validity.
    """

    __tablename__ = "rule_set"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(RULE_KINDS) + "')", name="kind"),
        Index(
            "ux_rule_set_version",
            "kind",
            "code",
            "version",
            unique=True,
            postgresql_where=text("NOT isempty(valid)"),
        ),
        ExcludeConstraint(("kind", "="), ("valid", "&&"), name="ex_rule_set_one_at_a_time"),
        {"comment": "versión de reglas"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    kind: Mapped[Word] = mapped_column(comment="tipo de regla")
    code: Mapped[Word] = mapped_column(comment="clave")
    version: Mapped[Word] = mapped_column(comment="versión")
    title: Mapped[Word] = mapped_column(comment="título")
    legal_basis: Mapped[Word] = mapped_column(comment="fundamento")
    published_in: Mapped[Word] = mapped_column(comment="publicación")
    valid: Mapped[Validity] = mapped_column(comment="vigencia")
    is_demonstration: Mapped[bool] = mapped_column(comment="valores de demostración")
    source_text: Mapped[Word] = mapped_column(comment="archivo tal como se cargó")
    source_sha256: Mapped[Word] = mapped_column(comment="huella del archivo")
    used: Mapped[bool] = mapped_column(server_default=text("false"), comment="ya produjo importes")
    loaded_by: Mapped[Author] = mapped_column(comment="cargada por")
    loaded_at: Mapped[Stamp] = mapped_column(comment="cargada el")


class Concept(Base):
    """What can be charged, in which order it is settled, and where its revenue goes."""

    __tablename__ = "concept"
    __table_args__ = (
        CheckConstraint("kind IN ('service', 'accessory', 'credit', 'other')", name="kind"),
        CheckConstraint(
            "service IS NULL OR (kind = 'service' AND "
            "service IN ('water', 'sewerage', 'sanitation'))",
            name="service",
        ),
        UniqueConstraint("service"),
        {"comment": "concepto de cobro"},
    )

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    kind: Mapped[Word] = mapped_column(comment="servicio, accesorio u otro")
    follows: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.concept.code"), comment="servicio al que sigue"
    )
    settlement_order: Mapped[int] = mapped_column(comment="orden de aplicación")
    revenue_account: Mapped[Word] = mapped_column(
        ForeignKey("commercial.ledger_account.code"), comment="cuenta de ingreso"
    )
    service: Mapped[Word | None] = mapped_column(
        comment="servicio de la cuenta que se factura con él: agua, drenaje, saneamiento"
    )


class TariffRate(Base):
    """One row of a tariff: which accounts, which form of price (C2)."""

    __tablename__ = "tariff_rate"
    __table_args__ = (
        CheckConstraint("form IN ('fixed', 'range', 'block', 'percent')", name="form"),
        CheckConstraint("from_m3 >= 0 AND (to_m3 IS NULL OR to_m3 >= from_m3)", name="limits"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("(form = 'percent') = (percent_of IS NOT NULL)", name="percent_of"),
        Index("ix_tariff_rate_rule_set_id", "rule_set_id"),
        {"comment": "renglón de tarifa"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    rule_set_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.rule_set.id"), comment="versión"
    )
    concept: Mapped[Word] = mapped_column(ForeignKey("commercial.concept.code"), comment="concepto")
    use_class: Mapped[Word] = mapped_column(ForeignKey("commercial.use_class.code"), comment="uso")
    zone: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.zone.code"), comment="zona; vacía vale para todas"
    )
    modality: Mapped[Word] = mapped_column(comment="cuota fija o servicio medido")
    form: Mapped[Word] = mapped_column(comment="forma de precio")
    from_m3: Mapped[int] = mapped_column(comment="desde, m³")
    to_m3: Mapped[int | None] = mapped_column(comment="hasta, m³; vacío = en adelante")
    amount: Mapped[Price] = mapped_column(comment="importe, precio por m³ o porcentaje (10 = 10 %)")
    percent_of: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.concept.code"), comment="porcentaje de este concepto"
    )
    minimum: Mapped[Money | None] = mapped_column(comment="mínimo, pesos")


class TaxRate(Base):
    """IVA by concept and use; a row without use holds for all the others."""

    __tablename__ = "tax_rate"
    __table_args__ = (
        CheckConstraint("rate >= 0 AND rate < 1", name="rate"),
        UniqueConstraint("rule_set_id", "concept", "use_class", postgresql_nulls_not_distinct=True),
        {"comment": "tasa de IVA"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    rule_set_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.rule_set.id"), comment="versión"
    )
    concept: Mapped[Word] = mapped_column(ForeignKey("commercial.concept.code"), comment="concepto")
    use_class: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.use_class.code"), comment="uso; vacío vale para los demás"
    )
    rate: Mapped[Rate] = mapped_column(comment="tasa, fracción")


class SurchargeRate(Base):
    """How the arrears of a service grow (C8)."""

    __tablename__ = "surcharge_rate"
    __table_args__ = (
        CheckConstraint("base IN ('principal', 'principal_and_tax')", name="base"),
        CheckConstraint("monthly_rate >= 0 AND monthly_rate < 1", name="monthly_rate"),
        CheckConstraint("grace_days >= 0", name="grace_days"),
        CheckConstraint("cap_ratio IS NULL OR cap_ratio >= 0", name="cap_ratio"),
        UniqueConstraint("rule_set_id", "concept"),
        {"comment": "tasa de recargos"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    rule_set_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.rule_set.id"), comment="versión"
    )
    concept: Mapped[Word] = mapped_column(
        ForeignKey("commercial.concept.code"), comment="servicio que lo causa"
    )
    accessory: Mapped[Word] = mapped_column(
        ForeignKey("commercial.concept.code"), comment="concepto con que se cobra"
    )
    monthly_rate: Mapped[Rate] = mapped_column(comment="tasa mensual, fracción")
    base: Mapped[Word] = mapped_column(comment="base")
    grace_days: Mapped[int] = mapped_column(comment="días de gracia")
    cap_ratio: Mapped[Rate | None] = mapped_column(comment="tope, fracción del adeudo original")
    month_fraction_counts: Mapped[bool] = mapped_column(comment="mes o fracción")


class UmaValue(Base):
    """Daily value of the UMA and the days it holds (RULES §3)."""

    __tablename__ = "uma_value"
    __table_args__ = (
        ExcludeConstraint(("rule_set_id", "="), ("valid", "&&"), name="ex_uma_value_one_at_a_time"),
        {"comment": "valor de la UMA"},
    )

    rule_set_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.rule_set.id"), primary_key=True, comment="versión"
    )
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="año")
    valid: Mapped[Validity] = mapped_column(comment="vigencia")
    daily: Mapped[Money] = mapped_column(comment="valor diario, pesos")
    monthly: Mapped[Money] = mapped_column(comment="valor mensual, pesos")
    annual: Mapped[Money] = mapped_column(comment="valor anual, pesos")


class NonWorkingDay(Base):
    """A day on which the office is closed."""

    __tablename__ = "non_working_day"
    __table_args__ = ({"comment": "día inhábil"},)

    rule_set_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.rule_set.id"), primary_key=True, comment="versión"
    )
    day: Mapped[date] = mapped_column(Date, primary_key=True, comment="día")
    name: Mapped[Word] = mapped_column(comment="motivo")


class OfficeSetting(Base):
    """Letterhead, legends, cash rounding, tenders, idle lock… of one version (O5)."""

    __tablename__ = "office_setting"
    __table_args__ = ({"comment": "ajuste de la oficina"},)

    rule_set_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.rule_set.id"), primary_key=True, comment="versión"
    )
    key: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    value: Mapped[Document] = mapped_column(JSONB, comment="valor")


class LedgerAccount(Base):
    """An account of the double entry; CONAC numbers are mapped to it as data."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        CheckConstraint("nature IN ('debit', 'credit')", name="nature"),
        {"comment": "cuenta contable"},
    )

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    nature: Mapped[Word] = mapped_column(comment="deudora o acreedora")


class BillingPeriod(Base):
    """A billing period (bimestre or month), with its due date."""

    __tablename__ = "billing_period"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed')", name="state"),
        CheckConstraint("starts_on <= ends_on AND ends_on <= due_on", name="dates"),
        ExcludeConstraint(("days", "&&"), name="ex_billing_period_no_overlap"),
        {"comment": "periodo de facturación"},
    )

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave, p. ej. 202609")
    name: Mapped[Word] = mapped_column(comment="nombre, p. ej. sep–oct 2026")
    starts_on: Mapped[Day] = mapped_column(comment="inicio")
    ends_on: Mapped[Day] = mapped_column(comment="fin")
    days: Mapped[Validity] = mapped_column(comment="días que abarca")
    issued_on: Mapped[Day] = mapped_column(comment="fecha de emisión")
    due_on: Mapped[Day] = mapped_column(comment="fecha límite de pago")
    months: Mapped[int] = mapped_column(comment="meses que abarca")
    state: Mapped[Word] = mapped_column(server_default=text("'open'"), comment="estado")
