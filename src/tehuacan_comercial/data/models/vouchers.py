"""Vouchers (pólizas): a day's collection and a day's discounts, drawn from the books (I1–I6)."""

from __future__ import annotations

from datetime import datetime
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

VOUCHER_KINDS = ("collection", "discount")
VOUCHER_STATES = ("draft", "verified", "returned", "exported")
SECTIONS = ("books", "budget")


class Voucher(Base):
    """One voucher for each day and kind that stands; a returned one is followed by a new version.

    ``content`` is frozen and chained by hash; ``sheet`` is what the verifier had in front.
    """

    __tablename__ = "voucher"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(VOUCHER_KINDS) + "')", name="kind"),
        CheckConstraint("state IN ('" + "', '".join(VOUCHER_STATES) + "')", name="state"),
        CheckConstraint("debit = credit AND debit >= 0", name="balanced"),
        CheckConstraint("version > 0 AND (version = 1) = (previous_id IS NULL)", name="version"),
        CheckConstraint("decided_by <> issued_by", name="maker_is_not_verifier"),
        CheckConstraint(
            "(state = 'draft') = (decided_by IS NULL) AND (state = 'draft') = (decided_at IS NULL)"
            " AND (state = 'draft') = (decision_id IS NULL)"
            " AND (state = 'draft') = (sheet IS NULL)",
            name="decided",
        ),
        CheckConstraint("state <> 'returned' OR decision_note <> ''", name="returned_with_notes"),
        UniqueConstraint("command_id"),
        UniqueConstraint("decision_id"),
        UniqueConstraint("previous_id"),
        UniqueConstraint("folio"),
        UniqueConstraint("series", "number"),
        UniqueConstraint("kind", "business_date", "version"),
        Index(
            "ux_voucher_one_a_day",
            "kind",
            "business_date",
            unique=True,
            postgresql_where=text("state <> 'returned'"),
        ),
        {"comment": "póliza"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    fingerprint: Mapped[Word] = mapped_column(comment="huella de la orden")
    kind: Mapped[Word] = mapped_column(comment="recaudación o descuento")
    business_date: Mapped[Day] = mapped_column(comment="fecha de operación")
    version: Mapped[int] = mapped_column(comment="versión del día")
    previous_id: Mapped[int | None] = mapped_column(
        ForeignKey("commercial.voucher.id"), comment="póliza devuelta que sustituye"
    )
    state: Mapped[Word] = mapped_column(server_default=text("'draft'"), comment="estado")
    series: Mapped[Word] = mapped_column(
        ForeignKey("commercial.folio_series.code"), comment="serie"
    )
    number: Mapped[int] = mapped_column(comment="número")
    folio: Mapped[Word] = mapped_column(comment="folio")
    content: Mapped[Document] = mapped_column(JSONB, comment="contenido congelado")
    previous_hash: Mapped[Word] = mapped_column(comment="huella de la póliza anterior")
    hash: Mapped[Word] = mapped_column(comment="huella")
    debit: Mapped[Money] = mapped_column(Numeric(14, 2), comment="suma de cargos, pesos")
    credit: Mapped[Money] = mapped_column(Numeric(14, 2), comment="suma de abonos, pesos")
    map_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.rule_set.id"), comment="versión del catálogo contable"
    )
    note: Mapped[Word] = mapped_column(server_default=text("''"), comment="observaciones")
    issued_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="elaboró"
    )
    issued_at: Mapped[Stamp] = mapped_column(comment="elaborada el")
    decision_id: Mapped[UUID | None] = mapped_column(Uuid, comment="orden de la revisión")
    decision_print: Mapped[Word | None] = mapped_column(comment="huella de la orden de revisión")
    decided_by: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="verificó o devolvió"
    )
    decided_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="revisada el"
    )
    decision_note: Mapped[Word] = mapped_column(
        server_default=text("''"), comment="notas de la revisión"
    )
    sheet: Mapped[Document | None] = mapped_column(JSONB, comment="hoja de verificación al revisar")


class VoucherLine(Base):
    """One entry of a voucher: an account, and pesos on one side of it."""

    __tablename__ = "voucher_line"
    __table_args__ = (
        CheckConstraint("section IN ('" + "', '".join(SECTIONS) + "')", name="section"),
        CheckConstraint("debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", name="side"),
        {"comment": "renglón de póliza"},
    )

    voucher_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.voucher.id"), primary_key=True, comment="póliza"
    )
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="renglón")
    section: Mapped[Word] = mapped_column(comment="contable o presupuestal")
    origin: Mapped[Word] = mapped_column(comment="tipo de asiento del que viene")
    ledger: Mapped[Word] = mapped_column(
        ForeignKey("commercial.ledger_account.code"), comment="cuenta de los asientos"
    )
    concept: Mapped[Word | None] = mapped_column(
        ForeignKey("commercial.concept.code"), comment="concepto de cobro"
    )
    account: Mapped[Word] = mapped_column(comment="cuenta contable")
    name: Mapped[Word] = mapped_column(comment="nombre de la cuenta")
    debit: Mapped[Money] = mapped_column(Numeric(14, 2), comment="cargo, pesos")
    credit: Mapped[Money] = mapped_column(Numeric(14, 2), comment="abono, pesos")


class VoucherExport(Base):
    """A file made of a verified voucher for the accounting program, and the hash of its bytes."""

    __tablename__ = "voucher_export"
    __table_args__ = (
        CheckConstraint("format IN ('xlsx', 'csv')", name="format"),
        UniqueConstraint("command_id"),
        Index("ix_voucher_export_voucher_id", "voucher_id"),
        {"comment": "exportación de póliza"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    command_id: Mapped[UUID] = mapped_column(Uuid, comment="orden")
    voucher_id: Mapped[Ref] = mapped_column(ForeignKey("commercial.voucher.id"), comment="póliza")
    format: Mapped[Word] = mapped_column(comment="formato")
    layout: Mapped[Word] = mapped_column(comment="nombre de la plantilla")
    sha256: Mapped[Word] = mapped_column(comment="huella del archivo")
    exported_by: Mapped[Author] = mapped_column(
        ForeignKey("commercial.staff_member.username"), comment="exportó"
    )
    exported_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
