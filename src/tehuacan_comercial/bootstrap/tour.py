"""The main job without a screen: sign in, open, charge, print, close, on the real windows."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.bootstrap import prepare_home, window_settings
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, Walker, later, press, sheet, type_text
from tehuacan_comercial.config import StationProfile, home, load_profile, save_profile
from tehuacan_comercial.domain.tendering import MXN_DENOMINATIONS, Denomination, change_breakdown
from tehuacan_comercial.ui.application import dress, make_application
from tehuacan_comercial.ui.cash.closed_sheet import ClosedSheet
from tehuacan_comercial.ui.cash.open_sheet import OpenSheet
from tehuacan_comercial.ui.cash.tab import CashTab
from tehuacan_comercial.ui.cash.tender_sheet import TenderSheet
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.printing.printers import FOLDER_PRINTER
from tehuacan_comercial.ui.prompts import ConfirmSheet
from tehuacan_comercial.ui.snapshot import snapshot
from tehuacan_comercial.ui.theme.theme import Mode

SIZE = QSize(1366, 740)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass
class Findings:
    """What the tour made, by name, in order."""

    folder: Path
    paths: dict[str, Path] = field(default_factory=dict)

    def picture(self, name: str, widget: QWidget) -> None:
        """Keep a picture of a window with its sheets."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.png"
        if not snapshot(widget).save(str(path)):
            raise OSError(path)
        self.paths[name] = path


def take_tour() -> int:
    """Do a cashier's day on the demonstration; print ``name: path`` lines; 0 when all happened."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    prepare_home(home())
    ensure_station()
    application = make_application(sys.argv[:1], window_settings())
    dress(application, Mode.LIGHT)
    door = FrontDoor(application, window_settings())
    found = Findings(home() / "recorrido")
    ended: list[str] = []

    def finished(problem: str) -> None:
        ended.append(problem)
        if problem and door.station is not None:
            found.picture("pantalla-donde-se-detuvo", door.station.window)
        application.quit()

    door.crash.happened.connect(lambda incident: finished(incident.text()))
    walker = Walker(a_day(door, found), finished)
    door.open()
    walker.start()
    application.exec()
    door.close()
    return _tell(found, ended[0] if ended else "la ventana se cerró")


def _tell(found: Findings, trouble: str) -> int:
    for name, path in found.paths.items():
        sys.stdout.write(f"{name}: {path}\n")
    if trouble:
        sys.stderr.write(f"El recorrido no terminó: {trouble}\n")
    return 1 if trouble else 0


def ensure_station() -> None:
    """A station that was never chosen takes the demonstration's first one."""
    if not load_profile().chosen:
        save_profile(
            StationProfile(
                station="E1",
                till="C1",
                receipt_printer=FOLDER_PRINTER,
                letter_printer=FOLDER_PRINTER,
            )
        )


def a_day(door: FrontDoor, found: Findings) -> Steps:
    """From the sign-in window to the printed closing report."""
    yield from _sign_in(door, found)
    yield from _close_what_was_left(door)
    yield from _open(door, found)
    yield from _charge(door, found)
    yield from _look_at_account(door, found)
    yield from _close(door, found)


def _sign_in(door: FrontDoor, found: Findings) -> Steps:
    from tehuacan_comercial.services.demo.staff import CASHIERS, PASSWORD

    window = door.entrance.window
    yield "la base de datos", window.is_ready
    window.again()
    window.fill("")
    type_text(CASHIERS["C1"])
    press(Qt.Key.Key_Return)
    type_text(PASSWORD)
    yield "la contraseña escrita", lambda: window.password_length() == len(PASSWORD)
    found.picture("pantalla-entrar", window)
    press(Qt.Key.Key_Return)
    yield "la ventana principal", lambda: door.station is not None
    if door.station is not None:
        door.station.window.resize(SIZE)
    yield "la caja", lambda: _cash(door).was_read()


def _close_what_was_left(door: FrontDoor) -> Steps:
    """A session that an earlier run left open is counted and closed first, as the office would."""
    if _cash(door).loader.view.session is not None:
        yield from _close(door, Findings(home() / "recorrido" / "anterior"))
        yield "la caja sin sesión", lambda: _cash(door).loader.view.session is None


def _open(door: FrontDoor, found: Findings) -> Steps:
    found.picture("pantalla-sin-sesion", _window(door))
    press(Qt.Key.Key_A, CONTROL | SHIFT)
    yield "la hoja de apertura", lambda: sheet(OpenSheet)
    opening = sheet(OpenSheet)
    if opening is not None:
        opening.grid.set_counts(_pieces(Decimal(1500)))
        found.picture("pantalla-abrir-caja", _window(door))
        later(opening.go.click)
    yield "la sesión abierta", lambda: _opened(door)


