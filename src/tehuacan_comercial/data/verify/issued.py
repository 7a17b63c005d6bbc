"""Issued sheets whose bytes were sealed: made again, they must have the same hash (D11).

Receipts, closings, vouchers and papers of custody are drawn from frozen content, so they can be. A
statement or a water bill shows an account at a moment that is gone: its seal proves a paper, and is
not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from tehuacan_comercial.data.verify.check import Violation

Rendered = Callable[[str, int, str, int], str | None]
"""SHA-256 of the sheet ``(kind, subject_id, format, copy_number)`` made again; None if it can't."""

NAME = "issued_hash"
TITLE = "Huella de los documentos emitidos"
_PAGE = 1000

_SEALED = text("""
    SELECT d.id, d.kind, d.subject_id, d.format, d.copy_number, d.sha256,
           coalesce(r.folio, c.folio, v.folio, n.folio, t.folio, x.content ->> 'folio',
                    d.kind || ' ' || d.subject_id) AS folio
    FROM issued_document d
    LEFT JOIN receipt r ON d.kind = 'receipt' AND r.id = d.subject_id
    LEFT JOIN cash_closing c ON d.kind = 'closing' AND c.id = d.subject_id
    LEFT JOIN issued_content x ON x.document_id = d.id
    LEFT JOIN voucher v ON d.kind IN ('voucher', 'voucher_sheet') AND v.id = d.subject_id
    LEFT JOIN deposit_list n ON d.kind = 'deposit_list' AND n.id = d.subject_id
    LEFT JOIN payment_transfer t ON d.kind = 'transfer' AND t.id = d.subject_id
    WHERE d.sha256 IS NOT NULL
      AND d.kind IN ('receipt', 'closing', 'voucher', 'voucher_sheet', 'deposit_list',
          'interim_report', 'cash_count', 'withdrawal', 'handover', 'transfer',
          'shortage_repaid')
      AND d.layout = :layout AND d.id > :after ORDER BY d.id LIMIT :page
""")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sheet that left the program, and the hash of its bytes."""

    id: int
    kind: str
    subject_id: int
    format: str
    copy_number: int
    sha256: str
    folio: str


def sealed(connection: Connection, layout: int) -> Iterator[Sealed]:
    """Sealed sheets drawn in that version, in pages, so that a year of paper fits in memory."""
    after = 0
    while True:
        rows = (
            connection.execute(_SEALED, {"layout": layout, "after": after, "page": _PAGE})
            .mappings()
            .all()
        )
        for row in rows:
            yield Sealed(**row)
        if len(rows) < _PAGE:
            return
        after = rows[-1]["id"]


def contradiction(sheet: Sealed, rendered: Rendered) -> Violation | None:
    """What is said when the sheet made again is another one, or cannot be made again."""
    again = rendered(sheet.kind, sheet.subject_id, sheet.format, sheet.copy_number)
    if again == sheet.sha256:
        return None
    copy = f"reimpresión {sheet.copy_number}" if sheet.copy_number else "original"
    found = again[:12] if again else "nada"
    sentence = (
        f"El documento {sheet.folio} ({copy}) se selló con la huella {sheet.sha256[:12]} "
        f"y hecho de nuevo da {found}."
    )
    return Violation(NAME, f"{sheet.folio}/{sheet.copy_number}", sheet.sha256[:12], found, sentence)
