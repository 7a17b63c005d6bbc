"""The registry (padrón): customer ≠ account ≠ premises/tap ≠ meter, everything dated (B1)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Computed,
    Date,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import (
    Base,
    Day,
    Key,
    Ref,
    Small,
    Stamp,
    Validity,
    Word,
)

ACCOUNT_STATES = ("active", "restricted", "temporary_off", "permanent_off", "uncollectible")


def _one_at_a_time(table: str, *columns: str) -> ExcludeConstraint:
    """No two rows of the same subject are valid on the same day."""
    pairs = [(column, "=") for column in columns]
    return ExcludeConstraint(*pairs, ("valid", "&&"), name=f"ex_{table}_one_at_a_time")


class UseClass(Base):
    """Use of the water: domestic, commercial, industrial, public."""

    __tablename__ = "use_class"
    __table_args__ = ({"comment": "uso o giro"},)

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    domestic: Mapped[bool] = mapped_column(comment="es doméstico")


class Zone(Base):
    """Zone or stratum that chooses the tariff row."""

    __tablename__ = "zone"
    __table_args__ = ({"comment": "zona o estrato"},)

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")


class Neighbourhood(Base):
    """A settlement: colonia, fraccionamiento, unidad habitacional."""

    __tablename__ = "neighbourhood"
    __table_args__ = (
        UniqueConstraint("name", "postal_code"),
        {"comment": "colonia"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    name: Mapped[Word] = mapped_column(comment="nombre")
    kind: Mapped[Word] = mapped_column(comment="tipo de asentamiento")
    postal_code: Mapped[Word] = mapped_column(comment="código postal")


class Customer(Base):
    """A person or company that has water (usuario del servicio)."""

    __tablename__ = "customer"
    __table_args__ = (
        CheckConstraint("kind IN ('person', 'company')", name="kind"),
        CheckConstraint("curp IS NULL OR curp ~ '^[A-Z0-9Ñ]{18}$'", name="curp"),
        CheckConstraint("rfc IS NULL OR rfc ~ '^[A-Z0-9Ñ&]{12,13}$'", name="rfc"),
        {"comment": "usuario del servicio"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    kind: Mapped[Word] = mapped_column(comment="persona física o moral")
    full_name: Mapped[Word] = mapped_column(comment="nombre o razón social")
    rfc: Mapped[Word | None] = mapped_column(comment="RFC")
    curp: Mapped[Word | None] = mapped_column(comment="CURP")
    phone: Mapped[Word | None] = mapped_column(comment="teléfono")
    email: Mapped[Word | None] = mapped_column(comment="correo")
    created_at: Mapped[Stamp] = mapped_column(comment="alta")


class Premises(Base):
    """The property that is served."""

    __tablename__ = "premises"
    __table_args__ = (
        Index("ix_premises_neighbourhood_id", "neighbourhood_id"),
        {"comment": "predio"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    neighbourhood_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.neighbourhood.id"), comment="colonia"
    )
    street: Mapped[Word] = mapped_column(comment="calle")
    exterior_number: Mapped[Word] = mapped_column(comment="número exterior")
    interior_number: Mapped[Word | None] = mapped_column(comment="número interior")
    postal_code: Mapped[Word] = mapped_column(comment="código postal")
    cadastral_key: Mapped[Word | None] = mapped_column(comment="clave catastral")
    latitude: Mapped[float | None] = mapped_column(Numeric(9, 6), comment="latitud")
    longitude: Mapped[float | None] = mapped_column(Numeric(9, 6), comment="longitud")


class Route(Base):
    """Reading route of a sector."""

    __tablename__ = "route"
    __table_args__ = ({"comment": "ruta de lectura"},)

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    sector: Mapped[Word] = mapped_column(comment="sector")


class Tap(Base):
    """The connection of a property to the network."""

    __tablename__ = "tap"
    __table_args__ = (
        Index("ix_tap_premises_id", "premises_id"),
        {"comment": "toma"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    premises_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.premises.id"), comment="predio")
    route_code: Mapped[Word] = mapped_column(ForeignKey("commercial.route.code"), comment="ruta")
    block: Mapped[Word | None] = mapped_column(comment="manzana")
    sequence: Mapped[int] = mapped_column(comment="secuencia en la ruta")
    diameter: Mapped[Word] = mapped_column(server_default=text("'1/2'"), comment="diámetro")


class Account(Base):
    """The commercial account of a tap; this row is what a payment locks first (D15)."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("account_number"),
        Index("ix_account_tap_id", "tap_id"),
        {"comment": "cuenta"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_number: Mapped[Word] = mapped_column(comment="número de cuenta")
    tap_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.tap.id"), comment="toma")
    opened_on: Mapped[Day] = mapped_column(comment="fecha de contratación")
    is_demonstration: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="cuenta de demostración"
    )
    created_at: Mapped[Stamp] = mapped_column(comment="alta")