def _opened(door: FrontDoor) -> bool:
    """Open; a float that differs is told first and confirmed with the same button."""
    opening = sheet(OpenSheet)
    if opening is not None and opening.isVisible():
        later(opening.go.click)
        return False
    return _cash(door).loader.view.session is not None


def _charge(door: FrontDoor, found: Findings) -> Steps:
    cash, station = _cash(door), door.station
    if station is None or cash.loader.view.session is None:
        return
    before = cash.loader.view.session.receipts
    debtor = next(hit for hit in station.desk.accounts.search("maria") if (hit.debt or 0) > 100)
    press(Qt.Key.Key_F3)
    type_text(debtor.account_number)
    press(Qt.Key.Key_Return)
    yield "los cargos", lambda: cash.loader.view.account is not None
    found.picture("pantalla-cobro", _window(door))
    press(Qt.Key.Key_F12)
    yield "la hoja de cobro", lambda: sheet(TenderSheet)
    found.picture("pantalla-formas-de-pago", _window(door))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    yield (
        "el recibo",
        lambda: (
            cash.loader.view.session is not None and cash.loader.view.session.receipts == before + 1
        ),
    )
    yield "la impresión", lambda: station.tray.jobs() and not station.tray.waiting()
    found.picture("pantalla-cobrado", _window(door))
    if cash.loader.view.session is not None:
        found.paths["recibo"] = home() / "impresos" / f"{cash.loader.view.session.last_folio}.pdf"


def _look_at_account(door: FrontDoor, found: Findings) -> Steps:
    press(Qt.Key.Key_2, CONTROL)
    yield "la cuenta", lambda: _account_shown(door)
    found.picture("pantalla-cuenta", _window(door))
    press(Qt.Key.Key_4, CONTROL)
    yield "la caja", lambda: _cash(door).isVisible()


def _close(door: FrontDoor, found: Findings) -> Steps:
    cash, station = _cash(door), door.station
    if station is None or cash.loader.view.session is None:
        return
    session = cash.loader.view.session
    if session.state != "counting":
        press(Qt.Key.Key_K, CONTROL | SHIFT)
    yield (
        "el arqueo",
        lambda: cash.loader.view.session and cash.loader.view.session.state == "counting",
    )
    paid = sum(row.applied for row in cash.loader.view.receipts)
    cash.count.grid.set_counts(_pieces(session.opening_counted + paid))
    found.picture("pantalla-arqueo", _window(door))
    later(cash.count.sign.click)
    yield "la pregunta antes de firmar", lambda: sheet(ConfirmSheet)
    found.picture("pantalla-firmar", _window(door))
    press(Qt.Key.Key_Tab)  # from the safe answer to the act
    press(Qt.Key.Key_Return)
    yield "el corte", lambda: sheet(ClosedSheet)
    found.picture("pantalla-corte", _window(door))
    press(Qt.Key.Key_Return)
    yield "el reporte del corte", lambda: sheet(PreviewSheet)
    preview = sheet(PreviewSheet)
    title = preview.windowTitle() if preview else ""
    press(Qt.Key.Key_Return)
    yield "la impresión del corte", lambda: not sheet(PreviewSheet) and not station.tray.waiting()
    found.paths["corte"] = home() / "impresos" / f"{title.rsplit(' ', 1)[-1]}.pdf"
    missing = [str(path) for path in found.paths.values() if not path.is_file()]
    if missing:
        raise FileNotFoundError(", ".join(missing))


def _cash(door: FrontDoor) -> CashTab:
    page = door.station.window.page("cash") if door.station else None
    if not isinstance(page, CashTab):
        raise LookupError("cash")
    return page


def _window(door: FrontDoor) -> QWidget:
    if door.station is None:
        raise LookupError("window")
    return door.station.window


def _account_shown(door: FrontDoor) -> bool:
    page = door.station.window.page("account") if door.station else None
    return page is not None and getattr(page, "account_id", lambda: None)() is not None


def _pieces(amount: Decimal) -> dict[Denomination, int]:
    """The fewest pieces of an amount, as the counting grid holds them."""
    wanted = {each.value: each.count for each in change_breakdown(amount).pieces}
    pieces: dict[Denomination, int] = {}
    for piece in MXN_DENOMINATIONS:
        if piece.value in wanted:
            pieces[piece] = wanted.pop(piece.value)
    return pieces
