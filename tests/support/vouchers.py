"""Orders for a day's vouchers, and a day with everything in it that a voucher tells."""

from __future__ import annotations

import uuid
from typing import Any

from tehuacan_comercial.data.engine import Database
from tests.support.town import Town


def today(town: Town, days_ago: int = 0) -> str:
    """The office's day by the server's clock, ISO."""
    with town.admin() as connection:
        row = connection.execute("SELECT (office_today() - %s)::text", (days_ago,)).fetchone()
    assert row is not None
    return str(row[0])


def issue_order(kind: str, day: str, note: str = "") -> dict[str, Any]:
    return {"command_id": str(uuid.uuid4()), "kind": kind, "day": day, "note": note}


def issue(who: Database, kind: str, day: str, note: str = "") -> dict[str, Any]:
    return who.call("issue_voucher", issue_order(kind, day, note))


def verdict(voucher: int, word: str, note: str = "") -> dict[str, Any]:
    """word: verify or return."""
    return {
        "command_id": str(uuid.uuid4()),
        "voucher_id": voucher,
        "verdict": word,
        "note": note,
    }


def decide(who: Database, voucher: int, word: str, note: str = "") -> dict[str, Any]:
    return who.call("decide_voucher", verdict(voucher, word, note))


def export(who: Database, voucher: int) -> dict[str, Any]:
    order = {
        "command_id": str(uuid.uuid4()),
        "voucher_id": voucher,
        "format": "csv",
        "layout": "general",
        "sha256": "0" * 64,
    }
    return who.call("record_voucher_export", order)


def issue_some(town: Town) -> None:
    """Elena issues today's collection voucher; yesterday's was returned, issued again, verified by
    the manager and exported; yesterday had no discounts, and the director verified that."""
    elena, manager, director = (town.sign_in(name) for name in ("elena", "gerente", "directora"))
    issue(elena, "collection", today(town), "Primer turno")
    yesterday = today(town, days_ago=1)
    wrong = issue(elena, "collection", yesterday)
    decide(manager, wrong["voucher_id"], "return", "Falta decir que no se abrió por inventario")
    right = issue(elena, "collection", yesterday, "No se abrió por inventario")
    decide(manager, right["voucher_id"], "verify")
    export(elena, right["voucher_id"])
    decide(director, issue(manager, "discount", yesterday)["voucher_id"], "verify")
