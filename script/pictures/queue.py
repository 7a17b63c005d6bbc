"""Pictures of Turnos: reception, the till that calls and attends, the desks, the ticket."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pictures import sheets
from pictures.album import Album
from pictures.stage import HEAD_CASHIER, Visit, shown, signed_in
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.queue import QUEUE
from tehuacan_comercial.bootstrap.walker import Steps, later, press, sheet
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.queue import TicketCommand, TurnCommand
from tehuacan_comercial.services.accounts import SearchHit
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.queue.desk_sheet import DeskSheet
from tehuacan_comercial.ui.queue.reception_sheet import ReceptionSheet
from tehuacan_comercial.ui.queue.route_sheet import RouteSheet
from tehuacan_comercial.ui.queue.tab import QueueTab

REGISTRY = "patricia.rosas"


def line(door: FrontDoor, album: Album, person: SearchHit) -> Steps:
    """The cashier gives tickets, calls to her till and attends; the registry's desk is at work."""
    station = door.station
    if station is None:
        return
    window, acts = station.window, station.queue.acts
    other = _registry(door, person)
    press(Qt.Key.Key_5, day.CONTROL)
    yield "la sección", lambda: isinstance(window.page(QUEUE), QueueTab)
    tab = window.page(QUEUE)
    if not isinstance(tab, QueueTab):
        raise LookupError(QUEUE)
    yield "la fila", lambda: tab.waiting.model.all_rows()
    yield from _reception(door, album)
    yield from shown(
        album, "turnos-ventanilla", window, DeskSheet, acts.take_desk,
        end=lambda found: found.buttons[3].click(),
    )  # fmt: skip
    yield "la ventanilla", lambda: tab.card.title.text() == "Caja 1"
    yield from album.picture("turnos-libre", window)
    press(Qt.Key.Key_F8)
    yield "el llamado", lambda: tab.card.label.text()
    yield from album.picture("turnos-llamado", window)
    press(Qt.Key.Key_F8, day.SHIFT)
    yield "la atención", lambda: tab.card.main.text() == "Terminar turno"
    if window.current_section() != QUEUE:
        press(Qt.Key.Key_5, day.CONTROL)
    yield "otra vez la fila", lambda: window.current_section() == QUEUE
    yield from album.large("turnos-atencion", window)
    yield from shown(album, "turnos-pasar", window, RouteSheet, acts.transfer)
    tab.show_part("desks")
    yield "las ventanillas", lambda: tab.desks.model.all_rows()
    yield from album.picture("turnos-ventanillas", window)
    tab.show_part("waiting")
    press(Qt.Key.Key_F8, day.SHIFT)
    yield "el fin", lambda: tab.card.main.text() == "Llamar siguiente"
    acts.leave_desk()
    yield "sin ventanilla", lambda: tab.card.main.text() == "Tomar ventanilla"
    other.close()
    yield from _figures(door, album)
    press(Qt.Key.Key_4, day.CONTROL)
    yield "la caja", lambda: day.cash_of(door).isVisible()


def _figures(door: FrontDoor, album: Album) -> Steps:
    """What supervision reads of the last days."""
    visit = Visit(door, HEAD_CASHIER)
    visit.station.window.show_section(QUEUE)
    tab = visit.station.window.page(QUEUE)
    if not isinstance(tab, QueueTab) or tab.figures is None:
        raise LookupError(QUEUE)
    table = tab.figures.table
    yield "la fila", lambda: tab.desks.model.all_rows()
    tab.show_part("figures")
    tab.figures.span.setCurrentIndex(1)
    yield "las cifras", lambda: len(table.model.all_rows()) > 1
    yield from album.large("turnos-estadisticas", visit.window)
    visit.leave()


def _registry(door: FrontDoor, person: SearchHit) -> Desk:
    """Somebody is attended at another desk, and somebody with an account waits to pay."""
    desk = Desk(signed_in(door, REGISTRY), home() / "fila")
    queue = desk.queue
    queue.take_desk(new_command_id(), "V2")
    called = queue.call_next(new_command_id())
    if called is not None:
        queue.begin(TurnCommand(new_command_id(), called.request_id))
    queue.take_ticket(TicketCommand(new_command_id(), "PAGO", "MAYOR", person.account_id))
    return desk


def _reception(door: FrontDoor, album: Album) -> Steps:
    station = door.station
    if station is None:
        return
    later(station.queue.acts.receive)
    yield "la recepción", lambda: sheet(ReceptionSheet)
    found = sheet(ReceptionSheet)
    if found is None:
        raise LookupError("ReceptionSheet")
    press(Qt.Key.Key_4)
    yield "el turno", lambda: found.taken and "·" in found.detail.text()
    yield from album.picture("turnos-recepcion", station.window)
    later(found.reject)
    yield "cerrar la recepción", lambda: not sheet(ReceptionSheet)
    paper = station.desk.queue.ticket(found.taken[-1].request_id)
    sheets.keep_sheet(album, "turno", paper.pdf)
