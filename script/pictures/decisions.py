"""Pictures of authorisations: a void asked for, decided on the spot and from the inbox."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from pictures import sheets
from pictures.album import Album
from pictures.stage import MANAGER, Visit, put_notices_away
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, later, press, sheet
from tehuacan_comercial.domain.authorisations import DelegationCommand
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.ui.authorisations.on_the_spot_sheet import OnTheSpotSheet
from tehuacan_comercial.ui.authorisations.page import AuthorisationsPage
from tehuacan_comercial.ui.authorisations.request_sheet import RequestSheet
from tehuacan_comercial.ui.cash.tab import RECEIPTS


def voids(door: FrontDoor, album: Album) -> Steps:
    """Two receipts are asked to be voided; the manager voids one and denies the other."""
    window, cash = day.window_of(door), day.cash_of(door)
    cash.tabs.setCurrentIndex(RECEIPTS)
    rows = cash.loader.view.receipts
    yield from _ask(door, album, rows[1].receipt_id, "CUENTA")
    yield from album.picture("cancelacion-enviada", window)
    yield from _on_the_spot(door, album)
    yield from _ask(door, None, rows[2].receipt_id, "CAPTURA")
    yield from _manager(door, album)
    yield (
        "el recibo cancelado",
        lambda: (
            any(row.voided for row in cash.loader.view.receipts)
            and not any(row.void_pending for row in cash.loader.view.receipts)
        ),
    )
    cash.receipts.table.select(rows[1].receipt_id)
    yield from album.picture("recibos-cancelado", window)
    if door.station is not None:
        reason = "Para el expediente de la cancelación"
        receipts = door.station.desk.receipts
        copy = receipts.reprint(rows[1].receipt_id, "half-letter", reason)
        sheets.keep_printed(album, "recibo-cancelado", receipts, copy)
    put_notices_away(door)
    cash.tabs.setCurrentIndex(0)
    yield "volver", lambda: True


def _ask(door: FrontDoor, album: Album | None, receipt: int, reason: str) -> Steps:
    cash = day.cash_of(door)
    cash.receipts.table.select(receipt)
    later(cash.receipts.void.click)
    yield "la solicitud", lambda: sheet(RequestSheet)
    shown = sheet(RequestSheet)
    if shown is None:
        return
    shown.reason.setCurrentIndex(shown.reason.findData(reason))
    if album is not None:
        yield from album.picture("cancelacion-solicitar", day.window_of(door))
    later(shown.submit)
    yield "la solicitud enviada", lambda: not sheet(RequestSheet)
    yield (
        "en la tabla",
        lambda: any(
            row.receipt_id == receipt and row.void_pending for row in cash.loader.view.receipts
        ),
    )


def _on_the_spot(door: FrontDoor, album: Album) -> Steps:
    station = door.station
    if station is None:
        return
    asked = station.desk.authorisations.mine()[0].authorisation_id
    later(lambda: station.requesting.on_the_spot(asked))
    yield "la hoja de quien autoriza", lambda: sheet(OnTheSpotSheet)
    shown = sheet(OnTheSpotSheet)
    if shown is not None:
        shown.user.setText(MANAGER)
    yield from album.picture("autorizar-aqui", station.window)
    press(Qt.Key.Key_Escape)
    yield "cerrar la hoja", lambda: not sheet(OnTheSpotSheet)


def _manager(door: FrontDoor, album: Album) -> Steps:
    """The manager's own station, for the time of two decisions."""
    visit = Visit(door, MANAGER)
    yield "la pestaña", visit.ready
    page = visit.page("authorisations", AuthorisationsPage)
    yield "las solicitudes", lambda: len(page.inbox.table.model.all_rows()) == 2
    yield "los antecedentes", lambda: page.inbox.history.model.all_rows()
    yield from album.picture("autorizaciones", visit.window)
    yield from _decide(page)
    page.show_part("radar")
    watch = visit.station.watch
    yield "el radar", lambda: page.radar.model.all_rows() and not watch.waiting.to_decide
    yield from album.picture("autorizaciones-radar", visit.window)
    page.show_part("resolved")
    yield "las resueltas", lambda: page.resolved.model.all_rows()
    yield from album.picture("autorizaciones-resueltas", visit.window)
    _away(visit)
    page.show_part("delegations")
    yield "las suplencias", lambda: page.delegations.model.all_rows()
    yield from album.picture("autorizaciones-suplencias", visit.window)
    visit.leave()


def _away(visit: Visit) -> None:
    """The manager will be absent for some days; somebody else decides meanwhile."""
    service, today = visit.desk.authorisations, visit.desk.signed_in.today
    deputy = next(row for row in service.deciders() if row.username != MANAGER)
    kinds = tuple(row.code for row in service.kinds())
    service.delegate(
        DelegationCommand(
            new_command_id(),
            MANAGER,
            deputy.username,
            kinds,
            today + timedelta(days=1),
            today + timedelta(days=5),
            "Curso de capacitación",
        )
    )


def _decide(page: AuthorisationsPage) -> Steps:
    later(page.inbox.approve.click)
    yield "la primera", lambda: len(page.inbox.table.model.all_rows()) == 1
    yield "la segunda", page.inbox.deny.isEnabled
    page.inbox.note.setText("El importe es el correcto; revise el estado de cuenta")
    later(page.inbox.deny.click)
    yield "resueltas", lambda: not page.inbox.table.model.all_rows()
