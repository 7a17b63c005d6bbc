"""Use cases of the water bill as paper: one at the desk, or a whole route into one file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import bills as queries
from tehuacan_comercial.data.queries import cash as paper_queries
from tehuacan_comercial.data.queries.bills import BillRecord
from tehuacan_comercial.documents import bill as document
from tehuacan_comercial.documents.bill import BillSheet
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import UnknownDocument
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.paper.bill import bill_number, bill_sheet
from tehuacan_comercial.services.paper.office import reprint_of
from tehuacan_comercial.services.permission import requires

__all__ = ["BillPaper", "BillsService", "RouteFile"]

Progress = Callable[[int, int], None]
"""Called with (bills drawn, bills in all); it may raise to give up."""

AT_ONCE = 200
_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class BillPaper:
    """A bill that was issued on paper: its registration, title, bytes and copy (0 = original)."""

    document_id: int
    title: str
    pdf: bytes
    copy_number: int


@dataclass(frozen=True, slots=True)
class RouteFile:
    """A file with the bills of a route, in the order in which it is walked."""

    path: Path
    bills: int


class BillsService:
    """Water bills for the signed-in person, or for the office tools."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self.actor = actor

    @requires(Permission.BILLING_PRINT)
    def one(self, bill_id: int, reason: str = "") -> BillPaper:
        """A bill for who asks for it at the desk; every sheet after the first needs a reason.

        Raises:
            ReasonRequired: it was issued at the desk before.
            UnknownDocument: there is no such bill.
        """
        issued = self._database.call(
            "issue_document",
            {"kind": "bill", "subject_id": bill_id, "format": "letter", "reason": reason},
        )
        with self._database.read() as connection:
            record = queries.bill_record(connection, bill_id)
        if record is None:
            raise UnknownDocument(f"bill {bill_id}")
        copy = int(issued["copy_number"])
        reprint = reprint_of(copy, issued["issued_by_name"] or "", issued["issued_at"])
        pdf = document.render(bill_sheet(record, self._settings(record), reprint))
        key, digest = int(issued["id"]), hashlib.sha256(pdf).hexdigest()
        self._database.call("seal_document", {"document_id": key, "sha256": digest})
        return BillPaper(key, f"Recibo de agua {bill_number(record)}", pdf, copy)

    @requires(Permission.BILLING_PRINT)
    def preview(self, bill_id: int) -> bytes:
        """The bill's bytes for looking at, without issuing a sheet.

        Raises:
            UnknownDocument: there is no such bill.
        """
        with self._database.read() as connection:
            record = queries.bill_record(connection, bill_id)
        if record is None:
            raise UnknownDocument(f"bill {bill_id}")
        return document.render(bill_sheet(record, self._settings(record), None))

    @requires(Permission.BILLING_PRINT)
    def route(
        self, period: str, route: str, path: Path, progress: Progress | None = None
    ) -> RouteFile:
        """All bills of a route and period into one PDF at *path*, replaced only when complete.

        These are the bills that are delivered; sheets given out at the desk are registered apart.

        Raises:
            UnknownDocument: the route has no bills in the period.
        """
        with self._database.read(_SECONDS) as connection:
            keys = queries.bills_of_route(connection, period, route)
        if not keys:
            raise UnknownDocument(f"{period} {route}")

        def told(done: int) -> None:
            if progress is not None:
                progress(done, len(keys))

        title = f"Recibos {period}, ruta {route}"
        pdf = document.render_many(self._sheets(keys), told, title)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".part")
        unfinished.write_bytes(pdf)
        unfinished.replace(path)
        return RouteFile(path, len(keys))

    def _sheets(self, keys: list[int]) -> Iterator[BillSheet]:
        """Read some at a time, so that a long route needs neither much memory nor one long read."""
        settings: dict[int | None, dict[str, Any]] = {}
        for start in range(0, len(keys), AT_ONCE):
            with self._database.read(_SECONDS) as connection:
                records = queries.bill_records(connection, keys[start : start + AT_ONCE])
            for record in records:
                if record.office_id not in settings:
                    settings[record.office_id] = self._settings(record)
                yield bill_sheet(record, settings[record.office_id], None)

    def _settings(self, record: BillRecord) -> dict[str, Any]:
        with self._database.read() as connection:
            return paper_queries.office_settings(connection, record.office_id)
