"""What several walks need: another person's window beside the till, a sheet shown and left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QDialog, QWidget

from pictures.album import SMALL, Album
from tehuacan_comercial.bootstrap import day, window_settings
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.station import CASH, Station
from tehuacan_comercial.bootstrap.walker import Steps, later, sheet
from tehuacan_comercial.config import home
from tehuacan_comercial.services.demo.staff import PASSWORD
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, SignedIn, sign_in
from tehuacan_comercial.ui import main_window
from tehuacan_comercial.ui.cash.pages import PagesTab
from tehuacan_comercial.ui.cash.tab import CashTab
from tehuacan_comercial.ui.shell.idle import IdleWatch
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeStrip

HEAD_CASHIER, MANAGER, SYSTEMS = "elena.carrera", "marta.gutierrez", "raul.nieto"

D = TypeVar("D", bound=QDialog)
P = TypeVar("P", bound=QWidget)


class _Awake(IdleWatch):
    """Never tells: people of the pictures leave their windows longer than an office allows."""

    def __init__(self, _minutes: float, parent: QObject) -> None:
        super().__init__(0, parent)


def keep_awake() -> None:
    """From here no window locks itself; its lock would cover the sheets of the others."""
    main_window.IdleWatch = _Awake  # type: ignore[misc]


class Visit:
    """The station of another person, on the section Caja, until ``leave``."""

    def __init__(self, door: FrontDoor, username: str) -> None:
        server = door.entrance.server
        if server is None:
            raise LookupError(username)
        self._tasks = Tasks(_raised, door)
        signed = signed_in(door, username)
        self.station = Station(
            signed, server, door.entrance.profile, self._tasks, window_settings()
        )
        self.station.open()
        self.station.window.resize(QSize(SMALL))
        self.station.window.show_section(CASH)

    @property
    def desk(self) -> Desk:
        """Under that person's role."""
        return self.station.desk

    @property
    def window(self) -> QWidget:
        """Their main window."""
        return self.station.window

    def ready(self) -> object:
        """Whether the section is there."""
        return isinstance(self.station.window.page(CASH), (CashTab, PagesTab))

    def page(self, name: str, kind: type[P]) -> P:
        """Bring a page of the section to the front.

        Raises:
            LookupError: that person has no such page.
        """
        tab = self.station.window.page(CASH)
        if not isinstance(tab, (CashTab, PagesTab)):
            raise LookupError(CASH)
        tab.more.show(name)
        found = tab.more.page(name)
        if not isinstance(found, kind):
            raise LookupError(name)
        return found

    def leave(self) -> None:
        """Close their window and what it read in the background."""
        self.station.leave()
        self._tasks.close()


def shown(
    album: Album,
    name: str,
    window: QWidget,
    kind: type[D],
    act: Callable[[], object],
    fill: Callable[[D], object] = lambda _sheet: None,
    *,
    end: Callable[[D], object] = QDialog.reject,
) -> Steps:
    """Do what opens a sheet, fill it, keep its picture, and leave it."""
    later(act)
    yield f"la hoja «{name}»", lambda: sheet(kind)
    found = sheet(kind)
    if found is None:
        raise LookupError(name)
    fill(found)
    yield "lo escrito", lambda: True
    yield from album.picture(name, window)
    later(lambda: end(found))
    yield f"cerrar la hoja «{name}»", lambda: sheet(kind) is not found


def put_notices_away(door: FrontDoor) -> None:
    """As somebody does who has read them."""
    for notice in day.window_of(door).findChildren(NoticeStrip)[0].findChildren(InlineNotice):
        notice.dismiss()


def desk_of(door: FrontDoor) -> Desk:
    """Of the cashier whose day is walked.

    Raises:
        LookupError: nobody signed in.
    """
    if door.station is None:
        raise LookupError("station")
    return door.station.desk


def signed_in(door: FrontDoor, username: str) -> SignedIn:
    """One of the demonstration's people, in a connection of their own."""
    server = door.entrance.server
    if server is None:
        raise LookupError(username)
    tries = FailedTries(home() / "intentos.json")
    return sign_in(server.login_url, username, PASSWORD, "G1", tries)


def _raised(error: Exception) -> None:
    raise error
