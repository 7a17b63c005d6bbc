"""Pictures of the manager's window: the day, the rows behind a figure, the day on one page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt

from pictures import sheets
from pictures.album import SMALL, Album
from pictures.stage import MANAGER, signed_in
from tehuacan_comercial.bootstrap import day, window_settings
from tehuacan_comercial.bootstrap.another import DASHBOARD
from tehuacan_comercial.bootstrap.dashboard import DashboardStation
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, later, press, sheet
from tehuacan_comercial.ui.dashboard.receipt_sheet import ReceiptSheet
from tehuacan_comercial.ui.dashboard.tab import DashboardTab
from tehuacan_comercial.ui.tasks import Tasks


def board(door: FrontDoor, album: Album) -> Steps:
    """The manager's window beside the till's; the other tills have worked too."""
    server = door.entrance.server
    if server is None:
        return
    tasks = Tasks(_raised, door)
    station = DashboardStation(
        signed_in(door, MANAGER), server, door.entrance.profile, tasks, window_settings(DASHBOARD)
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
    window = day.window_of(door)
    window.activateWindow()
    yield "la ventana de la caja", window.isActiveWindow
    press(Qt.Key.Key_F3)
    yield "la búsqueda", lambda: window.focusWidget() is not None


def _raised(error: Exception) -> None:
    raise error
