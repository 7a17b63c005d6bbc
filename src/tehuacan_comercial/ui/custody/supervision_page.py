"""The page Supervisión: every drawer, money in transit, and what somebody must count (H5, H17)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.custody import SupervisedRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.custody.columns import SESSIONS
from tehuacan_comercial.ui.custody.supervising import Supervising, supervising
from tehuacan_comercial.ui.custody.supervision_acts import SupervisionActs, SupervisionPaths
from tehuacan_comercial.ui.custody.transit import TRANSIT, TransitRow, transit_rows
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.view import TableView

TOPICS = frozenset({"session", "custody", "payment", "authorisation", "everything"})
ACTS = (
    ("surprise", "Ar&queo sorpresa…", "eye"),
    ("take_over", "Rele&var…", "arrow-left-right"),
    ("close", "Co&ntar y cerrar…", "calculator"),
    ("verify", "Ver&ificar…", "check-check"),
    ("interim", "Corte parcial &X", "printer"),
    ("reopen", "Rea&brir…", "lock-open"),
)
"""Name of an act on sessions, words with their mnemonic, icon."""


@dataclass(frozen=True)
class SupervisionView:
    """Sessions of today and those that wait, and what nobody received yet."""

    sessions: tuple[SupervisedRow, ...]
    in_transit: tuple[TransitRow, ...]


class SupervisionPage(QWidget):
    """Read again whenever money moves anywhere; Enter does the main act of a row."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        paper: Paper,
        settings: QSettings,
        paths: SupervisionPaths,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._reopen = desk, tasks, paths.reopen
        self.view: SupervisionView | None = None
        self.acts = SupervisionActs(self, desk, tasks, bus, paper, paths)
        self.sessions: TableView[SupervisedRow] = TableView(
            "Sesiones de caja",
            SESSIONS,
            lambda row: row.session_id,
            checkable=True,
            dimmed=lambda row: row.state == "verified",
            empty=EmptyState("wallet", "Sin sesiones", "Hoy nadie ha abierto su caja."),
            settings=settings,
        )
        self.deliveries: TableView[TransitRow] = TableView(
            "Dinero en tránsito",
            TRANSIT,
            lambda row: row.key,
            empty=EmptyState("circle-check", "Nada en tránsito", "No hay dinero por recibir."),
            settings=settings,
        )
        self.buttons = {name: KeyButton(text, icon, kind=Kind.LINK) for name, text, icon in ACTS}
        self.debts_button = KeyButton("&Faltantes…", "hand-coins", kind=Kind.LINK)
        self.receive_button = KeyButton("Recibir &o rechazar…", "check-check", kind=Kind.LINK)
        self.sessions_card = Card("Sesiones de caja", padded=False)
        self.deliveries_card = Card("Dinero en tránsito", padded=False)
        self._lay_out()
        self._connect()
        bus.subscribe(self, lambda changes: bool(changes.topics & TOPICS), self.reload)
        self.reload()

    def reload(self) -> None:
        """Read again; what is shown stays meanwhile."""
        custody, handovers = self._desk.custody, self._desk.handovers

        def read() -> SupervisionView:
            rows = transit_rows(custody.in_transit(), handovers.in_transit())
            return SupervisionView(custody.sessions(), rows)

        self._tasks.read("custody.supervision", read, self._show, self._unread, self)

    def allowed(self) -> Supervising:
        """What is possible with what is chosen now."""
        return supervising(
            self.sessions.current(),
            self.sessions.checked(),
            self.deliveries.current(),
            self.view.sessions if self.view else (),
            self._desk.actor,
        )

    def do(self, name: str) -> None:
        """One of ``ACTS`` on the chosen session, or on all that are checked to verify."""
        allowed, row = self.allowed(), self.sessions.current()
        if name == "verify":
            if allowed.to_verify:
                self.acts.verify(allowed.to_verify)
        elif row is not None and getattr(allowed, name):
            acts: dict[str, Callable[[SupervisedRow], None]] = {
                "surprise": self.acts.surprise,
                "take_over": self.acts.take_over,
                "close": self.acts.close,
                "interim": self.acts.interim,
                "reopen": lambda row: self._reopen(row.session_id),
            }
            acts[name](row)

    def receive(self) -> None:
        """Receive the delivery the cursor is on, or send the item of a handover back."""
        row, allowed = self.deliveries.current(), self.allowed()
        if row is None:
            return
        if row.delivery is not None and allowed.receive:
            self.acts.receive(row.delivery)
        elif row.item is not None and allowed.send_back:
            self.acts.send_back(row.item)

    def show_debts(self) -> None:
        """What cashiers owe; cash that is put back goes into one of the drawers of the list."""
        self.acts.debts(self.view.sessions if self.view else ())

    # --- showing ---

    def _show(self, view: SupervisionView) -> None:
        self.view = view
        self.sessions.set_rows(view.sessions)
        self.deliveries.set_rows(view.in_transit)
        if view.sessions and self.sessions.current() is None:
            self.sessions.select(view.sessions[0].session_id)
        if view.in_transit and self.deliveries.current() is None:
            self.deliveries.select(view.in_transit[0].key)
        waiting = sum(row.state == "closed" for row in view.sessions)
        self.sessions_card.set_note(f"{waiting} por verificar" if waiting else "")
        pesos = total_of(row.amount for row in view.in_transit)
        self.deliveries_card.set_note(f"{money(pesos)} sin recibir" if view.in_transit else "")
        self._enable()

    def _unread(self, error: Exception) -> None:
        if isinstance(error, TroubleRefusal):
            return  # a lost line is told at the foot; the next poll asks again
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self, error)

    def _enable(self) -> None:
        allowed = self.allowed()
        for name, button in self.buttons.items():
            possible = allowed.to_verify if name == "verify" else getattr(allowed, name)
            button.setEnabled(bool(possible))
        number = len(allowed.to_verify)
        self.buttons["verify"].setText(f"Ver&ificar {number}…" if number > 1 else "Ver&ificar…")
        self.buttons["verify"].updateGeometry()
        for name in ("close", "reopen"):
            self.buttons[name].setVisible(bool(getattr(allowed, name)))
        row = self.deliveries.current()
        handed = row is not None and row.item is not None
        words = "Rechazar el rengló&n…" if handed else "Recibir &o rechazar…"
        self.receive_button.setText(words)
        self.receive_button.updateGeometry()
        self.receive_button.setEnabled(allowed.receive or allowed.send_back)

    def _do_on(self, name: str, _row: SupervisedRow) -> None:
        self.do(name)

    # --- building ---

    def _connect(self) -> None:
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, name=name: self.do(name))
        for name, text, _icon in ACTS:
            self.sessions.add_row_action(text.replace("&", ""), partial(self._do_on, name))
        self.receive_button.clicked.connect(self.receive)
        self.debts_button.clicked.connect(self.show_debts)
        self.sessions.row_activated.connect(lambda _row: self.do(self.allowed().main or "verify"))
        self.deliveries.row_activated.connect(lambda _row: self.receive())
        for table in (self.sessions, self.deliveries):
            table.current_changed.connect(lambda _row: self._enable())
            table.export_requested.connect(
                lambda sheet: spreadsheet.export(self, self._tasks, sheet)
            )
        self.sessions.checked_changed.connect(self._enable)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        for button in self.buttons.values():
            self.sessions_card.add_tool(button)
        self.deliveries_card.add_tool(self.debts_button)
        self.deliveries_card.add_tool(self.receive_button)
        for card, text, table in (
            (self.sessions_card, "Exce&l", self.sessions),
            (self.deliveries_card, "Excel de entre&gas", self.deliveries),
        ):
            excel = KeyButton(text, "file-spreadsheet", kind=Kind.GHOST)
            excel.clicked.connect(table.request_export)
            card.add_tool(excel)
            card.body.addWidget(table)
        column.addWidget(self.sessions_card, 3)
        column.addWidget(self.deliveries_card, 2)
