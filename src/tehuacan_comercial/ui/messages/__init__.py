"""One Spanish message for each refusal: what happened, what is safe, what to do."""

from __future__ import annotations

import re
from dataclasses import astuple

from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.ui.messages import (
    authorisations,
    cash,
    deposits,
    office,
    queue,
    returns,
    trouble,
    vouchers,
)
from tehuacan_comercial.ui.messages.message import Message, Phrase

PHRASES: dict[type[Refusal], Phrase] = {
    **authorisations.PHRASES, **cash.PHRASES, **deposits.PHRASES, **office.PHRASES,
    **queue.PHRASES, **returns.PHRASES, **trouble.PHRASES, **vouchers.PHRASES,
}  # fmt: skip


def message_for(refusal: Refusal) -> Message:
    """The message of a refusal.

    Raises:
        KeyError: the class has no message; a test makes sure that none is missing.
    """
    message = PHRASES[type(refusal)](refusal)
    return Message(*(_tidy(part) for part in astuple(message)))


def _tidy(text: str) -> str:
    """Close the gap that a fact which was not told leaves in its sentence."""
    return re.sub(r" +([.,;:])", r"\1", re.sub(r" {2,}", " ", text))
