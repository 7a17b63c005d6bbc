"""Acts of the queue at this station: calls, steps, tickets; each off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.queue import RoutingCommand, TicketCommand, Turn, TurnCommand
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.queue import QueueService, TicketPaper, TurnRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.queue.desk_sheet import DeskSheet
from tehuacan_comercial.ui.queue.reason_sheet import ReasonSheet
from tehuacan_comercial.ui.queue.reception_sheet import OpenAccount, ReceptionSheet
from tehuacan_comercial.ui.queue.route_sheet import RouteSheet
from tehuacan_comercial.ui.queue.watch import QueueWatch
from tehuacan_comercial.ui.tasks import Failed, Tasks
from tehuacan_comercial.ui.widgets.notices import NoticeStrip, Toast, announce

FORM = "80mm"


@dataclass(frozen=True)
class QueuePlace:
    """What the acts ask of the window: its likely desk (code or name), the open account."""

    likely_desk: str
    open_account: Callable[[], OpenAccount | None]


class QueueActs(QObject):
    """``account_requested`` brings the account of a called turn, ``begun`` its section."""

    account_requested = Signal(int)
    begun = Signal(object)
    busy_changed = Signal(bool)

    def __init__(
        self,
        window: QWidget,
        watch: QueueWatch,
        tasks: Tasks,
        paper: Paper,
        notices: NoticeStrip,
        place: QueuePlace,
    ) -> None:
        super().__init__(window)
        self._window, self._watch, self._tasks = window, watch, tasks
        self._paper, self._notices, self._place = paper, notices, place
        self._busy = False
        self._sheet: ReceptionSheet | None = None
        self._key = new_command_id()
        self._opened_before: int | None = None

    @property
    def service(self) -> QueueService:
        """The signed-in person's queue."""
        return self._watch.desk.queue

    # --- the turn of one's desk ---

    def next(self) -> None:
        """F8: the next person; where no desk was taken yet, it is asked first."""
        screen = self._watch.screen()
        if screen is None or self._busy:
            return
        if screen.shift is None:
            self.take_desk(then=self._call)
        else:
            self._call()

    def step(self) -> None:
        """The called person is here, or the attention ends."""
        turn = self._turn()
        if turn is None:
            return
        if turn.state == RequestState.CALLED:
            self._send(self.service.begin, turn, done=self.begun.emit)
        else:
            self.finish(turn)

    def finish(self, turn: TurnRow, account_id: int | None = None) -> None:
        """Attended; an account that was opened since the call is what it was about."""
        account = account_id or turn.account_id or self._account_since_call()
        self._send(self.service.finish, turn, account=account, done=self._finished)

    def charged(self, account_id: int) -> None:
        """A charge at this station ends the attention it was about."""
        turn = self._turn()
        if turn is None or turn.state != RequestState.SERVING:
            return
        if turn.account_id in (None, account_id):
            self.finish(turn, account_id)

    def recall(self) -> None:
        """Call the same person again."""
        self._on_turn(lambda turn: self._send(self.service.recall, turn, done=self._called))

    def no_show(self) -> None:
        """The called person is not here."""
        self._on_turn(lambda turn: self._send(self.service.no_show, turn))

    def hold(self) -> None:
        """The person fetches something."""

        def ask(turn: TurnRow) -> None:
            note = prompts.ask_reason(
                self._window, f"Poner en pausa {turn.label}", act="Poner en pausa",
                note="Su ventanilla queda libre; la persona vuelve sin hacer fila.",
            )  # fmt: skip
            if note is not None:
                self._send(self.service.hold, turn, note=note)

        self._on_turn(ask)

    def transfer(self, turn: TurnRow | None = None) -> None:
        """To another procedure or desk; of one's own turn, or of one that waits."""
        self._route(turn or self._turn(), adds=False)

    def add_service(self) -> None:
        """One more procedure for the person at the desk."""
        self._route(self._turn(), adds=True)

    # --- those of the lists ---

    def call_chosen(self, turn: TurnRow) -> None:
        """Out of turn, with a reason that stays written."""
        board = self._watch.board
        if board is None or board.catalogue is None:
            return
        sheet = ReasonSheet(
            self._window, f"Llamar a {turn.label} fuera de orden",
            "Queda su nombre, la hora y el motivo, y se cuenta en el reporte.",
            "Llamar", board.catalogue.reasons,
        )  # fmt: skip
        if prompts.run(sheet):
            note = sheet.reason
            self._with_desk(
                lambda: self._send(self.service.call_chosen, turn, note=note, done=self._called)
            )

    def resume(self, turn: TurnRow) -> None:
        """Back from a pause, at one's own desk."""

        def resumed(back: Turn) -> None:
            self._opened_before = self._open_account_id()
            self.begun.emit(back)

        self._with_desk(lambda: self._send(self.service.resume, turn, done=resumed))

    def revive(self, turn: TurnRow) -> None:
        """The absent person came after all."""
        self._send(self.service.revive, turn)

    def abandon(self, turn: TurnRow) -> None:
        """The person left."""
        sure = prompts.confirm(
            self._window, f"¿{turn.label} se retiró?",
            "El turno termina sin atenderse; sus tiempos quedan en el reporte.",
            act="Se retiró", keep="Conservar turno",
        )  # fmt: skip
        if sure:
            self._send(self.service.abandon, turn)

    # --- desks and tickets ---

    def take_desk(self, then: Callable[[], None] | None = None) -> None:
        """Say where one attends; then go on with what was asked."""
        screen = self._watch.screen()
        if screen is None:
            return
        sheet = DeskSheet(self._window, screen.desks, self._place.likely_desk)
        if not prompts.run(sheet):
            return
        key, code = new_command_id(), sheet.chosen

        def done(_shift: object) -> None:
            self._watch.look()
            if then is not None:
                then()

        self._write(lambda: self.service.take_desk(key, code), done)

    def leave_desk(self) -> None:
        """Attend nowhere."""
        self._write(self.service.leave_desk, lambda _none: self._watch.look())

    def free_desk(self, code: str, name: str) -> None:
        """Supervision: its person is gone, and whoever they attended waits again."""
        reason = prompts.ask_reason(
            self._window, f"Liberar {name}", act="Liberar ventanilla",
            note="Quien estaba llamado o en atención vuelve a esperar con su antigüedad.",
        )  # fmt: skip
        if reason is not None:
            self._write(
                lambda: self.service.free_desk(code, reason), lambda _labels: self._watch.look()
            )

    def receive(self) -> None:
        """Reception: tickets one after the other."""
        board = self._watch.board
        if board is None or board.catalogue is None:
            return
        account = self._place.open_account()
        sheet = ReceptionSheet(self._window, board.catalogue, account, self._give)
        self._sheet = sheet
        prompts.run(sheet)
        self._sheet = None

    def print_ticket(self, turn: TurnRow) -> None:
        """Once more, with the estimate of now."""
        self._print(turn.request_id, lambda _paper: None)

    # --- inside ---

    def _give(self, command: TicketCommand, done: Callable[[Turn], None], failed: Failed) -> None:
        def given(turn: Turn) -> None:
            done(turn)
            self._watch.look()
            self._print(turn.request_id, self._tell_sheet)

        self._tasks.write(lambda: self.service.take_ticket(command), given, failed, self)

    def _tell_sheet(self, paper: TicketPaper) -> None:
        if self._sheet is not None:
            self._sheet.tell(paper.estimate)

    def _print(self, request_id: int, done: Callable[[TicketPaper], None]) -> None:
        def drawn(paper: TicketPaper) -> None:
            self._paper.tray.send(paper.title, paper.pdf, self._paper.printer_of(FORM))
            done(paper)

        self._tasks.paper(lambda: self.service.ticket(request_id), drawn, self._refused, self)

    def _call(self) -> None:
        self._key = new_command_id()
        self._call_again()

    def _call_again(self) -> None:
        """The same command: whoever it called is told, nobody else is."""
        key = self._key
        self._write(lambda: self.service.call_next(key), self._next_called, again=self._call_again)

    def _next_called(self, turn: Turn | None) -> None:
        if turn is None:
            self._watch.look()
            Toast(self._window, "info", "users", "Nadie espera un trámite de su ventanilla")
        else:
            self._called(turn)

    def _called(self, turn: Turn) -> None:
        self._opened_before = self._open_account_id()
        announce(self._window, f"Llamado {turn.label}, {turn.procedure_name}")
        self._watch.look()
        if turn.account_id is not None:
            self.account_requested.emit(turn.account_id)

    def _finished(self, turn: Turn) -> None:
        self._watch.look()
        Toast(
            self._window, "ok", "circle-check", f"Turno {turn.label} terminado",
            "F8 llama a la siguiente persona.",
        )  # fmt: skip

    def _route(self, turn: TurnRow | None, *, adds: bool) -> None:
        board = self._watch.board
        if turn is None or board is None or board.catalogue is None:
            return
        act = self.service.add_service if adds else self.service.transfer

        def send(command: RoutingCommand, done: Callable[[Turn], None], failed: Failed) -> None:
            self._tasks.write(lambda: act(command), done, failed, self)

        account = turn.account_id or (self._account_since_call() if turn.desk else None)
        prompts.run(RouteSheet(self._window, turn, board.catalogue, account, send, adds=adds))
        self._watch.look()

    def _with_desk(self, act: Callable[[], None]) -> None:
        screen = self._watch.screen()
        if screen is not None and screen.shift is None:
            self.take_desk(then=act)
        else:
            act()

    def _turn(self) -> TurnRow | None:
        screen = self._watch.screen()
        return screen.turn if screen and not self._busy else None

    def _on_turn(self, act: Callable[[TurnRow], None]) -> None:
        turn = self._turn()
        if turn is not None:
            act(turn)

    def _account_since_call(self) -> int | None:
        """The open account, unless it was open before: then it is the last person's."""
        found = self._open_account_id()
        return None if found == self._opened_before else found

    def _open_account_id(self) -> int | None:
        account = self._place.open_account()
        return account.account_id if account else None

    def _send(
        self,
        act: Callable[[TurnCommand], Turn],
        turn: TurnRow,
        *,
        note: str = "",
        account: int | None = None,
        done: Callable[[Turn], object] | None = None,
    ) -> None:
        """One act on a turn; a retry carries the same UUID."""
        command = TurnCommand(new_command_id(), turn.request_id, note, account)

        def ended(answer: Turn) -> None:
            self._watch.look()
            if done is not None:
                done(answer)

        def send() -> None:
            self._write(lambda: act(command), ended, again=send)

        send()

    def _write(
        self,
        fn: Callable[[], object],
        done: Callable[..., object],
        again: Callable[[], None] | None = None,
    ) -> None:
        if self._busy:
            return
        self._hold(busy=True)

        def ended(answer: object) -> None:
            self._hold(busy=False)
            done(answer)

        def failed(error: Exception) -> None:
            self._hold(busy=False)
            self._watch.look()
            if not isinstance(error, Refusal):
                raise error
            retry = "Reintentar" if again else ""
            if prompts.show_refusal(self._window, error, retry) and again:
                again()

        self._tasks.write(fn, ended, failed, self)

    def _hold(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._window, error)
