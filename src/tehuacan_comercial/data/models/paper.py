"""Paper that left the program: issued sheets, their frozen content, where the printer has them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tehuacan_comercial.data.models.base import Author, Base, Document, Key, Ref, Stamp, Word

DOCUMENT_KINDS = (
    "receipt", "closing", "bill", "statement", "voucher", "voucher_sheet", "deposit_list",
    "interim_report", "cash_count", "withdrawal", "handover", "transfer", "shortage_repaid",
)  # fmt: skip


class IssuedDocument(Base):
    """A sheet that left the program: its bytes' hash and which copy it was (D11, H14)."""

    __tablename__ = "issued_document"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(DOCUMENT_KINDS) + "')", name="kind"),
        CheckConstraint("copy_number >= 0", name="copy_number"),
        CheckConstraint("copy_number = 0 OR reason <> ''", name="reason"),
        UniqueConstraint("kind", "subject_id", "copy_number"),
        {"comment": "documento emitido"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    kind: Mapped[Word] = mapped_column(comment="tipo")
    subject_id: Mapped[Ref] = mapped_column(comment="documento")
    format: Mapped[Word] = mapped_column(comment="formato")
    layout: Mapped[int] = mapped_column(
        server_default=text("1"), comment="versión del dibujo; una nueva no se compara con otra"
    )
    copy_number: Mapped[int] = mapped_column(comment="0 original; n reimpresión")
    sha256: Mapped[Word | None] = mapped_column(comment="huella de los bytes, sellada una vez")
    reason: Mapped[Word] = mapped_column(server_default=text("''"), comment="motivo")
    issued_by: Mapped[Author] = mapped_column(comment="emitió")
    issued_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")


class IssuedContent(Base):
    """What a sheet said when it was issued, where its subject could still change."""

    __tablename__ = "issued_content"
    __table_args__ = ({"comment": "contenido congelado de un documento emitido"},)

    document_id: Mapped[int] = mapped_column(
        ForeignKey("commercial.issued_document.id"), primary_key=True, comment="documento emitido"
    )
    content: Mapped[Document] = mapped_column(JSONB, comment="contenido congelado")


class PrintJob(Base):
    """Where a sheet stands at the printer; it never touches the payment (O4)."""

    __tablename__ = "print_job"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'printed', 'failed', 'saved')", name="state"),
        Index("ix_print_job_document_id", "document_id"),
        {"comment": "impresión"},
    )

    id: Mapped[Key] = mapped_column(comment="identificador")
    document_id: Mapped[Ref] = mapped_column(
        ForeignKey("commercial.issued_document.id"), comment="documento emitido"
    )
    printer: Mapped[Word] = mapped_column(comment="impresora")
    state: Mapped[Word] = mapped_column(comment="estado")
    problem: Mapped[Word] = mapped_column(server_default=text("''"), comment="problema")
    reported_by: Mapped[Author] = mapped_column(comment="informó")
    reported_at: Mapped[Stamp] = mapped_column(comment="fecha y hora")
