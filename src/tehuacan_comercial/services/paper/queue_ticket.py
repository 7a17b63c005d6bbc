"""A ticket of the queue as it is printed: estimate in words, never a promise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tehuacan_comercial.documents.base import DEMONSTRATION
from tehuacan_comercial.documents.queue_ticket import QueueTicketSheet, render_queue_ticket
from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue
from tehuacan_comercial.domain.queue_estimate import WaitEstimate
from tehuacan_comercial.services.paper.office import moment, office_of


def queue_ticket_pdf(
    label: str,
    procedure: str,
    priority: str,
    taken_at: datetime,
    estimate: WaitEstimate | None,
    catalogue: QueueCatalogue,
    settings: Mapping[str, Any],
) -> bytes:
    """The ticket; *procedure* is a code of the catalogue, *estimate* is None once it was called."""
    entry = catalogue.procedure(procedure)
    office = office_of(settings, "queue_ticket")
    return render_queue_ticket(
        QueueTicketSheet(
            office=office,
            label=label,
            procedure=entry.name if entry else procedure,
            priority=priority,
            taken_at=moment(taken_at),
            ahead=people_words(estimate.ahead if estimate else 0),
            wait=wait_words(estimate),
            documents=entry.documents if entry else (),
            demonstration=DEMONSTRATION in f"{office.name} {office.short_name}",
        )
    )


def people_words(ahead: int) -> str:
    """``3 personas``."""
    return {0: "Nadie", 1: "1 persona"}.get(ahead, f"{ahead} personas")


def wait_words(estimate: WaitEstimate | None) -> str:
    """Rounded up to five minutes."""
    if estimate is None or (estimate.minutes is not None and estimate.minutes < 1):
        return "Pasa en un momento"
    if estimate.minutes is None:
        return "Al abrir su ventanilla"
    return f"{5 * -int(-estimate.minutes // 5)} minutos"
