"""The page Autorizaciones: what waits, what was resolved, radar, delegations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tehuacan_comercial.domain.authorisations import DecisionCommand, DelegationCommand
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.authorisations import (
    AuthorisationResult,
    AuthorisationRow,
    DeciderRow,
    DelegationRow,
    KindRow,
    RadarRow,
)
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.authorisations.columns import DELEGATIONS, RADAR, RESOLVED
from tehuacan_comercial.ui.authorisations.delegation_sheet import DelegationSheet
from tehuacan_comercial.ui.authorisations.inbox import Inbox
from tehuacan_comercial.ui.authorisations.watch import TOPICS
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.tasks import Failed, Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.segmented import Segment, Segmented
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView

R = TypeVar("R")

PARTS = (
    Segment("inbox", "Por autorizar", "inbox"),
    Segment("resolved", "Resueltas", "history"),
    Segment("radar", "Radar", "triangle-alert"),
    Segment("delegations", "Suplencias", "users"),
)


class AuthorisationsPage(QWidget):
    """Reads again whatever part is shown when a request anywhere changes."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        now: Callable[[], datetime],
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._bus, self._now = desk, tasks, bus, now
        self._service = desk.authorisations
        self.inbox = Inbox(now, settings)
        self.resolved = self._table("Solicitudes resueltas", RESOLVED, _key, settings)
        self.radar = self._table(
            "Cancelaciones de 30 días", RADAR, lambda row: row.receipt_id, settings
        )
        self.delegations = self._table(
            "Suplencias", DELEGATIONS, lambda row: row.delegation_id, settings
        )
        self.parts = Segmented(PARTS, "Partes de las autorizaciones")
        self._pages = QStackedWidget()
        self._lay_out()
        self.parts.chosen.connect(self._show_part)
        self.inbox.decided.connect(self._decide)
        self.inbox.asked_history.connect(self._read_history)
        for table in (self.inbox.table, self.inbox.history):
            table.export_requested.connect(
                lambda sheet: spreadsheet.export(self, self._tasks, sheet)
            )
        bus.subscribe(self, lambda changes: bool(changes.topics & TOPICS), self.reload)
        self.reload()

    def reload(self) -> None:
        """Read the part that is shown, and always what waits."""
        service = self._service
        self._read("pending", service.pending, self.inbox.show_rows)
        match self.parts.current():
            case "resolved":
                self._read("resolved", lambda: _answered(service.recent()), self.resolved.set_rows)
            case "radar":
                self._read("radar", service.radar, self.radar.set_rows)
            case "delegations":
                self._read("delegations", service.delegations, self.delegations.set_rows)

    def show_part(self, name: str) -> None:
        """Bring one of ``PARTS`` to the front."""
        self.parts.choose(name)

    def _show_part(self, name: str) -> None:
        names = [part.name for part in PARTS]
        self._pages.setCurrentIndex(names.index(name))
        self.reload()

    # --- acts ---

    def _decide(self, command: DecisionCommand) -> None:
        def done(result: AuthorisationResult) -> None:
            self.inbox.done()
            self._bus.committed(result.changes)

        def failed(error: Exception) -> None:
            self.inbox.set_busy("")
            self._refused(error)
            self.reload()

        self._tasks.write(lambda: self._service.decide(command), done, failed, self)

    def _add_delegation(self) -> None:
        service, tasks = self._service, self._tasks

        def show(found: tuple[tuple[DeciderRow, ...], tuple[KindRow, ...]]) -> None:
            def record(
                command: DelegationCommand, done: Callable[[object], None], failed: Failed
            ) -> None:
                tasks.write(lambda: service.delegate(command), done, failed, self)

            sheet = DelegationSheet(
                self, self._desk.actor, found[0], found[1], self._now().date(), record
            )
            if prompts.run(sheet):
                self.reload()

        self._read("deciders", lambda: (service.deciders(), service.kinds()), show)

    def _end_delegation(self) -> None:
        row = self.delegations.current()
        if row is None or not (row.in_force or row.to_come):
            return
        wish = f"{row.deputy_name} dejará de decidir en lugar de {row.principal_name}."
        if not prompts.confirm(
            self, "Terminar la suplencia", wish, act="Terminar", keep="Conservar", grave=True
        ):
            return
        number = row.delegation_id
        self._tasks.write(
            lambda: self._service.end_delegation(number),
            lambda _none: self.reload(),
            self._refused,
            self,
        )

    # --- reading ---

    def _read_history(self, row: AuthorisationRow) -> None:
        account, requester = row.account_id, row.requested_by
        self._read(
            "history",
            lambda: self._service.history(account, requester),
            self.inbox.show_history,
        )

    def _read(self, topic: str, ask: Callable[[], R], show: Callable[[R], object]) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, TroubleRefusal):
                self._refused(error)  # a lost line is told at the foot; the next poll asks again

        self._tasks.read(f"authorisations.{topic}", ask, lambda found: _do(show, found),
                         failed, self)  # fmt: skip

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self, error)

    # --- building ---

    def _table(
        self,
        name: str,
        columns: tuple[Column[R], ...],
        key: Callable[[R], int],
        settings: QSettings | None,
    ) -> TableView[R]:
        table: TableView[R] = TableView(
            name, columns, key, empty=EmptyState("inbox", "Nada que mostrar"), settings=settings
        )
        table.export_requested.connect(lambda sheet: spreadsheet.export(self, self._tasks, sheet))
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        column.addWidget(self.parts)
        column.addWidget(self._pages, 1)
        self._pages.addWidget(self.inbox)
        for table in (self.resolved, self.radar, self.delegations):
            self._pages.addWidget(self._carded(table))

    def _carded(
        self, table: TableView[AuthorisationRow] | TableView[RadarRow] | TableView[DelegationRow]
    ) -> Card:
        card = Card(table.name, padded=False)
        if table is self.delegations:
            for text, icon, act in (
                ("&Nueva suplencia", "plus", self._add_delegation),
                ("&Terminar", "x", self._end_delegation),
            ):
                button = KeyButton(text, icon, kind=Kind.GHOST)
                button.clicked.connect(act)
                card.add_tool(button)
        if table is self.radar:
            card.set_note("Señales para revisar; ninguna acusa a nadie.")
        excel = KeyButton("E&xcel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(table.request_export)
        card.add_tool(excel)
        card.body.addWidget(table)
        return card


def _key(row: AuthorisationRow) -> int:
    return row.authorisation_id


def _answered(rows: tuple[AuthorisationRow, ...]) -> tuple[AuthorisationRow, ...]:
    return tuple(row for row in rows if row.state != "requested")


def _do(show: Callable[[R], object], found: R) -> None:
    show(found)
