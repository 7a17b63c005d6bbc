"""The walk whose stations are the pictures of the manual."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pictures import (
    account,
    clarifications,
    crew,
    custody,
    dashboard,
    decisions,
    deposits,
    difference,
    past,
    queue,
    sheets,
    supervision,
    till,
    vouchers,
)
from pictures.album import Album
from pictures.stage import desk_of
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, later, press, sheet
from tehuacan_comercial.services.accounts import SearchHit
from tehuacan_comercial.services.demo.staff import PASSWORD
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.main_window import MainWindow
from tehuacan_comercial.ui.shell.help_sheet import HelpSheet
from tehuacan_comercial.ui.shell.lock import LockScreen
from tehuacan_comercial.ui.staff.station_sheet import StationSheet

OWES = (Decimal(500), Decimal(6000))
"""An account whose debt, in pesos, makes a picture: several periods, no lawsuit."""
LINES = range(7, 14)


def walk(door: FrontDoor, album: Album) -> Steps:
    """From the station's sheet to the closing report."""
    yield from _station(door, album)
    yield from day.sign_in(door, album)
    yield from day.open_till(door, album)
    past.settle(door)
    desk = desk_of(door)
    debtors = _debtors(desk)
    yield from till.search(door, album)
    yield from till.charges(door, album, debtors[0])
    yield from till.hold(door, album, debtors)
    yield from till.charge(door, album, debtors[1])
    for debtor in debtors[2:7]:
        yield from till.charge_exactly(door, debtor)
    yield from till.session(door, album)
    yield from decisions.voids(door, album)
    others = crew.at_work(door, {hit.account_id for hit in debtors})
    yield from dashboard.board(door, album)
    yield from account.pages(door, album, debtors[0])
    yield from _window(door, album)
    yield from queue.line(door, album, debtors[7])
    yield from _paper(door, album, debtors[0])
    yield from custody.deliveries(door, album, others)
    yield from supervision.morning(door, album, others)
    yield from difference.allowed(door, album, others)
    others["C2"].close()
    yield from day.close_till(door, album, custody.MOVED)
    sheets.keep_file(album, "corte", album.paths.pop("corte"))
    yield from supervision.evening(door, album, others)
    yield from deposits.batch(door, album)
    yield from clarifications.day_after(door, album, others)
    yield from vouchers.day_of_vouchers(door, album)


def _station(door: FrontDoor, album: Album) -> Steps:
    entrance = door.entrance
    yield "la base de datos", entrance.window.is_ready
    later(entrance.ask_station)
    yield "la hoja de la estación", lambda: sheet(StationSheet)
    yield from album.picture("estacion", entrance.window)
    press(Qt.Key.Key_Escape)
    yield "cerrar la hoja", lambda: not sheet(StationSheet)
    yield "preguntar otra vez", lambda: True


def _window(door: FrontDoor, album: Album) -> Steps:
    window = day.window_of(door)
    press(Qt.Key.Key_F1)
    yield "la ayuda", lambda: sheet(HelpSheet)
    yield from album.picture("ayuda", window)
    press(Qt.Key.Key_Escape)
    yield "cerrar la ayuda", lambda: not sheet(HelpSheet)
    station = door.station
    if station is None:
        return
    press(Qt.Key.Key_L, day.CONTROL)
    yield "el bloqueo", station.window.is_locked
    yield from album.picture("bloqueada", window)
    yield from _unlock(station.window)


def _unlock(window: MainWindow) -> Steps:
    """Typed into the field itself: a window that others stood before may not have the focus."""
    (field,) = window.findChildren(LockScreen)[0].findChildren(QLineEdit)
    QTest.keyClicks(field, PASSWORD)
    QTest.keyClick(field, Qt.Key.Key_Return)
    yield "desbloquear", lambda: not window.is_locked()


def _paper(door: FrontDoor, album: Album, debtor: SearchHit) -> Steps:
    desk, last = desk_of(door), day.cash_of(door).loader.view.receipts[-1]
    sheets.keep_receipt(album, desk, last.receipt_id)
    sheets.keep_account(album, desk, debtor.account_id)
    yield "el papel", lambda: True


def _debtors(desk: Desk) -> tuple[SearchHit, ...]:
    """Accounts with a meter and a few overdue periods, the richest pictures first."""
    found: dict[int, SearchHit] = {}
    for name in ("maria", "jose", "juan", "garcia", "lopez", "cruz", "calle", "norte", "sur"):
        for hit in desk.accounts.search(name):
            if hit.debt is not None and OWES[0] <= hit.debt <= OWES[1] and hit.meter_serial:
                found[hit.account_id] = hit
    chosen = [hit for hit in found.values() if hit.state == "active"]
    lines = {hit.account_id: len(desk.accounts.file(hit.account_id).items) for hit in chosen}
    ordered = sorted(chosen, key=lambda hit: (lines[hit.account_id] not in LINES, hit.account_id))
    if len(ordered) < 7:
        raise LookupError("the town has too few debtors")
    return tuple(ordered)
