"""Use cases of paper: originals, copies, the print tray, and checking a receipt's code."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import accounts as account_queries
from tehuacan_comercial.data.queries import cash as queries
from tehuacan_comercial.data.queries import returns as return_queries
from tehuacan_comercial.data.queries import voids as void_queries
from tehuacan_comercial.data.queries.cash import IssuedRow, ReceiptRow
from tehuacan_comercial.data.queries.returns import MarkRow
from tehuacan_comercial.data.queries.voids import VoidRow
from tehuacan_comercial.documents import statement
from tehuacan_comercial.documents.base import LAYOUT
from tehuacan_comercial.domain.folios import verification_code
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import ReasonRequired, UnknownAccount, UnknownDocument
from tehuacan_comercial.domain.scan import ScannedFolio, ScannedReceipt, parse_scan
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.paper.draw import draw_issued
from tehuacan_comercial.services.paper.office import moment
from tehuacan_comercial.services.paper.printable import Printable, ReceiptCheck, Waiting
from tehuacan_comercial.services.paper.statement import statement_sheet
from tehuacan_comercial.services.permission import requires

__all__ = [
    "IssuedRow",
    "MarkRow",
    "Printable",
    "ReceiptCheck",
    "ReceiptsService",
    "VoidRow",
    "Waiting",
]

VOIDED_REASON = "El recibo cambió después de emitirse"


class ReceiptsService:
    """Paper for the signed-in person; ``archive`` is where PDFs are kept on this station (O1)."""

    def __init__(self, database: Database, actor: Actor, archive: Path) -> None:
        self._database = database
        self.actor = actor
        self._archive = archive

    @requires(Permission.CASH_CHARGE)
    def original(self, receipt_id: int, form: str) -> Printable:
        """The receipt's only unmarked sheet; asked again, a sheet that never left the tray.

        Raises:
            ReasonRequired: the original left the printer already; use ``reprint``.
            UnknownDocument: there is no such receipt.
        """
        waiting = self._never_printed("receipt", receipt_id)
        if waiting:
            return self.again(waiting)
        try:
            return self._issue("receipt", receipt_id, form, "")
        except ReasonRequired:  # perhaps a second click issued it in this very moment
            waiting = self._never_printed("receipt", receipt_id)
            if waiting is None:
                raise
            return self.again(waiting)

    @requires(Permission.RECEIPTS_REPRINT)
    def reprint(self, receipt_id: int, form: str, reason: str) -> Printable:
        """A copy marked REIMPRESIÓN n, with who and when (H14).

        Raises:
            ReasonRequired: no reason was written.
            UnknownDocument: there is no such receipt.
        """
        return self._issue("receipt", receipt_id, form, reason)

    @requires(Permission.CASH_SESSION)
    def closing(self, closing_id: int, reason: str = "") -> Printable:
        """The closing report; the first one is the original, later ones need a reason.

        Raises:
            ReasonRequired: it was printed already and no reason was written.
            UnknownDocument: there is no such closing.
        """
        waiting = self._never_printed("closing", closing_id)
        return (
            self.again(waiting) if waiting else self._issue("closing", closing_id, "letter", reason)
        )

    @requires(Permission.CASH_CLOSE)
    def custody(self, paper: CustodyPaper, subject_id: int, reason: str = "") -> Printable:
        """An X report, count sheet, delivery slip or handover act, as it stands now.

        Raises:
            ReasonRequired: it was printed already and no reason was written.
            UnknownDocument: there is none, or it is not one's own to print.
        """
        waiting = self._never_printed(paper.value, subject_id)
        if waiting:
            return self.again(waiting)
        return self._issue(paper.value, subject_id, "letter", reason)

    @requires(Permission.VOUCHERS_EXPORT)
    def voucher(self, voucher_id: int, reason: str = "") -> Printable:
        """A voucher as it stands now; the first sheet is the original, later ones need a reason.

        Raises:
            ReasonRequired: it was printed already and no reason was written.
            UnknownDocument: there is no such voucher.
        """
        waiting = self._never_printed("voucher", voucher_id)
        return (
            self.again(waiting) if waiting else self._issue("voucher", voucher_id, "letter", reason)
        )

    @requires(Permission.VOUCHERS_EXPORT)
    def voucher_day(self, voucher_id: int, reason: str = "") -> Printable:
        """The verification sheet that a decided voucher was decided with.

        Raises:
            ReasonRequired: it was printed already and no reason was written.
            UnknownDocument: there is no such voucher, or nobody decided it yet.
        """
        waiting = self._never_printed("voucher_sheet", voucher_id)
        if waiting:
            return self.again(waiting)
        return self._issue("voucher_sheet", voucher_id, "letter", reason)

    @requires(Permission.DEPOSITS_MANAGE)
    def deposit_list(self, list_id: int, reason: str = "") -> Printable:
        """The list of a balanced batch's slips.

        Raises:
            ReasonRequired: it was printed already and no reason was written.
            UnknownDocument: there is no such list.
        """
        waiting = self._never_printed("deposit_list", list_id)
        if waiting:
            return self.again(waiting)
        return self._issue("deposit_list", list_id, "letter", reason)

    @requires(Permission.RECEIPTS_REPRINT)
    def transfer(self, transfer_id: int, form: str = "half-letter", reason: str = "") -> Printable:
        """The document of a transferred payment; later ones than the first need a reason.

        Raises:
            ReasonRequired: it was printed already and no reason was written.
            UnknownDocument: there is no such transfer.
        """
        waiting = self._never_printed("transfer", transfer_id)
        return (
            self.again(waiting) if waiting else self._issue("transfer", transfer_id, form, reason)
        )

    @requires(Permission.ACCOUNTS_STATEMENT)
    def statement(self, account_id: int) -> Printable:
        """The account's statement as of now, letter size.

        Raises:
            UnknownAccount: there is no such account.
        """
        issued = self._call(
            "issue_document",
            {
                "kind": "statement",
                "subject_id": account_id,
                "format": "letter",
                "reason": "A petición del usuario",
            },
        )
        with self._database.read() as connection:
            card = account_queries.account_card(connection, account_id)
            lines = account_queries.statement_lines(connection, account_id)
            items = account_queries.open_items(connection, account_id)
            settings = queries.office_settings_today(connection)
        if card is None:
            raise UnknownAccount(str(account_id))
        sheet = statement_sheet(
            card, lines, items, settings, (moment(issued["issued_at"]), self.actor.full_name)
        )
        name = f"estado-{card.account_number}-{issued['id']}"
        return self._sealed(int(issued["id"]), f"Estado de cuenta {card.account_number}", name, 0,
                            statement.render(sheet))  # fmt: skip

    @requires(Permission.RECEIPTS_REPRINT)
    def again(self, document_id: int) -> Printable:
        """The same sheet once more, byte for byte: for a printer that did not take it (O2).

        A receipt that was voided, moved or whose cheque came back meanwhile leaves as a marked copy
        instead: no sheet
        that says it stands is printed any more.

        Raises:
            UnknownDocument: nothing with that number was issued.
        """
        with self._database.read() as connection:
            issued = queries.issued_document(connection, document_id)
            stale = void_queries.voided_since(connection, document_id)
        if issued is None:
            raise UnknownDocument(str(document_id))
        if stale:
            return self._issue("receipt", issued.subject_id, issued.format, VOIDED_REASON)
        return self._drawn(issued)

    @requires(Permission.RECEIPTS_REPRINT)
    def report_print(self, document_id: int, printer: str, state: str, problem: str = "") -> None:
        """Where the sheet stands: pending, printed, failed or saved. Never touches money (O4)."""
        self._call(
            "report_print",
            {
                "document_id": document_id,
                "printer": printer,
                "state": state,
                "problem": problem,
            },
        )

    @requires(Permission.RECEIPTS_REPRINT)
    def waiting(self) -> tuple[Waiting, ...]:
        """One's own sheets of these days that no printer reported as printed, oldest first (O2).

        Each is drawn again, byte for byte, so that a station that starts anew can print it.
        """
        with self._database.read() as connection:
            rows = queries.print_tray(connection)
        return tuple(Waiting(self.again(row.document_id), row.format, row.problem) for row in rows)

    @requires(Permission.RECEIPTS_VERIFY)
    def check(self, scanned: str) -> ReceiptCheck:
        """Whether a receipt's QR (or folio) is in the books, and whether its code is right (N4).

        Raises:
            UnknownDocument: it names no receipt of ours.
        """
        match parse_scan(scanned):
            case ScannedReceipt(folio=folio, code=code):
                row, own = self._numbered(str(folio))
                return self._checked(row, own, code == verification_code(row.hash))
            case ScannedFolio(folio=folio):
                return self._checked(*self._numbered(str(folio)), genuine=True)
            case _:
                raise UnknownDocument(scanned)

    @requires(Permission.RECEIPTS_VERIFY)
    def fingerprint(self, kind: str, subject_id: int, form: str, copy_number: int) -> str | None:
        """SHA-256 of an issued receipt or closing drawn again from its frozen content.

        None when it was never issued so; ``verify`` compares it with the sealed one.
        """
        with self._database.read() as connection:
            sheets = queries.issued_documents(connection, kind, subject_id)
        for issued in sheets:
            if issued.copy_number == copy_number and issued.format == form:
                return hashlib.sha256(draw_issued(self._database, issued)[1]).hexdigest()
        return None

    def _numbered(self, folio: str) -> tuple[ReceiptRow, bool]:
        """The receipt of a folio and True; or the document of a transfer and False."""
        with self._database.read() as connection:
            found = queries.receipt_by_folio(connection, folio)
            moved = None if found else return_queries.transfer_by_folio(connection, folio)
        if moved is not None:
            return ReceiptRow(moved.transfer_id, moved.folio, moved.hash, moved.content), False
        if found is None:
            raise UnknownDocument(folio)
        return found, True

    def _checked(self, row: ReceiptRow, own: bool, genuine: bool) -> ReceiptCheck:
        content = row.content
        with self._database.read() as connection:
            void = void_queries.void_as_of(connection, row.receipt_id, None) if own else None
            marks = return_queries.marks_as_of(connection, row.receipt_id, None) if own else []
        return ReceiptCheck(
            row.folio,
            genuine,
            content["holder"],
            content["account_number"],
            Decimal(content["applied"]),
            moment(content["issued_at"]),
            void,
            marks[0] if marks else None,
        )

    def _never_printed(self, kind: str, subject_id: int) -> int | None:
        """The original that was issued and, by every report, never came out."""
        with self._database.read() as connection:
            return queries.unprinted_original(connection, kind, subject_id)

    def _issue(self, kind: str, subject_id: int, form: str, reason: str) -> Printable:
        made = self._call(
            "issue_document",
            {
                "kind": kind,
                "subject_id": subject_id,
                "format": form,
                "layout": LAYOUT,
                "reason": reason,
            },
        )
        with self._database.read() as connection:
            issued = queries.issued_document(connection, int(made["id"]))
        if issued is None:
            raise UnknownDocument(str(made["id"]))
        return self._drawn(issued)

    def _drawn(self, issued: IssuedRow) -> Printable:
        title, pdf = draw_issued(self._database, issued)
        name = title.rsplit(" ", 1)[-1]
        mark = f"-copia{issued.copy_number}" if issued.copy_number else ""
        return self._sealed(issued.document_id, title, f"{name}{mark}", issued.copy_number, pdf)

    def _sealed(self, document_id: int, title: str, name: str, copy: int, pdf: bytes) -> Printable:
        """Keep the bytes on this station first, then seal their hash in the books (O1)."""
        self._archive.mkdir(parents=True, exist_ok=True)
        path = self._archive / f"{name}.pdf"
        path.write_bytes(pdf)
        digest = hashlib.sha256(pdf).hexdigest()
        self._call("seal_document", {"document_id": document_id, "sha256": digest})
        return Printable(document_id, title, pdf, path, copy)

    def _call(self, name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        return self._database.call(name, payload)
