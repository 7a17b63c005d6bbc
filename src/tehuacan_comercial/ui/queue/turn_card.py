"""One's own desk: the turn in hand in large letters, its time against the target, its acts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.services.queue import TurnRow
from tehuacan_comercial.ui.queue.acts import QueueActs
from tehuacan_comercial.ui.queue.screen import QueueScreen
from tehuacan_comercial.ui.queue.watch import QueueWatch
from tehuacan_comercial.ui.queue.words import minutes_between, state_pill, stopwatch, tone_of
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.card import Card, Rule
from tehuacan_comercial.ui.widgets.pill import Pill, PillBadge
from tehuacan_comercial.ui.widgets.text import Label, Role

WIDTH = 372
TICK_MILLISECONDS = 1000
CALL_TARGET = 2
"""Minutes after which a called person who has not come is shown in red."""


@dataclass(frozen=True)
class Main:
    """What the large button says and does now."""

    text: str
    icon: str
    key: str
    act: str


_MAIN = {
    "none": Main("Tomar ventanilla", "monitor", "F8", "next"),
    "idle": Main("Llamar siguiente", "bell", "F8", "next"),
    RequestState.CALLED: Main("Ya está aquí", "user", "Mayús+F8", "step"),
    RequestState.SERVING: Main("Terminar turno", "circle-check", "Mayús+F8", "step"),
}
_TONES: dict[str, Role] = {"ok": "ok", "warn": "warn", "danger": "danger"}


class TurnCard(Card):
    """``open_requested`` asks for the account of the turn in hand."""

    open_requested = Signal(int)

    def __init__(self, watch: QueueWatch, acts: QueueActs) -> None:
        super().__init__("Mi ventanilla", raised=True)
        self._watch, self._acts = watch, acts
        self._turn: TurnRow | None = None
        self._main_now = _MAIN["none"]
        self.setFixedWidth(theme().px(WIDTH))
        self.change = self._tool("Cambiar", "monitor", acts.take_desk)
        self.leave = self._tool("Dejar", "log-in", acts.leave_desk)
        self.label = Label("", 46, 700).as_figures()
        self.state, self.priority = PillBadge(), PillBadge()
        self.procedure = Label("", 15, 600).wrapped()
        self.account, self.remark = Label("", 13).wrapped(), Label("", 13, 400, "soft").wrapped()
        self.timer = Label("", 30, 700).as_figures()
        self.target = Label("", 12.5, 400, "soft").wrapped()
        self.main = PrimaryButton("Llamar siguiente", "bell", "F8", tall=True)
        self.main.clicked.connect(self._press)
        self.buttons = self._make_buttons()
        self._lay_out()
        acts.busy_changed.connect(lambda busy: self.main.set_busy("Un momento…" if busy else ""))
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MILLISECONDS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()

    def add_below(self, button: KeyButton) -> None:
        """One more button, under the large one."""
        self.body.addWidget(button)

    def show_screen(self, screen: QueueScreen) -> None:
        """Everything but the running time follows from the screen."""
        self._turn = screen.turn
        shift, turn = screen.shift, screen.turn
        self.title.setText(shift.desk_name if shift else "Mi ventanilla")
        self.change.setVisible(shift is not None and turn is None)
        self.leave.setVisible(shift is not None and turn is None)
        self.set_note("" if shift else "sin tomar")
        which = RequestState(turn.state) if turn else "idle" if shift else "none"
        self._say_main(_MAIN[which])
        allowed = screen.enabled["queue.step" if turn else "queue.next"]
        self.main.setEnabled(allowed)
        self._show_turn(turn, screen)
        self._offer(_OFFERED[RequestState(turn.state)] if turn else ())
        self.buttons["open"].setEnabled(turn is not None and turn.account_id is not None)
        self.tick()

    def tick(self) -> None:
        """The time of the turn in hand goes on."""
        turn = self._turn
        if turn is None:
            self.timer.setText("")
            return
        minutes = minutes_between(turn.since, self._watch.now())
        called = turn.state == RequestState.CALLED
        aim = CALL_TARGET if called else turn.service_minutes
        self.timer.setText(stopwatch(minutes))
        self.timer.set_role(_TONES[tone_of(minutes, aim)])

    def _show_turn(self, turn: TurnRow | None, screen: QueueScreen) -> None:
        self.label.setText(turn.label if turn else "")
        self.state.set_pill(state_pill(turn.state) if turn else None)
        first = turn.priority_name if turn else ""
        self.priority.set_pill(Pill(first, "accent", "users") if first else None)
        self.procedure.setText(turn.procedure_name if turn else _idle_words(screen))
        self.account.setText(_account_words(turn) if turn else "")
        self.remark.setText(turn.note if turn else "")
        self.target.setText(_target_words(turn) if turn else "")
        for part in (self.label, self.account, self.remark, self.target, self.timer):
            part.setVisible(turn is not None and (part is self.timer or bool(part.text())))

    def _offer(self, names: tuple[str, ...]) -> None:
        """Two beside each other, without holes."""
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.hide()
        for at, name in enumerate(names):
            self._grid.addWidget(self.buttons[name], at // 2, at % 2)
            self.buttons[name].show()

    def _say_main(self, main: Main) -> None:
        self._main_now = main
        self.main.setText(main.text)
        self.main.set_icon_name(main.icon)
        self.main.key = main.key
        self.main.setAccessibleDescription(f"Tecla {main.key}")
        self.main.updateGeometry()

    def _press(self) -> None:
        if self._main_now.act == "next":
            self._acts.next()
        else:
            self._acts.step()

    # --- building ---

    def _tool(self, text: str, icon: str, act: object) -> KeyButton:
        button = KeyButton(text, icon, kind=Kind.LINK)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        self.add_tool(button)
        return button

    def _make_buttons(self) -> dict[str, KeyButton]:
        acts = self._acts
        made = {
            "recall": (KeyButton("&Repetir llamado", "bell"), acts.recall),
            "no_show": (KeyButton("&No se presentó", "circle-x"), acts.no_show),
            "hold": (KeyButton("Pa&usa…", "pause"), acts.hold),
            "transfer": (KeyButton("Pasar a &otra…", "arrow-right-left"), acts.transfer),
            "add": (KeyButton("Otro trá&mite…", "plus"), acts.add_service),
            "open": (KeyButton("A&brir cuenta", "file-search"), self._open),
        }
        for button, act in made.values():
            button.clicked.connect(lambda _on=False, run=act: run())
        return {name: button for name, (button, _act) in made.items()}

    def _open(self) -> None:
        if self._turn is not None and self._turn.account_id is not None:
            self.open_requested.emit(self._turn.account_id)

    def _lay_out(self) -> None:
        px = theme().px
        self.body.setSpacing(px(8))
        self.body.addWidget(self.label)
        pills = QWidget()
        column = QVBoxLayout(pills)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.state)
        column.addWidget(self.priority)
        self.body.addWidget(pills)
        for part in (self.procedure, self.account, self.remark):
            self.body.addWidget(part)
        self.body.addWidget(Rule())
        self.body.addWidget(self.timer)
        self.body.addWidget(self.target)
        self.body.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(8))
        self.body.addLayout(self._grid)
        for button in self.buttons.values():
            button.setParent(self)
            button.hide()
        self.body.addWidget(self.main)


_OFFERED = {
    RequestState.CALLED: ("recall", "no_show", "transfer", "open"),
    RequestState.SERVING: ("hold", "transfer", "add", "open"),
}


def _idle_words(screen: QueueScreen) -> str:
    if screen.shift is None:
        return "Tome su ventanilla para llamar turnos."
    waiting = screen.for_me
    if not waiting:
        return "Nadie espera un trámite de su ventanilla."
    return "Espera 1 persona." if waiting == 1 else f"Esperan {waiting} personas."


def _account_words(turn: TurnRow) -> str:
    if turn.account_id is None:
        return "Sin cuenta: búsquela con F3; queda en el turno al terminarlo."
    return f"{turn.account_number} · {turn.holder_name}"


def _target_words(turn: TurnRow) -> str:
    if turn.state == RequestState.CALLED:
        times = "una vez" if turn.calls == 1 else f"{turn.calls} veces"
        return f"Llamado {times}"
    return f"de {turn.service_minutes} min que suele durar este trámite"
