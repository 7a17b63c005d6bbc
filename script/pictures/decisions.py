"""Pictures of authorisations: a void asked for, decided on the spot and from the inbox."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt

from pictures import sheets
from pictures.album import SMALL, Album
from tehuacan_comercial.bootstrap import day, window_settings
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.station import CASH, Station
from tehuacan_comercial.bootstrap.walker import Steps, later, press, sheet
from tehuacan_comercial.config import home
from tehuacan_comercial.services.demo.staff import PASSWORD
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tehuacan_comercial.ui.authorisations.on_the_spot_sheet import OnTheSpotSheet
from tehuacan_comercial.ui.authorisations.page import AuthorisationsPage
from tehuacan_comercial.ui.authorisations.request_sheet import RequestSheet
from tehuacan_comercial.ui.cash.pages import PagesTab
from tehuacan_comercial.ui.cash.tab import RECEIPTS
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import InlineNotice

MANAGER = "marta.gutierrez"


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
        copy = door.station.desk.receipts.reprint(rows[1].receipt_id, "half-letter", reason)
        sheets.keep_sheet(album, "recibo-cancelado", copy.pdf)
    _put_notices_away(door)
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
    server = door.entrance.server
    if server is None:
        return
    signed = sign_in(
        server.login_url, MANAGER, PASSWORD, "G1", FailedTries(home() / "intentos.json")
    )
    tasks = Tasks(_raised, door)
    station = Station(signed, server, door.entrance.profile, tasks, window_settings())
    station.open()
    station.window.resize(QSize(SMALL))
    station.window.show_section(CASH)
    yield "la pestaña", lambda: isinstance(station.window.page(CASH), PagesTab)
    _tab(station).more.show("authorisations")
    page = _page(station)
    if page is None:
        return
    yield "las solicitudes", lambda: len(page.inbox.table.model.all_rows()) == 2
    yield "los antecedentes", lambda: page.inbox.history.model.all_rows()
    yield from album.picture("autorizaciones", station.window)
    yield from _decide(page)
    page.show_part("radar")
    yield "el radar", lambda: page.radar.model.all_rows() and not station.watch.waiting.to_decide
    yield from album.picture("autorizaciones-radar", station.window)
    station.leave()
    tasks.close()


def _raised(error: Exception) -> None:
    raise error


def _decide(page: AuthorisationsPage) -> Steps:
    later(page.inbox.approve.click)
    yield "la primera", lambda: len(page.inbox.table.model.all_rows()) == 1
    yield "la segunda", page.inbox.deny.isEnabled
    page.inbox.note.setText("El importe es el correcto; revise el estado de cuenta")
    later(page.inbox.deny.click)
    yield "resueltas", lambda: not page.inbox.table.model.all_rows()


def _page(station: Station) -> AuthorisationsPage | None:
    found = _tab(station).more.page("authorisations")
    return found if isinstance(found, AuthorisationsPage) else None


def _tab(station: Station) -> PagesTab:
    tab = station.window.page(CASH)
    if not isinstance(tab, PagesTab):
        raise LookupError(CASH)
    return tab


def _put_notices_away(door: FrontDoor) -> None:
    for notice in day.window_of(door).notices.findChildren(InlineNotice):
        notice.dismiss()
