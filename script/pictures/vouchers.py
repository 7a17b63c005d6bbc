"""Pictures of vouchers: issued by the head cashier, looked at and verified by the manager."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import QSize

from pictures import sheets
from pictures.album import SMALL, Album
from pictures.decisions import MANAGER
from tehuacan_comercial.bootstrap import window_settings
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.station import CASH, Station
from tehuacan_comercial.bootstrap.walker import Steps
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.vouchers import (
    IssueVoucherCommand,
    Verdict,
    VoucherDecision,
    VoucherKind,
)
from tehuacan_comercial.services.demo.staff import PASSWORD
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, SignedIn, sign_in
from tehuacan_comercial.ui.cash.pages import PagesTab
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.vouchers.page import VouchersPage

HEAD_CASHIER = "elena.carrera"


def day_of_vouchers(door: FrontDoor, album: Album) -> Steps:
    """The day that was just closed, in its two vouchers."""
    server = door.entrance.server
    if server is None:
        return
    _issue(_signed_in(door, HEAD_CASHIER))
    tasks = Tasks(_raised, door)
    signed = _signed_in(door, MANAGER)
    station = Station(signed, server, door.entrance.profile, tasks, window_settings())
    station.open()
    station.window.resize(QSize(SMALL))
    station.window.show_section(CASH)
    yield "la pestaña", lambda: isinstance(station.window.page(CASH), PagesTab)
    _tab(station).more.show("vouchers")
    yield "el día", lambda: _page(station).view is not None
    page = _page(station)
    yield from album.picture("polizas-hoja", station.window)
    page.show_part("collection")
    yield from album.picture("polizas-recaudacion", station.window)
    _verify_and_print(page, station.desk, album)
    station.leave()
    tasks.close()


def _signed_in(door: FrontDoor, username: str) -> SignedIn:
    server = door.entrance.server
    if server is None:
        raise LookupError(username)
    return sign_in(
        server.login_url, username, PASSWORD, "G1", FailedTries(home() / "intentos.json")
    )


def _issue(signed: SignedIn) -> None:
    desk = Desk(signed, home() / "jefatura")
    for kind in VoucherKind:
        desk.vouchers.issue(IssueVoucherCommand(uuid4(), kind, signed.today, "Sin novedad"))
    desk.close()


def _verify_and_print(page: VouchersPage, desk: Desk, album: Album) -> None:
    row = page.view.latest(VoucherKind.COLLECTION) if page.view else None
    if row is None:
        raise LookupError(VoucherKind.COLLECTION)
    desk.vouchers.decide(VoucherDecision(uuid4(), row.voucher_id, Verdict.VERIFY))
    sheets.keep_sheet(album, "poliza", desk.receipts.voucher(row.voucher_id).pdf)
    sheets.keep_sheet(album, "hoja-de-verificacion", desk.receipts.voucher_day(row.voucher_id).pdf)


def _tab(station: Station) -> PagesTab:
    tab = station.window.page(CASH)
    if not isinstance(tab, PagesTab):
        raise LookupError(CASH)
    return tab


def _page(station: Station) -> VouchersPage:
    page = _tab(station).more.page("vouchers")
    if not isinstance(page, VouchersPage):
        raise LookupError("vouchers")
    return page


def _raised(error: Exception) -> None:
    raise error
