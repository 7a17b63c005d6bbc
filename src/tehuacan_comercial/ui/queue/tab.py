"""The tab Turnos: those who wait at the left, one's own desk at the right."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.ui import spreadsheet
from tehuacan_comercial.ui.actions import Actions
from tehuacan_comercial.ui.queue.acts import QueueActs
from tehuacan_comercial.ui.queue.columns import ASIDE, DESKS, WAITING
from tehuacan_comercial.ui.queue.figures_card import FiguresCard
from tehuacan_comercial.ui.queue.screen import DeskRow, LineRow, QueueScreen
from tehuacan_comercial.ui.queue.turn_card import TurnCard
from tehuacan_comercial.ui.queue.watch import QueueWatch
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
    Segment("waiting", "En espera", "users", "Alt+1"),
    Segment("aside", "Pausa y ausentes", "pause", "Alt+2"),
    Segment("desks", "Ventanillas", "monitor", "Alt+3"),
)
FIGURES = Segment("figures", "Estadísticas", "chart-column", "Alt+4")
"""Only for supervision."""
AGES_MILLISECONDS = 15_000
"""How often the ages of those who wait are written anew, without asking the database."""
NO_RULES = (
    "No hay trámites vigentes",
    "La gerencia carga los trámites y ventanillas con tehuacan-admin load-rules.",
)


class QueueTab(QWidget):
    """A view of ``QueueWatch``; what it does, ``QueueActs`` does."""

    def __init__(
        self,
        watch: QueueWatch,
        acts: QueueActs,
        tasks: Tasks,
        actions: Actions,
        settings: QSettings,
    ) -> None:
        super().__init__()
        self._watch, self.acts, self._tasks = watch, acts, tasks
        self._actions, self._settings = actions, settings
        self.empty = EmptyState("users", "Nadie espera", "Dé un turno con Ctrl+T.")
        self.waiting = self._table("Turnos en espera", WAITING, self._key, self.empty)
        self.aside = self._table(
            "Turnos en pausa y ausentes", ASIDE, self._key,
            EmptyState("circle-check", "Nadie en pausa ni ausente"),
        )  # fmt: skip
        self.desks = self._table(
            "Ventanillas", DESKS, lambda row: row.code, EmptyState("monitor", "No hay ventanillas")
        )
        self.card = TurnCard(watch, acts)
        self.card.add_below(KeyButton.for_action(actions["queue.take"], "plus"))
        self.figures = self._make_figures()
        self._parts = PARTS if self.figures is None else (*PARTS, FIGURES)
        self.parts, self._stack = Segmented(self._parts, "Partes de la fila"), QStackedWidget()
        self.buttons: dict[str, KeyButton] = {}
        self._lay_out()
        self.parts.chosen.connect(self._show_part)
        watch.changed.connect(self.refresh)
        self._ages = QTimer(self)
        self._ages.setInterval(AGES_MILLISECONDS)
        self._ages.timeout.connect(self.refresh)
        self._ages.start()
        self.refresh()

    def refresh(self) -> None:
        """Show the newest board with the ages of now."""
        screen = self._watch.screen()
        if screen is None:
            return
        self._actions.enable(screen.enabled)
        self.waiting.set_rows(screen.waiting)
        self.aside.set_rows(screen.aside)
        self.desks.set_rows(screen.desks)
        self._say_empty(screen)
        self._heads["waiting"].title.setText(f"Esperan {len(screen.waiting)}")
        self.card.show_screen(screen)
        self._offer()

    def show_part(self, name: str) -> None:
        """Bring one of ``PARTS`` to the front."""
        self.parts.choose(name)

    def _say_empty(self, screen: QueueScreen) -> None:
        if screen.loaded:
            self.empty.say("users", "Nadie espera", "Dé un turno con Ctrl+T.")
        else:
            self.empty.say("scroll-text", *NO_RULES)

    def _show_part(self, name: str) -> None:
        self._stack.setCurrentIndex([part.name for part in self._parts].index(name))
        self.card.setVisible(name != FIGURES.name)  # the figures need the whole width
        if self.figures is not None and name == FIGURES.name:
            self.figures.reload()

    def _make_figures(self) -> FiguresCard | None:
        desk = self._watch.desk
        if not desk.actor.may(Permission.QUEUE_STATISTICS):
            return None
        return FiguresCard(
            desk.queue, self._tasks, lambda: self._watch.now().date(), self._settings
        )

    # --- acts on a row ---

    def _offer(self) -> None:
        """Each button as its row allows."""
        wait, aside, desk = self.waiting.current(), self.aside.current(), self.desks.current()
        state = aside.turn.state if aside else ""
        possible = {
            "call": wait is not None,
            "pass": wait is not None,
            "gone": wait is not None,
            "print": wait is not None,
            "resume": state == RequestState.ON_HOLD,
            "revive": state == RequestState.NO_SHOW,
            "left": state == RequestState.ON_HOLD,
            "free": desk is not None and desk.shift is not None,
        }
        for name, button in self.buttons.items():
            button.setEnabled(possible[name])

    # --- building ---

    @staticmethod
    def _key(row: LineRow) -> Hashable:
        return row.turn.request_id

    def _table(
        self,
        name: str,
        columns: tuple[Column[R], ...],
        key: Callable[[R], Hashable],
        empty: EmptyState,
    ) -> TableView[R]:
        table: TableView[R] = TableView(name, columns, key, empty=empty, settings=self._settings)
        table.export_requested.connect(lambda sheet: spreadsheet.export(self, self._tasks, sheet))
        table.current_changed.connect(lambda _row: self._offer())
        return table

    def _lay_out(self) -> None:
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(10), px(20), px(14))
        row.setSpacing(px(14))
        column = QVBoxLayout()
        column.setSpacing(px(10))
        head = QHBoxLayout()
        head.addWidget(self.parts)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)
        row.addWidget(self.card)
        self._heads = self._make_cards()
        for card in (*self._heads.values(), *([self.figures] if self.figures else [])):
            self._stack.addWidget(card)

    def _make_cards(self) -> dict[str, Card]:
        may, acts = self._watch.desk.actor.may, self.acts
        attend, receive = may(Permission.QUEUE_ATTEND), may(Permission.QUEUE_RECEIVE)
        supervise = may(Permission.QUEUE_SUPERVISE)
        return {
            "waiting": self._card(
                "Esperan", self.waiting,
                ("call", "L&lamar a este…", "bell", lambda row: acts.call_chosen(row.turn), attend),
                ("pass", "Pasar a…", "arrow-right-left",
                 lambda row: acts.transfer(row.turn), attend),
                ("gone", "Se re&tiró", "undo-2", lambda row: acts.abandon(row.turn), receive),
                ("print", "&Imprimir", "printer", lambda row: acts.print_ticket(row.turn), receive),
            ),
            "aside": self._card(
                "En pausa o ausentes", self.aside,
                ("resume", "R&eanudar", "user", lambda row: acts.resume(row.turn), attend),
                ("revive", "&Volvió", "refresh-cw", lambda row: acts.revive(row.turn), receive),
                ("left", "Se re&tiró", "undo-2", lambda row: acts.abandon(row.turn), receive),
            ),
            "desks": self._card(
                "Ventanillas", self.desks,
                ("free", "&Liberar…", "lock-open", self._free, supervise),
            ),
        }  # fmt: skip

    def _free(self, row: DeskRow) -> None:
        self.acts.free_desk(row.code, row.name)

    def _card(
        self, title: str, table: TableView[Any],
        *tools: tuple[str, str, str, Callable[[Any], None], bool],
    ) -> Card:  # fmt: skip
        card = Card(title, padded=False)
        for name, text, icon, act, allowed in tools:
            if allowed:
                card.add_tool(self._row_tool(table, name, text, icon, act))
        excel = KeyButton("E&xcel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(table.request_export)
        card.add_tool(excel)
        card.body.addWidget(table)
        return card

    def _row_tool(
        self, table: TableView[Any], name: str, text: str, icon: str, act: Callable[[Any], None]
    ) -> KeyButton:
        button = KeyButton(text, icon, kind=Kind.LINK)

        def run() -> None:
            row = table.current()
            if row is not None:
                act(row)

        button.clicked.connect(run)
        button.setEnabled(False)
        table.add_row_action(text.replace("&", ""), act)
        self.buttons[name] = button
        return button
