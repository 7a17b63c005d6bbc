"""The page Aclaraciones: payments that did not stay where they were, and those that should not."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.clarifications.acts import ClarificationActs
from tehuacan_comercial.ui.clarifications.columns import BANS, CHEQUES, FINDINGS, TRANSFERS
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.segmented import Segment, Segmented
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView

R = TypeVar("R")

PARTS = (
    Segment("cheques", "Cheques", "landmark", "Alt+1"),
    Segment("transfers", "Traspasos", "arrow-right-left", "Alt+2"),
    Segment("findings", "Posibles errores", "triangle-alert", "Alt+3"),
    Segment("bans", "Cuentas sin cheques", "circle-x", "Alt+4"),
)
TOPICS = frozenset({"payment", "account", "authorisation", "session", "rules", "everything"})


class ClarificationsPage(QWidget):
    """Reads again whatever part is shown when a payment anywhere changes."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        paper: Paper,
        today: Callable[[], date],
        settings: QSettings,
        *,
        request_void: Callable[[int], None],
        request_transfer: Callable[[int, str], None],
    ) -> None:
        super().__init__()
        self._tasks, self._settings, self._actor = tasks, settings, desk.actor
        self._service = desk.clarifications
        self.acts = ClarificationActs(
            self, desk, tasks, bus, paper, today,
            request_void=request_void, request_transfer=request_transfer,
        )  # fmt: skip
        self.cheques = self._table("Cheques de 180 días", CHEQUES, lambda row: row.key)
        self.transfers = self._table("Traspasos de 90 días", TRANSFERS, lambda row: row.transfer_id)
        self.findings = self._table("Posibles errores de 30 días", FINDINGS, lambda row: row.key)
        self.bans = self._table("Cuentas sin cheques", BANS, lambda row: row.ban_id)
        self.parts, self._stack = Segmented(PARTS, "Partes de las aclaraciones"), QStackedWidget()
        self._lay_out()
        self.parts.chosen.connect(self._show_part)
        bus.subscribe(self, lambda changes: bool(changes.topics & TOPICS), self.reload)
        self.reload()

    def reload(self) -> None:
        """Read the part that is shown."""
        service = self._service
        match self.parts.current():
            case "transfers":
                self._read("transfers", service.transfers, self.transfers.set_rows)
            case "findings":
                self._read("findings", service.findings, self.findings.set_rows)
            case "bans":
                self._read("bans", service.bans, self.bans.set_rows)
            case _:
                self._read("cheques", service.cheques, self.cheques.set_rows)

    def show_part(self, name: str) -> None:
        """Bring one of ``PARTS`` to the front."""
        self.parts.choose(name)

    def _show_part(self, name: str) -> None:
        self._stack.setCurrentIndex([part.name for part in PARTS].index(name))
        self.reload()

    def _read(self, topic: str, ask: Callable[[], R], show: Callable[[R], object]) -> None:
        def done(found: R) -> None:
            show(found)

        def failed(error: Exception) -> None:
            if isinstance(error, TroubleRefusal):
                return  # a lost line is told at the foot; the next poll asks again
            if not isinstance(error, Refusal):
                raise error
            prompts.show_refusal(self, error)

        self._tasks.read(f"clarifications.{topic}", ask, done, failed, self)

    # --- building ---

    def _table(
        self, name: str, columns: tuple[Column[R], ...], key: Callable[[R], Hashable]
    ) -> TableView[R]:
        table: TableView[R] = TableView(
            name,
            columns,
            key,
            empty=EmptyState("inbox", "Nada que aclarar"),
            settings=self._settings,
        )
        table.export_requested.connect(lambda sheet: spreadsheet.export(self, self._tasks, sheet))
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        row = QHBoxLayout()
        row.addWidget(self.parts)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        may, acts = self._actor.may, self.acts
        record, lift = may(Permission.CLARIFICATIONS_RECORD), may(Permission.CLARIFICATIONS_LIFT)
        paper, ask = may(Permission.RECEIPTS_REPRINT), may(Permission.AUTHORISATIONS_REQUEST)
        self._add(self.cheques, "", ("El banco lo &devolvió…", "undo-2", acts.give_back, record))
        self._add(
            self.transfers,
            "El recibo de la caja no cambia; lo nuevo lleva su propio folio.",
            ("&Comprobante", "printer", acts.print_transfer, paper),
            ("Traspasar &otra vez…", "arrow-right-left", acts.transfer_again, ask),
        )
        self._add(
            self.findings,
            "Señales para revisar; ninguna acusa a nadie.",
            ("&Comparar…", "file-search", acts.compare, True),
        )
        self._add(self.bans, "", ("&Volver a aceptar cheques…", "circle-check", acts.lift, lift))

    def _add(
        self, table: TableView[Any], note: str,
        *tools: tuple[str, str, Callable[[Any], None], bool],
    ) -> None:  # fmt: skip
        card = Card(table.name, padded=False)
        if note:
            card.set_note(note)
        for text, icon, act, allowed in tools:
            if allowed:
                card.add_tool(self._tool(table, text, icon, act))
        excel = KeyButton("E&xcel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(table.request_export)
        card.add_tool(excel)
        card.body.addWidget(table)
        self._stack.addWidget(card)

    def _tool(
        self, table: TableView[Any], text: str, icon: str, act: Callable[[Any], None]
    ) -> KeyButton:
        button = KeyButton(text, icon, kind=Kind.LINK)

        def run() -> None:
            row = table.current()
            if row is not None:
                act(row)

        button.clicked.connect(run)
        button.setEnabled(False)
        table.current_changed.connect(lambda row: button.setEnabled(row is not None))
        table.add_row_action(text.replace("&", ""), act)
        return button
