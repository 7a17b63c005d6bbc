"""The keys a cashier presses: sign in, open the till, charge one account after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from benches.station import Heartbeat, say
from tehuacan_comercial.bootstrap.day import Findings, cash_of, open_till
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, Walker, press, sheet, type_text
from tehuacan_comercial.config import home
from tehuacan_comercial.ui.cash.tender_sheet import TenderSheet

CASHIER = "caja1"


class _NoPictures(Findings):
    """A day without an album."""

    def keep(self, name: str, widget: QWidget) -> None:
        """Nothing of it."""


def walk(
    door: FrontDoor, accounts: Sequence[str], password: str, finished: Callable[[str], None]
) -> None:
    """Begins as soon as the event loop runs."""
    walker = Walker(_day(door, accounts, password), finished)
    walker.setParent(door)
    walker.start()


def _day(door: FrontDoor, accounts: Sequence[str], password: str) -> Steps:
    yield from _sign_in(door, password)
    say("usable")
    if not accounts:
        return
    if cash_of(door).loader.view.session is None:
        yield from open_till(door, _NoPictures(home()))
    heart = Heartbeat()
    heart.start()
    for account in accounts:
        yield from _charge(door, account)
    heart.stop()
    say("charged", accounts=len(accounts), gaps=heart.gaps, own=heart.own)


def _sign_in(door: FrontDoor, password: str) -> Steps:
    window = door.entrance.window
    yield "the server", window.is_ready
    window.again()
    # Not typed: the name this station remembers is read meanwhile, and would come in between.
    window.fill(CASHIER)
    type_text(password)
    yield "the password", lambda: window.password_length() == len(password)
    say("typed")
    press(Qt.Key.Key_Return)
    yield "the main window", lambda: door.station is not None
    yield "the till", lambda: cash_of(door).was_read()


def _charge(door: FrontDoor, account: str) -> Steps:
    cash, station = cash_of(door), door.station
    session = cash.loader.view.session
    if station is None or session is None:
        raise LookupError(account)
    before = session.receipts
    press(Qt.Key.Key_F3)
    for letter in account:
        type_text(letter)
    press(Qt.Key.Key_Return)
    yield f"the charges of {account}", lambda: _shows(door, account)
    press(Qt.Key.Key_F12)
    yield f"the tender sheet of {account}", lambda: sheet(TenderSheet)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    yield f"the receipt of {account}", lambda: _receipts(door) == before + 1
    yield "the printer", lambda: not station.tray.waiting()


def _shows(door: FrontDoor, account: str) -> bool:
    found = cash_of(door).loader.view.account
    return found is not None and found.card.account_number == account


def _receipts(door: FrontDoor) -> int:
    session = cash_of(door).loader.view.session
    return -1 if session is None else session.receipts
