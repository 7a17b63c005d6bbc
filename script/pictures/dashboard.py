"""Pictures of the manager's window: the day, the rows behind a figure, the day on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtCore import QSize, Qt

from pictures import sheets
from pictures.album import SMALL, Album
from tehuacan_comercial.bootstrap import day, window_settings
from tehuacan_comercial.bootstrap.another import DASHBOARD
from tehuacan_comercial.bootstrap.dashboard import DashboardStation
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.server import ReadyServer
from tehuacan_comercial.bootstrap.walker import Steps, later, press, sheet
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.allocation import allocate
from tehuacan_comercial.domain.cash import (
    CloseSessionCommand,
    OpenSessionCommand,
    charge_command,
    new_command_id,
)
from tehuacan_comercial.domain.tendering import Tender, TenderKind, settle
from tehuacan_comercial.services.accounts import SearchHit
from tehuacan_comercial.services.demo.staff import CASHIERS, PASSWORD
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, SignedIn, sign_in
from tehuacan_comercial.ui.dashboard.receipt_sheet import ReceiptSheet
from tehuacan_comercial.ui.dashboard.tab import DashboardTab
from tehuacan_comercial.ui.tasks import Tasks

Taken = dict[TenderKind, Decimal]
"""Pesos by tender."""

MANAGER = "marta.gutierrez"
STEP = Decimal("0.50")
KINDS = (TenderKind.CASH, TenderKind.CARD, TenderKind.CASH, TenderKind.TRANSFER, TenderKind.CASH)
NAMES = ("flores", "perez", "reyes", "torres", "diaz", "ruiz", "luna", "rosa", "ana", "luis", "av")
MOST = Decimal(4000)
CHARGES = {"C2": 17, "C3": 9}
"""How much the other tills have done by then."""


def board(door: FrontDoor, album: Album, debtors: tuple[SearchHit, ...]) -> Steps:
    """The manager's window beside the till's; the other tills have worked too."""
    server = door.entrance.server
    if server is None:
        return
    left = _others(door, {hit.account_id for hit in debtors})
    working = [_work(server, till, left) for till in CHARGES]
    tasks = Tasks(_raised, door)
    station = DashboardStation(
        _sign_in(server, MANAGER), server, door.entrance.profile, tasks, window_settings(DASHBOARD)
    )
    station.open()
    station.window.resize(QSize(SMALL))
    tab = station.window.page("dashboard")
    if not isinstance(tab, DashboardTab):
        raise LookupError("dashboard")
    yield "el tablero", lambda: tab.board_page.board is not None
    yield "las cajas", tab.board_page.is_whole
    yield from album.picture("tablero", station.window)
    tab.board_page.figures["collected"].click()
    table = tab.rows_page.table
    yield "los renglones", lambda: table.model.all_rows()
    yield from album.picture("tablero-recibos", station.window)
    table.grid.selectRow(0)
    later(lambda: tab.rows_page.receipt_requested.emit(table.current()))
    yield "el recibo", lambda: sheet(ReceiptSheet)
    yield from album.picture("tablero-recibo", station.window)
    press(Qt.Key.Key_Escape)
    yield "cerrar el recibo", lambda: not sheet(ReceiptSheet)
    sheets.keep_sheet(album, "el-dia", station.desk.dashboard.day_sheet())
    station.leave()
    tasks.close()
    for desk, taken in working:
        _close(desk, taken)
    window = day.window_of(door)
    window.activateWindow()
    yield "la ventana de la caja", window.isActiveWindow
    press(Qt.Key.Key_F3)
    yield "la búsqueda", lambda: window.focusWidget() is not None


def _others(door: FrontDoor, seen: set[int]) -> Iterator[SearchHit]:
    """People who owe and are in no other picture.

    Raises:
        LookupError: the town has too few.
    """
    if door.station is None:
        raise LookupError("station")
    for name in NAMES:
        for hit in door.station.desk.accounts.search(name):
            if hit.account_id not in seen and hit.debt and hit.debt <= MOST:
                seen.add(hit.account_id)
                yield hit
    raise LookupError("debtors")


def _work(server: ReadyServer, till: str, debtors: Iterator[SearchHit]) -> tuple[Desk, Taken]:
    """One cashier opens and charges as many people as the table above says; what came in."""
    desk = Desk(_sign_in(server, CASHIERS[till]), home())
    session = desk.cash.open_session(OpenSessionCommand(new_command_id(), till, {Decimal(100): 5}))
    taken: Taken = defaultdict(Decimal)
    for number in range(CHARGES[till]):
        debtor = next(debtors)
        items = desk.accounts.file(debtor.account_id).items
        total = sum((item.outstanding for item in items), Decimal(0))
        kind = KINDS[number % len(KINDS)]
        reference = "" if kind is TenderKind.CASH else f"{64512 + number}"
        handed = total if reference else (total // 100 + 2) * 100
        settlement = settle(total, [Tender(kind, handed, reference)], STEP)
        parts = allocate(items, total).parts
        desk.cash.charge(
            charge_command(
                new_command_id(), session.session_id, debtor.account_id, parts, settlement
            )
        )
        taken[kind] += total + settlement.rounding
    return desk, taken


def _close(desk: Desk, taken: Taken) -> None:
    """Count what must be there, and close."""
    session = desk.cash.session()
    if session is None:
        raise LookupError("session")
    desk.cash.begin_count(session.session_id)
    counted = day.pieces_for(session.opening_counted + taken.pop(TenderKind.CASH))
    pieces = {piece.value: number for piece, number in counted.items()}
    desk.cash.close_session(
        CloseSessionCommand(new_command_id(), session.session_id, pieces, dict(taken))
    )
    desk.close()


def _sign_in(server: ReadyServer, username: str) -> SignedIn:
    tries = FailedTries(home() / "intentos.json")
    return sign_in(server.login_url, username, PASSWORD, "G1", tries)


def _raised(error: Exception) -> None:
    raise error
