"""Use cases of the attention queue: tickets, calls, and what becomes of a turn (A1 to A10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import cash as office_queries
from tehuacan_comercial.data.queries import queue as queries
from tehuacan_comercial.data.queries import queue_statistics
from tehuacan_comercial.data.queries.queue import ShiftRow, TurnRow
from tehuacan_comercial.data.queries.queue_statistics import QueueFigures
from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.queue import (
    DeskShift,
    RoutingCommand,
    TicketCommand,
    Turn,
    TurnCommand,
)
from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue
from tehuacan_comercial.domain.queue_estimate import WaitEstimate, estimate_wait
from tehuacan_comercial.domain.refusals import UnknownDocument
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.insistence import PAUSES, Insistence
from tehuacan_comercial.services.paper.queue_ticket import queue_ticket_pdf
from tehuacan_comercial.services.permission import requires
from tehuacan_comercial.services.queue_line import desks_of, line_of

__all__ = ["QueueBoard", "QueueFigures", "QueueService", "ShiftRow", "TicketPaper", "TurnRow"]


@dataclass(frozen=True, slots=True)
class QueueBoard:
    """The queue at a moment of the server; *catalogue* is None where no rules were loaded."""

    now: datetime
    catalogue: QueueCatalogue | None
    turns: tuple[TurnRow, ...]
    shifts: tuple[ShiftRow, ...]

    @property
    def waiting(self) -> tuple[TurnRow, ...]:
        """Those who wait, by seniority; who is in somebody's hands with another service is not."""
        return self.in_state(RequestState.WAITING)

    def in_state(self, *states: RequestState) -> tuple[TurnRow, ...]:
        """The turns in one of these states, by seniority."""
        return tuple(turn for turn in self.turns if turn.state in states)

    def shift_of(self, username: str) -> ShiftRow | None:
        """Where a person attends now."""
        return next((shift for shift in self.shifts if shift.staff == username), None)

    def in_hand(self, desk: str) -> TurnRow | None:
        """Whom a desk has called or attends."""
        return next(
            (t for t in self.in_state(RequestState.CALLED, RequestState.SERVING) if t.desk == desk),
            None,
        )


@dataclass(frozen=True, slots=True)
class TicketPaper:
    """A ticket to print, and the estimate it carries; None when the turn was called already."""

    title: str
    pdf: bytes
    estimate: WaitEstimate | None


