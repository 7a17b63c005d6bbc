"""Pictures of the section Caja: search, charge, forms of payment, held sales, paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from pictures.album import Album
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, press, sheet, type_text
from tehuacan_comercial.data.queries import cash as queries
from tehuacan_comercial.domain.folios import show_code, verification_code
from tehuacan_comercial.services.accounts import SearchHit
from tehuacan_comercial.ui.cash.hold_sheet import HoldSheet
from tehuacan_comercial.ui.cash.partial_sheet import PartialSheet
from tehuacan_comercial.ui.cash.tab import RECEIPTS
from tehuacan_comercial.ui.cash.tender_sheet import TenderSheet
from tehuacan_comercial.ui.printing.tray_sheet import TraySheet
from tehuacan_comercial.ui.receipts_check import ReceiptCheckSheet


def search(door: FrontDoor, album: Album) -> Steps:
    """The list of what was found."""
    station = door.station
    if station is None:
        return
    press(Qt.Key.Key_F3)
    type_text("maria")
    yield "la lista", station.window.search.popup_visible
    press(Qt.Key.Key_Down)
    yield "el segundo renglón", lambda: True
    yield from album.picture("busqueda", station.window)
    press(Qt.Key.Key_Escape)
    yield "cerrar la lista", lambda: not station.window.search.popup_visible()


def charges(door: FrontDoor, album: Album, debtor: SearchHit) -> Steps:
    """What an account owes, and the sheets of charging it, without charging."""
    window = day.window_of(door)
    yield from open_account(door, debtor)
    yield from album.large("caja-cobro", window)
    yield from album.picture("caja-cobro-chica", window)
    press(Qt.Key.Key_F12)
    yield "la hoja de cobro", lambda: sheet(TenderSheet)
    yield from album.picture("formas-de-pago", window)
    yield from _two_forms()
    yield from album.picture("varias-formas", window)
    yield from _leave(TenderSheet)
    press(Qt.Key.Key_F4)
    yield "el abono", lambda: sheet(PartialSheet)
    type_text("600")
    yield "la cantidad", lambda: (shown := sheet(PartialSheet)) and shown.go.isEnabled()
    yield from album.picture("abono", window)
    yield from _leave(PartialSheet)


def _two_forms() -> Steps:
    """Part in cash, the rest by card with its authorisation."""
    type_text("500")
    press(Qt.Key.Key_F3)
    yield "la tarjeta", _tender(lambda shown: bool(shown.draft.added))
    press(Qt.Key.Key_Return)
    type_text("064512")
    yield "la autorización", _tender(lambda shown: shown.draft.is_complete())


def hold(door: FrontDoor, album: Album, debtors: tuple[SearchHit, ...]) -> Steps:
    """One sale set aside, and the sheet when another one is about to be."""
    cash = day.cash_of(door)
    press(Qt.Key.Key_F6)
    yield "la espera", lambda: sheet(HoldSheet)
    press(Qt.Key.Key_Return)
    yield "en espera", lambda: not sheet(HoldSheet) and cash.loader.view.held
    yield from open_account(door, debtors[1])
    press(Qt.Key.Key_F6)
    yield "la espera", lambda: sheet(HoldSheet)
    yield from album.picture("espera", day.window_of(door))
    yield from _leave(HoldSheet)


def charge(door: FrontDoor, album: Album, debtor: SearchHit) -> Steps:
    """A charge with change, its receipt on paper, the tray, and the check of the receipt."""
    yield from open_account(door, debtor)
    press(Qt.Key.Key_F12)
    yield "la hoja de cobro", lambda: sheet(TenderSheet)
    due = int(debtor.debt or 0)
    type_text(str(due - due % 500 + 500))
    yield "el cambio", _tender(lambda shown: shown.draft.typed)
    yield from album.picture("cambio", day.window_of(door))
    yield from _register(door)
    yield from album.picture("cobrado", day.window_of(door))


def charge_exactly(door: FrontDoor, debtor: SearchHit) -> Steps:
    """A charge in cash without pictures, so that the session has more than one."""
    yield from open_account(door, debtor)
    press(Qt.Key.Key_F12)
    yield "la hoja de cobro", lambda: sheet(TenderSheet)
    yield from _register(door)


def _register(door: FrontDoor) -> Steps:
    cash, station = day.cash_of(door), door.station
    if station is None or cash.loader.view.session is None:
        return
    wanted = cash.loader.view.session.receipts + 1
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    yield (
        "el recibo",
        lambda: cash.loader.view.session and cash.loader.view.session.receipts == wanted,
    )
    yield "la impresión", lambda: len(station.tray.jobs()) == wanted and not station.tray.waiting()


def session(door: FrontDoor, album: Album) -> Steps:
    """Receipts of the session, the print tray, and whether a receipt is ours."""
    window, cash = day.window_of(door), day.cash_of(door)
    cash.tabs.setCurrentIndex(RECEIPTS)
    yield from album.picture("caja-recibos", window)
    cash.tabs.setCurrentIndex(0)
    press(Qt.Key.Key_P, day.CONTROL)
    yield "la bandeja", lambda: sheet(TraySheet)
    yield from album.picture("impresiones", window)
    yield from _leave(TraySheet)
    yield from _check(door, album)


def _check(door: FrontDoor, album: Album) -> Steps:
    cash, station = day.cash_of(door), door.station
    if station is None:
        return
    folio = cash.loader.view.receipts[0].folio
    with station.desk.signed_in.database.read() as connection:
        row = queries.receipt_by_folio(connection, folio)
    if row is None:
        raise LookupError(folio)
    press(Qt.Key.Key_K, day.CONTROL)
    yield "la comprobación", lambda: sheet(ReceiptCheckSheet)
    yield from _fill(0, folio)
    press(Qt.Key.Key_Tab)
    yield from _fill(1, show_code(verification_code(row.hash)))
    press(Qt.Key.Key_Return)
    yield "el veredicto", lambda: (shown := sheet(ReceiptCheckSheet)) and shown.verdict()
    yield from album.picture("comprobar-recibo", station.window)
    yield from _leave(ReceiptCheckSheet)


def _fill(at: int, text: str) -> Steps:
    """As slowly as a person: a burst would be taken for a scan."""
    type_text(text)
    field = sheet(ReceiptCheckSheet)
    if field is not None:
        edit = field.findChildren(QLineEdit)[at]
        yield "lo escrito", lambda: edit.text() == text


def open_account(door: FrontDoor, debtor: SearchHit) -> Steps:
    """Bring an account to the desk by its number."""
    cash = day.cash_of(door)
    press(Qt.Key.Key_F3)
    type_text(debtor.account_number)
    press(Qt.Key.Key_Return)
    yield (
        "la cuenta",
        lambda: (
            cash.loader.view.account
            and cash.loader.view.account.card.account_id == debtor.account_id
        ),
    )


def _tender(holds: Callable[[TenderSheet], bool]) -> Callable[[], bool]:
    def asked() -> bool:
        shown = sheet(TenderSheet)
        return shown is not None and holds(shown)

    return asked


def _leave(kind: type[QDialog]) -> Steps:
    press(Qt.Key.Key_Escape)
    yield "cerrar la hoja", lambda: not sheet(kind)
