"""One process's coming and going: sign in, work, sign out, sign in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from tehuacan_comercial.bootstrap.another import DASHBOARD
from tehuacan_comercial.bootstrap.entrance import Entrance
from tehuacan_comercial.bootstrap.single import SingleInstance
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import NotPermitted, Refusal
from tehuacan_comercial.ui.crash import CrashReporter, Incident
from tehuacan_comercial.ui.tasks import Tasks

if TYPE_CHECKING:
    from tehuacan_comercial.bootstrap.server import ReadyServer
    from tehuacan_comercial.bootstrap.station import Station
    from tehuacan_comercial.services.sign_in import SignedIn

NOT_FOR_YOU = (
    "El tablero es de quien supervisa: gerencia, dirección, jefatura de cajas y auditoría. "
    "Para atender o cobrar abra la estación."
)


class FrontDoor(QObject):
    """Owns the tasks and whatever window is in front; ``dashboard`` for the manager's window."""

    def __init__(
        self, application: QApplication, settings: QSettings, *, dashboard: bool = False
    ) -> None:
        super().__init__()
        self._dashboard = dashboard
        self._application, self._settings = application, settings
        application.setQuitOnLastWindowClosed(False)
        self.crash = CrashReporter("", self._show_incident)
        self.crash.install(home() / "registro" / "fallas.log")
        self.tasks = Tasks(self._unhandled, self)
        self.entrance = Entrance(self.tasks, dashboard=dashboard)
        self.station: Station | None = None
        self.entrance.signed_in.connect(self._let_in)
        self.entrance.window_closed.connect(application.quit)
        self.single = SingleInstance(home() / DASHBOARD if dashboard else home())
        self.single.asked_to_show.connect(self._raise)

    def open(self) -> None:
        """Show the sign-in window, unless another process of this station already runs."""
        if not self.single.claim():
            self._application.quit()
            return
        self.entrance.open()

    def close(self) -> None:
        """Let what is under way end; stop the embedded server when nobody else uses it."""
        if self.station is not None:
            self.station.leave()
        self.tasks.close()
        self.entrance.stop_server()

    def _let_in(self, signed_in: SignedIn) -> None:
        server = self.entrance.server
        if server is None:
            return
        try:
            self.station = self._make_station(signed_in, server)
        except NotPermitted:
            signed_in.database.close()
            self.entrance.reopen()
            self.entrance.window.refused(NOT_FOR_YOU)
            return
        except Exception:
            signed_in.database.close()
            self.entrance.reopen()
            raise  # told as an incident, over a window from which one may try again
        self.station.left.connect(self._let_out)
        self.station.closed.connect(self._window_closed)
        self.station.open()

    def _make_station(self, signed_in: SignedIn, server: ReadyServer) -> Station:
        """The heavy half of the program, imported only now.

        Raises:
            NotPermitted: the person's job does not include the manager's window.
        """
        profile = self.entrance.profile
        if not self._dashboard:
            from tehuacan_comercial.bootstrap.station import Station

            return Station(signed_in, server, profile, self.tasks, self._settings)
        from tehuacan_comercial.bootstrap.dashboard import DashboardStation

        signed_in.actor.require(Permission.DASHBOARD_READ)
        return DashboardStation(signed_in, server, profile, self.tasks, self._settings)

    def _let_out(self) -> None:
        self.station = None
        self.entrance.reopen()

    def _window_closed(self) -> None:
        self.station = None
        self._application.quit()

    def _front(self) -> QWidget:
        return self.station.window if self.station else self.entrance.window

    def _raise(self) -> None:
        window = self._front()
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    def _unhandled(self, error: Exception) -> None:
        """A refusal nobody took is told; anything else is a bug of ours."""
        from tehuacan_comercial.ui import prompts

        if isinstance(error, Refusal):
            prompts.show_refusal(self._front(), error)
        else:
            self.crash.report(error)

    def _show_incident(self, incident: Incident) -> None:
        from tehuacan_comercial.ui import prompts
        from tehuacan_comercial.ui.crash import CrashSheet

        prompts.run(CrashSheet(self._front(), incident))
