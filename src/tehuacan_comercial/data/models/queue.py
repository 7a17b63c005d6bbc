"""The attention queue: visit → service → period of time; time is only ever added (A7)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import Author, Base, Day, Key, Moment, Ref, Stamp, Word
from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.queue import Channel

STATES = "('" + "', '".join(state.value for state in RequestState) + "')"
CHANNELS = "('" + "', '".join(channel.value for channel in Channel) + "')"
AT_A_DESK = "state IN ('called', 'serving')"


class QueueSeries(Base):
    """The last number given under a prefix on a day; without gaps."""

    __tablename__ = "queue_series"
    __table_args__ = (
        CheckConstraint("last_number > 0", name="last_number"),
        {"comment": "numeración de turnos"},
    )

    day: Mapped[Day] = mapped_column(primary_key=True, comment="día")
    prefix: Mapped[Word] = mapped_column(primary_key=True, comment="letra del trámite")
    last_number: Mapped[int] = mapped_column(comment="último número")


class QueueTicket(Base):
    """A visit: one person, one number, one or several services (turno)."""

    __tablename__ = "queue_ticket"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint("(priority = '') = (priority_name = '')", name="priority"),
        UniqueConstraint("command_id"),
        UniqueConstraint("business_date", "prefix", "number"),
        {"comment": "turno"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    business_date: Mapped[Day] = mapped_column(comment="día")
    prefix: Mapped[Word] = mapped_column(comment="letra del trámite")
    number: Mapped[int] = mapped_column(comment="número del día")
    label: Mapped[Word] = mapped_column(comment="como se anuncia, p. ej. A-012")
    priority: Mapped[Word] = mapped_column(comment="clase de prioridad; vacío = ninguna")
    priority_name: Mapped[Word] = mapped_column(comment="motivo de la prioridad")
    channel: Mapped[Word] = mapped_column(comment="por dónde se tomó")
    station: Mapped[Word] = mapped_column(comment="estación que lo dio")
    in_hand: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="llamado, en atención o en pausa"
    )
    taken_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="lo dio"
    )
    taken_at: Mapped[Stamp] = mapped_column(comment="llegada")


class ServiceRequest(Base):
    """One procedure of a visit, with its targets as they were that day (trámite solicitado)."""

    __tablename__ = "service_request"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(
            f"NOT ({AT_A_DESK}) OR (desk IS NOT NULL AND attended_by IS NOT NULL)", name="at_desk"
        ),
        CheckConstraint("wait_minutes > 0 AND service_minutes > 0", name="targets"),
        UniqueConstraint("ticket_id", "line"),
        UniqueConstraint("previous_id"),
        Index("ux_service_request_desk", "desk", unique=True, postgresql_where=text(AT_A_DESK)),
        Index(
            "ux_service_request_person",
            "ticket_id",
            unique=True,
            postgresql_where=text("state IN ('called', 'serving', 'on_hold')"),
        ),
        Index(
            "ix_service_request_open",
            "seniority_at",
            "id",
            postgresql_where=text("state IN ('waiting', 'called', 'serving', 'on_hold')"),
        ),
        Index("ix_service_request_account_id", "account_id"),
        {"comment": "trámite de un turno"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    ticket_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.queue_ticket.id"), comment="turno"
    )
    line: Mapped[int] = mapped_column(comment="número dentro de la visita")
    procedure: Mapped[Word] = mapped_column(comment="trámite")
    procedure_name: Mapped[Word] = mapped_column(comment="nombre del trámite")
    wait_minutes: Mapped[int] = mapped_column(comment="espera deseada, minutos")
    service_minutes: Mapped[int] = mapped_column(comment="duración deseada, minutos")
    rule_set_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.rule_set.id"), comment="versión del catálogo"
    )
    seniority_at: Mapped[Moment] = mapped_column(comment="antigüedad en la fila")
    wanted_desk: Mapped[Word] = mapped_column(
        server_default=text("''"), comment="ventanilla a la que se pasó"
    )
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="observaciones")
    previous_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("commercial.service_request.id"), comment="de qué trámite se pasó"
    )
    account_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("commercial.account.id"), comment="cuenta"
    )
    state: Mapped[Word] = mapped_column(comment="estado")
    desk: Mapped[Word | None] = mapped_column(comment="última ventanilla")
    attended_by: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="último que lo atendió"
    )
    created_by: Mapped[Author] = mapped_column(comment="registró")
    created_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class ServicePeriod(Base):
    """A state of a service from a moment on; the next row ends it. Never changed (periodo)."""

    __tablename__ = "service_period"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("passed_over >= 0", name="passed_over"),
        CheckConstraint("(command_id IS NULL) = (fingerprint IS NULL)", name="command"),
        UniqueConstraint("command_id"),
        UniqueConstraint("request_id", "number"),
        Index("ix_service_period_calls", "desk", "id", postgresql_where=text("act = 'call_next'")),
        Index("ix_service_period_at", "at"),
        {"comment": "periodo de un trámite"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    request_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.service_request.id"), comment="trámite del turno"
    )
    number: Mapped[int] = mapped_column(comment="número dentro del trámite")
    act: Mapped[Word] = mapped_column(comment="qué se hizo")
    state: Mapped[Word] = mapped_column(comment="estado desde este momento")
    desk: Mapped[Word | None] = mapped_column(comment="ventanilla")
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="motivo")
    passed_over: Mapped[int] = mapped_column(
        server_default=text("0"),
        comment="personas con prioridad llamadas seguidas mientras otras esperaban",
    )
    command_id: Mapped[UUID | None] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word | None] = mapped_column(comment="huella de la orden")
    station: Mapped[Word] = mapped_column(comment="estación")
    staff: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="quién"
    )
    at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class DeskShift(Base):
    """Who attends at a desk, from when to when (turno de ventanilla)."""

    __tablename__ = "desk_shift"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
        UniqueConstraint("command_id"),
        Index(
            "ux_desk_shift_desk", "desk", unique=True, postgresql_where=text("closed_at IS NULL")
        ),
        Index(
            "ux_desk_shift_staff", "staff", unique=True, postgresql_where=text("closed_at IS NULL")
        ),
        {"comment": "personal en ventanilla"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    desk: Mapped[Word] = mapped_column(comment="ventanilla")
    desk_name: Mapped[Word] = mapped_column(comment="nombre de la ventanilla")
    station: Mapped[Word] = mapped_column(comment="estación")
    staff: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="quién atiende"
    )
    opened_at: Mapped[Stamp] = mapped_column(comment="desde")
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), comment="hasta")
    closed_by: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="quién la cerró"
    )
    close_reason: Mapped[Word] = mapped_column(server_default=text("''"), comment="motivo")
