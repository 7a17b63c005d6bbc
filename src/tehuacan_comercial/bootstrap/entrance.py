"""From the double click to a signed-in person: sign-in window, station's sheet, server."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tehuacan_comercial import __version__
from tehuacan_comercial.bootstrap.printers import printer_names
from tehuacan_comercial.config import (
    EMBEDDED,
    ProfileError,
    Secrets,
    StationProfile,
    home,
    load_profile,
    save_profile,
)
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.staff.sign_in_window import Credentials, SignInWindow
from tehuacan_comercial.ui.tasks import Tasks

if TYPE_CHECKING:
    from tehuacan_comercial.bootstrap.server import ReadyServer
    from tehuacan_comercial.services.sign_in import SignedIn
    from tehuacan_comercial.ui.staff.station_sheet import StationChoice

LAST_USER = "last-user"
OFFICE = "Organismo Operador de los Servicios de Agua Potable y Alcantarillado"


class Entrance(QObject):
    """Owns the sign-in window; ``signed_in`` hands over person, server and profile."""

    signed_in = Signal(object)
    window_closed = Signal()
    _said = Signal(str)

    def __init__(self, tasks: Tasks, *, dashboard: bool = False) -> None:
        super().__init__()
        self._tasks, self._dashboard = tasks, dashboard
        self.profile: StationProfile = load_profile()
        self.server: ReadyServer | None = None
        self.window = SignInWindow(OFFICE, __version__)
        self.window.submitted.connect(self._sign_in)
        self.window.station_requested.connect(self.ask_station)
        self.window.retry_requested.connect(self.prepare)
        self.window.closed.connect(self.window_closed)
        self._said.connect(self.window.preparing)

    def open(self) -> None:
        """Show the window at once; the server gets ready behind it."""
        self.window.show()
        self.window.raise_()
        self._fill()
        if self.profile.chosen:
            self.prepare()
        else:
            self.ask_station()

    def reopen(self) -> None:
        """Somebody else's turn: the server is still ready."""
        self.window.again()
        self.window.show()
        self._fill()

    def stop_server(self) -> None:
        """At the end of the process; another station on this machine keeps it running."""
        if self.server is not None:
            self.server.stop()

    def prepare(self) -> None:
        """Make the server ready on a read lane."""
        self.server = None
        self.window.preparing("Preparando la base de datos…")
        profile, dashboard = self.profile, self._dashboard

        def work() -> ReadyServer:
            from tehuacan_comercial.bootstrap.server import prepare  # SQLAlchemy, after the paint

            return prepare(profile, self._said.emit, dashboard=dashboard)

        self._tasks.read("entrance.server", work, self._ready, self._unavailable, self)

    def ask_station(self) -> None:
        """The first run, or a station that moved."""
        from tehuacan_comercial.ui.staff.station_sheet import StationSheet

        chosen = StationSheet.ask(
            self.window, _choice_of(self.profile), printer_names(), self._tasks, try_server
        )
        if chosen is None and not self.profile.chosen:
            self.window.preparing("Elija primero qué estación es esta.")
            return
        if chosen is not None:
            self.profile = _profile_of(self.profile, chosen)
            save_profile(self.profile)
        self.prepare()

    def _ready(self, server: ReadyServer) -> None:
        self.server = server
        self.window.ready(server.sentence, server.hint)

    def _unavailable(self, error: Exception) -> None:
        self.window.unavailable(_sentence(error))

    def _fill(self) -> None:
        """What this station remembers of the last person; the keyring is slow to wake."""
        server = self.profile.server

        def work() -> tuple[str, str, str]:
            secrets = Secrets()
            username = secrets.get(LAST_USER) or ""
            password = secrets.remembered_password(server, username) if username else None
            return username, password or "", secrets.where

        self._tasks.read(
            "entrance.remembered", work, lambda found: self.window.fill(*found), owner=self
        )

    def _sign_in(self, credentials: Credentials) -> None:
        server, station = self.server, self.profile.station
        if server is None:
            return

        def work() -> SignedIn:
            from tehuacan_comercial.services.sign_in import FailedTries, sign_in

            tries = FailedTries(home() / "intentos.json")
            return sign_in(
                server.login_url,
                credentials.username,
                credentials.password,
                station,
                tries,
                server.replica_url,
            )

        self._tasks.read(
            "entrance.sign_in",
            work,
            lambda found: self._welcome(credentials, found),
            lambda error: self.window.refused(_sentence(error)),
            self,
        )

    def _welcome(self, credentials: Credentials, found: SignedIn) -> None:
        server = self.profile.server

        def remember() -> None:
            secrets = Secrets()
            secrets.set(LAST_USER, credentials.username)
            if credentials.remember:
                secrets.remember_password(server, credentials.username, credentials.password)
            else:
                secrets.forget_password(server, credentials.username)

        self._tasks.read("entrance.remember", remember, lambda _done: None)
        self.window.hide()
        self.signed_in.emit(found)


def try_server(choice: StationChoice) -> str:
    """Ask the server of a choice; answers with a sentence.

    Raises:
        ServerUnreachable: no server answers.
    """
    from tehuacan_comercial.bootstrap.server import prepare

    return prepare(_profile_of(StationProfile(), choice), lambda _text: None).sentence


def _choice_of(profile: StationProfile) -> StationChoice:
    from tehuacan_comercial.ui.staff.station_sheet import StationChoice

    names = StationChoice.__dataclass_fields__
    known = {name: value for name, value in asdict(profile).items() if name in names and value}
    choice = StationChoice(**known)
    return replace(choice, server="" if profile.embedded else profile.server)


def _profile_of(profile: StationProfile, choice: StationChoice) -> StationProfile:
    return replace(profile, **{**asdict(choice), "server": choice.server or EMBEDDED})


def _sentence(error: Exception) -> str:
    """What to tell under the form; what is not a refusal is a bug and goes on."""
    if isinstance(error, Refusal):
        return message_for(error).text()
    if isinstance(error, ProfileError):
        return str(error)
    raise error
