"""Papers of custody on their way out: shown first; a second copy is asked why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.refusals import ReasonRequired, Refusal
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.paper import Paper


def print_custody(
    page: QWidget, paper: Paper, kind: CustodyPaper, subject_id: int, title: str, why: str = ""
) -> None:
    """Draw a report, count, delivery or handover by its number; ``title`` names it when asking."""

    def failed(error: Exception) -> None:
        if isinstance(error, ReasonRequired):
            reason = prompts.ask_reason(
                page,
                f"Reimprimir {title}",
                act="Reimprimir",
                note="La hoja sale marcada REIMPRESIÓN, con su nombre, la hora y este motivo.",
            )
            if reason is not None:
                print_custody(page, paper, kind, subject_id, title, reason)
        elif isinstance(error, Refusal):
            prompts.show_refusal(page, error)
        else:
            raise error

    paper.draw(
        lambda: paper.receipts.custody(kind, subject_id, why),
        lambda sheet: paper.preview(page, sheet),
        failed,
    )
