"""Requests to void a receipt and their decisions, as the services send them."""

from __future__ import annotations

import uuid
from typing import Any

from tehuacan_comercial.data.engine import Database


def void_request(receipt: int, **changes: Any) -> dict[str, Any]:
    """A right request with the paper at hand."""
    made: dict[str, Any] = {
        "command_id": str(uuid.uuid4()),
        "kind": "void_receipt",
        "subject_id": receipt,
        "reason_code": "CAPTURA",
        "reason": "",
        "evidence": {},
        "options": {"paper": "in_hand", "refund": "payable"},
    }
    return made | changes


def decision(authorisation: int, verdict: str = "approve", **changes: Any) -> dict[str, Any]:
    """A decision with a note, in one's own name."""
    made: dict[str, Any] = {
        "command_id": str(uuid.uuid4()),
        "authorisation_id": authorisation,
        "verdict": verdict,
        "note": "Revisado con el recibo a la vista",
        "on_behalf_of": None,
    }
    return made | changes


def request_void(asker: Database, receipt: int, **changes: Any) -> int:
    """Ask; gives the authorisation's number."""
    answer = asker.call("request_authorisation", void_request(receipt, **changes))
    return int(answer["authorisation_id"])


def void(asker: Database, decider: Database, receipt: int, **changes: Any) -> dict[str, Any]:
    """Ask and approve; gives the answer of the decision."""
    asked = request_void(asker, receipt, **changes)
    return decider.call("decide_authorisation", decision(asked))


def delegate(recorder: Database, principal: str, deputy: str, today: str) -> int:
    """For today alone, for voids."""
    answer = recorder.call(
        "record_delegation",
        {
            "command_id": str(uuid.uuid4()),
            "principal": principal,
            "deputy": deputy,
            "kinds": ["void_receipt"],
            "from": today,
            "to": today,
            "reason": "Vacaciones",
        },
    )
    return int(answer["delegation_id"])
