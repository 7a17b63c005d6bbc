"""Printing a receipt again: the original while it never came out, else a marked copy."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.refusals import ReasonRequired, Refusal
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.context import CashContext


class Reprints(QObject):
    """Asks for the reason only when the paper will carry the mark (H14)."""

    def __init__(self, context: CashContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def reprint(self, receipt_id: int, folio: str) -> None:
        """Print the receipt of a folio again."""
        paper, form = self._context.paper, self._context.place.receipt_format

        def failed(error: Exception) -> None:
            if isinstance(error, ReasonRequired):
                self._ask(receipt_id, folio)
            else:
                self._refused(error)

        paper.draw(
            lambda: paper.receipts.original(receipt_id, form),
            lambda sheet: paper.send(sheet, form),
            failed,
        )

    def _ask(self, receipt_id: int, folio: str) -> None:
        paper, form = self._context.paper, self._context.place.receipt_format
        reason = prompts.ask_reason(
            self._page,
            f"Reimprimir {folio}",
            act="Reimprimir",
            note="La hoja sale marcada REIMPRESIÓN, con su nombre, la hora y este motivo.",
        )
        if reason is not None:
            paper.draw(
                lambda: paper.receipts.reprint(receipt_id, form, reason),
                lambda sheet: paper.send(sheet, form),
                self._refused,
            )

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._page, error)
