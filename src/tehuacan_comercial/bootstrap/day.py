"""A cashier's day on the real windows, step by step; an album keeps what it looked like."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, later, press, sheet, type_text
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.tendering import MXN_DENOMINATIONS, Denomination, change_breakdown
from tehuacan_comercial.ui.cash.closed_sheet import ClosedSheet
from tehuacan_comercial.ui.cash.open_sheet import OpenSheet
from tehuacan_comercial.ui.cash.tab import CashTab
from tehuacan_comercial.ui.cash.tender_sheet import TenderSheet
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.prompts import ConfirmSheet
from tehuacan_comercial.ui.snapshot import snapshot

SIZE = QSize(1366, 740)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass
class Findings:
    """What the tour made, by name, in order."""

    folder: Path
    paths: dict[str, Path] = field(default_factory=dict)

    def picture(self, name: str, widget: QWidget) -> Steps:
        """Keep a picture of a window with its sheets; other albums may take several steps."""
        self.keep(name, widget)
        yield from ()

    def keep(self, name: str, widget: QWidget) -> None:
        """Write the picture as the window looks now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.png"
        if not snapshot(widget).save(str(path)):
            raise OSError(path)
        self.paths[name] = path


def a_day(door: FrontDoor, found: Findings) -> Steps:
    """From the sign-in window to the printed closing report."""
    yield from sign_in(door, found)
    yield from _close_what_was_left(door)
    yield from open_till(door, found)
    yield from charge(door, found)
    yield from look_at_account(door, found)
    yield from close_till(door, found)


def sign_in(door: FrontDoor, found: Findings) -> Steps:
    """As the first till's cashier of the demonstration."""
    from tehuacan_comercial.services.demo.staff import CASHIERS, PASSWORD

    window = door.entrance.window
    yield "la base de datos", window.is_ready
    window.again()
    window.fill("")
    type_text(CASHIERS["C1"])
    press(Qt.Key.Key_Return)
    type_text(PASSWORD)
    yield "la contraseña escrita", lambda: window.password_length() == len(PASSWORD)
    yield from found.picture("pantalla-entrar", window)
    press(Qt.Key.Key_Return)
    yield "la ventana principal", lambda: door.station is not None
    if door.station is not None:
        door.station.window.resize(SIZE)
    yield "la caja", lambda: cash_of(door).was_read()


def _close_what_was_left(door: FrontDoor) -> Steps:
    """A session that an earlier run left open is counted and closed first, as the office would."""
    if cash_of(door).loader.view.session is not None:
        yield from close_till(door, Findings(home() / "recorrido" / "anterior"))
        yield "la caja sin sesión", lambda: cash_of(door).loader.view.session is None


def open_till(door: FrontDoor, found: Findings) -> Steps:
    """Count a float of 1,500 pesos and open the session."""
    yield from found.picture("pantalla-sin-sesion", window_of(door))
    press(Qt.Key.Key_A, CONTROL | SHIFT)
    yield "la hoja de apertura", lambda: sheet(OpenSheet)
    opening = sheet(OpenSheet)
    if opening is not None:
        opening.grid.set_counts(pieces_for(Decimal(1500)))
        yield from found.picture("pantalla-abrir-caja", window_of(door))
        later(opening.go.click)
    yield "la sesión abierta", lambda: _opened(door)


def _opened(door: FrontDoor) -> bool:
    """Open; a float that differs is told first and confirmed with the same button."""
    opening = sheet(OpenSheet)
    if opening is not None and opening.isVisible():
        later(opening.go.click)
        return False
    return cash_of(door).loader.view.session is not None


def charge(door: FrontDoor, found: Findings) -> Steps:
    """Find an account that owes, charge it in cash, wait for its receipt on paper."""
    cash, station = cash_of(door), door.station
    if station is None or cash.loader.view.session is None:
        return
    before = cash.loader.view.session.receipts
    debtor = next(hit for hit in station.desk.accounts.search("maria") if (hit.debt or 0) > 100)
    press(Qt.Key.Key_F3)
    type_text(debtor.account_number)
    press(Qt.Key.Key_Return)
    yield "los cargos", lambda: cash.loader.view.account is not None
    yield from found.picture("pantalla-cobro", window_of(door))
    press(Qt.Key.Key_F12)
    yield "la hoja de cobro", lambda: sheet(TenderSheet)
    yield from found.picture("pantalla-formas-de-pago", window_of(door))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    yield (
        "el recibo",
        lambda: (
            cash.loader.view.session is not None and cash.loader.view.session.receipts == before + 1
        ),
    )
    yield "la impresión", lambda: station.tray.jobs() and not station.tray.waiting()
    yield from found.picture("pantalla-cobrado", window_of(door))
    if cash.loader.view.session is not None:
        found.paths["recibo"] = home() / "impresos" / f"{cash.loader.view.session.last_folio}.pdf"


def look_at_account(door: FrontDoor, found: Findings) -> Steps:
    """The same account in the section Cuenta, and back."""
    press(Qt.Key.Key_2, CONTROL)
    yield "la cuenta", lambda: account_shown(door)
    yield from found.picture("pantalla-cuenta", window_of(door))
    press(Qt.Key.Key_4, CONTROL)
    yield "la caja", lambda: cash_of(door).isVisible()


def close_till(door: FrontDoor, found: Findings, moved: Decimal = Decimal(0)) -> Steps:
    """Count what the session should hold, sign, print the closing report.

    ``moved`` are the pesos that came in (or left, negative) otherwise than by charging.
    """
    cash, station = cash_of(door), door.station
    if station is None or cash.loader.view.session is None:
        return
    session = cash.loader.view.session
    if session.state != "counting":
        press(Qt.Key.Key_K, CONTROL | SHIFT)
    yield (
        "el arqueo",
        lambda: cash.loader.view.session and cash.loader.view.session.state == "counting",
    )
    paid = sum(row.counted for row in cash.loader.view.receipts)
    cash.count.grid.set_counts(pieces_for(session.opening_counted + paid + moved))
    yield from found.picture("pantalla-arqueo", window_of(door))
    later(cash.count.sign.click)
    yield "la pregunta antes de firmar", lambda: sheet(ConfirmSheet)
    yield from found.picture("pantalla-firmar", window_of(door))
    press(Qt.Key.Key_Tab)  # from the safe answer to the act
    press(Qt.Key.Key_Return)
    yield "el corte", lambda: sheet(ClosedSheet)
    yield from found.picture("pantalla-corte", window_of(door))
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


def cash_of(door: FrontDoor) -> CashTab:
    """The section Caja of the open station.

    Raises:
        LookupError: nobody signed in.
    """
    page = door.station.window.page("cash") if door.station else None
    if not isinstance(page, CashTab):
        raise LookupError("cash")
    return page


def window_of(door: FrontDoor) -> QWidget:
    """The main window.

    Raises:
        LookupError: nobody signed in.
    """
    if door.station is None:
        raise LookupError("window")
    return door.station.window


def account_shown(door: FrontDoor) -> bool:
    """Whether the section Cuenta shows an account."""
    page = door.station.window.page("account") if door.station else None
    return page is not None and getattr(page, "account_id", lambda: None)() is not None


def pieces_for(amount: Decimal) -> dict[Denomination, int]:
    """The fewest pieces of an amount, as the counting grid holds them."""
    wanted = {each.value: each.count for each in change_breakdown(amount).pieces}
    pieces: dict[Denomination, int] = {}
    for piece in MXN_DENOMINATIONS:
        if piece.value in wanted:
            pieces[piece] = wanted.pop(piece.value)
    return pieces
