"""The shell: rail, top bar, banner, sections, status strip, lock; it knows no section itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.ui.actions import SECTION_ACTIONS, Actions, ActionSpec, Allowed, spec_of
from tehuacan_comercial.ui.formats import long_day
from tehuacan_comercial.ui.shell.idle import IdleWatch
from tehuacan_comercial.ui.shell.section import House, Person, Section, Unlock
from tehuacan_comercial.ui.shell.top_bar import TopBar
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.banner import Banner
from tehuacan_comercial.ui.widgets.nav_rail import NavRail
from tehuacan_comercial.ui.widgets.notices import NoticeStrip
from tehuacan_comercial.ui.widgets.status_strip import StatusItem, StatusStrip

if TYPE_CHECKING:
    from tehuacan_comercial.ui.shell.lock import LockScreen

SMALLEST = QSize(1180, 640)
"""Smallest window, in pixels, whatever the scale."""

COMFORTABLE = QSize(1440, 860)
"""Size of a window that was never given another one."""

FOLD_WIDTH, FOLD_HEIGHT = 1250, 768
"""Below this width, or up to this height (pixels at 100 %), the rail shows icons only."""

CLOCK_MILLISECONDS = 1000


class MainWindow(QMainWindow):
    """One window of a station. ``folded_changed`` tells sections that room is scarce."""

    folded_changed = Signal(bool)
    section_shown = Signal(str)
    switch_person_requested = Signal()
    close_requested = Signal()
    dashboard_requested = Signal()

    def __init__(
        self,
        *,
        house: House,
        person: Person,
        sections: Sequence[Section],
        tasks: Tasks,
        allowed: Allowed,
        now: Callable[[], datetime],
        unlock: Unlock,
        settings: QSettings,
        idle_minutes: float = 5,
    ) -> None:
        super().__init__()
        self._sections = {section.name: section for section in sections}
        self._pages: dict[str, QWidget] = {}
        self._frames: dict[str, QScrollArea] = {}
        self._now, self._settings, self._folded = now, settings, False
        own = any(section.action == "section.dashboard" for section in sections)
        self._offers_dashboard = allowed(Permission.DASHBOARD_READ) and not own
        self.may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle(f"{house.program} · {house.office}")
        self.actions_table = Actions(self, allowed)
        self.rail = NavRail(house.program, house.office)
        self.top_bar = TopBar(person, house.place())
        self.search, self.banner, self.notices = self.top_bar.search, Banner(), NoticeStrip()
        self._stack, self.status = QStackedWidget(), StatusStrip()
        self._make_status(house, person)
        self._make_rail()
        self._lay_out()
        self._make_lock: Callable[[], LockScreen] = lambda: _make_lock(self, person, tasks, unlock)
        self._lock_screen: LockScreen | None = None
        self._connect(idle_minutes)
        self._restore()
        self.refresh_clock()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- sections ---

    def show_first_section(self) -> None:
        """What stands in front at the start; whoever made the window calls it when all is wired."""
        for name in self._sections:
            self.show_section(name)
            break

    def show_section(self, name: str) -> None:
        """Show a section, making its page the first time.

        Raises:
            KeyError: there is no such section.
        """
        section = self._sections[name]
        if name not in self._pages:
            self._pages[name] = section.factory()
            self._frames[name] = _scrollable(self._pages[name])
            self._stack.addWidget(self._frames[name])
        self._stack.setCurrentWidget(self._frames[name])
        self.rail.set_current(name)
        self.section_shown.emit(name)

    def page(self, name: str) -> QWidget | None:
        """A section's page, or None while it was never shown."""
        return self._pages.get(name)

    def current_section(self) -> str:
        """Name of the section that is shown."""
        current = self._stack.currentWidget()
        return next((name for name, frame in self._frames.items() if frame is current), "")

    def is_folded(self) -> bool:
        """Whether room is scarce: the rail is folded and secondary panels should hide."""
        return self._folded

    # --- lock and clock ---

    def lock(self) -> None:
        """Cover the window; actions rest until the person's password opens it."""
        if self.is_locked():
            return
        for action in self.actions():
            action.setProperty("before_lock", action.isEnabled())
            action.setProperty("resting", True)
            action.setEnabled(False)
        if self._lock_screen is None:
            self._lock_screen = self._make_lock()
            self._lock_screen.unlocked.connect(self._lift_lock)
            self._lock_screen.switch_requested.connect(self.switch_person_requested)
        self._lock_screen.lock()

    def is_locked(self) -> bool:
        """Whether the lock stands over the window."""
        return self._lock_screen is not None and self._lock_screen.isVisible()

    def refresh_clock(self) -> None:
        """Show the server's time."""
        now = self._now()
        self.clock_item.say(f"{long_day(now.date())}  {now:%H:%M}")

    def _lift_lock(self) -> None:
        for action in self.actions():
            action.setProperty("resting", False)
            action.setEnabled(bool(action.property("before_lock")))

    # --- building ---

    def _make_status(self, house: House, person: Person) -> None:
        add = self.status.add
        self.server_item = add(StatusItem("database", pressable=True))
        self.printer_item = add(StatusItem("printer", pressable=True))
        self.waiting_item = add(StatusItem("bell", pressable=True))
        self.station_item = add(StatusItem("monitor", house.place()), spare=True)
        self.person_item = add(StatusItem("user", person.short()), spare=True)
        self.session_item = add(StatusItem("clock", pressable=True))
        self.clock_item = add(StatusItem("calendar"))

    def _make_rail(self) -> None:
        for section in self._sections.values():
            key = spec_of(section.action).key
            self.rail.add_section(section.name, section.title, section.icon, key)
            self.rail.set_badge(section.name, section.badge)
        for name in ("station.lock", "help.keys"):
            spec = spec_of(name)
            tool = self.rail.add_tool(spec.text, spec.icon, spec.key)
            tool.clicked.connect(self.actions_table[name].trigger)

    def _lay_out(self) -> None:
        body, column, everything = QWidget(), QVBoxLayout(), QVBoxLayout()
        for layout in (column, everything):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part in (self.top_bar, self.banner, self.notices):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        everything.addLayout(row, 1)
        everything.addWidget(self.status)
        # The children's minimums would otherwise push the window past a small screen's edge.
        everything.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        body.setLayout(everything)
        self.setCentralWidget(body)
        self.setMinimumSize(SMALLEST)

    def _connect(self, idle_minutes: float) -> None:
        actions = self.actions_table
        self.rail.section_requested.connect(self.show_section)
        for section in self._sections.values():
            actions[section.action].triggered.connect(
                lambda _on=False, name=section.name: self.show_section(name)
            )
        for name in SECTION_ACTIONS - {section.action for section in self._sections.values()}:
            actions[name].setEnabled(False)
        actions["search.focus"].triggered.connect(self.search.ask_again)
        actions["station.lock"].triggered.connect(self.lock)
        actions["help.keys"].triggered.connect(self._show_help)
        self.top_bar.person.clicked.connect(self._open_person_menu)
        self._idle = IdleWatch(idle_minutes, self)
        self._idle.idle.connect(self.lock)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MILLISECONDS)
        self._clock.timeout.connect(self.refresh_clock)
        self._clock.start()

    def _open_person_menu(self) -> None:
        from tehuacan_comercial.ui.shell.person_menu import PersonMenu  # made at the first press

        menu = self.findChild(PersonMenu)
        if menu is None:
            menu = PersonMenu(self, self._settings, dashboard=self._offers_dashboard)
            menu.dashboard_action.triggered.connect(self.dashboard_requested)
            menu.switch_action.triggered.connect(self.switch_person_requested)
        menu.open(self.top_bar.person)

    def _show_help(self) -> None:
        from tehuacan_comercial.ui import prompts  # sheets are not needed for the first paint
        from tehuacan_comercial.ui.shell.help_sheet import HelpSheet

        prompts.run(HelpSheet(self, self._serves))

    def _serves(self, spec: ActionSpec) -> bool:
        """Whether the action does something here for the person who signed in."""
        if spec.name in SECTION_ACTIONS:
            return spec.name in {section.action for section in self._sections.values()}
        return not self.actions_table[spec.name].property("forbidden")

    # --- size ---

    def _restore(self) -> None:
        geometry = self._settings.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.take_room(self.screen().availableSize())

    def take_room(self, room: QSize) -> None:
        """Stand as large as is comfortable, or fill a screen that is smaller.

        A screen that cannot hold the smallest window is not filled: half of it would be hidden.
        """
        self.resize(COMFORTABLE.boundedTo(room))
        if self.size() != COMFORTABLE and SMALLEST.boundedTo(room) == SMALLEST:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail and tell the sections when the window is small."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(FOLD_WIDTH)
        folded = narrow or self.height() <= theme().px(FOLD_HEIGHT)
        if folded != self._folded:
            self._folded = folded
            self.rail.set_folded(folded)
            self.folded_changed.emit(folded)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask whoever may object, then remember place and size."""
        if not self.may_close():
            event.ignore()
            return
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._clock.stop()
        self.close_requested.emit()
        super().closeEvent(event)


def _make_lock(window: QWidget, person: Person, tasks: Tasks, unlock: Unlock) -> LockScreen:
    from tehuacan_comercial.ui.shell.lock import LockScreen  # not needed for the first paint

    return LockScreen(window, person, tasks, unlock)


def _scrollable(page: QWidget) -> QScrollArea:
    """A page that scrolls where the window is too small for it, instead of being squashed."""
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setObjectName("ScrollBody")
    frame.setWidget(page)
    return frame
