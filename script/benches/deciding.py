"""A station, or the manager's inbox, in a process of its own: what its screen showed, and when."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt, QTimer

from benches import PASSWORD
from benches.board import SETTLE_SECONDS, passed, until
from benches.station import say
from benches.town import MANAGER
from benches.walk import CASHIER
from tehuacan_comercial.bootstrap import prepare_home, window_settings
from tehuacan_comercial.bootstrap.another import DASHBOARD
from tehuacan_comercial.bootstrap.dashboard import INBOX
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, Walker, press, type_text
from tehuacan_comercial.config import home
from tehuacan_comercial.ui.application import make_application
from tehuacan_comercial.ui.authorisations.inbox import Inbox
from tehuacan_comercial.ui.authorisations.page import AuthorisationsPage
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeStrip


class Notices(QObject):
    """Notes each notice once it was painted, and puts it away as a person would."""

    def __init__(self, strip: NoticeStrip) -> None:
        super().__init__(strip)
        self.seen: list[tuple[float, str]] = []
        strip.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The paint is done when the event loop comes round again."""
        if isinstance(event, QChildEvent) and event.added():
            event.child().installEventFilter(self)
        elif event.type() == QEvent.Type.Paint and isinstance(watched, InlineNotice):
            watched.removeEventFilter(self)
            QTimer.singleShot(0, watched, lambda: self._painted(watched))
        return False

    def _painted(self, notice: InlineNotice) -> None:
        self.seen.append((time.monotonic(), notice.title.text()))
        notice.dismiss()


class Waiting(QObject):
    """Notes which requests the inbox shows each time its table was painted."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(inbox)
        self.seen: list[tuple[float, list[int]]] = []
        self._inbox = inbox
        inbox.table.grid.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """As for the notices."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        shown = [each.row.authorisation_id for each in self._inbox.table.model.shown_rows()]
        self.seen.append((time.monotonic(), shown))


def run(*, dashboard: bool, over: Path) -> int:
    """Sign in, say ready, watch until the file ``over`` is there, say what was seen."""
    prepare_home(home())
    settings = window_settings(DASHBOARD) if dashboard else window_settings()
    application = make_application(sys.argv[:1], settings)
    door = FrontDoor(application, settings, dashboard=dashboard)
    failed: list[str] = []

    def finished(problem: str) -> None:
        failed.append(problem)
        application.exit(0)

    steps = _inbox(door, over) if dashboard else _till(door, over)
    walker = Walker(steps, finished)
    walker.setParent(door)
    walker.start()
    door.open()
    application.exec()
    door.close()
    if failed and failed[0]:
        print(failed[0], file=sys.stderr, flush=True)
        return 1
    return 0


def _till(door: FrontDoor, over: Path) -> Steps:
    yield from _sign_in(door, CASHIER)
    station = door.station
    if station is None:
        raise LookupError(CASHIER)
    notices = Notices(station.window.notices)
    say("ready")
    yield from until(over)
    say("station", seen=notices.seen)


def _inbox(door: FrontDoor, over: Path) -> Steps:
    yield from _sign_in(door, MANAGER)
    station = door.station
    if station is None:
        raise LookupError(MANAGER)
    station.window.show_section(INBOX)
    page = station.window.page(INBOX)
    found = page.findChild(AuthorisationsPage) if page is not None else None
    if not isinstance(found, AuthorisationsPage):
        raise LookupError(INBOX)
    yield "the first request", lambda: found.inbox.current() is not None
    waiting = Waiting(found.inbox)
    say("ready")
    yield from until(over)
    say("inbox", seen=waiting.seen)


def _sign_in(door: FrontDoor, username: str) -> Steps:
    window = door.entrance.window
    yield "the server", window.is_ready
    window.again()
    window.fill(username)
    type_text(PASSWORD)
    yield "the password", lambda: window.password_length() == len(PASSWORD)
    press(Qt.Key.Key_Return)
    yield "the window", lambda: door.station is not None
    yield "its start", passed(SETTLE_SECONDS)


if __name__ == "__main__":
    sys.exit(run(dashboard=sys.argv[1] == "dashboard", over=Path(sys.argv[2])))
