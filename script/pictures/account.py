"""Pictures of the section Cuenta: each of its parts, and a bill explained."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pictures.album import Album
from pictures.till import open_account
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, later, press, sheet
from tehuacan_comercial.services.accounts import SearchHit
from tehuacan_comercial.ui.accounts.bill_sheet import BillLinesSheet
from tehuacan_comercial.ui.accounts.screen import Page
from tehuacan_comercial.ui.accounts.tab import AccountTab

NAMES = {
    Page.STATEMENT: "cuenta-estado",
    Page.PAYMENTS: "cuenta-pagos",
    Page.READINGS: "cuenta-lecturas",
    Page.TIMELINE: "cuenta-linea-de-tiempo",
    Page.IDENTITY: "cuenta-quien-es",
    Page.BILLS: "cuenta-recibos",
}


def pages(door: FrontDoor, album: Album, debtor: SearchHit) -> Steps:
    """All parts of an account, then back to the till."""
    yield from open_account(door, debtor)
    press(Qt.Key.Key_2, day.CONTROL)
    yield "la cuenta", lambda: _tab(door).account_id() == debtor.account_id
    window, tab = day.window_of(door), _tab(door)
    yield from album.large("cuenta-resumen", window)
    yield from album.picture("cuenta-resumen-chica", window)
    for page, name in NAMES.items():
        tab.show_page(page)
        yield from album.picture(name, window)
    yield from _explained(door, album, debtor)
    press(Qt.Key.Key_4, day.CONTROL)
    yield "la caja", lambda: day.cash_of(door).isVisible()


def _explained(door: FrontDoor, album: Album, debtor: SearchHit) -> Steps:
    station = door.station
    if station is None:
        return
    newest = station.desk.accounts.file(debtor.account_id).bills[0]
    later(lambda: _tab(door).acts.open_bill(newest))
    yield "el recibo explicado", lambda: sheet(BillLinesSheet)
    yield from album.picture("cuenta-explicar", station.window)
    press(Qt.Key.Key_Escape)
    yield "cerrar la hoja", lambda: not sheet(BillLinesSheet)


def _tab(door: FrontDoor) -> AccountTab:
    page = door.station.window.page("account") if door.station else None
    if not isinstance(page, AccountTab):
        raise LookupError("account")
    return page