class QueueService:
    """The queue for the signed-in person."""

    def __init__(
        self, database: Database, actor: Actor, *, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self._database = database
        self.actor = actor
        self._pauses = pauses

    @requires(Permission.QUEUE_READ)
    def board(self) -> QueueBoard:
        """Everything of today: rules, turns, desks."""
        with self._database.read() as connection:
            return QueueBoard(
                queries.clock(connection),
                queries.catalogue(connection),
                tuple(queries.turns_today(connection)),
                tuple(queries.open_shifts(connection)),
            )

    @requires(Permission.QUEUE_READ)
    def estimate(self, request_id: int) -> WaitEstimate | None:
        """How many go before a turn and how long it will wait; None when it waits no more."""
        return self._estimate(self.board(), request_id)

    @requires(Permission.QUEUE_RECEIVE)
    def take_ticket(self, command: TicketCommand) -> Turn:
        """Somebody arrives; the number is the next of its prefix today.

        Raises:
            InvalidCommand: the catalogue of today has no such procedure or priority class.
            ResultUnknown: still no answer; the same command again gives the same ticket.
        """
        return Turn.of(self._insist("take_ticket", command.payload()))

    @requires(Permission.QUEUE_RECEIVE)
    def ticket(self, request_id: int) -> TicketPaper:
        """The ticket of today as an 80 mm sheet, with the estimate of this moment.

        Raises:
            UnknownDocument: there is no such turn today.
        """
        board = self.board()
        turn = next((each for each in board.turns if each.request_id == request_id), None)
        if turn is None or board.catalogue is None:
            raise UnknownDocument(str(request_id))
        with self._database.read() as connection:
            settings = office_queries.office_settings_today(connection)
        estimate = self._estimate(board, request_id)
        pdf = queue_ticket_pdf(
            turn.label, turn.procedure, turn.priority_name, turn.arrived, estimate,
            board.catalogue, settings,
        )  # fmt: skip
        return TicketPaper(f"Turno {turn.label}", pdf, estimate)

    @requires(Permission.QUEUE_RECEIVE)
    def revive(self, command: TurnCommand) -> Turn:
        """The absent person came after all; the seniority is as before.

        Raises:
            RevivalLate: too late, or another day.
            TurnTaken: the turn is not absent.
        """
        return self._move("revive_turn", command)

    @requires(Permission.QUEUE_RECEIVE)
    def abandon(self, command: TurnCommand) -> Turn:
        """The person left before the end.

        Raises:
            NotYourTurn: another desk has called them.
            TurnTaken: the turn has ended.
        """
        return self._move("abandon_turn", command)

    @requires(Permission.QUEUE_ATTEND)
    def take_desk(self, command_id: UUID, desk: str) -> DeskShift:
        """Attend at a desk from now on; the one that one had is left.

        Raises:
            DeskTaken: somebody else attends there.
            TurnInHand: one's present desk still has somebody in its hands.
        """
        payload = {"command_id": str(command_id), "desk": desk}
        return DeskShift.of(self._insist("take_desk", payload))

    @requires(Permission.QUEUE_ATTEND)
    def leave_desk(self) -> None:
        """Attend nowhere. Again: no change.

        Raises:
            TurnInHand: somebody is called or attended there.
        """
        self._database.call("leave_desk", {})

    @requires(Permission.QUEUE_ATTEND)
    def call_next(self, command_id: UUID) -> Turn | None:
        """The next person for one's desk, by the rule of fairness; None when nobody waits for it.

        Raises:
            NoDesk: one attends at no desk.
            TurnInHand: the desk has somebody in its hands.
            ResultUnknown: still no answer; the same command again calls nobody else.
        """
        answer = self._insist("call_next", {"command_id": str(command_id)})
        return Turn.of(answer) if answer else None

    @requires(Permission.QUEUE_ATTEND)
    def call_chosen(self, command: TurnCommand) -> Turn:
        """Somebody out of turn, with the reason in ``note``; the report counts it.

        Raises:
            ReasonRequired: no reason was written.
            TurnTaken: somebody else was faster.
            NoDesk, TurnInHand: as for ``call_next``.
        """
        return self._move("call_chosen", command)

    @requires(Permission.QUEUE_ATTEND)
    def recall(self, command: TurnCommand) -> Turn:
        """Call the same person again. Raises: NotYourTurn, TurnTaken."""
        return self._move("recall_turn", command)

    @requires(Permission.QUEUE_ATTEND)
    def begin(self, command: TurnCommand) -> Turn:
        """The person is at the desk. Raises: NotYourTurn, TurnTaken."""
        return self._move("begin_turn", command)

    @requires(Permission.QUEUE_ATTEND)
    def hold(self, command: TurnCommand) -> Turn:
        """The person fetches something and comes back; ``note`` says what. Stops the clock.

        Raises:
            ReasonRequired: nothing was written.
            NotYourTurn, TurnTaken: it is not in one's hands.
        """
        return self._move("hold_turn", command)

    @requires(Permission.QUEUE_ATTEND)
    def resume(self, command: TurnCommand) -> Turn:
        """Back from a pause, at one's own desk. Raises: NoDesk, TurnInHand, TurnTaken."""
        return self._move("resume_turn", command)

    @requires(Permission.QUEUE_ATTEND)
    def finish(self, command: TurnCommand) -> Turn:
        """Attended; ``account_id`` is the account it was about. Raises: NotYourTurn, TurnTaken."""
        return self._move("finish_turn", command)

    @requires(Permission.QUEUE_ATTEND)
    def no_show(self, command: TurnCommand) -> Turn:
        """Called as often as the rules say, and not here.

        Raises:
            CallAgainFirst: not called often or long enough.
            NotYourTurn, TurnTaken: it is not called at one's desk.
        """
        return self._move("mark_no_show", command)

    @requires(Permission.QUEUE_ATTEND)
    def transfer(self, command: RoutingCommand) -> Turn:
        """To another procedure or desk, with seniority, account and note; gives what waits now.

        Raises:
            ReasonRequired: the note says what the next desk has to know.
            InvalidCommand: the catalogue of today has no such procedure or desk.
            NotYourTurn, TurnTaken: it is in other hands, or has ended.
        """
        return Turn.of(self._insist("transfer_turn", command.payload()))

    @requires(Permission.QUEUE_ATTEND)
    def add_service(self, command: RoutingCommand) -> Turn:
        """One more procedure for the person in one's hands; it waits until this one ends.

        Raises: as ``transfer``, but no note is needed.
        """
        return Turn.of(self._insist("add_service", command.payload()))

    @requires(Permission.QUEUE_SUPERVISE)
    def free_desk(self, desk: str, note: str) -> tuple[str, ...]:
        """End the shift of somebody who is gone; gives the labels that wait again.

        Raises:
            ReasonRequired: no reason was written.
        """
        answer = self._database.call("free_desk", {"desk": desk, "note": note.strip()})
        return tuple(answer["waiting_again"])

    @requires(Permission.QUEUE_STATISTICS)
    def statistics(self, dimension: str, first: date, last: date) -> tuple[QueueFigures, ...]:
        """Waits and attentions by ``procedure``, ``desk``, ``hour`` or ``staff``; minutes."""
        with self._database.report() as connection:
            return tuple(queue_statistics.figures(connection, dimension, first, last))

    def _move(self, name: str, command: TurnCommand) -> Turn:
        return Turn.of(self._insist(name, command.payload()))

    def _insist(self, name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        command_id = str(payload["command_id"])
        insistence = Insistence(command_id, self._pauses)
        return insistence.of(lambda: self._database.call(name, payload, command_id=command_id))

    def _estimate(self, board: QueueBoard, request_id: int) -> WaitEstimate | None:
        if board.catalogue is None or request_id not in {t.request_id for t in board.waiting}:
            return None
        with self._database.read() as connection:
            minutes = {row.procedure: float(row.minutes) for row in queries.pace(connection)}
        desks = desks_of(board.now, board.turns, board.shifts, minutes)
        line = line_of(board.catalogue, board.turns, board.shifts, minutes)
        return estimate_wait(desks, line, request_id, board.catalogue.most_preferential)
