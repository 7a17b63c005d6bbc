"""Requests for somebody's permission, whatever their kind."""

from __future__ import annotations

import uuid
from typing import Any

from tehuacan_comercial.data.engine import Database
from tests.support.voids import decision


def request(asker: Database, kind: str, subject: int, reason: str, **changes: Any) -> int:
    """Ask with a reason of the list; gives the authorisation's number."""
    order: dict[str, Any] = {
        "command_id": str(uuid.uuid4()),
        "kind": kind,
        "subject_id": subject,
        "reason_code": reason,
        "reason": "",
        "evidence": {},
        "options": {},
    }
    return int(asker.call("request_authorisation", order | changes)["authorisation_id"])


def allow(asker: Database, decider: Database, kind: str, subject: int, reason: str) -> int:
    """Ask and approve; gives the authorisation's number."""
    asked = request(asker, kind, subject, reason)
    decider.call("decide_authorisation", decision(asked))
    return asked