class AccountHolding(Base):
    """Who holds the account, from when to when."""

    __tablename__ = "account_holding"
    __table_args__ = (
        CheckConstraint("role IN ('holder', 'owner')", name="role"),
        _one_at_a_time("account_holding", "account_id", "role"),
        Index("ix_account_holding_customer_id", "customer_id"),
        {"comment": "titularidad de la cuenta"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    customer_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.customer.id"), comment="usuario del servicio"
    )
    role: Mapped[Word] = mapped_column(server_default=text("'holder'"), comment="titular o dueño")
    valid: Mapped[Validity] = mapped_column(comment="vigencia")


class AccountState(Base):
    """State of the service, dated."""

    __tablename__ = "account_state"
    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(ACCOUNT_STATES) + "')", name="state"),
        _one_at_a_time("account_state", "account_id"),
        {"comment": "estado de la cuenta"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    state: Mapped[Word] = mapped_column(comment="estado")
    reason: Mapped[Word | None] = mapped_column(comment="motivo")
    valid: Mapped[Validity] = mapped_column(comment="vigencia")


class AccountTerms(Base):
    """What the account is charged for and how, dated: use, zone, modality, services."""

    __tablename__ = "account_terms"
    __table_args__ = (
        CheckConstraint("modality IN ('fixed', 'metered')", name="modality"),
        _one_at_a_time("account_terms", "account_id"),
        {"comment": "condiciones del servicio"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    use_class: Mapped[Word] = mapped_column(ForeignKey("commercial.use_class.code"), comment="uso")
    zone: Mapped[Word] = mapped_column(ForeignKey("commercial.zone.code"), comment="zona")
    modality: Mapped[Word] = mapped_column(comment="cuota fija o servicio medido")
    water: Mapped[bool] = mapped_column(server_default=text("true"), comment="agua potable")
    sewerage: Mapped[bool] = mapped_column(server_default=text("true"), comment="alcantarillado")
    sanitation: Mapped[bool] = mapped_column(server_default=text("true"), comment="saneamiento")
    valid: Mapped[Validity] = mapped_column(comment="vigencia")


class Meter(Base):
    """A water meter, wherever it is."""

    __tablename__ = "meter"
    __table_args__ = (
        UniqueConstraint("serial_number"),
        CheckConstraint("digits BETWEEN 3 AND 8", name="digits"),
        {"comment": "medidor"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    serial_number: Mapped[Word] = mapped_column(comment="número de serie")
    brand: Mapped[Word | None] = mapped_column(comment="marca")
    diameter: Mapped[Word] = mapped_column(server_default=text("'1/2'"), comment="diámetro")
    digits: Mapped[Small] = mapped_column(
        server_default=text("5"), comment="dígitos de la carátula"
    )


class MeterInstallation(Base):
    """A meter at a tap, from installation to removal."""

    __tablename__ = "meter_installation"
    __table_args__ = (
        _one_at_a_time("meter_installation", "tap_id"),
        ExcludeConstraint(
            ("meter_id", "="), ("valid", "&&"), name="ex_meter_installation_one_place"
        ),
        {"comment": "instalación de medidor"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    meter_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.meter.id"), comment="medidor")
    tap_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.tap.id"), comment="toma")
    initial_value: Mapped[int] = mapped_column(comment="lectura inicial, m³")
    final_value: Mapped[int | None] = mapped_column(comment="lectura final, m³")
    valid: Mapped[Validity] = mapped_column(comment="vigencia")


class AccountDirectory(Base):
    """One derived row per account with what holds today, for search and the banner (B2).

    Kept by triggers on the dated tables; ``verify`` recomputes it. The folded text carries
    account, holder, address, neighbourhood, meter and phone, and has one trigram index (D14).
    """

    __tablename__ = "account_directory"
    __table_args__ = (
        Index("ix_account_directory_account_number", "account_number"),
        Index("ix_account_directory_route", "route_code", "sequence"),
        {"comment": "directorio de cuentas (derivado)"},
    )

    account_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.account.id"), primary_key=True, comment="cuenta"
    )
    account_number: Mapped[Word] = mapped_column(comment="número de cuenta")
    holder_id: Mapped[int | None] = mapped_column(comment="titular")
    holder_name: Mapped[Word] = mapped_column(comment="nombre del titular")
    address: Mapped[Word] = mapped_column(comment="domicilio")
    neighbourhood: Mapped[Word] = mapped_column(comment="colonia")
    postal_code: Mapped[Word] = mapped_column(comment="código postal")
    meter_serial: Mapped[Word | None] = mapped_column(comment="medidor")
    phone: Mapped[Word | None] = mapped_column(comment="teléfono")
    state: Mapped[Word] = mapped_column(comment="estado")
    use_class: Mapped[Word] = mapped_column(comment="uso")
    zone: Mapped[Word] = mapped_column(comment="zona")
    modality: Mapped[Word] = mapped_column(comment="modalidad")
    sector: Mapped[Word] = mapped_column(comment="sector")
    route_code: Mapped[Word] = mapped_column(comment="ruta")
    sequence: Mapped[int] = mapped_column(comment="secuencia")
    search_text: Mapped[str] = mapped_column(
        Text,
        Computed(
            "commercial.fold(account_number || ' ' || replace(account_number, '-', '') || ' ' || "
            "holder_name || ' ' || address || ' ' || neighbourhood || ' ' || "
            "coalesce(meter_serial, ''))",
            persisted=True,
        ),
        comment="texto de búsqueda",
    )
    sort_key: Mapped[str] = mapped_column(
        Text,
        Computed("commercial.sort_key(holder_name)", persisted=True),
        comment="clave de orden alfabético",
    )


class MeterReading(Base):
    """One reading (or the lack of one) of an account in a billing period."""

    __tablename__ = "meter_reading"
    __table_args__ = (
        CheckConstraint("kind IN ('actual', 'estimated', 'missing')", name="kind"),
        CheckConstraint("consumption IS NULL OR consumption >= 0", name="consumption"),
        CheckConstraint("(kind = 'missing') = (consumption IS NULL)", name="missing"),
        Index("ix_meter_reading_account", "account_id", "read_on"),
        UniqueConstraint("account_id", "period_code", "segment"),
        {"comment": "lectura"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    account_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.account.id"), comment="cuenta")
    period_code: Mapped[Word] = mapped_column(
        ForeignKey("commercial.billing_period.code"), comment="periodo"
    )
    segment: Mapped[int] = mapped_column(
        SmallInteger, server_default=text("1"), comment="tramo (cambio de medidor)"
    )
    meter_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.meter.id"), comment="medidor"
    )
    read_on: Mapped[date] = mapped_column(Date, comment="fecha de lectura")
    previous_value: Mapped[int | None] = mapped_column(comment="lectura anterior, m³")
    value: Mapped[int | None] = mapped_column(comment="lectura actual, m³")
    consumption: Mapped[int | None] = mapped_column(comment="consumo, m³")
    kind: Mapped[Word] = mapped_column(comment="real, estimada o sin lectura")
    anomaly: Mapped[Word | None] = mapped_column(comment="anomalía")
    reader: Mapped[Word | None] = mapped_column(comment="lecturista")
