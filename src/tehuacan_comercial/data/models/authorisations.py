"""Decisions of somebody else: kinds, limits, reasons, requests, delegations (C6, N2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    TEXT,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
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
    Document,
    Key,
    Moment,
    Money,
    Ref,
    Stamp,
    Validity,
    Word,
)
from tehuacan_comercial.data.models.staff import JOBS
from tehuacan_comercial.domain.authorisations import AuthorisationState

STATES = tuple(state.value for state in AuthorisationState)


class AuthorisationKind(Base):
    """What can be asked for; filled by the program (sql/authorisations.sql)."""

    __tablename__ = "authorisation_kind"
    __table_args__ = (
        CheckConstraint("hours > 0", name="hours"),
        {"comment": "tipo de autorización"},
    )

    code: Mapped[Word] = mapped_column(primary_key=True, comment="clave")
    name: Mapped[Word] = mapped_column(comment="nombre")
    hours: Mapped[int] = mapped_column(comment="horas hasta que vence la solicitud")
    reasons: Mapped[Word] = mapped_column(comment="lista de motivos")
    requesters: Mapped[list[str]] = mapped_column(ARRAY(TEXT), comment="funciones que la solicitan")


class AuthorityLimit(Base):
    """From and up to how many pesos a job decides a kind; one version of the rules (C6)."""

    __tablename__ = "authority_limit"
    __table_args__ = (
        CheckConstraint("job IN ('" + "', '".join(JOBS) + "')", name="job"),
        CheckConstraint(
            "from_amount >= 0 AND (up_to IS NULL OR up_to >= from_amount)", name="band"
        ),
        UniqueConstraint("rule_set_id", "kind", "job"),
        {"comment": "límite de autorización"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    rule_set_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.rule_set.id"), comment="versión"
    )
    kind: Mapped[Word] = mapped_column(
        ForeignKey("commercial.authorisation_kind.code"), comment="tipo de autorización"
    )
    job: Mapped[Word] = mapped_column(comment="función")
    from_amount: Mapped[Money] = mapped_column(comment="desde, pesos")
    up_to: Mapped[Money | None] = mapped_column(comment="hasta, pesos; vacío = sin límite")


class AuthorisationReason(Base):
    """A reason of a list; ``needs_note`` asks for it in words as well."""

    __tablename__ = "authorisation_reason"
    __table_args__ = (
        UniqueConstraint("rule_set_id", "list", "code"),
        {"comment": "motivo de solicitud"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    rule_set_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.rule_set.id"), comment="versión"
    )
    list: Mapped[Word] = mapped_column(comment="lista")
    code: Mapped[Word] = mapped_column(comment="clave")
    name: Mapped[Word] = mapped_column(comment="motivo")
    needs_note: Mapped[bool] = mapped_column(comment="pide explicarlo")


class Delegation(Base):
    """Somebody acts for an absent person, from day to day, in the kinds named."""

    __tablename__ = "delegation"
    __table_args__ = (
        UniqueConstraint("command_id"),
        CheckConstraint("principal <> deputy", name="two_people"),
        CheckConstraint("cardinality(kinds) > 0", name="kinds"),
        CheckConstraint("NOT isempty(valid) AND NOT upper_inf(valid)", name="valid"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_delegation_deputy", "deputy"),
        {"comment": "suplencia"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    principal: Mapped[Word] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="titular ausente"
    )
    deputy: Mapped[Word] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="suplente"
    )
    kinds: Mapped[list[str]] = mapped_column(ARRAY(TEXT), comment="tipos de autorización")
    valid: Mapped[Validity] = mapped_column(comment="vigencia")
    reason: Mapped[Word] = mapped_column(comment="motivo")
    recorded_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="registró"
    )
    recorded_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
    ended_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="terminó antes"
    )
    ended_by: Mapped[Word | None] = mapped_column(comment="la terminó")


class Authorisation(Base):
    """A request with the facts as the requester saw them, and what somebody else decided (N2)."""

    __tablename__ = "authorisation"
    __table_args__ = (
        UniqueConstraint("command_id"),
        UniqueConstraint("decision_command_id"),
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("decided_by <> requested_by", name="somebody_else"),
        CheckConstraint("on_behalf_of NOT IN (requested_by, decided_by)", name="on_behalf_of"),
        CheckConstraint(
            "(state IN ('approved', 'denied')) = (decided_by IS NOT NULL)"
            " AND (decided_by IS NULL) = (decision_command_id IS NULL)"
            " AND (decided_by IS NULL) = (rule_set_id IS NULL)"
            " AND (decided_by IS NOT NULL OR on_behalf_of IS NULL)"
            " AND (state = 'requested') = (decided_at IS NULL)"
            " AND (state = 'approved') = (outcome IS NOT NULL)",
            name="decision",
        ),
        CheckConstraint("state <> 'denied' OR decision_note <> ''", name="denied_with_reason"),
        CheckConstraint("expires_at > requested_at", name="expires_at"),
        Index(
            "ux_authorisation_pending",
            "kind",
            "subject_id",
            unique=True,
            postgresql_where=text("state = 'requested'"),
        ),
        Index("ix_authorisation_subject", "kind", "subject_id"),
        Index("ix_authorisation_requested_by", "requested_by", "requested_at"),
        Index("ix_authorisation_account_id", "account_id"),
        Index("ix_authorisation_session_id", "session_id"),
        {"comment": "autorización"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    kind: Mapped[Word] = mapped_column(
        ForeignKey("commercial.authorisation_kind.code"), comment="tipo"
    )
    subject_id: Mapped[Ref] = mapped_column(comment="de qué: recibo, sesión, pago…, según el tipo")
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.account.id"), comment="cuenta"
    )
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.cash_session.id"), comment="sesión de caja"
    )
    amount: Mapped[Money] = mapped_column(comment="importe que comparan los límites, pesos")
    reason_code: Mapped[Word] = mapped_column(comment="motivo de la lista")
    reason: Mapped[Word] = mapped_column(comment="explicación")
    evidence: Mapped[Document] = mapped_column(JSONB, comment="comprobación")
    options: Mapped[Document] = mapped_column(JSONB, comment="opciones")
    facts: Mapped[Document] = mapped_column(JSONB, comment="los hechos como los vio quien solicita")
    state: Mapped[Word] = mapped_column(server_default=text("'requested'"), comment="estado")
    requested_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="solicitó"
    )
    requested_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
    station: Mapped[Word] = mapped_column(comment="estación")
    expires_at: Mapped[Moment] = mapped_column(comment="vence")
    decision_command_id: Mapped[UUID | None] = mapped_column(Uuid, comment="orden de la decisión")
    decision_fingerprint: Mapped[Word | None] = mapped_column(comment="huella de la decisión")
    decided_by: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="decidió"
    )
    decided_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="se resolvió, venció o se retiró"
    )
    decision_station: Mapped[Word | None] = mapped_column(comment="estación de la decisión")
    decision_note: Mapped[Word] = mapped_column(
        server_default=text("''"), comment="nota de la decisión"
    )
    on_behalf_of: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="en ausencia de"
    )
    rule_set_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("commercial.rule_set.id"), comment="versión de los límites"
    )
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSONB, comment="qué produjo")
