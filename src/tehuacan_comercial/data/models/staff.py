"""Who works here, at which station, who signed in, and the field-level audit (N3, N7)."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import Author, Base, Document, Key, Moment, Stamp, Word

JOBS = (
    "counter",
    "cashier",
    "head_cashier",
    "registry",
    "metering",
    "field_collector",
    "manager",
    "director",
    "auditor",
    "administrator",
)


class StaffMember(Base):
    """A person of the office; the key is the name of their own PostgreSQL login role (D2)."""

    __tablename__ = "staff_member"
    __table_args__ = (
        CheckConstraint("job IN ('" + "', '".join(JOBS) + "')", name="job"),
        {"comment": "personal"},
    )

    username: Mapped[Word] = mapped_column(primary_key=True, comment="usuario")
    full_name: Mapped[Word] = mapped_column(comment="nombre completo")
    position: Mapped[Word] = mapped_column(comment="puesto")
    job: Mapped[Word] = mapped_column(comment="función (rol)")
    active: Mapped[bool] = mapped_column(server_default=text("true"), comment="activo")
    is_demonstration: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="persona de demostración"
    )
    created_at: Mapped[Stamp] = mapped_column(comment="alta")
    created_by: Mapped[Author] = mapped_column(comment="dado de alta por")


class Station(Base):
    """A computer at a desk."""

    __tablename__ = "station"
    __table_args__ = ({"comment": "estación de trabajo"},)

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    desk: Mapped[Word] = mapped_column(comment="ventanilla")


class SignIn(Base):
    """A sign-in that was accepted, or a failed one that the station reports afterwards."""

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint("outcome IN ('accepted', 'failed')", name="outcome"),
        Index("ix_sign_in_username_at", "username", "at"),
        {"comment": "inicios de sesión"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    username: Mapped[Word] = mapped_column(comment="usuario")
    outcome: Mapped[Word] = mapped_column(comment="resultado")
    at: Mapped[Moment] = mapped_column(comment="fecha y hora")
    station: Mapped[Word] = mapped_column(comment="estación")
    address: Mapped[Word | None] = mapped_column(comment="dirección de red")
    program_version: Mapped[Word] = mapped_column(comment="versión del programa")
    reported_by: Mapped[Author] = mapped_column(comment="registrado por")
    reported_at: Mapped[Stamp] = mapped_column(comment="registrado el")


class AuditEntry(Base):
    """One change of a person, account, rule or grant, with its before and after (N3)."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint("action IN ('INSERT', 'UPDATE', 'DELETE', 'ACT')", name="action"),
        Index("ix_audit_entry_subject", "table_name", "row_key"),
        Index("ix_audit_entry_at", "at"),
        {"comment": "bitácora"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
    actor: Mapped[Author] = mapped_column(comment="quién")
    station: Mapped[Word] = mapped_column(comment="dónde (estación declarada)")
    address: Mapped[Word | None] = mapped_column(comment="dirección de red")
    table_name: Mapped[Word] = mapped_column(comment="tabla")
    row_key: Mapped[Word] = mapped_column(comment="llave del renglón")
    action: Mapped[Word] = mapped_column(comment="acción")
    before: Mapped[Document | None] = mapped_column(JSONB, comment="antes")
    after: Mapped[Document | None] = mapped_column(JSONB, comment="después")


class ChangeNotice(Base):
    """What other stations should look at again; the light poll reads it (D10)."""

    __tablename__ = "change_notice"
    __table_args__ = (
        Index("ix_change_notice_xid", "xid"),
        {"comment": "avisos de cambio"},
    )

    id: Mapped[int] = mapped_column(
        BigInteger, Identity(always=True), primary_key=True, comment="identificador"
    )
    xid: Mapped[int] = mapped_column(
        BigInteger,
        server_default=text("(pg_current_xact_id()::text::bigint)"),
        comment="transacción",
    )
    at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
    topic: Mapped[Word] = mapped_column(comment="tema")
    subject: Mapped[Word] = mapped_column(comment="asunto")


class SchemaStamp(Base):
    """Which posting functions and grants are in force, beside Alembic's revision."""

    __tablename__ = "schema_stamp"
    __table_args__ = (
        CheckConstraint("only_row", name="only_row"),
        {"comment": "sello del esquema"},
    )

    only_row: Mapped[bool] = mapped_column(
        primary_key=True, server_default=text("true"), comment="renglón único"
    )
    sql_sha256: Mapped[Word] = mapped_column(comment="huella de las funciones")
    program_version: Mapped[Word] = mapped_column(comment="versión que lo aplicó")
    applied_at: Mapped[Stamp] = mapped_column(comment="aplicado el")
